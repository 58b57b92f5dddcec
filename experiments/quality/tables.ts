import type { NoiseKind } from '../noise-stress/stress.js';
import type { QualityResults } from './run.js';

const percent = (x: number | null | undefined): string =>
  x === null || x === undefined || Number.isNaN(x) ? '–' : (100 * x).toFixed(1);
const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');

/** `tables.md` of the quality network. */
export function formatQualityTables(
  results: QualityResults,
  names: Readonly<Record<NoiseKind, string>>,
): string {
  const { all, int8, rule, byKind, byKindRule, byRatio, perPatient, outside, labels, speed24h2Leads } =
    results;
  const interval = ({ value, low, high }: QualityResults['all']['sensitivity']) =>
    `${percent(value)} (${percent(low)}–${percent(high)})`;
  /** Of all seconds, out of the patients' shares. */
  const called = (of: 'noisy' | 'good', figure: 'sensitivity' | 'specificity') =>
    perPatient.reduce((sum, row) => sum + row[of] * (row[figure] ?? 0), 0) /
    perPatient.reduce((sum, row) => sum + row[of], 0);
  const summary = table(
    ['', 'Se', 'Sp', 'AUROC'],
    [
      [
        'network, as `judge` calls',
        percent(called('noisy', 'sensitivity')),
        percent(called('good', 'specificity')),
        percent(all.auroc),
      ],
      [
        'network, at a probability of 0.5',
        interval(all.sensitivity),
        interval(all.specificity),
        percent(all.auroc),
      ],
      [
        'network, INT8, as `judge` calls',
        percent(int8.sensitivity),
        percent(int8.specificity),
        percent(int8.auroc),
      ],
      ['rule without a network', percent(rule.sensitivity), percent(rule.specificity), '–'],
    ],
  );
  const kinds = table(
    ['noise', 'noisy s', 'good s', 'Se', 'Sp', 'AUROC', 'rule Se', 'rule Sp'],
    byKind.map((k, i) => [
      names[k.kind],
      String(k.noisy),
      String(k.good),
      percent(k.sensitivity),
      percent(k.specificity),
      percent(k.auroc),
      percent(byKindRule[i].sensitivity),
      percent(byKindRule[i].specificity),
    ]),
  );
  const ratios = table(
    ['noise', 'dB', 'noisy s', 'good s', 'Se', 'Sp', 'AUROC'],
    byRatio.map((r) => [
      names[r.kind],
      String(r.snrDb),
      String(r.noisy),
      String(r.good),
      percent(r.sensitivity),
      percent(r.specificity),
      percent(r.auroc),
    ]),
  );
  const patients = table(
    ['patient', 'noisy s', 'good s', 'Se', 'Sp', 'AUROC'],
    perPatient.map((p) => [
      p.patient,
      String(p.noisy),
      String(p.good),
      percent(p.sensitivity),
      percent(p.specificity),
      percent(p.auroc),
    ]),
  );
  const { cinc2017, nstdb, vfdb, mitdbDs2, svdb } = outside;
  const cinc = table(
    ['class', 'records', 'mean share of seconds called noisy', 'records called noisy for more than half'],
    ['N', 'A', 'O', '~'].map((c) => [
      c,
      String(cinc2017.records[c]),
      percent(cinc2017.meanShare[c]),
      percent(cinc2017.halfNoisy[c]),
    ]),
  );
  const motion = table(
    ['seconds of 118e00 and 118e_6', 's', 'called noisy'],
    (
      [
        [`up to ${labels.noisyUpTo} dB`, nstdb.noisy],
        ['between', nstdb.between],
        [`${labels.goodFrom} dB and more`, nstdb.good],
        ['no noise added', nstdb.quiet],
      ] as const
    ).map(([name, { seconds, calledNoisy }]) => [name, String(seconds), percent(calledNoisy)]),
  );
  const rhythms = table(
    ['vfdb', 's', 'called noisy'],
    Object.entries(vfdb).map(([name, { seconds, calledNoisy }]) => [
      name,
      String(seconds),
      percent(calledNoisy),
    ]),
  );
  const plain = table(
    ['as recorded', 'leads', 's', 'noisy', 'flat', 'clipped'],
    (
      [
        ['mitdb DS2', mitdbDs2],
        ['svdb', svdb],
      ] as const
    ).map(([name, r]) => [
      name,
      String(r.leads),
      String(r.seconds),
      percent(r.noisy),
      percent(r.flat),
      (100 * r.clipped).toFixed(3),
    ]),
  );
  return `# Quality of a second of a lead

${results.split}: the 22 records of DS2, both leads, the second halves of nstdb's noise and synthetic electrode motion
of other seeds, by the protocol of nst at 24…−6 dB (the first thirteen minutes of a record, two noisy stretches); stretches the experts call clean. A second is noisy when the QRS
complexes stand at most ${labels.noisyUpTo} dB above the noise of ${labels.band.low}…${labels.band.high} Hz within it, good from ${labels.goodFrom} dB on; between, it counts for
neither. All figures in percent; intervals by patient (bootstrap, 95 %). ${all.seconds} seconds.

${summary}

24 h of two leads, seconds of one core: ${speed24h2Leads.fp32.seconds.toFixed(1)} s, INT8 ${speed24h2Leads.int8.seconds.toFixed(1)} s; of which rules ${speed24h2Leads.fp32.ofWhichRules.toFixed(1)} s.

## By kind of noise

${kinds}

## By kind and ratio

The ratio is nst's, over the noise at all frequencies; the label looks at each second and the QRS band.

${ratios}

## By patient

${patients}

## Outside checks

None of these was trained on. cinc2017's records called noise against the test side of the others, by the share of
seconds called noisy: AUROC ${percent(cinc2017.auroc)}.

${cinc}

Recorded electrode motion: AUROC ${percent(nstdb.auroc)}.

${motion}

Rhythms that are no noise, and the experts' NOISE, which is annotated for the recording, not for a lead:

${rhythms}

${plain}
`;
}
