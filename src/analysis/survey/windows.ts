import { breatheWhenDue, EcgError } from '../../core/index.js';
import type { SignalWindow } from '../../models/index.js';
import type { WindowNetwork } from '../models.js';
import { type Look, windowOf } from './slice.js';

/** What a network said of windows all along a recording. */
export interface WindowSeries {
  readonly classes: readonly string[];
  /** First sample of each window, ascending. */
  readonly starts: Float64Array;
  /** Samples of a window; shorter only where the whole recording is. */
  readonly length: number;
  /** [windows, classes], calibrated; NaN for a window that cannot be read. */
  readonly probabilities: Float32Array;
}

/** Windows that go through the network at once; the host answers in between. */
const BATCH = 8;

/** First samples of windows every `hop` samples, and of a last one that ends with the recording. */
export function windowStarts(recording: number, window: number, hop: number): Float64Array {
  const last = Math.max(0, recording - window);
  const regular = Math.floor(last / hop) + 1;
  const rest = last > (regular - 1) * hop ? 1 : 0;
  return Float64Array.from({ length: regular + rest }, (_, i) => Math.min(last, Math.round(i * hop)));
}

/**
 * Gives a network its windows, slice by slice; of a recording too short for it nothing is said.
 *
 * @param hopS       s from one window to the next
 * @param recording  of one that is shorter than a window, the network is given all there is, or, when it needs `whole`
 *   windows, nothing
 */
export function surveyWindows(
  network: WindowNetwork,
  hopS: number,
  recording: { readonly fs: number; readonly length: number },
  whole: boolean,
): { readonly look: Look; readonly finish: () => WindowSeries } {
  const { fs, length } = recording;
  const window = Math.min(length, Math.round(network.windowS * fs));
  const none = whole && length < Math.floor(network.windowS * fs);
  const starts = none ? new Float64Array(0) : windowStarts(length, window, hopS * fs);
  const kinds = network.classes.length;
  const probabilities = new Float32Array(starts.length * kinds).fill(Number.NaN);
  let next = 0;
  const look: Look = async (slice) => {
    while (next < starts.length && starts[next] < slice.to) {
      const first = next;
      while (next < starts.length && starts[next] < slice.to && next - first < BATCH) next++;
      const windows = Array.from(starts.subarray(first, next), (start) =>
        windowOf(slice, start, start + window),
      );
      const found = await classifyOrNot(
        network,
        windows,
        probabilities.subarray(first * kinds, next * kinds),
      );
      if (found.length !== windows.length * kinds)
        throw new EcgError(
          'bad-shape',
          `analyze: ${network.card.name} gave ${found.length} numbers for ${windows.length} windows of ${kinds} classes`,
        );
      probabilities.set(found, first * kinds);
      await breatheWhenDue();
    }
  };
  return { look, finish: () => ({ classes: network.classes, starts, length: window, probabilities }) };
}

/** What the network says of windows; `unknown` where the recording as a whole is shorter than it can read. */
async function classifyOrNot(
  network: WindowNetwork,
  windows: readonly SignalWindow[],
  unknown: Float32Array,
): Promise<Float32Array> {
  try {
    return await network.classify(windows);
  } catch (error) {
    if (error instanceof EcgError && error.code === 'too-short') return unknown;
    throw error;
  }
}
