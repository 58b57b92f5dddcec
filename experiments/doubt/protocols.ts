import { BEAT_CLASSES } from '../../src/core/index.js';
import { type DoubtedBeats, type DoubtReport, doubtReport } from '../../src/evaluation/index.js';
import { conformalSets, labelConfidences, softmax } from '../../src/models/index.js';
import type { HeldOut } from '../../src/training/calibration.js';
import { type FittedLimits, fitLimits } from '../../src/training/doubt/fit-doubt.js';
import { recordWeights } from '../../src/training/doubt/record-weights.js';
import { fitTemperature } from '../../src/training/temperature.js';
import type { Unseen } from './held-out.js';

/** Groups that calibration is fitted without and told on, in turn. */
const GROUPS = 5;
const KINDS = BEAT_CLASSES.length;

/** A calibration of held-out beats told on patients that it was not fitted on. */
export interface Protocol {
  readonly name: string;
  readonly report: DoubtReport;
  readonly beats: DoubtedBeats;
}

interface Fitted extends FittedLimits {
  readonly temperature: number;
}

/** Calibration fitted on the beats of some records. */
export function fitOn(unseen: Unseen, records: (record: number) => boolean, coverage: number): Fitted {
  const { part, index } = partOf(unseen.heldOut, records);
  const temperature = fitTemperature(part.logits, part.set.label, KINDS, recordWeights(part.set.record));
  const outside = Float32Array.from(index, (i) => unseen.outside[i]!);
  return { temperature, ...fitLimits(part, outside, { temperature, coverage }) };
}

/** Every way in which calibration is told on other patients than it was fitted on. */
export function protocols(unseen: Unseen, coverage: number): Protocol[] {
  const { databases, folds } = unseen;
  const all = [...new Set(databases)];
  // Training patients keep their folds, so that no calibration sees the networks that it is told on.
  const group = databases.map((_, record) => (folds[record]! >= 0 ? folds[record]! : record) % GROUPS);
  const rows = new Rows(unseen);
  for (let g = 0; g < GROUPS; g++) {
    rows.tell(
      fitOn(unseen, (record) => group[record] !== g, coverage),
      (record) => group[record] === g,
    );
  }
  const found: Protocol[] = [];
  const add = (name: string, told: Rows, records: (record: number) => boolean) => {
    const beats = told.beats(records);
    found.push({ name, report: doubtReport(beats), beats });
  };
  if (all.length > 1) add(`${GROUPS} groups of patients of ${all.join(' and ')}`, rows, () => true);
  for (const database of all) {
    const name = `${GROUPS} groups of patients${all.length > 1 ? ` of ${all.join(' and ')}` : ''}: those of ${database}`;
    add(name, rows, (record) => databases[record] === database);
  }
  for (const from of all) {
    for (const to of all.filter((database) => database !== from)) {
      const told = new Rows(unseen);
      told.tell(
        fitOn(unseen, (record) => databases[record] === from, coverage),
        (record) => databases[record] === to,
      );
      add(`fitted on ${from}, told on ${to}`, told, (record) => databases[record] === to);
    }
  }
  return found;
}

/** What calibrations said of beats, put together. */
class Rows {
  private readonly probabilities: Float32Array;
  private readonly sets: { coverage: number; masks: Uint8Array }[] = [];
  private readonly uncertain: boolean[];
  private readonly confidence: Float32Array;

  constructor(private readonly unseen: Unseen) {
    const n = unseen.heldOut.set.label.length;
    this.probabilities = new Float32Array(KINDS * n);
    this.uncertain = new Array<boolean>(n).fill(false);
    this.confidence = new Float32Array(n);
  }

  tell({ temperature, leastProbability, doubt }: Fitted, records: (record: number) => boolean): void {
    const { heldOut, outside } = this.unseen;
    const { part, index } = partOf(heldOut, records);
    const own = softmax(part.logits, KINDS, temperature);
    doubt.conformal.forEach((conformal, s) => {
      this.sets[s] ??= { coverage: conformal.coverage, masks: new Uint8Array(outside.length) };
      const masks = conformalSets(own, KINDS, conformal);
      index.forEach((i, k) => {
        this.sets[s]!.masks[i] = masks[k]!;
      });
    });
    const sure = labelConfidences(own, KINDS, doubt.confidence);
    index.forEach((i, k) => {
      this.probabilities.set(own.subarray(k * KINDS, (k + 1) * KINDS), i * KINDS);
      this.confidence[i] = sure[k]!;
      this.uncertain[i] = outside[i]! > doubt.outside.most || sure[k]! < leastProbability;
    });
  }

  beats(records: (record: number) => boolean): DoubtedBeats {
    const { set } = this.unseen.heldOut;
    const { part, index } = partOf(this.unseen.heldOut, records);
    const probabilities = new Float32Array(KINDS * index.length);
    index.forEach((i, k) => {
      probabilities.set(this.probabilities.subarray(i * KINDS, (i + 1) * KINDS), k * KINDS);
    });
    return {
      probabilities,
      labels: part.set.label,
      classes: KINDS,
      groups: part.set.record,
      records: set.records.map(({ id }) => id),
      sets: this.sets.map(({ coverage, masks }) => ({
        coverage,
        masks: Uint8Array.from(index, (i) => masks[i]!),
      })),
      confidence: index.map((i) => this.confidence[i]!),
      uncertain: index.map((i) => this.uncertain[i]!),
    };
  }
}

/** The held-out beats of some records; the records keep their numbers. */
export function partOf(
  { logits, set }: HeldOut,
  records: (record: number) => boolean,
): { part: HeldOut; index: number[] } {
  const index = Array.from(set.label, (_, i) => i).filter((i) => records(set.record[i]!));
  const own = new Float32Array(KINDS * index.length);
  index.forEach((i, k) => {
    own.set(logits.subarray(i * KINDS, (i + 1) * KINDS), k * KINDS);
  });
  return {
    index,
    part: {
      logits: own,
      set: {
        records: set.records,
        record: Int32Array.from(index, (i) => set.record[i]!),
        beat: Int32Array.from(index, (i) => set.beat[i]!),
        label: Int8Array.from(index, (i) => set.label[i]!),
      },
    },
  };
}
