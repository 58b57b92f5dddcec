import type { Analysis, AnalysisRhythm } from '../core/index.js';
import { RHYTHM_COLOURS } from './colours.js';
import { row, swatch, table } from './html-table.js';
import { probabilityText, shareText } from './html-text.js';
import { formatCount, formatNumberOf, formatRate } from './number-format.js';
import { ORDINARY_RHYTHMS, RHYTHM_NAMES } from './rhythm-names.js';
import { formatDuration } from './time-format.js';

type Clock = (sample: number) => string;

const MOST_EPISODES = 300;

/** The rhythms of the recording in one line, the longest first; empty when no network judged them. */
export function rhythmHeadline({ rhythmBurden }: Analysis): string {
  if (rhythmBurden === null) return '';
  const parts = rhythmBurden.map(({ rhythm, episodes, share, longestS, seconds, certainSeconds }) => {
    const often = ORDINARY_RHYTHMS.has(rhythm)
      ? ''
      : `, ${formatNumberOf(episodes, 'episode')}${episodes > 1 ? `, longest ${duration(longestS)}` : ` of ${duration(seconds)}`}`;
    const doubt =
      certainSeconds === 0 && rhythm !== 'unreadable' ? ' <span class="unsure">unsure</span>' : '';
    return `<span class="rhythm">${swatch(RHYTHM_COLOURS[rhythm])}<b>${RHYTHM_NAMES[rhythm]}</b> ${shareText(share)}<span class="soft">${often}</span>${doubt}</span>`;
  });
  return `<p class="headline">${parts.join('')}</p>`;
}

/** How much of the recording each rhythm takes. */
export function burdenTable({ rhythmBurden }: Analysis): string {
  if (rhythmBurden === null) return '<p class="unsure">Rhythms were not judged: no model was used.</p>';
  const heads = ['', 'Share', 'Time', 'without unsure', 'Episodes', 'Longest', 'Mean rate'];
  const body = rhythmBurden.map((burden) =>
    row(`${swatch(RHYTHM_COLOURS[burden.rhythm])}${RHYTHM_NAMES[burden.rhythm]}`, [
      shareText(burden.share),
      duration(burden.seconds),
      burden.certainSeconds === burden.seconds ? '' : duration(burden.certainSeconds),
      formatCount(burden.episodes),
      duration(burden.longestS),
      formatRate(burden.meanBpm),
    ]),
  );
  return table(heads, body.join(''));
}

/**
 * The episodes of rhythms that are not ordinary, in time, the first few hundred of them; empty without any.
 *
 * @param shown  events that have a strip, by their id
 */
export function rhythmEpisodeTable(
  { rhythms, events, recording }: Analysis,
  shown: ReadonlyMap<string, unknown>,
  clock: Clock,
): string {
  const worthy = (rhythms ?? []).flatMap((episode, index) =>
    ORDINARY_RHYTHMS.has(episode.rhythm) ? [] : [{ episode, index }],
  );
  if (worthy.length === 0) return '';
  const strips = new Map(events.filter((e) => shown.has(e.id)).map((e) => [e.rhythm, e.id]));
  const name = ({ rhythm }: AnalysisRhythm, index: number) => {
    const text = `${swatch(RHYTHM_COLOURS[rhythm])}${RHYTHM_NAMES[rhythm]}`;
    return strips.has(index) ? `<a href="#${strips.get(index)}">${text}</a>` : text;
  };
  const heads = ['From', 'Rhythm', 'Length', 'Beats', 'Rate', 'Probability', ''];
  const body = worthy
    .slice(0, MOST_EPISODES)
    .map(({ episode, index }) =>
      row(clock(episode.from), [
        name(episode, index),
        duration((episode.to - episode.from) / recording.fs),
        formatCount(episode.beats),
        formatRate(episode.bpm),
        episode.probability === null ? '–' : probabilityText(episode.probability),
        episode.uncertain ? '<span class="unsure">unsure</span>' : '',
      ]),
    );
  const more =
    worthy.length > MOST_EPISODES
      ? `<p class="soft">The first ${MOST_EPISODES} of ${formatCount(worthy.length)}; the JSON form holds all.</p>`
      : '';
  const open = worthy.length <= 20 ? ' open' : '';
  return `<details${open}><summary>${formatNumberOf(worthy.length, 'episode')}</summary><div class="episodes">${table(heads, body.join(''))}${more}</div></details>`;
}

/** Whole seconds from ten on. */
const duration = (seconds: number): string => formatDuration(seconds < 10 ? seconds : Math.round(seconds));
