import { breatheWhenDue } from '../core/index.js';
import type { InputBatch } from './compose.js';
import type { InputContract, InputShape } from './contract.js';
import type { Forward } from './golden.js';

const VENTRICULAR = 2;
const KINDS = 5;
/** Beats over which a shape's mean runs: it follows a slow change. */
const MEMORY = 50;

/** Beats in a row and what some networks said of them, like beats having shared their ventricular evidence. */
export interface PredictedBeats {
  readonly batch: InputBatch;
  /** Uncalibrated [n, 5], one array a network. */
  readonly logits: readonly Float32Array[];
}

/**
 * What some networks of one contract say of a recording's beats, block by block in the beats' order.
 *
 * Where the contract has `likeBeats`, beats of one shape share part of their ventricular evidence, as a reader
 * labels a whole group at once: what is ventricular shows in the shape, and single beats of a shape err apart.
 *
 * @param batches  from `prepareInput`, or composed for training
 */
export async function* predictBeats(
  networks: readonly Forward[],
  batches: AsyncIterable<InputBatch> | Iterable<InputBatch>,
  contract: InputContract,
  shape: InputShape,
): AsyncGenerator<PredictedBeats> {
  const { likeBeats } = contract;
  let open: PredictedBeats[] = [];
  const close = (): PredictedBeats => {
    const block = joined(open);
    open = [];
    if (likeBeats !== undefined) {
      const groups = groupLikeBeats(block.batch.waves, contract, shape, likeBeats);
      for (const logits of block.logits) shareVentricular(logits, groups, likeBeats);
    }
    return block;
  };
  for await (const batch of batches) {
    const logits: Float32Array[] = [];
    for (const network of networks)
      logits.push(await network(batch.waves, batch.features, batch.to - batch.from));
    open.push({ batch, logits });
    await breatheWhenDue();
    if (batch.to - open[0].batch.from >= (likeBeats?.block ?? 0)) yield close();
  }
  if (open.length > 0) yield close();
}

/** How beats are grouped by shape, and how much a group shares. */
export type LikeBeats = NonNullable<InputContract['likeBeats']>;

/**
 * The group of each beat: the first group whose mean shape is near enough, or a new one. In one pass, as leader
 * clustering (Hartigan, Clustering Algorithms, 1975, chapter 3) does.
 *
 * @param waves  [n, channels, length]; the leads come first
 * @returns      [n], groups are numbered as they appear
 */
export function groupLikeBeats(
  waves: Float32Array,
  contract: InputContract,
  shape: InputShape,
  { zone, distance, mostGroups }: LikeBeats,
): Int32Array {
  const row = shape.channels * shape.length;
  const n = waves.length / row;
  const from = Math.max(0, shape.peak + Math.round(zone.from * contract.fs));
  const width = Math.min(shape.length, shape.peak + Math.round(zone.to * contract.fs)) - from;
  const size = contract.leads.count * width;
  const beat = new Float32Array(size);
  const means = new Float32Array(mostGroups * size);
  const energies = new Float64Array(mostGroups);
  const members = new Int32Array(mostGroups);
  const group = new Int32Array(n);
  let groups = 0;
  for (let i = 0; i < n; i++) {
    let energy = 0;
    for (let lead = 0; lead < contract.leads.count; lead++) {
      const at = i * row + lead * shape.length + from;
      for (let k = 0; k < width; k++) {
        const x = waves[at + k];
        beat[lead * width + k] = x;
        energy += x * x;
      }
    }
    let nearest = 0;
    let least = Number.POSITIVE_INFINITY;
    for (let g = 0; g < groups; g++) {
      let product = 0;
      for (let k = 0, at = g * size; k < size; k++, at++) product += beat[k] * means[at];
      const sum = energy + energies[g];
      const relative = sum > 0 ? (sum - 2 * product) / sum : 0;
      if (relative < least) {
        least = relative;
        nearest = g;
      }
    }
    if (least >= distance && groups < mostGroups) nearest = groups++;
    group[i] = nearest;
    members[nearest]++;
    const weight = 1 / Math.min(members[nearest], MEMORY);
    let own = 0;
    for (let k = 0, at = nearest * size; k < size; k++, at++) {
      means[at] += weight * (beat[k] - means[at]);
      own += means[at] * means[at];
    }
    energies[nearest] = own;
  }
  return group;
}

/** Moves each beat's evidence for V against N and S towards the mean of its group, in place. */
export function shareVentricular(
  logits: Float32Array,
  group: Int32Array,
  { share, fewest }: Pick<LikeBeats, 'share' | 'fewest'>,
): void {
  const n = group.length;
  let groups = 0;
  for (let i = 0; i < n; i++) groups = Math.max(groups, group[i] + 1);
  const sum = new Float64Array(groups);
  const members = new Int32Array(groups);
  const evidence = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const a = logits[i * KINDS];
    const b = logits[i * KINDS + 1];
    const narrow = Math.max(a, b) + Math.log1p(Math.exp(-Math.abs(a - b)));
    evidence[i] = logits[i * KINDS + VENTRICULAR] - narrow;
    sum[group[i]] += evidence[i];
    members[group[i]]++;
  }
  for (let i = 0; i < n; i++) {
    if (members[group[i]] < fewest) continue;
    logits[i * KINDS + VENTRICULAR] += share * (sum[group[i]] / members[group[i]] - evidence[i]);
  }
}

function joined(parts: readonly PredictedBeats[]): PredictedBeats {
  if (parts.length === 1) return parts[0];
  const all = (pick: (part: PredictedBeats) => Float32Array): Float32Array => {
    const out = new Float32Array(parts.reduce((sum, part) => sum + pick(part).length, 0));
    let at = 0;
    for (const part of parts) {
      out.set(pick(part), at);
      at += pick(part).length;
    }
    return out;
  };
  return {
    batch: {
      from: parts[0].batch.from,
      to: parts[parts.length - 1].batch.to,
      waves: all(({ batch }) => batch.waves),
      features: all(({ batch }) => batch.features),
    },
    logits: parts[0].logits.map((_, i) => all(({ logits }) => logits[i])),
  };
}
