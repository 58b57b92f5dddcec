import {
  type Annotation,
  BEAT_CLASSES,
  type RecordingReader,
  type RunOptions,
  throwIfCancelled,
} from '../core/index.js';
import { beatClassOf, detectBeats, isQrs, type LabelMap } from '../ecg/index.js';
import {
  type ClassReport,
  classCountsOf,
  compareBeats,
  countClasses,
  evaluateClasses,
  patientOf,
  type RecordCounts,
  type ScoredBeats,
  type SplitLabel,
} from '../evaluation/index.js';
import type { Forward } from '../models/index.js';
import {
  chooseLeads,
  type InputContract,
  inputShape,
  predictBeats,
  prepareInput,
  softmax,
} from '../models/index.js';
import { mostProbable } from './validation.js';

const KINDS = BEAT_CLASSES.length;

/** What some networks said of one record's beats. */
export interface RecordPredictions {
  /** `mitdb/100` */
  readonly id: string;
  /** Hz */
  readonly fs: number;
  readonly reference: readonly Annotation[];
  /** Reference beats, by sample. */
  readonly given: BeatLogits;
  /** Beats that the detector found. */
  readonly found: BeatLogits;
}

/** Beats and their logits by each network. */
export interface BeatLogits {
  /** Sample indices, ascending. */
  readonly samples: readonly number[];
  /** One array [beats, 5] a network. */
  readonly logits: readonly Float32Array[];
}

/**
 * What networks of one input contract say of a record: of its reference beats and of those the detector finds.
 *
 * @param reader  with reference annotations
 */
export async function predictRecord(
  id: string,
  reader: RecordingReader,
  contract: InputContract,
  networks: readonly Forward[],
  options?: RunOptions,
): Promise<RecordPredictions> {
  throwIfCancelled(options, `score ${id}`);
  const { fs, annotations, signals } = reader.info;
  const given = annotations.filter(({ symbol }) => isQrs(symbol)).map(({ sample }) => sample);
  const recording = await reader.read({ signals: chooseLeads(signals, contract) }, options);
  const found = [
    ...detectBeats(
      recording.signals.map((signal) => signal.samples),
      fs,
    ),
  ];
  return {
    id,
    fs,
    reference: annotations,
    given: await logitsOf(reader, given, contract, networks, options),
    found: await logitsOf(reader, found, contract, networks, options),
  };
}

async function logitsOf(
  reader: RecordingReader,
  samples: readonly number[],
  contract: InputContract,
  networks: readonly Forward[],
  options?: RunOptions,
): Promise<BeatLogits> {
  const all = networks.map(() => new Float32Array(samples.length * KINDS));
  const batches = prepareInput(reader, samples, contract, options);
  for await (const { batch, logits } of predictBeats(networks, batches, contract, inputShape(contract)))
    logits.forEach((part, i) => {
      all[i].set(part, batch.from * KINDS);
    });
  return { samples, logits: all };
}

/** What a table of scores is about. */
export interface ScoreContext {
  /** `mitdb DS2` */
  readonly database: string;
  readonly split: SplitLabel;
  readonly map: LabelMap;
  readonly peaks: 'given' | 'found';
  /** Which network's logits; 0 is the first. */
  readonly network: number;
  readonly temperature: number;
  /** Records to give the figures without. */
  readonly without: readonly string[];
}

/** The full report of one network's predictions, from the first beat of each record on. */
export function reportScores(records: readonly RecordPredictions[], context: ScoreContext): ClassReport {
  const { database, split, map, peaks } = context;
  const scored = peaks === 'given' ? scoredBeats(records, context) : undefined;
  return evaluateClasses(
    records.map((record) => recordCounts(record, context)),
    {
      context: { database, split, map, peaks, from: 0 },
      bootstrap: { seed: 1 },
      without: context.without,
      ...(scored !== undefined && { scored }),
    },
  );
}

/** The counts of one record: by index where R peaks are given, by EC57's matching where they were found. */
export function recordCounts(
  record: RecordPredictions,
  { map, peaks, network }: Pick<ScoreContext, 'map' | 'peaks' | 'network'>,
): RecordCounts {
  const { id, fs, reference } = record;
  const predicted = mostProbable(record[peaks].logits[network]);
  const of = { record: id, patient: patientOf(id) };
  if (peaks === 'given') return { ...of, counts: countClasses(labelsOf(reference, map), predicted) };
  // Any symbol of a class stands for it: the map turns it back.
  const test = record.found.samples.map((sample, i) => ({
    sample,
    symbol: map.symbols[BEAT_CLASSES[predicted[i]]][0],
  }));
  return { ...of, counts: classCountsOf(compareBeats(reference, test, { record: id, map, fs, from: 0 })) };
}

function scoredBeats(records: readonly RecordPredictions[], context: ScoreContext): ScoredBeats {
  const labels: number[] = [];
  const rows: number[] = [];
  for (const { reference, given } of records) {
    const all = softmax(given.logits[context.network], KINDS, context.temperature);
    labelsOf(reference, context.map).forEach((label, i) => {
      if (label < 0) return;
      labels.push(label);
      for (let c = 0; c < KINDS; c++) rows.push(all[i * KINDS + c]);
    });
  }
  return { probabilities: rows, labels, classes: KINDS };
}

/** Class of each QRS of the reference; −1 for a flutter wave. */
function labelsOf(reference: readonly Annotation[], map: LabelMap): number[] {
  return reference
    .filter(({ symbol }) => isQrs(symbol))
    .map(({ symbol }) => {
      const beatClass = beatClassOf(symbol, map);
      return beatClass === undefined ? -1 : BEAT_CLASSES.indexOf(beatClass);
    });
}
