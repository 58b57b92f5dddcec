import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { breatheWhenDue, EcgError, type Recording, type RunOptions } from '../../../../core/index.js';
import { detectBeats } from '../../../../ecg/index.js';
import { openFile } from '../../../../formats/node.js';
import type { RhythmWindowWriter } from '../../../../models/index.js';
import type { RecordExamples } from '../../../examples/join-records.js';
import { type RhythmData, windowStarts } from '../data.js';
import { labelRhythm, RHYTHM_LABELS, type RhythmLabel } from '../label-rhythm.js';

/** A recording and its beats, found by our own detector in all leads, as in use. */
export interface DetectedRecording {
  readonly recording: Recording;
  /** Samples of the recording. */
  readonly beats: Float64Array;
}

/**
 * A recording with the beats that are found in it.
 * @throws EcgError `not-found`, `bad-format` from reading; `cancelled`
 */
export async function readDetected(path: string, options?: RunOptions): Promise<DetectedRecording> {
  const run = options?.signal === undefined ? {} : { signal: options.signal };
  const reader = await openFile(path, run);
  try {
    const recording = await reader.read({}, run);
    await breatheWhenDue();
    const leads = recording.signals.map(({ samples }) => samples);
    return { recording, beats: detectBeats(leads, recording.signals[0].fs) };
  } finally {
    await reader.close();
  }
}

/** The labels of the challenge's recordings by their name: `A00001` is `N`. */
export async function readChallengeLabels(folder: string): Promise<Map<string, RhythmLabel>> {
  const path = join(folder, 'REFERENCE-v3.csv');
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new EcgError('not-found', `rhythm: there is no ${path}`, { cause });
  });
  const labels = new Map<string, RhythmLabel>();
  for (const [i, line] of text.split(/\r?\n/).entries()) {
    if (line.trim() === '') continue;
    const [name, label] = line.split(',').map((part) => part.trim());
    if (!(RHYTHM_LABELS as readonly string[]).includes(label))
      throw new EcgError(
        'bad-format',
        `rhythm: ${path}, line ${i + 1}: '${line}' is no NAME,LABEL with N, A, O or ~`,
      );
    labels.set(name, label as RhythmLabel);
  }
  return labels;
}

/** The windows of a recording of the challenge, all with its label. */
export async function cutChallenge(
  path: string,
  label: RhythmLabel,
  data: RhythmData,
  writer: RhythmWindowWriter,
  options?: RunOptions,
): Promise<RecordExamples> {
  const found = await readDetected(path, options);
  const { fs, samples } = found.recording.signals[0];
  const starts = windowStarts(samples.length / fs, data.input.window, data.hop.challenge);
  const examples = await writeWindows(found, 0, starts, data, writer);
  return { data: examples, label: new Uint8Array(starts.length).fill(RHYTHM_LABELS.indexOf(label)) };
}

/** The windows of an annotated recording that bear a label, of its first two leads in turn. */
export async function cutAnnotated(
  path: string,
  data: RhythmData,
  writer: RhythmWindowWriter,
  options?: RunOptions,
): Promise<RecordExamples> {
  const found = await readDetected(path, options);
  const { signals, annotations = [] } = found.recording;
  const { fs, samples } = signals[0];
  const length = samples.length;
  const { window } = data.input;
  const chosen: { start: number; label: RhythmLabel }[] = [];
  const { fibrillation, other } = data.hop;
  let next = 0;
  for (let start = 0; start + window <= length / fs; start += Math.min(fibrillation, other)) {
    const label = labelRhythm(annotations, length, start * fs, (start + window) * fs);
    if (label === undefined || (label !== 'A' && start < next)) continue;
    chosen.push({ start, label });
    if (label !== 'A') next = start + other;
  }
  const size = writer.layout.shape[0] * writer.layout.shape[1];
  const out = new Float32Array(chosen.length * size);
  for (const [i, { start }] of chosen.entries()) {
    const lead = i % Math.min(2, signals.length);
    out.set(await writeWindows(found, lead, [start], data, writer), i * size);
  }
  return { data: out, label: Uint8Array.from(chosen, ({ label }) => RHYTHM_LABELS.indexOf(label)) };
}

/**
 * Examples of the windows of one lead that begin at `starts` s.
 * @param onLikeness  told of each window its first beat, and how alike the others each of its beats is
 */
export async function writeWindows(
  { recording, beats }: DetectedRecording,
  lead: number,
  starts: readonly number[],
  { input }: Pick<RhythmData, 'input'>,
  writer: RhythmWindowWriter,
  onLikeness?: (window: number, from: number, likeness: Float32Array) => void,
): Promise<Float32Array> {
  const { samples, fs } = recording.signals[lead];
  const size = writer.layout.shape[0] * writer.layout.shape[1];
  const out = new Float32Array(starts.length * size);
  for (const [w, start] of starts.entries()) {
    const from = Math.round(start * fs);
    const to = Math.min(samples.length, from + Math.round(input.window * fs));
    const own = beats.filter((beat) => beat >= from && beat < to).map((beat) => beat - from);
    const likeness = writer.write(samples.subarray(from, to), fs, own, out, w * size);
    onLikeness?.(
      w,
      beats.findIndex((beat) => beat >= from),
      likeness,
    );
    await breatheWhenDue();
  }
  return out;
}
