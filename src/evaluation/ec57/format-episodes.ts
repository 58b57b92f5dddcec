import { type EpisodeComparison, type EpisodeKind, summariseEpisodes } from './compare-episodes.js';
import { clock, fixed, percent0 } from './number-text.js';
import { fraction, meanDefined } from './ratio.js';

/** The headings of `epicmp -L`. */
export function episodeHeading(kind: EpisodeKind): string[] {
  return [`(${kind} detection)`, 'Record  TPs   FN  TPp   FP  ESe E+P DSe D+P  Ref duration  Test duration '];
}

function counts({ sensitivity, positivePredictivity }: EpisodeComparison['episodes']): string {
  return [
    sensitivity.hits,
    sensitivity.of - sensitivity.hits,
    positivePredictivity.hits,
    positivePredictivity.of - positivePredictivity.hits,
  ]
    .map((n) => String(n).padStart(5))
    .join('');
}

function percentages(values: readonly number[]): string {
  return values.map((value, i) => percent0(value).padStart(i === 0 ? 5 : 4)).join('');
}

/** One record's line of `epicmp -L`. */
export function formatEpisodeLine({ record, episodes, duration }: EpisodeComparison): string {
  return (
    record.padStart(6) +
    counts(episodes) +
    percentages([
      fraction(episodes.sensitivity),
      fraction(episodes.positivePredictivity),
      duration.overlap / duration.reference,
      duration.overlap / duration.test,
    ]) +
    clock(duration.reference).padStart(14) +
    clock(duration.test).padStart(15)
  );
}

/**
 * The lines that `sumstats` adds to an episode report. It reads the printed lines, so durations are summed in
 * whole ms, and averages of durations are those of whole percentages, with ties to even.
 */
export function formatEpisodeSummary(comparisons: readonly EpisodeComparison[]): string[] {
  const { gross, duration, average, records } = summariseEpisodes(comparisons);
  const printed = (of: 'reference' | 'test') =>
    comparisons.reduce((sum, c) => sum + Math.round(c.duration[of] * 1000), 0) / 1000;
  const averageOfPrinted = (of: 'reference' | 'test') =>
    meanDefined(comparisons.map((c) => Number(percent0(c.duration.overlap / c.duration[of]))));
  const whole = (value: number) => (Number.isNaN(value) ? '-' : fixed(value, 0)).padStart(4);
  return [
    '_'.repeat(72),
    'Sum   ' +
      counts(gross) +
      ' '.repeat(17) +
      clock(printed('reference'), true).padStart(14) +
      clock(printed('test'), true).padStart(15),
    'Gross'.padEnd(26) +
      percentages([
        fraction(gross.sensitivity),
        fraction(gross.positivePredictivity),
        duration.overlap / duration.reference,
        duration.overlap / duration.test,
      ]),
    'Average'.padEnd(26) +
      percentages([average.sensitivity, average.positivePredictivity]) +
      whole(averageOfPrinted('reference')) +
      whole(averageOfPrinted('test')),
    '',
    `Summary of results from ${records} records`,
  ];
}
