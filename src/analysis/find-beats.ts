import {
  breatheWhenDue,
  EcgError,
  inPortions,
  type RecordingReader,
  type RunOptions,
  throwIfCancelled,
  type UnreadableStretch,
} from '../core/index.js';
import { createBeatDetector, createQualityMeter } from '../ecg/index.js';
import { hasNoHeartbeat } from './no-heartbeat.js';
import { firstEndingAfter, joinUnreadable } from './unreadable.js';

/** The beats of a recording, and where none can be seen. */
export interface FoundBeats {
  /** R peaks, sample indices at the recording's fs, strictly ascending. */
  readonly samples: Float64Array;
  /** Ascending, not overlapping. */
  readonly unreadable: readonly UnreadableStretch[];
  /** Indices of the signals that were used. */
  readonly signals: readonly number[];
  /** What limits the result, a sentence each. */
  readonly warnings: readonly string[];
}

const NO_HEARTBEAT =
  'Nothing stands out as heartbeats do: this is noise, or a rhythm without order such as ventricular fibrillation. Look at the signal itself.';
/** s of signal in memory at a time. */
const SLICE = 60;
/** Samples, over all leads, that are listened to between two looks at the clock. */
const PIECE = 16_384;
/** Leads that the detector listens to; more cost time and add little. */
const MOST_LEADS = 4;
const LEADS_APART = ['II', 'V1', 'V5', 'I'];
const SHORTEST = 2;
const LOWEST_FS = 100;

/**
 * The beats of a whole recording, read slice by slice: the stream of the detector beside the quality meter.
 *
 * Memory does not grow with the recording, but for 8 bytes a beat and a few a second.
 *
 * @throws EcgError `unsupported` without an ECG lead or below 100 Hz; `too-short` below 2 s; `cancelled`
 */
export async function findBeats(reader: RecordingReader, options: RunOptions = {}): Promise<FoundBeats> {
  const { info } = reader;
  const { fs, length } = info;
  const { signals, warnings } = chooseSignals(reader);
  if (fs < LOWEST_FS)
    throw new EcgError(
      'unsupported',
      `analyze ${info.id}: ${fs} Hz is too low to find beats, at least ${LOWEST_FS} Hz are needed`,
    );
  if (length < SHORTEST * fs)
    throw new EcgError(
      'too-short',
      `analyze ${info.id}: ${(length / fs).toFixed(2)} s long, at least ${SHORTEST} s are needed`,
    );
  const detector = createBeatDetector({ fs, leads: signals.length });
  const meter = createQualityMeter({ fs, leads: signals.length });
  const found: number[] = [];
  const slice = Math.round(SLICE * fs);
  for (let from = 0; from < length; from += slice) {
    throwIfCancelled(options, `analyze ${info.id}`);
    const to = Math.min(length, from + slice);
    const recording = await reader.read({ from, to, signals }, options);
    const leads = recording.signals.map((signal) => signal.samples);
    const piece = Math.ceil(PIECE / leads.length);
    await inPortions(
      0,
      to - from,
      (begin, end) => {
        const chunk = leads.map((samples) => samples.subarray(begin, end));
        for (const beat of detector.push(chunk)) found.push(beat);
        meter.push(chunk);
      },
      piece,
    );
    options.onProgress?.({ stage: 'detect', done: to, total: length });
    await breatheWhenDue();
  }
  await breatheWhenDue();
  for (const beat of detector.flush()) found.push(beat);
  const gaps = info.gaps.map(({ from, to }) => ({ from, to, reason: 'gap' as const }));
  const unreadable = joinUnreadable(gaps, await meter.finish(), length);
  // No beat lies where there is no signal; the filters' ringing at its edges is none.
  const isBeat = (sample: number, i: number): boolean => {
    if (sample < 0 || sample >= length || sample <= (found[i - 1] ?? -1)) return false;
    const stretch = unreadable[firstEndingAfter(unreadable, sample)];
    return stretch === undefined || stretch.from > sample || stretch.reason === 'noise';
  };
  const samples = new Float64Array(found.length);
  let beats = 0;
  await inPortions(0, found.length, (from, to) => {
    for (let i = from; i < to; i++) if (isBeat(found[i], i)) samples[beats++] = found[i];
  });
  const kept = samples.slice(0, beats);
  await breatheWhenDue();
  if (!hasNoHeartbeat(detector.peakedness(), kept)) return { samples: kept, unreadable, signals, warnings };
  const whole = [{ from: 0, to: length, reason: 'noise' as const }];
  return {
    samples: kept,
    unreadable: joinUnreadable(unreadable, whole, length),
    signals,
    warnings: [...warnings, NO_HEARTBEAT],
  };
}

function chooseSignals({ info }: RecordingReader): { signals: number[]; warnings: string[] } {
  const ecg = info.signals.map((_, i) => i).filter((i) => info.signals[i].unit === 'mV');
  if (ecg.length === 0) {
    const names = info.signals.map((s) => `${s.lead} [${s.unit}]`).join(', ') || 'none';
    throw new EcgError(
      'unsupported',
      `analyze ${info.id}: no ECG lead among its signals (${names}); give a file with a signal in mV`,
    );
  }
  const usable = ecg.filter((i) => info.signals[i].fs === info.fs);
  const signals = chooseLeads(
    usable,
    usable.map((i) => info.signals[i].lead),
  );
  const warnings: string[] = [];
  const name = (list: readonly number[]) => list.map((i) => info.signals[i].lead).join(', ');
  const slower = ecg.filter((i) => !usable.includes(i));
  if (slower.length > 0)
    warnings.push(`Leads at a lower sampling rate are not used to find beats: ${name(slower)}.`);
  if (usable.length > signals.length)
    warnings.push(`Beats are found in ${MOST_LEADS} of ${usable.length} leads: ${name(signals)}.`);
  return { signals, warnings };
}

/** Of more leads than are listened to, those that see the heart from different sides; else the first ones. */
function chooseLeads(signals: readonly number[], names: readonly string[]): number[] {
  if (signals.length <= MOST_LEADS) return [...signals];
  const plain = names.map((name) => name.toUpperCase().replace(/^(LEAD|ECG)[\s_]+/, ''));
  const known = LEADS_APART.map((name) => plain.indexOf(name)).filter((i) => i >= 0);
  const rest = signals.map((_, i) => i).filter((i) => !known.includes(i));
  return [...known, ...rest]
    .slice(0, MOST_LEADS)
    .sort((a, b) => a - b)
    .map((i) => signals[i]);
}
