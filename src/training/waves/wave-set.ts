import { prepareWaveLead, type WaveChunkInput } from '../../models/index.js';
import { WAVES, type WaveLead, type WaveRecord } from './wave-records.js';

/** s beyond the outermost marks in which nothing else can lie. */
const OUTSIDE = 0.04;
/** s around a peak within which a wave of unknown onset or offset may lie. */
const UNSURE = 0.2;

/** A stretch of one class, in grid samples, which need not be whole. */
interface Span {
  readonly from: number;
  readonly to: number;
  /** 1 P, 2 QRS, 3 T: the network's outputs after the background. */
  readonly output: number;
}

/** One lead to learn from: its signal on the grid, and what each of its samples belongs to. */
export interface WaveExample {
  /** As the network reads it; see `prepareWaveLead`. */
  readonly signal: Float32Array;
  readonly spans: readonly Span[];
  /** Where nobody can say what a sample belongs to, ascending; outside the annotated part above all. */
  readonly unsure: readonly { readonly from: number; readonly to: number }[];
}

/** The leads of some records as examples; a lead without marks is none. */
export function waveExamples(records: readonly WaveRecord[], input: WaveChunkInput): WaveExample[] {
  return records.flatMap(({ fs, leads }) =>
    leads.filter(({ waves }) => waves.length > 0).map((lead) => waveExample(lead, fs, input)),
  );
}

/** One lead as an example. */
export function waveExample({ signal, waves }: WaveLead, fs: number, input: WaveChunkInput): WaveExample {
  const grid = input.fs / fs;
  const spans: Span[] = [];
  const unsure: { from: number; to: number }[] = [];
  const marks = waves.flatMap(({ onset, peak, offset }) =>
    [onset, peak, offset].filter((sample) => !Number.isNaN(sample)),
  );
  unsure.push({ from: Number.NEGATIVE_INFINITY, to: grid * Math.min(...marks) - OUTSIDE * input.fs });
  for (const { wave, onset, peak, offset } of waves) {
    if (Number.isNaN(onset + offset)) {
      const reach = UNSURE * input.fs;
      const from = Number.isNaN(onset) ? grid * peak - reach : grid * onset;
      unsure.push({ from, to: Number.isNaN(offset) ? grid * peak + reach : grid * offset });
    } else {
      spans.push({ from: grid * onset, to: grid * offset, output: 1 + WAVES.indexOf(wave) });
    }
  }
  unsure.push({ from: grid * Math.max(...marks) + OUTSIDE * input.fs, to: Number.POSITIVE_INFINITY });
  return { signal: prepareWaveLead(signal, fs, input), spans, unsure };
}
