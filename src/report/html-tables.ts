import type { Analysis, EctopyCounts, EpisodeType } from '../core/index.js';
import { EVENT_TITLES } from './describe-event.js';
import { row, table } from './html-table.js';
import { probabilityText, shareText } from './html-text.js';
import { formatCount, formatRate } from './number-format.js';

type Clock = (sample: number) => string;

const MOST_EPISODES = 300;

/** Counts of both ectopic classes, and the same without the uncertain beats. */
export function ectopyTable({ ectopy }: Analysis, clock: Clock): string {
  if (ectopy === null) return '<p class="unsure">The beats were not classified: no model was used.</p>';
  const heads = [
    '',
    'Beats',
    'Burden',
    'Singles',
    'Couplets',
    'Runs',
    'Longest run',
    'Fastest run',
    'Bigeminy',
    'Trigeminy',
  ];
  const rows = (['ventricular', 'supraventricular'] as const).map((origin) => {
    const counts = ectopy[origin];
    const name = origin === 'ventricular' ? 'Ventricular (V)' : 'Supraventricular (S)';
    const { longestRun: long, fastestRun: fast } = counts;
    const all = [
      ...groupCells(counts),
      long === null ? '–' : `${long.beats} beats <span class="soft">${clock(long.from)}</span>`,
      fast === null ? '–' : `${formatRate(fast.bpm)} <span class="soft">${clock(fast.from)}</span>`,
      formatCount(counts.bigeminy),
      formatCount(counts.trigeminy),
    ];
    return (
      row(name, all) + row('without unsure beats', [...groupCells(counts.certain), '', '', '', ''], 'sub')
    );
  });
  return table(heads, rows.join(''));
}

function groupCells(counts: EctopyCounts['certain']): string[] {
  const { beats, share, singles, couplets, runs } = counts;
  return [
    formatCount(beats),
    shareText(share),
    formatCount(singles),
    formatCount(couplets),
    formatCount(runs),
  ];
}

/** One row an hour. */
export function hourTable({ hours }: Analysis, clock: Clock): string {
  const heads = ['From', 'Readable', 'Beats', 'Mean', 'Slowest', 'Fastest', 'V', 'S', 'Pauses', 'Unsure'];
  const number = (n: number | null) => (n === null ? '–' : formatCount(n));
  const body = hours.map((hour) =>
    row(clock(hour.from), [
      shareText(hour.analysableShare),
      formatCount(hour.beats),
      formatRate(hour.meanBpm),
      formatRate(hour.slowestBpm),
      formatRate(hour.fastestBpm),
      number(hour.ventricular),
      number(hour.supraventricular),
      formatCount(hour.pauses),
      number(hour.uncertain),
    ]),
  );
  return table(heads, body.join(''));
}

/**
 * Every episode in time, the first few hundred of them.
 *
 * @param shown  events that have a strip, by their id
 */
export function episodeTable(
  { episodes, events, recording }: Analysis,
  shown: ReadonlyMap<string, unknown>,
  clock: Clock,
): string {
  const strips = new Map(events.filter((e) => shown.has(e.id)).map((e) => [e.episode, e.id]));
  const name = (type: EpisodeType, i: number) =>
    strips.has(i) ? `<a href="#${strips.get(i)}">${EVENT_TITLES[type]}</a>` : EVENT_TITLES[type];
  const heads = ['From', 'What', 'Length', 'Beats', 'Rate', 'Probability', ''];
  const body = episodes
    .slice(0, MOST_EPISODES)
    .map((episode, i) =>
      row(clock(episode.from), [
        name(episode.type, i),
        `${((episode.to - episode.from) / recording.fs).toFixed(1)} s`,
        episode.beats === 0 ? '–' : formatCount(episode.beats),
        episode.type === 'pause' ? '–' : formatRate(episode.bpm),
        episode.probability === null ? '–' : probabilityText(episode.probability),
        episode.uncertain ? '<span class="unsure">unsure</span>' : '',
      ]),
    );
  const more =
    episodes.length > MOST_EPISODES
      ? `<p class="soft">The first ${MOST_EPISODES} of ${formatCount(episodes.length)}; the JSON form holds all.</p>`
      : '';
  return table(heads, body.join('')) + more;
}
