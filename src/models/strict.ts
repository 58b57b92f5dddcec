import * as v from 'valibot';
import { EcgError } from '../core/index.js';

/**
 * Data that fits its schema, or one message with every fault.
 *
 * @param where  what is being read: `experiments/beats/config.json`
 * @throws EcgError `bad-option`
 */
export function parseStrictly<S extends v.GenericSchema>(
  schema: S,
  data: unknown,
  where: string,
): v.InferOutput<S> {
  const result = v.safeParse(schema, data);
  if (result.success) return result.output;
  const faults = result.issues.map((issue) => `${v.getDotPath(issue) ?? 'the whole'}: ${describe(issue)}`);
  throw new EcgError(
    'bad-option',
    `${where}: ${faults.length} ${faults.length === 1 ? 'fault' : 'faults'}: ${faults.join('; ')}`,
  );
}

function describe(issue: v.BaseIssue<unknown>): string {
  return issue.type === 'strict_object' && issue.expected === 'never' ? 'unknown key' : issue.message;
}
