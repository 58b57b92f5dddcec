import {
  detectBeats,
  markWaves,
  WAVE_MARKS,
  type WaveMarks,
  type WaveProbabilities,
} from '../../ecg/index.js';
import { type ComparedLead, compareMarks, medianReference, type WaveMark } from '../../evaluation/index.js';
import {
  combineLeads,
  leadProbabilities,
  prepareWaveLead,
  type WaveChunkInput,
  type WaveDecoding,
  type WaveForward,
} from '../../models/index.js';
import type { MarkedWave, WaveLead, WaveRecord } from './wave-records.js';

/** Where R peaks come from: the product's detector, or the reference's annotations. */
export type BeatSource = 'detected' | 'given';

/** A lead as the network saw it, and what it said of its samples. */
export interface PredictedLead {
  readonly signal: Float32Array;
  readonly probabilities: WaveProbabilities;
}

/** One record's comparisons. */
export interface ScoredRecord {
  /** Each lead alone, beside its own reference. */
  readonly single: readonly ComparedLead[];
  /** All leads together, beside each lead's reference. */
  readonly joint: readonly ComparedLead[];
  /** All leads together, beside the median of the leads' references. */
  readonly median: ComparedLead;
}

/** s within which marks of several leads are of one beat: less than the shortest distance of two beats. */
const ONE_BEAT = 0.2;

/** What the network says of each lead of a record. */
export async function predictRecord(
  { leads, fs }: WaveRecord,
  input: WaveChunkInput,
  forward: WaveForward,
): Promise<PredictedLead[]> {
  const predicted: PredictedLead[] = [];
  for (const lead of leads) {
    const signal = prepareWaveLead(lead.signal, fs, input);
    predicted.push({ signal, probabilities: await leadProbabilities(signal, input, forward) });
  }
  return predicted;
}

/** The record's marks, made of `predicted`, beside the reference. */
export function scoreRecord(
  { leads, fs, patient }: WaveRecord,
  predicted: readonly PredictedLead[],
  { fs: grid }: WaveChunkInput,
  decoding: WaveDecoding,
  source: BeatSource,
): ScoredRecord {
  const mark = (used: readonly PredictedLead[], beats: ArrayLike<number>): WaveMarks => {
    const together = combineLeads(
      used.map(({ probabilities }) => probabilities),
      used[0].signal.length,
    );
    const onGrid = Float64Array.from(beats, (sample) => (sample * grid) / fs);
    const marks = markWaves(
      together,
      used.map(({ signal }) => signal),
      onGrid,
      grid,
      decoding,
    );
    for (const each of WAVE_MARKS) for (let i = 0; i < beats.length; i++) marks[each][i] *= fs / grid;
    return marks;
  };
  const references = leads.map(({ waves }) => referenceOf(waves));
  const given = medianReference(
    leads.map(({ waves }) => ({ ...referenceOf([]), qrsOnset: peaksOf(waves) })),
    ONE_BEAT * fs,
  ).qrsOnset;
  const own = (lead: WaveLead): ArrayLike<number> =>
    source === 'given' ? peaksOf(lead.waves) : detectBeats([lead.signal], fs);
  const joint = mark(
    predicted,
    source === 'given'
      ? given
      : detectBeats(
          leads.map(({ signal }) => signal),
          fs,
        ),
  );
  const ranges = leads.map(({ waves }) => rangeOf(waves));
  const compare = (lead: number, marks: WaveMarks): ComparedLead => ({
    patient,
    marks: compareMarks(references[lead], marks, {
      fs,
      ...ranges[lead],
      unknown: unknownOf(leads[lead].waves),
    }),
  });
  return {
    single: leads.map((lead, i) => compare(i, mark([predicted[i]], own(lead)))),
    joint: leads.map((_, i) => compare(i, joint)),
    median: {
      patient,
      marks: compareMarks(medianReference(references, ONE_BEAT * fs), joint, {
        fs,
        from: medianOf(ranges.map(({ from }) => from)),
        to: medianOf(ranges.map(({ to }) => to)),
      }),
    },
  };
}

function peaksOf(waves: readonly MarkedWave[]): number[] {
  return waves.filter(({ wave }) => wave === 'QRS').map(({ peak }) => peak);
}

const PREFIX = { P: 'p', QRS: 'qrs', T: 't' } as const;

/** The reference's marks, kind by kind; unknown ones are NaN. */
function referenceOf(waves: readonly MarkedWave[]): Record<WaveMark, number[]> {
  const columns = Object.fromEntries(WAVE_MARKS.map((mark) => [mark, [] as number[]])) as Record<
    WaveMark,
    number[]
  >;
  for (const { wave, onset, peak, offset } of waves) {
    columns[`${PREFIX[wave]}Onset`].push(onset);
    columns[`${PREFIX[wave]}Offset`].push(offset);
    if (wave !== 'QRS') columns[`${PREFIX[wave]}Peak`].push(peak);
  }
  return columns;
}

/** Peaks of the waves that lack a mark, by that mark. */
function unknownOf(waves: readonly MarkedWave[]): Partial<Record<WaveMark, number[]>> {
  const unknown: Partial<Record<WaveMark, number[]>> = {};
  for (const { wave, onset, peak, offset } of waves) {
    const [begin, end] = [`${PREFIX[wave]}Onset`, `${PREFIX[wave]}Offset`] as const;
    if (Number.isNaN(onset)) unknown[begin] = [...(unknown[begin] ?? []), peak];
    if (Number.isNaN(offset)) unknown[end] = [...(unknown[end] ?? []), peak];
  }
  return unknown;
}

/** The first and the last annotated sample. */
function rangeOf(waves: readonly MarkedWave[]): { from: number; to: number } {
  const all = waves
    .flatMap(({ onset, peak, offset }) => [onset, peak, offset])
    .filter((x) => !Number.isNaN(x));
  return { from: Math.min(...all), to: Math.max(...all) };
}

function medianOf(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1];
}
