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

/**
 * Windows of synthetic hearts, as many normal as arrhythmic ones of each: premature ventricular beats, ventricular
 * tachycardia, premature atrial beats and atrial fibrillation in turn, with noise. Another seed is another heart.
 *
 * An ectopic beat lies where the beat before it can be seen too: it comes after 40 to 75 % of
 * the window.
 *
 * @param seeds    one a heart
 * @returns        one record a heart, `synthetic/<seed>`
 * @throws EcgError `bad-option` for windows above 10 s; `cancelled`
 */
export async function synthesizeWindows(
  seeds: readonly number[],
  windowsPerHeart: number,
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
        w % 2 === 0 ? drawNormal(input, random) : drawArrhythmic(reader, (w >> 1) + heart, input, random);
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
  const words = ['V', 'A', 'VVVVVV'];
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
      { rhythm: 'af', seconds: FIBRILLATION, heartRateBpm: between(random, 100, 150) },
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

/** The first sample of a window with the `kind`-th arrhythmia. */
function drawArrhythmic(
  { info }: RecordingReader,
  kind: number,
  { fs, length }: ScreeningInput,
  random: Random,
): number {
  const wanted = [isSingle('V'), isSingle('A'), isRun][kind % 4];
  if (wanted === undefined) {
    const begin = CLEAN + EVENTFUL + 1;
    return Math.round(between(random, begin, begin + FIBRILLATION - 2 - length / fs) * fs);
  }
  const beats = info.annotations.filter(({ symbol }) => beatClassOf(symbol, LITERATURE_MAP) !== undefined);
  const found = beats.filter((_, i) => wanted(beats, i));
  const { sample } = found[random.integer(found.length)];
  return sample - Math.round(between(random, 0.4, 0.75) * length);
}

/** A beat of that symbol between others. */
function isSingle(symbol: string): (beats: readonly Annotation[], i: number) => boolean {
  return (beats, i) =>
    beats[i].symbol === symbol && beats[i - 1]?.symbol !== symbol && beats[i + 1]?.symbol !== symbol;
}

/** The third or a later ventricular beat in a row. */
function isRun(beats: readonly Annotation[], i: number): boolean {
  return [0, 1, 2].every((back) => beats[i - back]?.symbol === 'V');
}

function between(random: Random, low: number, high: number): number {
  return low + (high - low) * random.next();
}
