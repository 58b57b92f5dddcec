import * as v from 'valibot';
import { count } from './fields.js';

const ms = v.pipe(v.number(), v.minValue(0));
const spread = v.pipe(
  v.nullable(v.object({ median: v.number(), p5: v.number(), p95: v.number(), beats: count })),
  v.description('Median, 5 % and 95 % quantile over the beats where it is known; null when there are none.'),
);
const column = v.pipe(
  v.array(v.nullable(v.pipe(count, v.description('ms, whole.')))),
  v.description('ms, one entry a beat; null where unknown.'),
);
const degrees = v.pipe(v.number(), v.minValue(-180), v.maxValue(180));

export const IntervalsSchema = v.pipe(
  v.nullable(
    v.object({
      summary: v.pipe(
        v.object({
          pr: spread,
          qrs: spread,
          qt: spread,
          qtc: v.object({ bazett: spread, fridericia: spread, framingham: spread, hodges: spread }),
        }),
        v.description('ms.'),
      ),
      st: v.pipe(
        v.array(v.object({ lead: v.string(), mv: spread })),
        v.description('Level of the ST segment above the level before the QRS, mV, a lead each.'),
      ),
      axis: v.pipe(
        v.nullable(v.object({ qrs: v.nullable(degrees), p: v.nullable(degrees), t: v.nullable(degrees) })),
        v.description('Frontal axis, degrees; null without the limb leads it takes.'),
      ),
      pr: column,
      qrs: column,
      qt: column,
      p: v.pipe(
        v.string(),
        v.regex(/^[yn?]*$/),
        v.description('A letter a beat: y a P wave is there, n none, ? unknown.'),
      ),
    }),
  ),
  v.description('Intervals by the waves of each beat; null when no network marked them.'),
);

export const HrvSchema = v.pipe(
  v.nullable(
    v.object({
      nn: v.object({
        count: v.pipe(count, v.description('NN intervals: RR intervals between normal beats.')),
        of: v.pipe(count, v.description('Readable RR intervals they were chosen of.')),
        rule: v.pipe(v.string(), v.description('How they were chosen, in words.')),
      }),
      time: v.object({
        meanNnMs: ms,
        sdnnMs: ms,
        sdannMs: v.nullable(ms),
        sdnnIndexMs: v.nullable(ms),
        rmssdMs: v.nullable(ms),
        nn50: v.nullable(count),
        pnn50: v.pipe(v.nullable(v.pipe(v.number(), v.minValue(0), v.maxValue(1))), v.description('0…1.')),
        triangularIndex: v.nullable(v.number()),
      }),
      frequency: v.pipe(
        v.nullable(
          v.object({
            totalMs2: ms,
            ulfMs2: v.nullable(ms),
            vlfMs2: v.nullable(ms),
            lfMs2: ms,
            hfMs2: ms,
            lfHf: v.nullable(v.number()),
          }),
        ),
        v.description('Power by band, ms²; null when too short.'),
      ),
      nonlinear: v.pipe(
        v.nullable(
          v.object({
            sd1Ms: v.nullable(ms),
            sd2Ms: v.nullable(ms),
            sampleEntropy: v.nullable(v.number()),
            dfaAlpha1: v.nullable(v.number()),
            dfaAlpha2: v.nullable(v.number()),
          }),
        ),
        v.description('Poincaré plot, sample entropy, detrended fluctuation; null when too short.'),
      ),
    }),
  ),
  v.description(
    'Heart-rate variability; null with too few normal beats, or where beats were not classified.',
  ),
);
