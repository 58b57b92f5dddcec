import { breatheWhenDue } from '../../core/index.js';
import type { WaveProbabilities } from '../../ecg/index.js';
import type { WaveChunkInput } from '../inputs/wave-chunk.js';

/** Runs the network: chunks [n, 1, chunk] to probabilities [n, chunk, 4] of background, P, QRS, T. */
export type WaveForward = (chunks: Float32Array, n: number) => Promise<Float32Array>;

/** Outputs of the network. */
const OUTPUTS = 4;
/** Chunks run at once: some ten milliseconds. */
const BATCH = 8;

/**
 * The probabilities of one lead's samples: overlapping chunks, of each of which the middle counts.
 *
 * @param lead  of `prepareWaveLead`
 */
export async function leadProbabilities(
  lead: Float32Array,
  { chunk, margin }: Pick<WaveChunkInput, 'chunk' | 'margin'>,
  forward: WaveForward,
): Promise<WaveProbabilities> {
  const n = lead.length;
  const found = { P: new Float32Array(n), QRS: new Float32Array(n), T: new Float32Array(n) };
  const starts = chunkStarts(n, chunk, margin);
  for (let first = 0; first < starts.length; first += BATCH) {
    const batch = starts.slice(first, first + BATCH);
    const chunks = new Float32Array(batch.length * chunk);
    batch.forEach((start, row) => {
      chunks.set(lead.subarray(start, start + chunk), row * chunk);
    });
    const shares = await forward(chunks, batch.length);
    batch.forEach((start, row) => {
      const from = start === 0 ? 0 : start + margin;
      const to = Math.min(n, start + chunk);
      for (let i = from; i < to; i++) {
        const at = (row * chunk + i - start) * OUTPUTS;
        found.P[i] = shares[at + 1];
        found.QRS[i] = shares[at + 2];
        found.T[i] = shares[at + 3];
      }
    });
    await breatheWhenDue();
  }
  return found;
}

/** First samples of the chunks; the last one ends with the lead where that is long enough. */
function chunkStarts(n: number, chunk: number, margin: number): number[] {
  const starts = [0];
  for (let start = chunk - 2 * margin; start + 2 * margin < n; start += chunk - 2 * margin) {
    starts.push(Math.max(0, Math.min(start, n - chunk)));
  }
  return starts;
}
