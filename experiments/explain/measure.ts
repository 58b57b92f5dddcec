import { createRandom, type Random } from '../../src/core/index.js';
import {
  BEAT_METHODS,
  type BeatAttribution,
  type BeatInputs,
  type BeatMethodName,
  descending,
  type Part,
  perturbationCurve,
  probabilityScore,
  rankCorrelation,
  sharesOf,
  waveParts,
} from '../../src/explain/index.js';
import type { ModelCard } from '../../src/models/index.js';
import { type Runtime, shuffleWeights } from '../../src/nn/index.js';
import type { ExplainedBeat } from './gather.js';

export const METHODS = Object.keys(BEAT_METHODS) as BeatMethodName[];
export type Baseline = 'zeros' | 'sinus';
/** What is taken away: signal and features, or the signal alone while the features stay. */
export type Scope = 'all' | 'signal';
/** s; the stretches that are taken away as one. */
const PART_S = 1 / 32;
/** Random orders of a beat whose mean the methods are compared with. */
const RANDOM_ORDERS = 5;

/** Areas below the curves of one beat. */
export interface CurveRow {
  readonly beat: ExplainedBeat;
  readonly baseline: Baseline;
  readonly scope: Scope;
  readonly method: BeatMethodName | 'random';
  readonly deletion: number;
  readonly insertion: number;
}

export interface ShareRow {
  readonly beat: ExplainedBeat;
  readonly baseline: Baseline;
  readonly method: BeatMethodName;
  readonly shares: Readonly<Record<string, number>>;
}

/** How much a beat's map still resembles the trained network's after weights up to a depth were shuffled. */
export interface RandomisedRow {
  readonly beat: ExplainedBeat;
  readonly method: BeatMethodName;
  readonly depth: number;
  readonly correlation: number;
}

/** A part's share of an explanation: what its samples, in one lead, or its group add up to. */
function valueOfPart(inputs: BeatInputs, { leads, groups }: BeatAttribution, { name, runs }: Part): number {
  const [{ input, row, from, to }] = runs;
  if (input === 'features') return groups[name] ?? 0;
  const lead = inputs.leads.findIndex((rows) => rows.includes(row));
  return leads[lead].subarray(from, to).reduce((sum, x) => sum + x, 0);
}

function shuffled(n: number, random: Random): number[] {
  const order = Array.from({ length: n }, (_, i) => i);
  for (let i = n - 1; i > 0; i--) {
    const j = random.integer(i + 1);
    [order[i], order[j]] = [order[j], order[i]];
  }
  return order;
}

/** Curves and shares of every beat by every method. */
export async function measureMethods(
  runtime: Runtime,
  network: Uint8Array,
  card: ModelCard,
  inputs: BeatInputs,
  beats: readonly ExplainedBeat[],
  onBeat: (done: number) => void,
): Promise<{ curves: CurveRow[]; shares: ShareRow[] }> {
  const session = await runtime.open(network);
  const opened = await Promise.all(
    METHODS.map(async (name) => ({ name, method: await BEAT_METHODS[name](runtime, network, card) })),
  );
  const signal = waveParts(inputs, PART_S, PART_S);
  const scopes: Record<Scope, readonly Part[]> = { all: [...signal, ...inputs.groups], signal };
  const curves: CurveRow[] = [];
  const shares: ShareRow[] = [];
  const random = createRandom(1);
  for (const [done, beat] of beats.entries()) {
    onBeat(done);
    const score = probabilityScore(session, inputs, card, beat.classIndex);
    for (const baseline of ['zeros', 'sinus'] as const) {
      const attributions = new Map<BeatMethodName, BeatAttribution>();
      for (const { name, method } of opened) {
        const own = await method.explain(beat.example, beat.baselines[baseline], beat.classIndex);
        attributions.set(name, own);
        shares.push({ beat, baseline, method: name, shares: sharesOf(inputs, own) });
      }
      for (const [scope, parts] of Object.entries(scopes) as [Scope, readonly Part[]][]) {
        // Where the features stay, the example without its signal has them too.
        const from =
          scope === 'all'
            ? beat.baselines[baseline]
            : { ...beat.baselines[baseline], features: beat.example['features'] };
        const area = async (kind: 'deletion' | 'insertion', order: readonly number[]) =>
          (await perturbationCurve(kind, score, beat.example, from, inputs.shapes, parts, order)).area;
        for (const [method, attribution] of attributions) {
          // Grad-CAM says nothing of the features: it orders the signal only.
          if (scope === 'all' && Object.keys(attribution.groups).length === 0) continue;
          const order = descending(parts.map((part) => valueOfPart(inputs, attribution, part)));
          curves.push({
            ...{ beat, baseline, scope, method },
            deletion: await area('deletion', order),
            insertion: await area('insertion', order),
          });
        }
        let [deletion, insertion] = [0, 0];
        for (let k = 0; k < RANDOM_ORDERS; k++) {
          const order = shuffled(parts.length, random);
          deletion += (await area('deletion', order)) / RANDOM_ORDERS;
          insertion += (await area('insertion', order)) / RANDOM_ORDERS;
        }
        curves.push({ beat, baseline, scope, method: 'random', deletion, insertion });
      }
    }
  }
  for (const { method } of opened) await method.close();
  await session.release();
  return { curves, shares };
}

/** Maps of the signal by every method before and after weights are shuffled, from the output down. */
export async function measureRandomised(
  runtime: Runtime,
  network: Uint8Array,
  card: ModelCard,
  beats: readonly ExplainedBeat[],
  depths: readonly number[],
): Promise<RandomisedRow[]> {
  const rows: RandomisedRow[] = [];
  for (const name of METHODS) {
    const maps = async (bytes: Uint8Array) => {
      const method = await BEAT_METHODS[name](runtime, bytes, card);
      const all: Float32Array[] = [];
      for (const { example, baselines, classIndex } of beats) {
        const { leads } = await method.explain(example, baselines.zeros, classIndex);
        // Grad-CAM gives every lead the same map.
        const flat = name === 'grad-cam' ? [...leads[0]] : leads.flatMap((lead) => [...lead]);
        all.push(Float32Array.from(flat));
      }
      await method.close();
      return all;
    };
    const trained = await maps(network);
    for (const depth of depths) {
      const other = await maps(shuffleWeights(network, depth, createRandom(depth)));
      for (const [i, beat] of beats.entries())
        rows.push({ beat, method: name, depth, correlation: rankCorrelation(trained[i], other[i]) });
    }
  }
  return rows;
}
