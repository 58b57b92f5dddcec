/**
 * Where the waves of each beat begin, peak and end: columns of one entry a beat.
 *
 * Sample indices, which need not be whole, ascending within a beat; NaN where a wave is absent or cannot be seen.
 */
export interface WaveMarks {
  readonly pOnset: Float64Array;
  readonly pPeak: Float64Array;
  readonly pOffset: Float64Array;
  readonly qrsOnset: Float64Array;
  readonly qrsOffset: Float64Array;
  readonly tOnset: Float64Array;
  readonly tPeak: Float64Array;
  readonly tOffset: Float64Array;
}

/** The marks of the beats of a window, and where P waves may be that lead none. */
export interface DelineatedWaves extends WaveMarks {
  /** Samples at which P waves may peak, ascending, those of the marks among them: see `findAvBlock`. */
  readonly pWaves: Float64Array;
}

/** The columns of `WaveMarks`, in their order within a beat. */
export const WAVE_MARKS = [
  'pOnset',
  'pPeak',
  'pOffset',
  'qrsOnset',
  'qrsOffset',
  'tOnset',
  'tPeak',
  'tOffset',
] as const satisfies readonly (keyof WaveMarks)[];

/** Marks of `beats` beats of which no wave is known. */
export function createWaveMarks(beats: number): WaveMarks {
  const empty = () => new Float64Array(beats).fill(Number.NaN);
  return {
    pOnset: empty(),
    pPeak: empty(),
    pOffset: empty(),
    qrsOnset: empty(),
    qrsOffset: empty(),
    tOnset: empty(),
    tPeak: empty(),
    tOffset: empty(),
  };
}
