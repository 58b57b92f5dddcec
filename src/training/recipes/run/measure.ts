import type { RunOptions } from '../../../core/index.js';
import { REPORTED_WITHOUT } from '../../../evaluation/index.js';
import { buildNetwork, ENSEMBLES, type EnsembleName, softmax } from '../../../models/index.js';
import type { Runtime } from '../../../nn/index.js';
import { exportClassifier } from '../../classifier/classifier-plan.js';
import { predictExamples } from '../../classifier/predict-examples.js';
import type { EpochFigures } from '../../learning-curve.js';
import type { NetworkPlan } from '../recipe.js';
import type { Prepared, Task } from '../task.js';
import { measureLatency } from './latency.js';
import type { EnsembleMetrics, FormMetrics, MemberMetrics, NetworkMetrics } from './metrics.js';
import { calibrateOn } from './release.js';
import { labelsOf, reportOf, scoresOf } from './scores.js';

/** Examples in a batch whose latency is measured. */
const LATENCY_BATCH = 64;

/** One seed's finished training. */
export interface TrainedMember {
  readonly seed: number;
  readonly parameters: Float32Array;
  readonly statistics: Float32Array;
  readonly epochs: readonly EpochFigures[];
  readonly bestEpoch: number;
  readonly seconds: number;
  readonly validationLogits: Float32Array;
}

/** An architecture's trainings, its released files and the examples they are measured on. */
export interface TrainedArchitecture {
  readonly plan: NetworkPlan;
  readonly prepared: Prepared;
  readonly members: readonly TrainedMember[];
  readonly fp32: Uint8Array;
  readonly int8: Uint8Array;
  readonly generated: NetworkMetrics['generated'];
}

/** What was measured, with the calibrated probabilities of each seed for joining networks. */
export interface Measured {
  readonly metrics: NetworkMetrics;
  readonly prepared: Prepared;
  readonly validation: readonly Float32Array[];
  /** Null where the test set was not scored. */
  readonly test: readonly Float32Array[] | null;
}

/**
 * Measures an architecture: every seed on the validation examples, and on the test set if asked; the first seed's
 * two files in size, speed and accuracy.
 *
 * @param runtime  one thread, for latencies that compare
 * @param known    earlier measurements, whose latencies are kept
 */
export async function measureNetwork(
  runtime: Runtime,
  task: Task,
  trained: TrainedArchitecture,
  withTest: boolean,
  known: NetworkMetrics | undefined,
  options?: RunOptions,
): Promise<Measured> {
  const { plan, prepared, members } = trained;
  const { set, split } = prepared;
  const classes = set.classes.length;
  const network = buildNetwork(plan.network, { shape: set.shape, classes });
  const validationLabels = labelsOf(prepared, split.validation);
  const testLabels = labelsOf(prepared, split.test);
  const validation: Float32Array[] = [];
  const test: Float32Array[] = [];
  const rows: MemberMetrics[] = [];
  for (const member of members) {
    const { seed, epochs, bestEpoch, seconds, validationLogits } = member;
    const { temperature } = calibrateOn(validationLogits, validationLabels, classes, 1);
    validation.push(softmax(validationLogits, classes, temperature));
    if (withTest) {
      const bytes = exportClassifier(network, set.shape, member);
      const logits = await predictExamples(runtime, bytes, set, split.test, undefined, options);
      test.push(softmax(logits, classes, temperature));
    }
    rows.push({
      seed,
      epochs: epochs.length,
      bestEpoch,
      seconds,
      validation: scoresOrNull(validation[validation.length - 1], validationLabels, classes),
      test: withTest ? scoresOf(test[test.length - 1], testLabels, classes) : null,
    });
  }
  const form = async (bytes: Uint8Array, before: FormMetrics | undefined): Promise<FormMetrics> => {
    const scored = async (part: Int32Array, labels: Uint8Array) =>
      part.length === 0
        ? null
        : scoresOf(await predictExamples(runtime, bytes, set, part, undefined, options), labels, classes);
    return {
      bytes: bytes.length,
      latencyMs: before?.latencyMs ?? (await measureLatency(runtime, bytes, set.shape, 1, 200)),
      batchLatencyMs:
        before?.batchLatencyMs ?? (await measureLatency(runtime, bytes, set.shape, LATENCY_BATCH, 10)),
      validation: await scored(split.validation, validationLabels),
      test: withTest ? await scored(split.test, testLabels) : null,
    };
  };
  return {
    metrics: {
      name: plan.name,
      kind: plan.network.kind,
      input: plan.input ?? task.inputs[0],
      parameters: members[0].parameters.length,
      members: rows,
      fp32: await form(trained.fp32, known?.fp32),
      int8: await form(trained.int8, known?.int8),
      validation:
        split.validation.length === 0
          ? null
          : reportOf(prepared, split.validation, validation[0], task.rPeaks),
      generated: trained.generated,
      tests: test.map((probabilities) => reportOf(prepared, split.test, probabilities, task.rPeaks)),
      without: withTest
        ? REPORTED_WITHOUT.flatMap((record) => reportWithout(record, prepared, test[0], task) ?? [])
        : [],
    },
    prepared,
    validation,
    test: withTest ? test : null,
  };
}

