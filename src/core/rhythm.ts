/** What the heart does, or that it cannot be told, in the order every table uses. */
export const RHYTHM_CLASSES = [
  'sinus',
  'sinus-bradycardia',
  'sinus-tachycardia',
  'atrial-fibrillation',
  'atrial-flutter',
  'supraventricular-tachycardia',
  'ventricular-tachycardia',
  'ventricular-fibrillation',
  'asystole',
  'paced',
  'av-block-2',
  'av-block-3',
  'other',
  'unreadable',
] as const;

/**
 * The rhythm of a stretch. `ventricular-fibrillation` holds ventricular flutter too; `other` is a rhythm that was seen
 * to be none of the named ones, `unreadable` one that nobody could name from this signal.
 */
export type RhythmClass = (typeof RHYTHM_CLASSES)[number];

/** A stretch of one rhythm. */
export interface RhythmEpisode {
  /** Samples of the recording; `to` is exclusive. */
  readonly from: number;
  readonly to: number;
  readonly rhythm: RhythmClass;
  /** Calibrated, 0…1; null where the rhythm follows from beats or intervals, or cannot be read. */
  readonly probability: number | null;
  readonly uncertain: boolean;
  /** Why it is uncertain, in a few words; null when it is certain. */
  readonly reason: string | null;
}
