import {
  type Analysis,
  breatheWhenDue,
  firstAtOrAfter,
  type RecordingReader,
  type RunOptions,
  type UnreadableStretch,
} from '../core/index.js';
import { checkLeads } from '../ecg/index.js';
import { type Beats, classIndex } from './beats.js';
import { readableSamples } from './unreadable.js';

/** s of signal the leads are judged by. */
const STRETCH = 60;
/** Beats under which nothing is said. */
const FEWEST = 5;

/**
 * Whether leads seem inverted or limb electrodes exchanged, by the normal beats of the readable minute that holds most
 * of them; null where no minute holds five.
 *
 * @param signals  indices of the leads to look at
 */
export async function checkPlacement(
  reader: RecordingReader,
  { samples, labels }: Beats,
  unreadable: readonly UnreadableStretch[],
  signals: readonly number[],
  options: RunOptions = {},
): Promise<Analysis['quality']['leadCheck']> {
  const { fs, length } = reader.info;
  const wanted = classIndex('N');
  const isNormal = (i: number) =>
    labels === null || (labels.classes[i] === wanted && labels.uncertain[i] === 0);
  const size = Math.round(STRETCH * fs);
  let best = { from: 0, count: 0 };
  for (let from = 0; from < length; from += size) {
    const to = Math.min(length, from + size);
    if (readableSamples(unreadable, from, to) < to - from) continue;
    const end = firstAtOrAfter(samples, to);
    let count = 0;
    for (let i = firstAtOrAfter(samples, from); i < end; i++) if (isNormal(i)) count++;
    if (count > best.count) best = { from, count };
    await breatheWhenDue();
  }
  if (best.count < FEWEST) return null;
  const to = Math.min(length, best.from + size);
  const beats: number[] = [];
  for (let i = firstAtOrAfter(samples, best.from); i < firstAtOrAfter(samples, to); i++)
    if (isNormal(i)) beats.push(samples[i] - best.from);
  const read = await reader.read({ from: best.from, to, signals }, options);
  await breatheWhenDue();
  const { inverted, swap, sentences } = checkLeads({
    leads: read.signals.map((signal) => signal.samples),
    names: signals.map((i) => reader.info.signals[i].lead),
    fs,
    beats,
  });
  return { inverted, swap, sentences };
}
