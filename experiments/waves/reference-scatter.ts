import type { WaveRecord } from '../../src/training/index.js';

/** ms; marks further from their median are of another beat's shape, or another beat. */
const SAME_SHAPE = 60;
/** s within which marks of several leads are of one beat. */
const ONE_BEAT = 0.2;

const EDGES = [
  ['P', 'onset'],
  ['P', 'offset'],
  ['QRS', 'onset'],
  ['QRS', 'offset'],
  ['T', 'onset'],
  ['T', 'offset'],
] as const;

type Edge = (typeof EDGES)[number];

/**
 * How far the annotators' own marks scatter, ms: from beat to beat of a lead (distance to the R peak, about the lead's
 * median), and over the leads of one beat (about their median). No method can be closer to the reference of one lead
 * than its noise allows.
 */
export function referenceScatter(records: readonly WaveRecord[]): string {
  const rows = EDGES.map((edge) => [
    `${edge[0]} ${edge[1] === 'onset' ? 'onset' : 'end'}`,
    rootMeanSquare(records.flatMap((record) => fromBeatToBeat(record, edge))).toFixed(1),
    rootMeanSquare(records.flatMap((record) => overLeads(record, edge))).toFixed(1),
  ]);
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const heading = ['mark', 'from beat to beat of a lead, ms', 'over the leads of a beat, ms'];
  return [line(heading), '|:---|---:|---:|', ...rows.map(line)].join('\n');
}

function fromBeatToBeat({ leads, fs }: WaveRecord, [kind, side]: Edge): number[] {
  return leads.flatMap(({ waves }) => {
    const peaks = waves.filter(({ wave }) => wave === 'QRS').map(({ peak }) => peak);
    const distances = waves
      .filter((each) => each.wave === kind && !Number.isNaN(each[side]))
      .flatMap((each) => {
        const own =
          kind === 'QRS'
            ? each.peak
            : kind === 'P'
              ? peaks.find((peak) => peak > each.peak)
              : peaks.findLast((peak) => peak < each.peak);
        return own === undefined ? [] : [(1000 * (each[side] - own)) / fs];
      })
      .sort((a, b) => a - b);
    if (distances.length < 4) return [];
    const median = distances[distances.length >> 1];
    return distances.map((x) => x - median).filter((x) => Math.abs(x) < SAME_SHAPE);
  });
}

function overLeads({ leads, fs }: WaveRecord, [kind, side]: Edge): number[] {
  const all = leads
    .flatMap(({ waves }) => waves.filter(({ wave }) => wave === kind).map((each) => each[side]))
    .filter((sample) => !Number.isNaN(sample))
    .sort((a, b) => a - b);
  const differences: number[] = [];
  for (let from = 0; from < all.length; ) {
    let to = from + 1;
    while (to < all.length && all[to] - all[from] < ONE_BEAT * fs) to++;
    const median = all[(from + to) >> 1];
    if (2 * (to - from) > leads.length)
      for (let i = from; i < to; i++) differences.push((1000 * (all[i] - median)) / fs);
    from = to;
  }
  return differences;
}

function rootMeanSquare(values: readonly number[]): number {
  return Math.sqrt(values.reduce((sum, x) => sum + x * x, 0) / values.length);
}