/**
 * The networks joined, seed by seed, in every reading; the one with the best validation macro-F1 is chosen, so that
 * the test set decides nothing.
 */
export function measureEnsemble(measured: readonly Measured[], task: Task): EnsembleMetrics {
  const [{ prepared }] = measured;
  const { set, split } = prepared;
  const classes = set.classes.length;
  const labels = { validation: labelsOf(prepared, split.validation), test: labelsOf(prepared, split.test) };
  const seeds = measured[0].validation.length;
  const joined = (reading: EnsembleName, part: 'validation' | 'test', seed: number): Float32Array =>
    ENSEMBLES[reading](
      measured.map((network) => ({
        probabilities: network[part]![seed],
        macroF1: network.metrics.members[seed].validation!.macroF1,
      })),
      classes,
    );
  const scored = (reading: EnsembleName, part: 'validation' | 'test') =>
    Array.from({ length: seeds }, (_, seed) => scoresOf(joined(reading, part, seed), labels[part], classes));
  const hasTest = measured[0].test !== null;
  const readings = (Object.keys(ENSEMBLES) as EnsembleName[]).map((reading) => ({
    reading,
    validation: scored(reading, 'validation'),
    test: hasTest ? scored(reading, 'test') : null,
  }));
  const mean = (all: readonly { macroF1: number }[]) =>
    all.reduce((sum, s) => sum + s.macroF1, 0) / all.length;
  // The plain mean stands beside the published ensemble's readings, and is none of them.
  const chosen = readings
    .filter(({ reading }) => reading !== 'mean')
    .reduce((best, next) => (mean(next.validation) > mean(best.validation) ? next : best)).reading;
  return {
    members: measured.map(({ metrics }) => metrics.name),
    readings,
    chosen,
    tests: Array.from({ length: hasTest ? seeds : 0 }, (_, seed) =>
      reportOf(prepared, split.test, joined(chosen, 'test', seed), task.rPeaks),
    ),
  };
}

/** The first seed's figures without a record that is tested; undefined where it is not, or the split is leaky. */
function reportWithout(
  record: string,
  prepared: Prepared,
  probabilities: Float32Array,
  task: Task,
): NetworkMetrics['without'][number] | undefined {
  const { set, split } = prepared;
  const classes = set.classes.length;
  const index = set.records.findIndex(({ id }) => id === record);
  const kept = [...split.test.keys()].filter((row) => set.record[split.test[row]] !== index);
  if (prepared.label.leaky || index < 0 || kept.length === split.test.length) return undefined;
  const rows = new Float32Array(kept.length * classes);
  kept.forEach((row, i) => {
    rows.set(probabilities.subarray(row * classes, (row + 1) * classes), i * classes);
  });
  const part = Int32Array.from(kept, (row) => split.test[row]);
  return { record, report: reportOf(prepared, part, rows, task.rPeaks) };
}

function scoresOrNull(probabilities: Float32Array, labels: Uint8Array, classes: number) {
  return labels.length === 0 ? null : scoresOf(probabilities, labels, classes);
}
