import * as v from 'valibot';
import type { RequestFault } from '../contract/faults.js';
import type { JsonSchema } from '../contract/route.js';
import { InvalidRequest } from './problem.js';

/** More faults than this help nobody. */
const MOST_FAULTS = 50;

type Part = RequestFault['in'];

/**
 * The parts of a request as their schemas convert them.
 * @throws InvalidRequest with all faults of all parts
 */
export function validate(
  parts: readonly { readonly in: Part; readonly schema: JsonSchema | undefined; readonly value: unknown }[],
): unknown[] {
  const faults: RequestFault[] = [];
  const parsed = parts.map(({ in: where, schema, value }) => {
    if (schema === undefined) return undefined;
    const result = v.safeParse(schema, value);
    if (result.success) return result.output;
    for (const issue of result.issues.slice(0, MOST_FAULTS)) {
      faults.push({ in: where, path: v.getDotPath(issue) ?? '', message: issue.message.slice(0, 300) });
    }
    return undefined;
  });
  if (faults.length > 0) throw new InvalidRequest(faults.slice(0, MOST_FAULTS));
  return parsed;
}
