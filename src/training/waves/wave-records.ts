import { type Annotation, EcgError } from '../../core/index.js';

/** Waves in the order of the network's outputs, after the background. */
export const WAVES = ['P', 'QRS', 'T'] as const;

type Wave = (typeof WAVES)[number];

/** One wave of a lead as it was annotated, in samples of the recording; NaN where a mark is missing. */
export interface MarkedWave {
  readonly wave: Wave;
  readonly onset: number;
  readonly peak: number;
  readonly offset: number;
}

const PEAKS: Readonly<Record<string, Wave>> = { p: 'P', N: 'QRS', t: 'T' };

/**
 * The waves of one lead's annotations: a peak `p`, `N` or `t`, with the `(` before and the `)` after it.
 *
 * Of 21,966 complexes of LUDB 104 lack a mark: most have no onset of their own; those marks stay unknown.
 *
 * @param annotations  ascending
 * @throws EcgError `bad-format` for another symbol
 */
export function markedWaves(annotations: readonly Annotation[], where: string): MarkedWave[] {
  const waves: MarkedWave[] = [];
  for (let i = 0; i < annotations.length; i++) {
    const { symbol, sample } = annotations[i];
    if (symbol === '(' || symbol === ')') continue;
    const wave = PEAKS[symbol];
    if (wave === undefined) {
      throw new EcgError(
        'bad-format',
        `${where}: annotation '${symbol}' at sample ${sample} is no mark of a wave, expected ( p N t )`,
      );
    }
    const [before, after, second] = [annotations[i - 1], annotations[i + 1], annotations[i + 2]];
    // A complex that begins with its peak may have the onset a sample later.
    const late = before?.symbol !== '(' && after?.symbol === '(' && second?.symbol === ')';
    const [begin, end] = late ? [after, second] : [before, after];
    waves.push({
      wave,
      onset: begin?.symbol === '(' ? begin.sample : Number.NaN,
      peak: sample,
      offset: end?.symbol === ')' ? end.sample : Number.NaN,
    });
  }
  return waves;
}

/** A lead of a recording with its waves. */
export interface WaveLead {
  readonly name: string;
  /** mV. */
  readonly signal: Float32Array;
  /** Ascending. */
  readonly waves: readonly MarkedWave[];
}

/** A recording whose waves are marked lead by lead. */
export interface WaveRecord {
  /** `ludb/1`. */
  readonly id: string;
  readonly patient: string;
  readonly fs: number;
  readonly leads: readonly WaveLead[];
}
