import * as v from 'valibot';

/** One thing wrong with a request. */
const RequestFaultSchema = v.object({
  in: v.pipe(v.picklist(['path', 'query', 'body']), v.description('Where it stands')),
  path: v.pipe(v.string(), v.description('Dotted: `options.leads.0`; empty for the whole')),
  message: v.string(),
});
export type RequestFault = v.InferOutput<typeof RequestFaultSchema>;

/** Codes a program can rely on; `internal` is a bug of the server. */
export const PROBLEM_CODES = [
  'bad-format',
  'unsupported',
  'bad-shape',
  'bad-option',
  'too-short',
  'not-found',
  'cancelled',
  'unauthorized',
  'forbidden',
  'conflict',
  'precondition-failed',
  'precondition-required',
  'too-large',
  'too-many-requests',
  'timed-out',
  'storage-full',
  'unavailable',
  'method-not-allowed',
  'internal',
] as const;

/** What every refused request is answered with (RFC 9457). */
export const ProblemSchema = v.object({
  type: v.pipe(v.string(), v.description('Always about:blank: `code` tells faults apart')),
  title: v.string(),
  status: v.pipe(v.number(), v.integer(), v.minValue(400), v.maxValue(599)),
  detail: v.pipe(v.string(), v.description('Where, what, what was got and what to do')),
  code: v.picklist(PROBLEM_CODES),
  instance: v.optional(v.pipe(v.string(), v.description('Names this request in the log'))),
  faults: v.optional(v.array(RequestFaultSchema)),
  error: v.optional(
    v.pipe(v.string(), v.description('`detail` again, where the Open Inference Protocol has it: below /v2')),
  ),
});
export type Problem = v.InferOutput<typeof ProblemSchema>;
