import { type Analysis, escapeText, LEAD_QUALITIES } from '../core/index.js';
import { QUALITY_COLOURS } from './colours.js';
import { UNCERTAIN_TEXT } from './describe-event.js';
import { row, swatch, table } from './html-table.js';
import { shareText } from './html-text.js';
import { formatCount } from './number-format.js';
import { openClasses } from './strip-beats.js';
import { type BandCell, drawBand } from './svg-band.js';
import { TREND_FRAME } from './svg-trend.js';

type Leads = NonNullable<Analysis['quality']['leads']>;

const ROW = 16;

/** Each lead's seconds as a band below each other, on the trend's time axis, and a table of their shares. */
export function qualitySection(leads: Leads, durationS: number): string {
  const { width, left, right } = TREND_FRAME;
  const span = width - left - right;
  const rows = leads.map(({ lead, seconds }, i) => {
    const top = i * ROW + 2;
    // A recording ends with part of a second.
    const place = { left, top, width: (span * seconds.length) / durationS, height: ROW - 4 };
    return `<text class="axis end" x="${left - 6}" y="${top + 10}">${escapeText(lead)}</text>${drawBand(cellsOf(seconds), place)}`;
  });
  const legend = LEAD_QUALITIES.map((quality) => `${swatch(QUALITY_COLOURS[quality])}${NAMES[quality]}`).join(
    ' ',
  );
  if (leads.every(({ good, seconds }) => good === seconds.length))
    return `<p>${leads.length === 1 ? `Lead ${escapeText(leads[0].lead)} is` : `All ${leads.length} leads are`} good throughout.</p>`;
  const heads = ['Lead', ...LEAD_QUALITIES.map((quality) => NAMES[quality])];
  const body = leads.map((lead) => {
    const all = lead.seconds.length;
    return row(
      escapeText(lead.lead),
      LEAD_QUALITIES.map((quality) => shareText(all === 0 ? null : lead[quality] / all)),
    );
  });
  return (
    `<div class="wide"><svg class="trend" viewBox="0 0 ${width} ${leads.length * ROW + 2}" role="img"><title>Quality of each lead over the recording</title>${rows.join('')}</svg></div>` +
    `<p class="key">Second by second: ${legend}.</p>${table(heads, body.join(''))}`
  );
}

const NAMES: Readonly<Record<(typeof LEAD_QUALITIES)[number], string>> = {
  good: 'Good',
  noisy: 'Noisy',
  flat: 'Flat or off',
  clipped: 'Clipped',
};

const COLUMNS = 900;
/** Of a column's seconds that make it worse than good. */
const ENOUGH = 0.2;

/** Of each column the worst quality that takes a fifth of its seconds. */
function cellsOf(seconds: string): BandCell[] {
  const columns = Math.min(COLUMNS, seconds.length);
  return Array.from({ length: columns }, (_, column) => {
    const own = seconds.slice(
      Math.floor((column * seconds.length) / columns),
      Math.floor(((column + 1) * seconds.length) / columns),
    );
    const quality =
      LEAD_QUALITIES.findLast((name) => own.split(name[0]).length - 1 >= ENOUGH * own.length) ?? 'good';
    return { colour: QUALITY_COLOURS[quality], title: NAMES[quality] };
  });
}

/** How many beats are unsure for each reason; empty when none is. */
export function doubtTable({ uncertain, beats }: Analysis): string {
  if (uncertain === null || uncertain.beats === 0) return '';
  const { set } = beats;
  const body = uncertain.reasons.map(({ reason, beats: n }) =>
    row(sentence(UNCERTAIN_TEXT[reason]), [formatCount(n), shareText(n / beats.count)]),
  );
  const several = set === null ? 0 : set.filter((bits) => openClasses(bits) !== null).length;
  const sets =
    set === null
      ? ''
      : `<p class="key">For ${formatCount(several)} of ${formatCount(beats.count)} beats more than one of N, S and V cannot be ruled out; in the strips the letters stand below those that are unsure.</p>`;
  return `${table(['Why', 'Beats', 'Share'], body.join(''))}${sets}`;
}

const sentence = (text: string): string => text[0].toUpperCase() + text.slice(1);
