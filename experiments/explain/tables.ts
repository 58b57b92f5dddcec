import type { BeatInputs } from '../../src/explain/index.js';
import { BEAT_ZONES } from '../../src/explain/index.js';
import { EXPLAINED } from './gather.js';
import {
  type Baseline,
  type CurveRow,
  METHODS,
  type RandomisedRow,
  type Scope,
  type ShareRow,
} from './measure.js';
import { type Estimate, formatEstimate, meanByPatient } from './summarise.js';

export interface Measured {
  readonly curves: readonly CurveRow[];
  readonly shares: readonly ShareRow[];
  readonly randomised: readonly RandomisedRow[];
  readonly inputs: BeatInputs;
  readonly context: {
    readonly model: string;
    readonly records: number;
    readonly patients: number;
    readonly inTraining: number;
  };
}

/** An ectopic beat is compared with the patient's sinus beat; a normal one, which is that beat, with nothing. */
const baselineOf = (name: string): Baseline => (name === 'N' ? 'zeros' : 'sinus');
const ECTOPIC = ['S', 'V', 'F'];

/** The published figures and the tables of what was measured. */
export function writeTables(measured: Measured): { results: object; tables: string } {
  const { curves, shares, randomised, inputs, context } = measured;
  const lines: string[] = [
    '# Explanations of the beat network',
    '',
    `${context.model}; ${context.records} records of mitdb DS1 (without 201) and svdb, ${context.patients} patients, of whom the network was trained on ${context.inTraining}. Beats whose class it gets right. Intervals: 95 %, patients resampled 2000 times.`,
  ];
  const figures: object[] = [];
  const figure = (id: string, estimate: Estimate, split: string) =>
    figures.push({
      id: `explain.${id}`.toLowerCase(),
      value: estimate.value,
      interval: estimate.interval,
      unit: '0…1',
      split,
      command: 'npx tsx experiments/explain/run.ts',
      date: new Date().toISOString().slice(0, 10),
    });
  const select = (scope: Scope, baseline: Baseline, classes: readonly string[], method: string) =>
    curves.filter(
      (row) =>
        row.scope === scope &&
        row.baseline === baseline &&
        row.method === method &&
        classes.includes(row.beat.class),
    );
  const estimate = (rows: readonly CurveRow[], kind: 'deletion' | 'insertion') =>
    meanByPatient(rows.map((row) => ({ beat: row.beat, value: row[kind] })));

  for (const scope of ['all', 'signal'] as const) {
    lines.push(
      '',
      scope === 'all' ? '## Signal and features taken away' : '## Signal taken away, features kept',
      '',
      'Area below the calibrated probability of the class while parts (windows of 31 ms of a lead, groups of features) are replaced by the baseline, the most important first. Deletion: smaller is better; insertion: larger is better. Random is the mean of five orders.',
      '',
      '| class | baseline | beats | order | deletion | insertion |',
      '|---|---|---|---|---|---|',
    );
    const rows = [
      ...EXPLAINED.map((name): [string, readonly string[], Baseline] => [name, [name], baselineOf(name)]),
      ['S, V, F' as string, ECTOPIC, 'sinus' as Baseline] as const,
      ['S, V, F' as string, ECTOPIC, 'zeros' as Baseline] as const,
    ];
    for (const [title, classes, baseline] of rows) {
      for (const method of [...METHODS, 'random'] as const) {
        const own = select(scope, baseline, classes, method);
        if (own.length === 0) continue;
        const [deletion, insertion] = [estimate(own, 'deletion'), estimate(own, 'insertion')];
        lines.push(
          `| ${title} | ${baseline} | ${own.length} | ${method} | ${formatEstimate(deletion)} | ${formatEstimate(insertion)} |`,
        );
        if (title === 'S, V, F' && baseline === 'sinus' && scope === 'all') {
          const split = 'S, V and F beats of mitdb DS1 and svdb, baseline: the sinus beat';
          figure(`${method}.deletion`, deletion, split);
          figure(`${method}.insertion`, insertion, split);
        }
      }
    }
  }

  lines.push(
    '',
    '## Weights shuffled',
    '',
    'Rank correlation (Spearman) of the map over the samples of the signal with that of the trained network, after the weights of the layers up to a depth, counted from the output, were shuffled; baseline zeros, S, V and F beats. A method that looks at the network falls to about 0; one that only draws the signal stays near 1.',
    '',
  );
  const depths = [...new Set(randomised.map(({ depth }) => depth))];
  lines.push(
    `| method | ${depths.map((depth) => `depth 1…${depth}`).join(' | ')} |`,
    `|---|${'---|'.repeat(depths.length)}`,
  );
  for (const method of METHODS) {
    const cells = depths.map((depth) => {
      const rows = randomised.filter((row) => row.method === method && row.depth === depth);
      const correlation = meanByPatient(rows.map(({ beat, correlation: value }) => ({ beat, value })));
      if (depth === depths.at(-1))
        figure(`${method}.shuffled`, correlation, 'rank correlation, all weights shuffled, S, V and F beats');
      return formatEstimate(correlation);
    });
    lines.push(`| ${method} | ${cells.join(' | ')} |`);
  }

  const names = Object.keys(shares[0].shares);
  const zones = BEAT_ZONES.map(({ name }) => name);
  const size = (from: number, to: number) =>
    Math.max(
      0,
      Math.min(inputs.length, inputs.peak + to * inputs.fs) - Math.max(0, inputs.peak + from * inputs.fs),
    ) / inputs.length;
  lines.push(
    '',
    '## What each class rests on',
    '',
    `Mean share of the magnitude of an explanation (N against zeros, the others against the sinus beat). By length P, QRS and T are ${BEAT_ZONES.map(({ name, from, to }) => `${name} ${(100 * size(from, to)).toFixed(0)} %`).join(', ')} of the window; QRS reaches from ${-BEAT_ZONES[1].from * 1000} ms before to ${BEAT_ZONES[1].to * 1000} ms after the R peak.`,
    '',
    `| method | class | beats | ${names.join(' | ')} |`,
    `|---|---|---|${'---|'.repeat(names.length)}`,
  );
  for (const method of METHODS)
    for (const name of EXPLAINED) {
      const own = shares.filter(
        (row) => row.method === method && row.beat.class === name && row.baseline === baselineOf(name),
      );
      if (own.length === 0) continue;
      const cells = names.map((part) => {
        if (!own.some((row) => part in row.shares)) return '–';
        const share = meanByPatient(own.map((row) => ({ beat: row.beat, value: row.shares[part] ?? 0 })));
        if (method === 'integrated-gradients')
          figure(`share.${name}.${part}`, share, `${name} beats, integrated gradients`);
        return zones.includes(part as (typeof zones)[number]) || part in own[0].shares
          ? formatEstimate(share)
          : '–';
      });
      lines.push(`| ${method} | ${name} | ${own.length} | ${cells.join(' | ')} |`);
    }
  return { results: { figures, context }, tables: `${lines.join('\n')}\n` };
}
