import type { LagRow } from './detector.js';

/** What the tables are made of; from run.ts. */
export interface StreamResults {
  readonly databases: readonly {
    readonly database: string;
    readonly records: number;
    readonly beats: number;
    readonly equalBeats: number;
    readonly finalAgreement: number;
    readonly firstAgreement: number;
    readonly sameCertainty: number;
    readonly vSensitivity: number;
    readonly sSensitivity: number;
    readonly vFirst: number;
    readonly sFirst: number;
    readonly delayMedianS: number;
    readonly delayP99S: number;
    readonly days: number;
    readonly falseAttacks: number;
    readonly falseCertainAttacks: number;
    readonly falseRests: number;
    readonly falseCertainRests: number;
  }[];
  readonly lags: readonly LagRow[];
  readonly after: readonly { readonly finalAfterBeats: number; readonly agreement: number }[];
  readonly attacks: {
    readonly [K in 'windows' | 'any']: {
      readonly attacks: number;
      readonly within10: number;
      readonly never: number;
      readonly medianS: number;
      readonly p95S: number;
    };
  };
}

const percent = (x: number) => (Number.isFinite(x) ? (100 * x).toFixed(2) : '–');
const row = (cells: readonly (string | number)[]) => `| ${cells.join(' | ')} |\n`;
const head = (cells: readonly string[]) => row(cells) + row(cells.map(() => '---'));

/** The results as tables of Markdown. */
export function formatTables({ databases, lags, after, attacks }: StreamResults): string {
  const agreement =
    head(['', ...databases.map(({ database, records }) => `${database} (${records})`)]) +
    (
      [
        ['beats', (d) => String(d.beats)],
        ['the same beats, %', (d) => percent(d.equalBeats)],
        ['same class, final, %', (d) => percent(d.finalAgreement)],
        ['same class, at once, %', (d) => percent(d.firstAgreement)],
        ['certain or uncertain alike, %', (d) => percent(d.sameCertainty)],
        ['certain V found, final / at once, %', (d) => `${percent(d.vSensitivity)} / ${percent(d.vFirst)}`],
        ['certain S found, final / at once, %', (d) => `${percent(d.sSensitivity)} / ${percent(d.sFirst)}`],
        ['told after, median / p99, s', (d) => `${d.delayMedianS.toFixed(2)} / ${d.delayP99S.toFixed(2)}`],
        [
          'false VF/VT alerts a day, all / certain',
          (d) => `${(d.falseAttacks / d.days).toFixed(1)} / ${(d.falseCertainAttacks / d.days).toFixed(1)}`,
        ],
        [
          'false asystole alerts a day, all / certain',
          (d) => `${(d.falseRests / d.days).toFixed(1)} / ${(d.falseCertainRests / d.days).toFixed(1)}`,
        ],
      ] as const satisfies readonly (readonly [string, (d: StreamResults['databases'][number]) => string])[]
    )
      .map(([name, of]) => row([name, ...databases.map(of)]))
      .join('');
  const detector =
    head(['database', 'decided after, s', 'at the latest, s', 'Se, %', '+P, %', 'missed', 'extra']) +
    lags
      .map((l) =>
        row([
          l.database,
          l.lagS,
          l.latestS.toFixed(2),
          l.sensitivity.toFixed(3),
          l.positivePredictivity.toFixed(3),
          l.missed,
          l.extra,
        ]),
      )
      .join('');
  const following =
    head(['beats that follow', 'same class, %']) +
    after.map(({ finalAfterBeats, agreement: same }) => row([finalAfterBeats, percent(same)])).join('');
  const times =
    head(['alerts', 'attacks', 'within 10 s, %', 'never', 'median, s', 'p95 of those told, s']) +
    (['windows', 'any'] as const)
      .map((kind) => {
        const { attacks: n, within10, never, medianS, p95S } = attacks[kind];
        const name = kind === 'windows' ? 'VF/VT' : 'VF/VT, run, rate or asystole';
        return row([name, n, percent(within10), never, medianS.toFixed(1), p95S.toFixed(1)]);
      })
      .join('');
  return [
    '## Stream beside whole recording\n',
    agreement,
    '## Deciding sooner\n',
    detector,
    '## Beats that follow before a class is final\n',
    following,
    '## From the mark of an attack to the alert, vfdb\n',
    times,
  ].join('\n');
}
