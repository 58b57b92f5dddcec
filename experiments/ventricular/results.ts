import { VENTRICULAR_DEFAULTS } from '../../src/ecg/index.js';
import { reliability } from '../../src/evaluation/index.js';
import {
  countByOtherFolds,
  episodeFigures,
  type Figure,
  type VentricularRecord,
  type WindowCounts,
  type WindowFigures,
  windowFigures,
} from '../../src/training/index.js';
import type { TrainedVentricular } from '../../src/training/node.js';
import type { Outside } from './outside.js';

const COMMAND = 'npx tsx experiments/ventricular/run.ts';
const DATABASES = ['vfdb', 'mitdb'] as const;
/** Probabilities an episode may have to reach. */
const ENTER = [0.3, 0.5, 0.7];

interface PublishedFigure {
  readonly id: string;
  readonly value: number;
  readonly interval: readonly [number, number] | null;
  readonly unit: string;
  readonly split: string;
  readonly command: string;
  readonly date: string;
}

/** What the folds say: figures for the README, and the tables behind them. */
export function ventricularResults(
  trained: TrainedVentricular,
  outside: readonly Outside[],
  bytes: { fp32: number; int8: number },
  date: string,
) {
  const { folds, int8Folds } = trained;
  const all = folds.flat();
  const counts = countByOtherFolds(folds);
  const of = (records: readonly VentricularRecord[], own: readonly WindowCounts[], database: string) =>
    windowFigures(
      records.filter(({ id }) => id.startsWith(database)),
      own.filter(({ id }) => id.startsWith(database)),
    );
  const both = of(all, counts, '');
  const int8 = of(int8Folds.flat(), countByOtherFolds(int8Folds), '');
  const databases = { vfdb: of(all, counts, 'vfdb'), mitdb: of(all, counts, 'mitdb') };
  const split = `${folds.length} folds by patient over vfdb and mitdb, ${both.patients} patients, windows of 5 s every 2.5 s of one rhythm, noise left out; threshold of the other folds`;
  const figure = (id: string, value: number | Figure, where = split): PublishedFigure => ({
    id,
    value: typeof value === 'number' ? value : value.value,
    interval: typeof value === 'number' ? null : [value.low, value.high],
    unit: 'fraction',
    split: where,
    command: COMMAND,
    date,
  });
  const labels: number[] = [];
  const probabilities: number[] = [];
  for (const record of all) {
    record.labels.forEach((label, w) => {
      if (label < 0) return;
      labels.push(label);
      probabilities.push(...record.probabilities.subarray(3 * w, 3 * w + 3));
    });
  }
  const { ece } = reliability({
    classes: 3,
    labels,
    probabilities: Float32Array.from(probabilities),
  });
  const perPatient = `${split}; mean over patients with four such windows or more`;
  return {
    figures: [
      figure('rhythm.vf.se', both.sensitivity),
      figure('rhythm.vf.sp', both.specificity),
      figure('rhythm.vf.auroc', both.auroc),
      figure('rhythm.vf.mean-se', both.meanSensitivity, perPatient),
      figure('rhythm.vf.mean-sp', both.meanSpecificity, perPatient),
      ...DATABASES.flatMap((name) => [
        figure(`rhythm.vf.${name}.se`, databases[name].sensitivity),
        figure(`rhythm.vf.${name}.sp`, databases[name].specificity),
        figure(`rhythm.vf.${name}.auroc`, databases[name].auroc),
      ]),
      figure('rhythm.vf.int8.se', int8.sensitivity),
      figure('rhythm.vf.int8.sp', int8.specificity),
      figure('rhythm.vf.ece', ece),
    ],
    threshold: trained.threshold,
    bytes,
    trainSeconds: trained.seconds,
    windows: { both, ...databases, int8 },
    kinds: kindsOf(all),
    episodes: [trained.threshold, ...ENTER].flatMap((enter) =>
      ['', ...DATABASES].map((name) => ({
        database: name || 'both',
        enter,
        ...episodeFigures(
          all.filter(({ id }) => id.startsWith(name)),
          enter,
        ),
      })),
    ),
    outside,
    records: counts,
  };
}

type Results = ReturnType<typeof ventricularResults>;

