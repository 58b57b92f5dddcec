import * as v from 'valibot';
import { RHYTHM_CLASSES } from '../rhythm.js';
import { bpm, count, sample, seconds, share } from './fields.js';

const rhythm = v.picklist(RHYTHM_CLASSES);

export const RhythmsSchema = v.pipe(
  v.nullable(
    v.array(
      v.object({
        from: sample,
        to: v.pipe(sample, v.description('Exclusive.')),
        rhythm,
        probability: v.pipe(
          v.nullable(share),
          v.description('Calibrated; null where the rhythm follows from beats or cannot be read.'),
        ),
        uncertain: v.boolean(),
        reason: v.pipe(
          v.nullable(v.string()),
          v.description('Why it is uncertain, in a few words; null when certain.'),
        ),
        beats: v.pipe(count, v.description('R peaks in it.')),
        bpm: v.pipe(
          v.nullable(bpm),
          v.description(
            'Mean rate of its readable RR intervals; null where there is none, as in fibrillation of the ventricles.',
          ),
        ),
      }),
    ),
  ),
  v.description(
    'The rhythm from the first sample to the last, ascending, not overlapping, without holes; null when no network judged it.',
  ),
);

export const RhythmBurdenSchema = v.pipe(
  v.nullable(
    v.array(
      v.object({
        rhythm,
        episodes: v.pipe(
          count,
          v.description(
            'Of sinus, atrial and paced rhythm those with up to 30 s of another between them count as one, in longestS too.',
          ),
        ),
        seconds,
        share: v.pipe(share, v.description('Of the whole recording.')),
        longestS: seconds,
        meanBpm: v.pipe(v.nullable(bpm), v.description('Over all readable RR intervals in it.')),
        certainSeconds: v.pipe(seconds, v.description('Of `seconds`, in certain episodes.')),
      }),
    ),
  ),
  v.description('A row a rhythm that occurs, the longest first; null when no network judged it.'),
);
