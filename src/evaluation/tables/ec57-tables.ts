import { EcgError } from '../../core/index.js';
import { type BeatSummary, beatStatistics, rmsRrErrorMs, summariseBeats } from '../ec57/beat-statistics.js';
import type { BeatComparison } from '../ec57/compare-beats.js';
import { type EpisodeComparison, summariseEpisodes } from '../ec57/compare-episodes.js';
import { RUN_LENGTHS, type RunComparison, summariseRuns } from '../ec57/compare-runs.js';
import { fraction, type Ratio } from '../ec57/ratio.js';
import { markdownTable, percentCell } from './markdown.js';
import { type TableContext, tableTitle } from './table-title.js';

/**
 * EC57's beat-by-beat table as Markdown: a line a record, then gross and average.
 *
 * @throws EcgError `bad-option` when a comparison was made under another map or from another start than the
 *   title says
 */
export function formatBeatTable(
  comparisons: readonly BeatComparison[],
  context: Omit<TableContext, 'records'>,
): string {
  for (const { record, map, from } of comparisons) {
    if (map !== context.map.title || from !== context.from) {
      throw new EcgError(
        'bad-option',
        `formatBeatTable: record ${record} was compared with the ${map} from ${from} s, but the title says ${context.map.title} from ${context.from} s`,
      );
    }
  }
  const summary = summariseBeats(comparisons);
  const rows = comparisons.map((comparison) => {
    const { qrs, veb, sveb } = beatStatistics(comparison.matrix, true);
    return [
      comparison.record,
      ...counts(qrs),
      ...[qrs, veb, sveb].flatMap((s) => [ratioCell(s.sensitivity), ratioCell(s.positivePredictivity)]),
      ms(rmsRrErrorMs(comparison)),
      ms(comparison.timing.meanAbsoluteMs),
    ];
  });
  const title = tableTitle({ ...context, records: comparisons.length });
  return `**Beat by beat (EC57)** · ${title}\n\n${markdownTable(
    [
      'record',
      'beats',
      'missed',
      'extra',
      'QRS Se',
      'QRS +P',
      'V Se',
      'V +P',
      'S Se',
      'S +P',
      'RR ms',
      'timing ms',
    ],
    [...rows, ...totals(summary)],
  )}\n`;
}

function totals({ gross, average, averageRrErrorMs, meanAbsoluteTimingErrorMs }: BeatSummary): string[][] {
  const grosses = [gross.qrs, gross.veb, gross.sveb];
  const averages = [average.qrs, average.veb, average.sveb];
  return [
    [
      'gross',
      ...counts(gross.qrs),
      ...grosses.flatMap((s) => [ratioCell(s.sensitivity), ratioCell(s.positivePredictivity)]),
      '',
      ms(meanAbsoluteTimingErrorMs),
    ],
    [
      'average',
      '',
      '',
      '',
      ...averages.flatMap((s) => [percentCell(s.sensitivity), percentCell(s.positivePredictivity)]),
      ms(averageRrErrorMs),
      '',
    ],
  ];
}

function counts({ sensitivity, positivePredictivity }: { sensitivity: Ratio; positivePredictivity: Ratio }) {
  return [
    String(sensitivity.of),
    String(sensitivity.of - sensitivity.hits),
    String(positivePredictivity.of - positivePredictivity.hits),
  ];
}

/** EC57's run-by-run table as Markdown, gross and average. */
export function formatRunTable(
  comparisons: readonly RunComparison[],
  context: Omit<TableContext, 'records'>,
): string {
  const { gross, average, kind } = summariseRuns(comparisons);
  const title = tableTitle({ ...context, records: comparisons.length });
  return `**Run by run (EC57), ${kind === 'V' ? 'ventricular' : 'supraventricular'}** · ${title}\n\n${markdownTable(
    ['runs', 'reference', 'found', 'Se %', 'test', 'right', '+P %', 'average Se', 'average +P'],
    RUN_LENGTHS.map((length) => {
      const { sensitivity, positivePredictivity } = gross[length];
      return [
        { couplet: 'couplets', short: 'short (3–5)', long: 'long (≥ 6)' }[length],
        String(sensitivity.of),
        String(sensitivity.hits),
        ratioCell(sensitivity),
        String(positivePredictivity.of),
        String(positivePredictivity.hits),
        ratioCell(positivePredictivity),
        percentCell(average[length].sensitivity),
        percentCell(average[length].positivePredictivity),
      ];
    }),
  )}\n`;
}

/** EC57's episode-by-episode table as Markdown, gross and average. */
export function formatEpisodeTable(
  comparisons: readonly EpisodeComparison[],
  context: Omit<TableContext, 'records'>,
): string {
  const { gross, average, duration, kind } = summariseEpisodes(comparisons);
  const title = tableTitle({ ...context, records: comparisons.length });
  return `**Episode by episode (EC57), ${kind}** · ${title}\n\n${markdownTable(
    [kind, 'Se %', '+P %', 'average Se', 'average +P'],
    [
      [
        `episodes (${gross.sensitivity.of} reference, ${gross.positivePredictivity.of} test)`,
        ratioCell(gross.sensitivity),
        ratioCell(gross.positivePredictivity),
        percentCell(average.sensitivity),
        percentCell(average.positivePredictivity),
      ],
      [
        `duration (${duration.reference.toFixed(1)} s reference, ${duration.test.toFixed(1)} s test)`,
        percentCell(duration.overlap / duration.reference),
        percentCell(duration.overlap / duration.test),
        percentCell(average.durationSensitivity),
        percentCell(average.durationPositivePredictivity),
      ],
    ],
  )}\n`;
}

function ratioCell(ratio: Ratio): string {
  return percentCell(fraction(ratio));
}

function ms(value: number): string {
  return Number.isNaN(value) ? '–' : value.toFixed(1);
}
