import { type Gap, inPortions } from '../../core/index.js';
import { sortSmall } from '../../dsp/index.js';
import { rrIntervals } from '../rr-intervals.js';

/** The intervals between normal beats: columns of one entry an interval, in their order in time. */
export interface NnIntervals {
  /** Its length. */
  readonly ms: Float64Array;
  /** s from the start of the recording: the R peak that ends it. */
  readonly at: Float64Array;
  /** 1 where it begins with the beat that ended the one before; 0 after a hole and at the first. */
  readonly follows: Uint8Array;
  /** Readable RR intervals they were chosen of. */
  readonly of: number;
}

/** Which beats may bound an NN interval. */
export interface NnBeats {
  /** R peaks, samples, ascending. */
  readonly samples: Float64Array;
  /** 1 where a beat is surely normal: of class N and its class certain. */
  readonly normal: ArrayLike<number | boolean>;
  readonly fs: number;
  /** Stretches that cannot be read, ascending, not overlapping. */
  readonly unreadable: readonly Gap[];
}

/** s outside which an interval is an error of detection or a pause: 200 and 30 beats a minute. */
const SHORTEST = 0.3;
const LONGEST = 2;
/** Of the median of its neighbours; a missed beat makes 100 %, sinus arrhythmia stays below (chosen). */
const STRANGE = 0.4;
/** Neighbours on either side. */
const SIDE = 5;

/** `nnIntervals` in words. */
export const NN_RULE =
  'both beats normal and certain, nothing unreadable between them, 0.3 to 2.0 s long, ' +
  'within 40 % of the median of the five intervals before and the five after';

/**
 * The NN intervals of a recording: RR intervals between two certain normal beats with readable signal between them,
 * 0.3…2.0 s long, and within 40 % of the median of the up to five such intervals before and after it, which takes out
 * beats missed or found twice. No interval is interpolated.
 *
 * Source: Task Force, Circulation 93(5):1043–1065, 1996, doi:10.1161/01.CIR.93.5.1043 (intervals between normal beats
 * only); the limits and the comparison with neighbours after the HRV toolkit of PhysioNet (0.4…2.0 s, 20 % of the mean
 * of 40), wider, so that sinus arrhythmia stays.
 */
export async function nnIntervals({ samples, normal, fs, unreadable }: NnBeats): Promise<NnIntervals> {
  const rr = rrIntervals(samples, fs, unreadable);
  const candidates = new Uint32Array(rr.length);
  let n = 0;
  let of = 0;
  await inPortions(1, rr.length, (from, to) => {
    for (let i = from; i < to; i++) {
      if (!(rr[i] > 0)) continue;
      of++;
      if (normal[i - 1] && normal[i] && rr[i] >= SHORTEST && rr[i] <= LONGEST) candidates[n++] = i;
    }
  });
  const kept = await likeNeighbours(rr, candidates.subarray(0, n));
  const ms = new Float64Array(kept.length);
  const at = new Float64Array(kept.length);
  const follows = new Uint8Array(kept.length);
  await inPortions(0, kept.length, (from, to) => {
    for (let k = from; k < to; k++) {
      const i = kept[k];
      ms[k] = 1000 * rr[i];
      at[k] = samples[i] / fs;
      follows[k] = k > 0 && kept[k - 1] === i - 1 ? 1 : 0;
    }
  });
  return { ms, at, follows, of };
}

/** Those of the candidates whose interval is about as long as those of the candidates around them. */
async function likeNeighbours(rr: Float64Array, candidates: Uint32Array): Promise<Uint32Array> {
  const around = new Float64Array(2 * SIDE);
  const kept = new Uint32Array(candidates.length);
  const last = candidates.length - 1;
  let count = 0;
  await inPortions(0, candidates.length, (from, to) => {
    for (let k = from; k < to; k++) {
      let n = 0;
      for (let j = Math.max(0, k - SIDE); j <= Math.min(last, k + SIDE); j++)
        if (j !== k) around[n++] = rr[candidates[j]];
      sortSmall(around, n);
      const median = n % 2 === 1 ? around[n >> 1] : (around[n / 2 - 1] + around[n / 2]) / 2;
      const strange = n > 0 && Math.abs(rr[candidates[k]] - median) > STRANGE * median;
      if (!strange) kept[count++] = candidates[k];
    }
  });
  return kept.subarray(0, count);
}
