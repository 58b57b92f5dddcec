import { EcgError } from '../../core/index.js';
import { type ModelCard, softmax } from '../../models/index.js';
import type { Runtime, Session } from '../../nn/index.js';
import type { Example, Part, Score } from '../example.js';
import { createFileGradCam } from '../file-grad-cam.js';
import { createIntegratedGradients } from '../integrated-gradients.js';
import { fillFrom, occlude, spreadOverSamples } from '../occlusion.js';
import { type BeatInputs, beatInputs, waveParts } from './beat-parts.js';

/** Why a beat got its class: what each moment and each group of features adds to it. */
export interface BeatAttribution {
  /** One a lead, [samples]: above 0 where the signal speaks for the class. */
  readonly leads: readonly Float32Array[];
  /** By the name of the group of features; empty where the method speaks of the signal only. */
  readonly groups: Readonly<Record<string, number>>;
}

/** One way to explain a beat. */
export interface BeatExplainer {
  /**
   * @param example     `waves` and `features` of one prepared beat
   * @param baseline    what stands for nothing special there; see `SinusBeats` and `zeroBaseline`
   * @param classIndex  whose score is explained
   */
  explain(example: Example, baseline: Example, classIndex: number): Promise<BeatAttribution>;
  close(): Promise<void>;
}

/** A way to explain the beats of a network, given as its file. */
export type BeatMethod = (runtime: Runtime, network: Uint8Array, card: ModelCard) => Promise<BeatExplainer>;

/** The occluded windows: as wide as a narrow P wave, chosen by hand. */
const OCCLUSION = { widthS: 0.06, strideS: 0.015 };

/** The ways to explain a beat. Integrated gradients and occlusion speak of the features too. */
export const BEAT_METHODS = {
  'integrated-gradients': async (runtime, network, card) => {
    const inputs = beatInputs(card.input);
    const classes = card.labels.length;
    const method = await createIntegratedGradients(runtime, { network, shapes: inputs.shapes, classes });
    return {
      async explain(example, baseline, classIndex) {
        const { values } = await method.explain(example, baseline, centred(classes, classIndex));
        return { leads: sumOfRows(inputs, values['waves']), groups: sumOfGroups(inputs, values) };
      },
      close: () => method.close(),
    };
  },

  occlusion: async (runtime, network, card) => {
    const inputs = beatInputs(card.input);
    const session = await runtime.open(network);
    const windows = waveParts(inputs, OCCLUSION.widthS, OCCLUSION.strideS);
    const perLead = windows.length / inputs.leads.length;
    return {
      async explain(example, baseline, classIndex) {
        const score = logitScore(session, inputs, centred(card.labels.length, classIndex));
        const parts: Part[] = [...windows, ...inputs.groups];
        const drops = await occlude(score, example, inputs.shapes, parts, fillFrom(baseline));
        return {
          leads: inputs.leads.map((_, lead) => {
            const own = windows.slice(lead * perLead, (lead + 1) * perLead);
            return spreadOverSamples(
              own,
              drops.subarray(lead * perLead, (lead + 1) * perLead),
              inputs.length,
            );
          }),
          groups: Object.fromEntries(inputs.groups.map(({ name }, k) => [name, drops[windows.length + k]])),
        };
      },
      close: () => session.release(),
    };
  },

  'grad-cam': async (runtime, network, card) => {
    const inputs = beatInputs(card.input);
    const classes = card.labels.length;
    const method = await createFileGradCam(runtime, { network, shapes: inputs.shapes, classes }, 'waves');
    return {
      async explain(example, _, classIndex) {
        const map = await method.explain(example, centred(classes, classIndex));
        return { leads: inputs.leads.map(() => map), groups: {} };
      },
      close: () => method.close(),
    };
  },
} as const satisfies Readonly<Record<string, BeatMethod>>;

/** The name of a way to explain a beat, as at the command line. */
export type BeatMethodName = keyof typeof BEAT_METHODS;

/**
 * The class's logit over the mean of the others, as weights of the logits: what all logits have in common moves no
 * probability and is not explained.
 */
function centred(classes: number, classIndex: number): Float32Array {
  if (!(Number.isInteger(classIndex) && classIndex >= 0 && classIndex < classes))
    throw new EcgError('bad-option', `explain: there is no class ${classIndex}, give 0…${classes - 1}`);
  return Float32Array.from({ length: classes }, (_, k) => (k === classIndex ? 1 : -1 / (classes - 1)));
}

/** Σ weights · logits of each example. */
function logitScore(session: Session, inputs: BeatInputs, weights: ArrayLike<number>): Score {
  return async (examples, n) => {
    const logits = await runLogits(session, inputs, examples, n);
    const classes = weights.length;
    return Float64Array.from({ length: n }, (_, i) => {
      let sum = 0;
      for (let k = 0; k < classes; k++) sum += weights[k] * logits[i * classes + k];
      return sum;
    });
  };
}

/** The calibrated probability of a class of each example. */
export function probabilityScore(
  session: Session,
  inputs: BeatInputs,
  card: ModelCard,
  classIndex: number,
): Score {
  const classes = card.labels.length;
  return async (examples, n) => {
    const logits = await runLogits(session, inputs, examples, n);
    const probabilities = softmax(logits, classes, card.calibration.temperature);
    return Float64Array.from({ length: n }, (_, i) => probabilities[i * classes + classIndex]);
  };
}

async function runLogits(session: Session, inputs: BeatInputs, examples: Example, n: number) {
  const { logits } = await session.run(
    Object.fromEntries(
      Object.entries(inputs.shapes).map(([name, shape]) => [
        name,
        { data: examples[name], shape: [n, ...shape] },
      ]),
    ),
  );
  return logits.data as Float32Array;
}

function sumOfRows({ leads, length }: BeatInputs, waves: Float32Array): Float32Array[] {
  return leads.map((rows) =>
    Float32Array.from({ length }, (_, i) => rows.reduce((sum, row) => sum + waves[row * length + i], 0)),
  );
}

function sumOfGroups({ groups }: BeatInputs, values: Example): Record<string, number> {
  return Object.fromEntries(
    groups.map(({ name, runs: [{ input, from, to }] }) => [
      name,
      values[input].subarray(from, to).reduce((sum, x) => sum + x, 0),
    ]),
  );
}
