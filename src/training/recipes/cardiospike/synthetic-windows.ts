import {
  type Annotation,
  createRandom,
  EcgError,
  type Random,
  type RecordingReader,
  type RunOptions,
  throwIfCancelled,
} from '../../../core/index.js';
import { beatClassOf, LITERATURE_MAP, type SynthesisScript, synthesizeReader } from '../../../ecg/index.js';
import { cutScreeningWindows, type ScreeningInput } from '../../../models/index.js';
import type { ExampleSet } from '../../examples/example-set.js';
import { labelWindows, SCREENING_CLASSES } from './label-windows.js';

/** s of sinus rhythm without events, then with them, then of atrial fibrillation. */
const CLEAN = 60;
const EVENTFUL = 120;
const FIBRILLATION = 30;
/** s; ectopic beats of different kinds lie 9 s apart. */
const LONGEST = 10;

/** What an arrhythmic window can show. */
export const SYNTHETIC_ARRHYTHMIAS = ['PVC', 'PAC', 'VT', 'SVT', 'AF'] as const;
type SyntheticArrhythmia = (typeof SYNTHETIC_ARRHYTHMIAS)[number];

/** Beats of each, as `RhythmSegment.events` writes them. */
const WORDS = { PVC: 'V', PAC: 'A', VT: 'VVVVVV', SVT: 'AAAAAA' } as const;

/**
 * Windows of synthetic hearts, of each as many normal as arrhythmic ones: the arrhythmias in turn, with noise. Another
 * seed is another heart.
 *
 * A premature beat, or the third or a later one of a tachycardia, comes after 40 to 75 % of its window, so that
 * beats before it are seen too.
 *
 * @param seeds  one a heart
 * @param kinds  at least one
 * @returns      one record a heart, `synthetic/<seed>`
 * @throws EcgError `bad-option` for windows above 10 s; `cancelled`
 */
export async function synthesizeWindows(
  seeds: readonly number[],
  windowsPerHeart: number,
  kinds: readonly SyntheticArrhythmia[],
  input: ScreeningInput,
  options?: RunOptions,
): Promise<ExampleSet> {
  if (input.length / input.fs > LONGEST) {
    throw new EcgError(
      'bad-option',
      `cardiospike: a window of ${input.length / input.fs} s does not fit the synthetic rhythms, ask for ${LONGEST} s or less`,
    );
  }
  const count = seeds.length * 2 * windowsPerHeart;
  const data = new Float32Array(count * input.length);
  const label = new Uint8Array(count);
  const record = new Uint16Array(count);
  let n = 0;
  for (const [heart, seed] of seeds.entries()) {
    throwIfCancelled(options, 'training');
    const random = createRandom(seed);
    const reader = synthesizeReader(drawScript(seed, random), { fs: input.fs, seed, leads: ['II'] });
    for (let w = 0; w < 2 * windowsPerHeart; w++) {
      const from =
        w % 2 === 0
          ? drawNormal(input, random)
          : drawArrhythmic(reader, kinds[((w >> 1) + heart) % kinds.length], input, random);
      const { signals } = await reader.read({ from, to: from + input.length });
      data.set(cutScreeningWindows(signals[0].samples, input.fs, input), n * input.length);
      label[n] = labelWindows(reader.info.annotations, [from, from + input.length])[0];
      record[n++] = heart;
    }
    options?.onProgress?.({ stage: 'prepare', done: heart + 1, total: seeds.length });
  }
  const records = seeds.map((seed) => ({ id: `synthetic/${seed}`, patient: `synthetic/${seed}` }));
  return { classes: SCREENING_CLASSES, shape: [1, input.length], data, label, record, records };
}

/** A heart's own rate, its arrhythmias one after another, and its noise. */
function drawScript(seed: number, random: Random): SynthesisScript {
  const heartRateBpm = between(random, 55, 95);
  const words = Object.values(WORDS);
  return {
    id: `synthetic-${seed}`,
    segments: [
      { rhythm: 'sinus', seconds: CLEAN, heartRateBpm },
      {
        rhythm: 'sinus',
        seconds: EVENTFUL,
        heartRateBpm,
        events: Array.from({ length: 12 }, (_, i) => ({ at: 5 + 9 * i, beats: words[i % words.length] })),
      },
      { rhythm: 'af', seconds: FIBRILLATION, heartRateBpm: between(random, 130, 170) },
    ],
    disturbances: [
      { kind: 'white', amplitudeMv: between(random, 0.004, 0.02) },
      { kind: 'wander', amplitudeMv: between(random, 0.02, 0.12) },
      { kind: 'emg', amplitudeMv: between(random, 0, 0.02) },
    ],
  };
}

/** The first sample of a window in the clean stretch. */
function drawNormal({ fs, length }: ScreeningInput, random: Random): number {
  return Math.round(between(random, 1, CLEAN - 1 - length / fs) * fs);
}

/** The first sample of a window with that arrhythmia. */
function drawArrhythmic(
  { info }: RecordingReader,
  kind: SyntheticArrhythmia,
  { fs, length }: ScreeningInput,
  random: Random,
): number {
  if (kind === 'AF') {
    const begin = CLEAN + EVENTFUL + 1;
    return Math.round(between(random, begin, begin + FIBRILLATION - 2 - length / fs) * fs);
  }
  const beats = info.annotations.filter(({ symbol }) => beatClassOf(symbol, LITERATURE_MAP) !== undefined);
  const word = WORDS[kind];
  const isWanted = word.length === 1 ? isSingle : isInRun;
  const found = beats.filter((_, i) => isWanted(beats, i, word[0]));
  const { sample } = found[random.integer(found.length)];
  return sample - Math.round(between(random, 0.4, 0.75) * length);
}

/** A beat of that symbol between others. */
function isSingle(beats: readonly Annotation[], i: number, symbol: string): boolean {
  return [-1, 0, 1].every((step) => (beats[i + step]?.symbol === symbol) === (step === 0));
}

/** The third or a later beat of that symbol in a row. */
function isInRun(beats: readonly Annotation[], i: number, symbol: string): boolean {
  return [0, 1, 2].every((back) => beats[i - back]?.symbol === symbol);
}

function between(random: Random, low: number, high: number): number {
  return low + (high - low) * random.next();
}