/** VT and VF windows by what they are called where they are called ventricular at all: rows VT, VF; columns missed, VT, VF. */
function kindsOf(records: readonly VentricularRecord[]): number[][] {
  const table = [
    [0, 0, 0],
    [0, 0, 0],
  ];
  for (const record of records) {
    record.labels.forEach((label, w) => {
      if (label < 1) return;
      const [other, vt, vf] = record.probabilities.subarray(3 * w, 3 * w + 3);
      table[label - 1][other >= 0.5 ? 0 : vt >= vf ? 1 : 2]++;
    });
  }
  return table;
}

const percent = (value: number) => (Number.isNaN(value) ? '–' : (100 * value).toFixed(1));
const withInterval = ({ value, low, high }: Figure) =>
  Number.isNaN(value) ? '–' : `${percent(value)} (${percent(low)}–${percent(high)})`;

/** The tables, as Markdown. */
export function formatVentricularTables(results: Results): string {
  const row = (name: string, w: WindowFigures) =>
    `| ${name} | ${w.patients} | ${w.positives} | ${w.negatives} | ${withInterval(w.sensitivity)} | ${withInterval(w.specificity)} | ${w.auroc.toFixed(4)} | ${withInterval(w.meanSensitivity)} | ${withInterval(w.meanSpecificity)} |`;
  const share = (part: number, rest: number) => (part + rest === 0 ? '–' : percent(part / (part + rest)));
  const { windows, episodes, kinds } = results;
  return [
    '# Ventricular tachycardia, fibrillation and flutter',
    '',
    results.figures[0].split,
    '',
    '| | patients | VT, VF | other | Se % (95 %) | Sp % (95 %) | AUROC | mean Se % | mean Sp % |',
    '|---|--:|--:|--:|--:|--:|--:|--:|--:|',
    row('vfdb and mitdb', windows.both),
    row('vfdb', windows.vfdb),
    row('mitdb', windows.mitdb),
    row('both, INT8', windows.int8),
    '',
    '(intervals: 2000 resamples of patients, seed 1; means over patients with four such windows or more)',
    '',
    '**Tachycardia or fibrillation**, where `other` is less probable than a half',
    '',
    '| | other | VT | VF |',
    '|---|--:|--:|--:|',
    `| VT | ${kinds[0].join(' | ')} |`,
    `| VF | ${kinds[1].join(' | ')} |`,
    '',
    '**Episodes** out of windows every 2.5 s that reach a probability, and go on above half of it; noise left out',
    '',
    '| | from | time found % | time right % | episodes ≥ 5 s | found | false | in hours |',
    '|---|--:|--:|--:|--:|--:|--:|--:|',
    ...episodes.map(
      (e) =>
        `| ${e.database} | ${e.enter.toFixed(3)} | ${percent(e.durationSensitivity)} | ${percent(e.durationPredictivity)} | ${e.episodes} | ${e.found} | ${e.alarms} | ${e.hours.toFixed(1)} |`,
    ),
    '',
    '**Elsewhere**, by the released network: recordings of which hardly one holds VT, none of them trained on',
    '',
    `| | recordings | hours | windows | called VT or VF % | episodes from ${VENTRICULAR_DEFAULTS.enter} |`,
    '|---|--:|--:|--:|--:|--:|',
    ...results.outside.map(
      (o) =>
        `| ${o.database} | ${o.recordings} | ${o.hours.toFixed(1)} | ${o.windows} | ${(100 * (o.alarms / o.windows)).toFixed(2)} | ${o.episodes} |`,
    ),
    '',
    '**By record**; noise: windows in stretches annotated as such, which no figure above counts',
    '',
    '| record | VT, VF | Se % | other | Sp % | noise | called VT or VF % |',
    '|---|--:|--:|--:|--:|--:|--:|',
    ...[...results.records]
      .sort((a, b) => (a.id < b.id ? -1 : 1))
      .map(
        (r) =>
          `| ${r.id} | ${r.found + r.missed} | ${share(r.found, r.missed)} | ${r.quiet + r.alarms} | ${share(r.quiet, r.alarms)} | ${r.noisy} | ${share(r.noisyAlarms, r.noisy - r.noisyAlarms)} |`,
      ),
    '',
  ].join('\n');
}
