import * as v from 'valibot';
import { count, sample, seconds, share } from './fields.js';

/** Why a stretch of the recording tells nothing about the heart. */
export const UNREADABLE_REASONS = ['gap', 'invalid', 'flat', 'noise'] as const;

/** What a second of a lead is, in the order of the quality network's codes 0, 1, 2, 3. */
export const LEAD_QUALITIES = ['good', 'noisy', 'flat', 'clipped'] as const;

export const QualitySchema = v.object({
  analysableS: seconds,
  analysableShare: share,
  unreadableBeats: v.pipe(
    count,
    v.description('Of beats.count, those in stretches that cannot be read, each of which may be none.'),
  ),
  unreadable: v.pipe(
    v.array(v.object({ from: sample, to: sample, reason: v.picklist(UNREADABLE_REASONS) })),
    v.description('Ascending, not overlapping; `to` is exclusive. No RR interval reaches over one.'),
  ),
  leads: v.pipe(
    v.nullable(
      v.array(
        v.object({
          lead: v.string(),
          seconds: v.pipe(
            v.string(),
            v.regex(/^[gnfc]*$/),
            v.description('A letter a whole second: good, noisy, flat (or lead off), clipped.'),
          ),
          good: count,
          noisy: count,
          flat: count,
          clipped: count,
        }),
      ),
    ),
    v.description(
      'Each ECG lead by itself, in a long recording those that were analysed; null when no network judged it.',
    ),
  ),
  leadCheck: v.pipe(
    v.nullable(
      v.object({
        inverted: v.pipe(v.array(v.string()), v.description('Leads that seem upside down.')),
        swap: v.pipe(v.nullable(v.string()), v.description('The exchange of electrodes that fits best.')),
        sentences: v.pipe(v.array(v.string()), v.description('What to check, in words.')),
      }),
    ),
    v.description(
      'Whether leads seem inverted or limb electrodes exchanged; null where that was not looked at.',
    ),
  ),
});
