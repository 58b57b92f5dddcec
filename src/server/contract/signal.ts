import * as v from 'valibot';
import type { Routes } from './route.js';
import { pathId, queryList, queryNumber } from './values.js';

/** Points of a lead, and values that one answer holds of all its leads together. */
const MOST_POINTS = 20_000;
export const MOST_VALUES = 500_000;

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const values = v.array(v.nullable(v.number()));

/** Schema of a stretch of signal. */
export const SignalSchema = v.object({
  fs: v.pipe(v.number(), v.description('Hz; of `from` and `to`, the time base of the recording.')),
  from: count,
  to: v.pipe(count, v.description('Exclusive.')),
  leads: v.array(
    v.object({
      lead: v.string(),
      unit: v.string(),
      fs: v.pipe(v.number(), v.description('Hz; of this lead, and of `edges`.')),
      kind: v.pipe(
        v.picklist(['samples', 'min-max']),
        v.description('Every sample as it is, or the least and most of each point.'),
      ),
      start: v.pipe(count, v.description('First sample, at the rate of this lead.')),
      samples: v.exactOptional(v.pipe(values, v.description('In `unit`; null in a gap.'))),
      edges: v.exactOptional(
        v.pipe(
          v.array(count),
          v.description(
            'One more than there are points: point k covers the samples `edges[k]` to before `edges[k + 1]`.',
          ),
        ),
      ),
      min: v.exactOptional(values),
      max: v.exactOptional(values),
    }),
  ),
});
export type SignalView = v.InferOutput<typeof SignalSchema>;

export const SIGNAL_ROUTES = {
  readSignal: {
    method: 'GET',
    path: '/v1/recordings/{id}/signal',
    tag: 'recordings',
    summary: 'A stretch of signal, for drawing or computing',
    description:
      'With `points` the least and most of each of so many parts, whose edges lie at most half a part beside the equal ones; where there are no more samples than points, and without `points`, every sample. As JSON, or with `Accept: application/octet-stream` as 32-bit floats, little-endian, lead after lead: the samples, or all minima and then all maxima of a lead; NaN in a gap. The headers `Signal-Fs`, `Signal-From` and `Signal-To` are of the recording; `Signal-Leads`, `-Units`, `-Lead-Fs`, `-Kinds`, `-Counts` (samples, or points), `-Starts` and `-Ends` have one value a lead, commas between them, names percent-encoded. An answer holds at most 500 000 values.',
    access: 'viewer',
    params: v.strictObject({ id: pathId('Of the recording') }),
    query: v.strictObject({
      lead: v.pipe(
        v.exactOptional(queryList({ mostItems: 64, longestItem: 128 })),
        v.description('Names, or numbers from 0, with commas between them; all when omitted.'),
      ),
      from: v.pipe(
        v.exactOptional(queryNumber({ min: 0, integer: true })),
        v.description('First sample at the rate of the recording; 0 when omitted.'),
      ),
      to: v.pipe(
        v.exactOptional(queryNumber({ min: 0, integer: true })),
        v.description('One past the last; the end when omitted or beyond it.'),
      ),
      points: v.exactOptional(queryNumber({ min: 1, max: MOST_POINTS, integer: true })),
    }),
    answers: { 200: { description: 'The stretch', schema: SignalSchema } },
  },
} as const satisfies Routes;
