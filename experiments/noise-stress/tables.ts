import type { BorderRow } from './border.js';
import { KINDS, type NoiseKind } from './stress.js';
import type { StressRow } from './stress-point.js';

interface Results {
  readonly records: readonly string[];
  readonly split: string;
  readonly models: { readonly beats: { readonly name: string; readonly version: string } };
  readonly band: { readonly low: number; readonly high: number };
  readonly border: readonly BorderRow[];
  readonly rows: readonly StressRow[];
}

const percent = (x: number): string => (Number.isNaN(x) ? '–' : (100 * x).toFixed(1));
const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');

/** `tables.md`: detection, classification, and both where the quality network finds a lead readable. */
export function formatStressTables(
  { records, split, models, band, border, rows }: Results,
  names: Readonly<Record<NoiseKind, string>>,
): string {
  const label = ({ kind, snrDb }: StressRow): string[] =>
    kind === 'none' ? ['none', '–'] : [names[kind], String(snrDb)];
  const detection = rows.map((row) => [
    ...label(row),
    percent(row.standard.sensitivity),
    percent(row.standard.positivePredictivity),
    percent(row.noisy.sensitivity),
    percent(row.noisy.positivePredictivity),
    percent(row.judgedGood.sensitivity),
    percent(row.judgedGood.positivePredictivity),
    percent(row.unreadable),
  ]);
  const classification = rows.map((row) => {
    const all = row.classification;
    const good = row.classificationGood;
    return [
      ...label(row),
      ...[all.macroF1, all.N, all.S, all.V, good.macroF1, good.N, good.S, good.V].map(percent),
    ];
  });
  const bins = border.filter(({ kind }) => kind === KINDS[0]);
  const borders = bins.map(({ from, to }) => [
    `${from} … ${to}`,
    ...KINDS.map((kind) => {
      const row = border.find((one) => one.kind === kind && one.from === from);
      return row === undefined || row.failed === null ? '–' : `${percent(row.failed)} (${row.seconds})`;
    }),
  ]);
  return `# Noise stress test

${records.length} records: ${records.join(', ')}. ${split}. Noise by the protocol of \`nst\` in alternate two minutes from
5:00 on, both leads, each at the stated ratio; the second halves of nstdb's records. All figures in percent.

## Detection of beats

QRS sensitivity and positive predictivity as \`bxb\` counts them. *Standard*: 5:00 to the end, half of it without noise.
*Noisy*: the noisy stretches alone. *Judged good*: of these, the seconds in which the quality network finds at least
one lead readable; *unreadable* is the share of seconds in which it finds none.

${table(['noise', 'dB', 'standard Se', '+P', 'noisy Se', '+P', 'judged good Se', '+P', 'unreadable'], detection)}

## Classification of beats

At the reference's R peaks, in the noisy stretches, by ${models.beats.name} ${models.beats.version}: macro-F1 over N, S, V, and each F1;
then the same in seconds judged good. The network was trained on these patients: read the fall, not the level.

${table(['noise', 'dB', 'macro-F1', 'N', 'S', 'V', 'good: macro-F1', 'N', 'S', 'V'], classification)}

## Where detection begins to fail

Seconds of the noisy stretches by the ratio, in dB, of the QRS complexes to the noise of ${band.low}…${band.high} Hz within the
second, in the better lead: percent in which a beat is missed or invented (seconds). In this band the three kinds come close,
over all frequencies they do not; the labels of experiments/quality are drawn from here.

${table(['dB', ...KINDS.map((kind) => names[kind])], borders)}
`;
}
