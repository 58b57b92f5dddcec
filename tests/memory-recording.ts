import { createRandom, type Gap, type RecordingReader } from '../src/core/index.js';

/** A beat of an artificial recording: Gaussian waves around `time`. */
export interface ArtificialBeat {
  /** s */
  readonly time: number;
  /** `V` is wide, tall and inverted in T; anything else is narrow with a P wave. */
  readonly symbol: string;
}

/** What `memoryRecording` draws. */
export interface ArtificialRecording {
  readonly id: string;
  readonly fs: number;
  readonly seconds: number;
  readonly leads: readonly string[];
  readonly beats: readonly ArtificialBeat[];
  readonly seed: number;
  /** mV of white noise; 0 when omitted. */
  readonly noise?: number;
  /** s; NaN in every lead. */
  readonly gaps?: readonly Gap[];
}

/** A reader over a drawn recording, with its beats as annotations; for tests only. */
export function memoryRecording(drawn: ArtificialRecording): RecordingReader {
  const { fs, seconds, leads, beats } = drawn;
  const length = Math.round(seconds * fs);
  const gaps = (drawn.gaps ?? []).map((gap) => ({
    from: Math.round(gap.from * fs),
    to: Math.round(gap.to * fs),
  }));
  const signals = leads.map((_, lead) => drawLead(drawn, lead, length));
  for (const gap of gaps) for (const samples of signals) samples.fill(Number.NaN, gap.from, gap.to);
  const info = {
    id: drawn.id,
    format: 'synthetic',
    fs,
    length,
    signals: leads.map((lead) => ({ lead, unit: 'mV', fs })),
    annotations: beats.map((beat) => ({ sample: Math.round(beat.time * fs), symbol: beat.symbol })),
    gaps,
    notes: [],
    warnings: [],
  };
  return {
    info,
    read: async (range = {}) => {
      const from = range.from ?? 0;
      const to = Math.min(length, range.to ?? length);
      const chosen = range.signals ?? leads.map((_, i) => i);
      return {
        ...info,
        offset: from,
        annotations: [],
        gaps: [],
        signals: chosen.map((i) => ({ ...info.signals[i], samples: signals[i].subarray(from, to) })),
      };
    },
    close: async () => {},
  };
}

/** [time s, width s, mV] of the waves of a beat; the second lead has another axis. */
const NARROW = [
  [-0.16, 0.02, 0.12],
  [0, 0.011, 1.1],
  [0.27, 0.045, 0.28],
];
const WIDE = [
  [0.01, 0.032, 1.7],
  [0.3, 0.05, -0.4],
];
const PREMATURE = [
  [-0.12, 0.015, -0.1],
  [0, 0.011, 1.05],
  [0.27, 0.045, 0.28],
];
const WAVES: Readonly<Record<string, readonly (readonly number[])[]>> = { V: WIDE, A: PREMATURE };

function drawLead(drawn: ArtificialRecording, lead: number, length: number): Float32Array {
  const { fs, beats } = drawn;
  const random = createRandom(drawn.seed + lead);
  const axis = lead === 0 ? 1 : -0.6;
  const x = new Float32Array(length);
  for (const beat of beats) {
    for (const [centre, width, height] of WAVES[beat.symbol] ?? NARROW) {
      const at = beat.time + centre;
      const from = Math.max(0, Math.floor((at - 5 * width) * fs));
      const to = Math.min(length, Math.ceil((at + 5 * width) * fs));
      for (let i = from; i < to; i++) {
        x[i] += axis * height * Math.exp(-(((i / fs - at) / width) ** 2) / 2);
      }
    }
  }
  for (let i = 0; i < length; i++) {
    x[i] += 0.2 * Math.sin((2 * Math.PI * 0.2 * i) / fs) + (drawn.noise ?? 0) * random.normal();
  }
  return x;
}

/** Beats of a rhythm with ectopics: a sinus beat every `rr` s, one in `every` early by a third, `V` and `A` in turn. */
export function ectopicRhythm(seconds: number, rr: number, every: number, seed: number): ArtificialBeat[] {
  const random = createRandom(seed);
  const beats: ArtificialBeat[] = [];
  let time = 0.6;
  for (let i = 0; time < seconds - 0.5; i++) {
    const early = i % every === every - 1;
    beats.push({ time, symbol: early ? (Math.floor(i / every) % 2 === 0 ? 'V' : 'A') : 'N' });
    const next = (i + 1) % every === every - 1 ? rr * 0.62 : early ? rr * 1.3 : rr;
    time += next * (1 + 0.02 * random.normal());
  }
  return beats;
}
