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

/** Shapes of beats, group by group; a beat belongs to the nearest one that is near enough, or begins its own. */
export interface ShapeGroups {
  /**
   * The group of one prepared beat, which moves that group's mean.
   *
   * @param waves  [channels, length] from `at` on; the leads come first
   */
  join(waves: Float32Array, at: number): number;
  /** The group it would belong to; −1 where it would begin its own. */
  nearest(waves: Float32Array, at: number): number;
  /** Forgets a group: the next shape of its own takes its number. */
  forget(group: number): void;
}

/** No groups yet. In one pass, as leader clustering (Hartigan, Clustering Algorithms, 1975, chapter 3) does. */
export function createShapeGroups(
  contract: InputContract,
  shape: InputShape,
  { zone, distance, mostGroups }: LikeBeats,
): ShapeGroups {
  const from = Math.max(0, shape.peak + Math.round(zone.from * contract.fs));
  const width = Math.min(shape.length, shape.peak + Math.round(zone.to * contract.fs)) - from;
  const size = contract.leads.count * width;
  const beat = new Float32Array(size);
  const means = new Float32Array(mostGroups * size);
  const energies = new Float64Array(mostGroups);
  const members = new Int32Array(mostGroups);
  let groups = 0;
  let near = 0;
  let least = 0;

  /** Takes the beat in, and finds the nearest group and how far it is. */
  function look(waves: Float32Array, at: number): void {
    let energy = 0;
    for (let lead = 0; lead < contract.leads.count; lead++) {
      const begin = at + lead * shape.length + from;
      for (let k = 0; k < width; k++) {
        const x = waves[begin + k];
        beat[lead * width + k] = x;
        energy += x * x;
      }
    }
    near = 0;
    least = Number.POSITIVE_INFINITY;
    for (let g = 0; g < groups; g++) {
      if (members[g] === 0) continue;
      let product = 0;
      for (let k = 0, own = g * size; k < size; k++, own++) product += beat[k] * means[own];
      const sum = energy + energies[g];
      const relative = sum > 0 ? (sum - 2 * product) / sum : 0;
      if (relative < least) {
        least = relative;
        near = g;
      }
    }
  }

  /** A number that no group has, or −1. */
  function free(): number {
    for (let g = 0; g < groups; g++) if (members[g] === 0) return g;
    return groups < mostGroups ? groups : -1;
  }

  return {
    join(waves, at) {
      look(waves, at);
      const other = least >= distance ? free() : -1;
      const group = other >= 0 ? other : near;
      groups = Math.max(groups, group + 1);
      members[group]++;
      const weight = 1 / Math.min(members[group], MEMORY);
      let own = 0;
      for (let k = 0, mean = group * size; k < size; k++, mean++) {
        means[mean] += weight * (beat[k] - means[mean]);
        own += means[mean] * means[mean];
      }
      energies[group] = own;
      return group;
    },
    nearest(waves, at) {
      look(waves, at);
      return least < distance ? near : -1;
    },
    forget(group) {
      members[group] = 0;
    },
  };
}

/**
 * The group of each beat: the first group whose mean shape is near enough, or a new one.
 *
 * @param waves  [n, channels, length]; the leads come first
 * @returns      [n], groups are numbered as they appear
 */
export function groupLikeBeats(
  waves: Float32Array,
  contract: InputContract,
  shape: InputShape,
  likeBeats: LikeBeats,
): Int32Array {
  const row = shape.channels * shape.length;
  const groups = createShapeGroups(contract, shape, likeBeats);
  const group = new Int32Array(waves.length / row);
  for (let i = 0; i < group.length; i++) group[i] = groups.join(waves, i * row);
  return group;
}

/** How much the logits of one beat, from `at` on, speak for V against N and S. */
export function ventricularEvidence(logits: Float32Array, at: number): number {
  const a = logits[at];
  const b = logits[at + 1];
  const narrow = Math.max(a, b) + Math.log1p(Math.exp(-Math.abs(a - b)));
  return logits[at + VENTRICULAR] - narrow;
}

/** Moves one beat's evidence for V against N and S by `step`, in place. */
export function addVentricularEvidence(logits: Float32Array, at: number, step: number): void {
  logits[at + VENTRICULAR] += step;
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
    evidence[i] = ventricularEvidence(logits, i * KINDS);
    sum[group[i]] += evidence[i];
    members[group[i]]++;
  }
  for (let i = 0; i < n; i++) {
    if (members[group[i]] < fewest) continue;
    addVentricularEvidence(logits, i * KINDS, share * (sum[group[i]] / members[group[i]] - evidence[i]));
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
