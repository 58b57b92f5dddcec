import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { EcgError } from '../../../../core/index.js';
import { parseStrictly } from '../../../../models/index.js';
import type { RunMetrics } from '../metrics.js';

const ScoresSchema = v.nullable(
  v.looseObject({ accuracy: v.number(), macroF1: v.number(), weightedF1: v.number() }),
);
const PartSchema = { validation: ScoresSchema, test: ScoresSchema };
const FormSchema = v.looseObject({ ...PartSchema, bytes: v.number(), latencyMs: v.number() });

/** What every reader of a run counts on; the rest was written by the same hand. */
const MetricsSchema = v.looseObject({
  name: v.string(),
  version: v.string(),
  protocol: v.string(),
  split: v.string(),
  leaky: v.boolean(),
  software: v.string(),
  date: v.string(),
  networks: v.pipe(
    v.array(
      v.looseObject({
        name: v.string(),
        members: v.pipe(
          v.array(v.looseObject({ ...PartSchema, seed: v.number(), seconds: v.number() })),
          v.minLength(1),
        ),
        fp32: FormSchema,
        int8: FormSchema,
        tests: v.array(v.unknown()),
        // Runs of earlier versions have neither.
        generated: v.optional(v.nullable(v.unknown()), null),
        without: v.optional(v.array(v.unknown()), []),
      }),
    ),
    v.minLength(1),
  ),
  ensemble: v.nullable(v.looseObject({ readings: v.array(v.unknown()) })),
  paired: v.array(v.looseObject({ rows: v.array(v.unknown()) })),
  testUses: v.nullable(v.number()),
});

/**
 * What a run's folder says of itself.
 * @throws EcgError `not-found` when it holds no finished run; `unsupported` for a cross-validation or a run
 *   of the beat network; `bad-format` when it is damaged
 */
export async function readRunMetrics(folder: string): Promise<RunMetrics> {
  const path = join(folder, 'metrics.json');
  const text = await readFile(path, 'utf8').catch(async (cause: unknown) => {
    const isCrossValidation = await stat(join(folder, 'cross-validation.json')).then(
      () => true,
      () => false,
    );
    if (isCrossValidation) {
      throw new EcgError(
        'unsupported',
        `${folder} is a cross-validation, whose figures stand in its cross-validation.json; give a run of "ectopy train"`,
      );
    }
    throw new EcgError(
      'not-found',
      `${folder} holds no finished run (no metrics.json); give the folder of another, or go on with this one by "ectopy train ${join(folder, 'config.json')} --resume ${folder}"`,
      { cause },
    );
  });
  try {
    const data: unknown = JSON.parse(text);
    if (typeof data === 'object' && data !== null && 'crossValidation' in data) {
      throw new EcgError(
        'unsupported',
        `${folder} is a run of the beat network, whose figures stand in its metrics.json; give a run of a recipe over examples`,
      );
    }
    return parseStrictly(MetricsSchema, data, 'its contents') as unknown as RunMetrics;
  } catch (cause) {
    if (cause instanceof EcgError && cause.code === 'unsupported') throw cause;
    const fault = cause instanceof EcgError ? cause.message : 'not JSON';
    throw new EcgError(
      'bad-format',
      `${path} is damaged (${fault}); move it away, and "ectopy train ${join(folder, 'config.json')} --resume ${folder}" writes it anew`,
      { cause },
    );
  }
}
