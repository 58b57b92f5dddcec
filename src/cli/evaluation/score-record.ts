import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { analyze, type BeatClassifier } from '../../analysis/index.js';
import {
  type Annotation,
  BEAT_CLASSES,
  EcgError,
  type RecordingReader,
  type RunOptions,
} from '../../core/index.js';
import { beatClassOf, isQrs, type LabelMap } from '../../ecg/index.js';
import { type ClassCounts, countClasses } from '../../evaluation/index.js';
import { readAnnotations } from '../../formats/index.js';
import { toAnnotations } from '../../report/index.js';
import { recordName } from './select-records.js';

/**
 * The annotations of another annotator of a record: `100.qrs` beside `100.hea` or in `folder`.
 *
 * @param path  of the record's header, or of any of its files
 * @throws EcgError `not-found` without the file
 */
export async function readTestAnnotations(
  path: string,
  annotator: string,
  folder: string | undefined,
): Promise<Annotation[]> {
  const file = join(folder ?? dirname(path), `${recordName(path)}.${annotator}`);
  const bytes = await readFile(file).catch((cause: unknown) => {
    throw new EcgError('not-found', `evaluate: there is no ${file}; check --test and --test-dir`, { cause });
  });
  return readAnnotations(bytes);
}

/** The beats a network finds and classifies in a recording, as annotations. */
export async function findAnnotations(
  reader: RecordingReader,
  classifier: BeatClassifier,
  options: RunOptions,
): Promise<Annotation[]> {
  return toAnnotations(await analyze(reader, { beats: classifier }, options));
}

/** How a network classes the reference's own beats, from `from` seconds on. */
export async function scoreGivenBeats(
  reader: RecordingReader,
  classifier: BeatClassifier,
  map: LabelMap,
  from: number,
  options: RunOptions,
): Promise<{ counts: ClassCounts; probabilities: Float32Array; labels: Int32Array }> {
  const { annotations, fs } = reader.info;
  // Every QRS tells the rhythm, as in training; only those with a class are scored.
  const beats = annotations.filter(({ symbol }) => isQrs(symbol));
  const samples = Float64Array.from(beats, ({ sample }) => sample);
  const predictions = await classifier.classify(reader, samples, options);
  const scored = beats.flatMap(({ sample, symbol }, i) =>
    sample >= from * fs && beatClassOf(symbol, map) !== undefined ? [i] : [],
  );
  const labels = Int32Array.from(scored, (i) => BEAT_CLASSES.indexOf(beatClassOf(beats[i].symbol, map)!));
  const predicted = scored.map((i) => BEAT_CLASSES.indexOf(predictions.classes[i]));
  const probabilities = new Float32Array(scored.length * BEAT_CLASSES.length);
  scored.forEach((i, row) => {
    const at = i * BEAT_CLASSES.length;
    probabilities.set(
      predictions.probabilities.subarray(at, at + BEAT_CLASSES.length),
      row * BEAT_CLASSES.length,
    );
  });
  return { counts: countClasses(labels, predicted), probabilities, labels };
}
