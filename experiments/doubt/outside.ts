import { type Annotation, BEAT_CLASSES, type RecordingReader } from '../../src/core/index.js';
import { beatClassOf, isQrs, LITERATURE_MAP, noiseStressSpans } from '../../src/ecg/index.js';
import { curveAreas, MITDB_PACED } from '../../src/evaluation/index.js';
import { openFile } from '../../src/formats/node.js';
import {
  createOutsideScorer,
  type Doubt,
  type FamiliarBeats,
  inputShape,
  labelConfidences,
  predictBeats,
  prepareInput,
  softmax,
} from '../../src/models/index.js';
import type { Runtime } from '../../src/nn/index.js';
import { openRunForward } from '../../src/training/doubt/node.js';
import { disturbances, disturbedReader } from './disturb.js';
import type { Unseen } from './held-out.js';

/** How well some beats that the model should not know are told from normal beats of patients it has not seen. */
export interface OutsideRow {
  readonly beats: string;
  readonly count: number;
  /** Against the normal beats of the held-out records of mitdb. */
  readonly auroc: number;
  /** The same of 1 − how sure the class said is, for comparison. */
  readonly aurocOfConfidence: number;
  /** Shares that are called `outside-training`, and uncertain for any reason. */
  readonly outside: number;
  readonly uncertain: number;
}

/** Figures of some beats, one a beat. */
interface Judged {
  readonly outside: number[];
  /** How sure the class said is. */
  readonly sure: number[];
}

interface Limits {
  readonly temperature: number;
  readonly leastProbability: number;
  readonly doubt: Pick<Doubt, 'outside' | 'confidence'>;
}

/** The rows of the table of what is outside: mitdb disturbed, nstdb, paced beats, and as a control nothing. */
export async function outsideRows(
  unseen: Unseen,
  limits: Limits,
  folders: { readonly run: string; readonly dataFolder: string },
  runtime: Runtime,
): Promise<OutsideRow[]> {
  const { heldOut, folds, databases } = unseen;
  const mitdb = heldOut.set.records
    .map(({ id }, i) => ({ id, fold: folds[i]! }))
    .filter(({ id, fold }) => fold >= 0 && id.startsWith('mitdb/'));
  const normal = normalBeats(unseen, limits, 'mitdb');
  const rows: OutsideRow[] = [];
  const add = (beats: string, judged: Judged) => rows.push(rowOf(beats, judged, normal, limits));
  if (databases.includes('svdb'))
    add('normal beats of svdb (should not be told apart)', normalBeats(unseen, limits, 'svdb'));
  const judges = new Map<number, Judge>();
  for (const fold of [-1, ...new Set(mitdb.map((record) => record.fold))]) {
    judges.set(fold, await openJudge(unseen, fold, limits, folders.run, runtime));
  }
  for (const [name, disturbance] of Object.entries(await disturbances(folders.dataFolder))) {
    const all: Judged = { outside: [], sure: [] };
    for (const { id, fold } of mitdb) {
      const reader = await openFile(`${folders.dataFolder}/${id}`);
      const disturbed = await disturbedReader(reader, disturbance);
      await judges.get(fold)!.judge(disturbed, beatsOf(reader.info.annotations), all);
      await reader.close();
    }
    add(name, all);
  }
  const fold118 = mitdb.find(({ id }) => id === 'mitdb/118')?.fold;
  if (fold118 !== undefined) {
    for (const [record, name] of [
      ['118e00', 'nstdb 118, electrode motion, 0 dB'],
      ['118e_6', 'nstdb 118, electrode motion, −6 dB'],
    ]) {
      const all: Judged = { outside: [], sure: [] };
      const marks = await openFile(`${folders.dataFolder}/nstdb/118e00`);
      const reader = await openFile(`${folders.dataFolder}/nstdb/${record}`);
      const spans = noiseStressSpans(reader.info.length, reader.info.fs);
      const noisy = (sample: number) => spans.some(({ from, to }) => sample >= from && sample < to);
      await judges.get(fold118)!.judge(reader, beatsOf(marks.info.annotations), all, noisy);
      await reader.close();
      await marks.close();
      add(name!, all);
    }
  }
  const trained = new Set(heldOut.set.records.map(({ id }) => id));
  if (!MITDB_PACED.some((record) => trained.has(`mitdb/${record}`))) {
    const all: Judged = { outside: [], sure: [] };
    for (const record of MITDB_PACED) {
      const reader = await openFile(`${folders.dataFolder}/mitdb/${record}`);
      const paced = reader.info.annotations
        .filter(({ symbol }) => symbol === '/')
        .map(({ sample }) => sample);
      const own = new Set(paced);
      await judges.get(-1)!.judge(reader, beatsOf(reader.info.annotations), all, (sample) => own.has(sample));
      await reader.close();
    }
    add('paced beats of mitdb 102, 104, 107, 217', all);
  }
  for (const { close } of judges.values()) await close();
  return rows;
}

