import * as v from 'valibot';
import { EcgError } from '../../core/index.js';

const coding = v.looseObject({
  system: v.optional(v.string()),
  code: v.optional(v.string()),
  display: v.optional(v.string()),
});
const concept = v.looseObject({ coding: v.optional(v.array(coding)), text: v.optional(v.string()) });

/** `SampledData` of R4 (`period`) and of R5 and R6 (`interval`, `intervalUnit`, `codeMap`, `offsets`). */
const sampledData = v.looseObject({
  origin: v.optional(
    v.looseObject({
      value: v.optional(v.number()),
      unit: v.optional(v.string()),
      system: v.optional(v.string()),
      code: v.optional(v.string()),
    }),
  ),
  period: v.optional(v.number()),
  interval: v.optional(v.number()),
  intervalUnit: v.optional(v.string()),
  factor: v.optional(v.number()),
  lowerLimit: v.optional(v.number()),
  upperLimit: v.optional(v.number()),
  dimensions: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(64))),
  codeMap: v.optional(v.string()),
  offsets: v.optional(v.string()),
  data: v.optional(v.string()),
});

const reference = v.looseObject({ reference: v.optional(v.string()), display: v.optional(v.string()) });

const observation = v.looseObject({
  resourceType: v.literal('Observation'),
  id: v.optional(v.string()),
  status: v.optional(v.string()),
  code: v.optional(concept),
  subject: v.optional(reference),
  device: v.optional(reference),
  effectiveDateTime: v.optional(v.string()),
  effectiveInstant: v.optional(v.string()),
  effectivePeriod: v.optional(v.looseObject({ start: v.optional(v.string()) })),
  note: v.optional(v.array(v.looseObject({ text: v.optional(v.string()) }))),
  derivedFrom: v.optional(v.array(reference)),
  valueSampledData: v.optional(sampledData),
  component: v.optional(
    v.array(v.looseObject({ code: v.optional(concept), valueSampledData: v.optional(sampledData) })),
  ),
});

export type Concept = v.InferOutput<typeof concept>;
export type SampledData = v.InferOutput<typeof sampledData>;
export type Observation = v.InferOutput<typeof observation>;

/** Faults that a message lists. */
const MOST_FAULTS = 8;
/** Bundles in bundles that are looked into. */
const DEEPEST = 4;

/**
 * The observations with sampled data in a resource: itself, what it contains, and the entries of a bundle, in order.
 *
 * @throws EcgError `bad-format` when one of them breaks its type, or there is none in an `Observation` or `Bundle`;
 *   `unsupported` for another resource
 */
export function sampledObservations(resource: unknown, where: string): Observation[] {
  const candidates: object[] = [];
  collect(resource, candidates, 0);
  if (candidates.length === 0) {
    const type = typeOf(resource);
    if (type !== undefined && type !== 'Observation' && type !== 'Bundle')
      throw new EcgError(
        'unsupported',
        `${where} is a FHIR ${type.slice(0, 60)}, give an Observation with sampled data, or a Bundle of them`,
      );
    throw new EcgError('bad-format', `${where} holds no FHIR Observation with valueSampledData`);
  }
  return candidates.map((candidate) => {
    const result = v.safeParse(observation, candidate);
    if (result.success) return result.output;
    const faults = result.issues
      .slice(0, MOST_FAULTS)
      .map((issue) => `${v.getDotPath(issue) ?? 'it'}: ${issue.message.slice(0, 120)}`);
    throw new EcgError('bad-format', `${where}: its Observation breaks its type: ${faults.join('; ')}`);
  });
}

function collect(resource: unknown, found: object[], depth: number): void {
  if (typeof resource !== 'object' || resource === null || depth > DEEPEST) return;
  const { entry, contained, component } = resource as Record<string, unknown>;
  if (typeOf(resource) === 'Bundle') {
    for (const one of listOf(entry))
      collect((one as { resource?: unknown } | null)?.resource, found, depth + 1);
    return;
  }
  if (typeOf(resource) === 'Observation' && (isSampled(resource) || listOf(component).some(isSampled)))
    found.push(resource);
  for (const one of listOf(contained)) collect(one, found, depth + 1);
}

const isSampled = (part: unknown): boolean =>
  typeof part === 'object' && part !== null && 'valueSampledData' in part;

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

function typeOf(resource: unknown): string | undefined {
  if (typeof resource !== 'object' || resource === null) return undefined;
  const { resourceType } = resource as { resourceType?: unknown };
  return typeof resourceType === 'string' ? resourceType : undefined;
}
