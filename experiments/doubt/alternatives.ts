import { BEAT_CLASSES } from '../../src/core/index.js';
import { reliability } from '../../src/evaluation/index.js';
import { softmax } from '../../src/models/index.js';
import { recordWeights } from '../../src/training/doubt/record-weights.js';
import type { Unseen } from './held-out.js';
import { partOf } from './protocols.js';

const KINDS = BEAT_CLASSES.length;

/** One way of calibrating, fitted on one database and told on the other. */
export interface Alternative {
  readonly calibration: string;
  readonly fitted: string;
  readonly told: string;
  readonly ece: number;
  readonly nll: number;
  /** Share of beats whose most probable class is another than before. */
  readonly changed: number;
}

const WAYS = [
  { calibration: 'none', scales: 0, ridge: Number.NaN, bias: false },
  { calibration: 'temperature', scales: 1, ridge: 0, bias: false },
  { calibration: 'temperature and a bias a class', scales: 1, ridge: 0, bias: true },
  { calibration: 'temperature and a bias a class, ridge 0.01', scales: 1, ridge: 0.01, bias: true },
  { calibration: 'a scale and a bias a class', scales: KINDS, ridge: 0, bias: true },
  { calibration: 'a scale and a bias a class, ridge 0.01', scales: KINDS, ridge: 0.01, bias: true },
] as const;

/** Calibrations beyond a temperature, across databases; empty for beats of one. */
export function compareCalibrations({ heldOut, databases }: Unseen): Alternative[] {
  const names = [...new Set(databases)];
  const rows: Alternative[] = [];
  for (const { calibration, scales, ridge, bias } of WAYS) {
    for (const from of names) {
      for (const to of names.filter((name) => name !== from)) {
        const { part } = partOf(heldOut, (record) => databases[record] === from);
        const { part: other } = partOf(heldOut, (record) => databases[record] === to);
        const map =
          scales === 0
            ? { scale: new Float64Array(KINDS).fill(1), bias: new Float64Array(KINDS) }
            : fitAffine(part.logits, part.set.label, recordWeights(part.set.record), scales, bias, ridge);
        const logits = other.logits.map((z, k) => map.scale[k % KINDS]! * z + map.bias[k % KINDS]!);
        const { ece, nll } = reliability({
          probabilities: softmax(logits, KINDS, 1),
          labels: other.set.label,
          classes: KINDS,
        });
        let changed = 0;
        for (let i = 0; i < other.set.label.length; i++)
          if (first(logits, i) !== first(other.logits, i)) changed++;
        rows.push({
          calibration,
          fitted: from,
          told: to,
          ece,
          nll,
          changed: changed / other.set.label.length,
        });
      }
    }
  }
  return rows;
}

/**
 * The scales and biases of logits with the least negative log likelihood, by gradient descent with a step that halves
 * until it helps; the function is convex.
 */
function fitAffine(
  logits: Float32Array,
  labels: ArrayLike<number>,
  weights: Float64Array,
  scales: number,
  bias: boolean,
  ridge: number,
): { scale: Float64Array; bias: Float64Array } {
  let at = { scale: new Float64Array(KINDS).fill(1), bias: new Float64Array(KINDS) };
  const evaluate = (x: typeof at) => cost(logits, labels, weights, x, scales, bias, ridge);
  let now = evaluate(at);
  let step = 1;
  for (let round = 0; round < 80 && step > 1e-4; round++) {
    step *= 2;
    for (;;) {
      const next = {
        scale: at.scale.map((x, c) => x - step * now.scale[c]!),
        bias: at.bias.map((x, c) => x - step * now.bias[c]!),
      };
      const then = evaluate(next);
      if (then.value < now.value) {
        [at, now] = [next, then];
        break;
      }
      step /= 2;
      if (step <= 1e-4) break;
    }
  }
  return at;
}

function cost(
  logits: Float32Array,
  labels: ArrayLike<number>,
  weights: Float64Array,
  at: { scale: Float64Array; bias: Float64Array },
  scales: number,
  withBias: boolean,
  ridge: number,
): { value: number; scale: Float64Array; bias: Float64Array } {
  const scale = new Float64Array(KINDS);
  const bias = new Float64Array(KINDS);
  const p = new Float64Array(KINDS);
  let value = 0;
  let all = 0;
  for (let i = 0; i < labels.length; i++) {
    let most = Number.NEGATIVE_INFINITY;
    for (let c = 0; c < KINDS; c++) {
      p[c] = at.scale[c]! * logits[i * KINDS + c]! + at.bias[c]!;
      if (p[c]! > most) most = p[c]!;
    }
    let sum = 0;
    for (let c = 0; c < KINDS; c++) sum += p[c] = Math.exp(p[c]! - most);
    const w = weights[i]!;
    all += w;
    value -= w * Math.log(Math.max(1e-300, p[labels[i]!]! / sum));
    for (let c = 0; c < KINDS; c++) {
      const g = w * (p[c]! / sum - (c === labels[i] ? 1 : 0));
      scale[c]! += g * logits[i * KINDS + c]!;
      bias[c]! += g;
    }
  }
  const meanScale = at.scale.reduce((sum, x) => sum + x, 0) / KINDS;
  value /= all;
  for (let c = 0; c < KINDS; c++) {
    value += ridge * (at.bias[c]! ** 2 + (at.scale[c]! - meanScale) ** 2);
    scale[c] = scale[c]! / all + 2 * ridge * (at.scale[c]! - meanScale);
    bias[c] = withBias ? bias[c]! / all + 2 * ridge * at.bias[c]! : 0;
  }
  if (scales === 1) scale.fill(scale.reduce((sum, x) => sum + x, 0));
  return { value, scale, bias };
}

function first(logits: Float32Array, i: number): number {
  let best = 0;
  for (let c = 1; c < KINDS; c++) if (logits[i * KINDS + c]! > logits[i * KINDS + best]!) best = c;
  return best;
}
