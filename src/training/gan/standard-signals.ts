import { EcgError } from '../../core/index.js';
import { gridOf, type SignalForm } from './signal-networks.js';

/** How signals of one class become numbers a generator learns, and back. */
export interface SignalScale {
  readonly mean: number;
  readonly deviation: number;
  /** Smallest and largest number of the signals: what is generated stays within. */
  readonly low: number;
  readonly high: number;
}

/** Signals of one class, standardised, with the place where each ends. */
export interface StandardSignals {
  readonly form: SignalForm;
  readonly scale: SignalScale;
  /** [n, channels, samples]. */
  readonly data: Float32Array;
  /** Samples of each signal before its padding. */
  readonly lengths: Uint16Array;
}

/**
 * Examples [n, channels, samples] standardised by their mean and deviation outside the padding.
 *
 * Padding is the run of equal samples that ends an example, all channels alike: the zeros behind a beat that is shorter
 * than its window, or what a z-score made of them.
 *
 * @throws EcgError `unsupported` for a shape other than [channels, samples]; `bad-shape` for numbers that do not fill it
 */
export function standardise(examples: Float32Array, shape: readonly number[]): StandardSignals {
  const [channels, samples] = shape;
  if (shape.length !== 2)
    throw new EcgError(
      'unsupported',
      `gan: examples [${shape}], generators make signals [channels, samples]`,
    );
  const size = channels * samples;
  if (examples.length === 0 || examples.length % size !== 0)
    throw new EcgError('bad-shape', `gan: ${examples.length} numbers do not fill examples [${shape}]`);
  const n = examples.length / size;
  const lengths = new Uint16Array(n);
  for (let i = 0; i < n; i++)
    lengths[i] = lengthWithoutPadding(examples.subarray(i * size, (i + 1) * size), samples);
  const scale = scaleOf(examples, channels, lengths);
  const data = examples.map((x) => (x - scale.mean) / scale.deviation);
  return {
    form: { channels, samples, level: commonLevel(data, samples, channels, lengths) },
    scale,
    data,
    lengths,
  };
}

/** Numbers of a generator in the units of the examples, in place. */
export function unstandardise(data: Float32Array, scale: SignalScale): Float32Array {
  for (let i = 0; i < data.length; i++)
    data[i] = Math.min(scale.high, Math.max(scale.low, data[i] * scale.deviation + scale.mean));
  return data;
}

/**
 * What the generator is told of where signals end: `inside` [n, samples], 1 before the end and 0 from there on, and
 * `stretch` [n, grid, grid], which moves what stands at a share of the grid to that share of the signal, linearly
 * between two places.
 */
export function endsOf(
  lengths: Uint16Array,
  samples: number,
): { inside: Float32Array; stretch: Float32Array } {
  const grid = gridOf(samples);
  const spacing = 4;
  const inside = new Float32Array(lengths.length * samples);
  const stretch = new Float32Array(lengths.length * grid * grid);
  for (const [row, length] of lengths.entries()) {
    inside.fill(1, row * samples, row * samples + length);
    const at = row * grid * grid;
    for (let to = 0; to < grid; to++) {
      const share = ((to + 0.5) * spacing) / Math.max(1, length);
      const from = Math.min(grid - 1, Math.max(0, share * grid - 0.5));
      const below = Math.min(grid - 2, Math.floor(from));
      stretch[at + below * grid + to] = 1 - (from - below);
      stretch[at + (below + 1) * grid + to] = from - below;
    }
  }
  return { inside, stretch };
}

/** Where the run of equal samples at the end begins; all samples where there is no run. */
function lengthWithoutPadding(example: Float32Array, samples: number): number {
  let length = samples;
  for (let end = samples - 1; end > 0; end--) {
    for (let at = end; at < example.length; at += samples) if (example[at] !== example[at - 1]) return length;
    length = end - 1;
  }
  return length;
}

function scaleOf(examples: Float32Array, channels: number, lengths: Uint16Array): SignalScale {
  const samples = examples.length / lengths.length / channels;
  let count = 0;
  let sum = 0;
  let squares = 0;
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (let row = 0; row < lengths.length * channels; row++) {
    const length = lengths[Math.floor(row / channels)];
    for (let at = row * samples; at < (row + 1) * samples; at++) {
      const x = examples[at];
      low = Math.min(low, x);
      high = Math.max(high, x);
      if (at - row * samples >= length) continue;
      count++;
      sum += x;
      squares += x * x;
    }
  }
  const mean = count > 0 ? sum / count : 0;
  const deviation = count > 0 ? Math.sqrt(Math.max(0, squares / count - mean * mean)) : 0;
  return { mean, deviation: deviation > 0 ? deviation : 1, low, high };
}

/** The number all padding is, over all channels; null where it is several, 0 where there is none. */
function commonLevel(
  data: Float32Array,
  samples: number,
  channels: number,
  lengths: Uint16Array,
): number | null {
  let level: number | null = null;
  for (let row = 0; row < lengths.length * channels; row++) {
    if (lengths[Math.floor(row / channels)] === samples) continue;
    const last = data[(row + 1) * samples - 1];
    if (level !== null && level !== last) return null;
    level = last;
  }
  return level ?? 0;
}