/** µs that the outside score of one beat takes: the least of some repetitions. */
export function scoreMicroseconds(familiar: FamiliarBeats, size: number): number {
  const score = createOutsideScorer(familiar, size);
  const beats = 1000;
  const waves = Float32Array.from({ length: beats * size }, (_, i) => Math.sin(i));
  let least = Number.POSITIVE_INFINITY;
  for (let round = 0; round < 20; round++) {
    const from = performance.now();
    score(waves, beats);
    least = Math.min(least, performance.now() - from);
  }
  return (1000 * least) / beats;
}

interface Judge {
  judge(
    reader: RecordingReader,
    beats: readonly number[],
    out: Judged,
    keep?: (sample: number) => boolean,
  ): Promise<void>;
  close(): Promise<void>;
}

async function openJudge(
  { recipe, familiarOfFold }: Unseen,
  fold: number,
  limits: Limits,
  run: string,
  runtime: Runtime,
): Promise<Judge> {
  const { forward, close } = await openRunForward(run, recipe, runtime, fold < 0 ? undefined : fold);
  const shape = inputShape(recipe.input);
  const score = createOutsideScorer(familiarOfFold.get(fold)!, shape.channels * shape.length);
  return {
    judge: async (reader, beats, out, keep = () => true) => {
      const batches = prepareInput(reader, beats, recipe.input);
      for await (const { batch, logits } of predictBeats([forward], batches, recipe.input, shape)) {
        const n = batch.to - batch.from;
        const sure = surenessOf(logits[0]!, limits);
        const outside = score(batch.waves, n);
        for (let i = 0; i < n; i++) {
          if (!keep(beats[batch.from + i]!)) continue;
          out.outside.push(outside[i]!);
          out.sure.push(sure[i]!);
        }
      }
    },
    close,
  };
}

function surenessOf(logits: Float32Array, { temperature, doubt }: Limits): Float32Array {
  const kinds = BEAT_CLASSES.length;
  return labelConfidences(softmax(logits, kinds, temperature), kinds, doubt.confidence);
}

function beatsOf(annotations: readonly Annotation[]): number[] {
  return annotations
    .filter(({ symbol }) => isQrs(symbol) && beatClassOf(symbol, LITERATURE_MAP) !== undefined)
    .map(({ sample }) => sample);
}

function normalBeats({ heldOut, outside, databases }: Unseen, limits: Limits, database: string): Judged {
  const { set, logits } = heldOut;
  const sure = surenessOf(logits, limits);
  const own = Array.from(set.label, (_, i) => i).filter(
    (i) => set.label[i] === 0 && databases[set.record[i]!] === database,
  );
  return { outside: own.map((i) => outside[i]!), sure: own.map((i) => sure[i]!) };
}

function rowOf(beats: string, judged: Judged, normal: Judged, limits: Limits): OutsideRow {
  const { leastProbability, doubt } = limits;
  const count = judged.outside.length;
  const area = (strange: readonly number[], known: readonly number[], sign: number) =>
    curveAreas(
      [...strange, ...known].map((x) => sign * x),
      [...strange.map(() => true), ...known.map(() => false)],
    ).roc;
  const beyond = judged.outside.map((x) => x > doubt.outside.most);
  return {
    beats,
    count,
    auroc: area(judged.outside, normal.outside, 1),
    aurocOfConfidence: area(judged.sure, normal.sure, -1),
    outside: beyond.filter(Boolean).length / count,
    uncertain: beyond.filter((x, i) => x || judged.sure[i]! < leastProbability).length / count,
  };
}
