import { type EventStrip, escapeText } from '../core/index.js';
import { CLASS_COLOURS, UNSURE_COLOUR } from './colours.js';
import { formatProbability } from './number-format.js';
import type { StripBeat } from './strip-beats.js';
import { layOutLeads, PAPER, tracePath } from './strip-layout.js';

/** How a strip is drawn. */
export interface StripOptions {
  /** What the strip shows, for those who cannot see it. */
  readonly title: string;
  /** Samples of the whole recording to be set off by a band. */
  readonly highlight?: { readonly from: number; readonly to: number };
  /** Words for the time of a sample of the whole recording. */
  readonly clock: (sample: number) => string;
  /** True for a file of its own: with its name space and colours. */
  readonly standalone?: boolean;
}

/** What stands below an unsure beat in place of its probability, where that is not what makes it unsure. */
const DOUBTS: Readonly<Partial<Record<NonNullable<StripBeat['uncertain']>, string>>> = {
  'no-signal': 'no lead',
  noise: 'noise',
  'unknown-interval': 'no RR',
  'irregular-rhythm': 'irreg.',
  'ventricular-fibrillation': 'VF',
  'outside-training': 'unlike',
};

// mm: room for lead names and the calibration pulse, for beat labels above, for the time below.
const LEFT = 15;
const RIGHT = 1;
const LABELS = 8;
const TIMES = 5;

/**
 * One strip as an SVG image in true size: 25 mm/s, 10 mm/mV, 1 mm and 5 mm grid, a calibration pulse of 1 mV
 * and 0.2 s before each lead, and every beat named with its class, and its probability where it is not a
 * certain N; below an unsure beat stands why.
 */
export function writeStripSvg(strip: EventStrip, beats: readonly StripBeat[], options: StripOptions): string {
  const samples = strip.leads.map((lead) => lead.samples);
  const rows = layOutLeads(samples);
  const seconds = (samples[0]?.length ?? 0) / strip.fs;
  const paper = rows.reduce((sum, row) => sum + row.height, 0);
  // Whole large squares to the right as well.
  const width = LEFT + Math.ceil((seconds * PAPER.mmPerS) / 5) * 5 + RIGHT;
  const height = LABELS + paper + TIMES;
  const x = (sample: number) => LEFT + (sample / strip.fs) * PAPER.mmPerS;
  const band =
    options.highlight === undefined
      ? ''
      : drawBand(x(options.highlight.from - strip.from), x(options.highlight.to - strip.from), paper, width);
  const traces = strip.leads.map((lead, i) => {
    const { top, height: h, zero } = rows[i];
    const path = tracePath(lead.samples, strip.fs, { ...rows[i], zero: zero - top }, 0);
    const name = escapeText(lead.lead);
    return (
      `<path class="pulse" d="M4 ${zero}h1v-${PAPER.mmPerMv}h${0.2 * PAPER.mmPerS}v${PAPER.mmPerMv}h1"/>` +
      `<text class="lead" x="1.2" y="${zero - 11.4}">${name}</text>` +
      `<svg x="${LEFT}" y="${top}" width="${width - LEFT - RIGHT}" height="${h}" ` +
      `viewBox="0 0 ${100 * (width - LEFT - RIGHT)} ${100 * h}"><path class="trace" d="${path}"/></svg>`
    );
  });
  const space = options.standalone ? ' xmlns="http://www.w3.org/2000/svg"' : '';
  const style = options.standalone
    ? `<style>${STRIP_STYLE}</style><rect width="100%" height="100%" fill="#fff"/>`
    : '';
  return (
    `<svg${space} class="strip" width="${width}mm" height="${height}mm" viewBox="0 0 ${width} ${height}" role="img">` +
    `<title>${escapeText(options.title)}</title>${style}` +
    `<g transform="translate(0 ${LABELS})">${drawGrid(width - RIGHT, paper)}${band}${traces.join('')}` +
    `${drawTimes(strip, paper, x, options.clock)}</g>${beats.map((beat) => drawBeat(beat, x(beat.sample))).join('')}</svg>`
  );
}

/** The style sheet of strips; a page with several holds it once. */
export const STRIP_STYLE =
  '.strip{font-family:system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;display:block}' +
  '.strip .minor{stroke:#f6dedb;stroke-width:.1;fill:none}.strip .major{stroke:#edc0ba;stroke-width:.16;fill:none}' +
  '.strip .trace{stroke:#14181c;stroke-width:24;stroke-linejoin:round;fill:none}' +
  '.strip .pulse{stroke:#14181c;stroke-width:.24;fill:none}.strip .band{fill:#ffe9a8;fill-opacity:.5}' +
  '.strip .lead{font-size:3px;font-weight:600;fill:#14181c}.strip .time{font-size:2.5px;fill:#5f6b76}' +
  '.strip .tick{stroke:#5f6b76;stroke-width:.15}.strip .beat{font-size:3.3px;font-weight:700;text-anchor:middle}' +
  '.strip .p{font-size:2.1px;text-anchor:middle}.strip .n{font-weight:400;font-size:2.7px}' +
  Object.entries(CLASS_COLOURS)
    .map(([letter, colour]) => `.strip .c${letter}{fill:${colour}}`)
    .join('') +
  `.strip .unsure{fill:${UNSURE_COLOUR}}.strip .ring{stroke:${UNSURE_COLOUR};stroke-width:.25;stroke-dasharray:.7 .5;fill:#fff8e6}`;

function drawGrid(width: number, height: number): string {
  const lines = (step: number) => {
    let path = '';
    for (let at = 0; at <= width; at += step) if (step === 5 || at % 5 !== 0) path += `M${at} 0v${height}`;
    for (let at = 0; at <= height; at += step) if (step === 5 || at % 5 !== 0) path += `M0 ${at}h${width}`;
    return path;
  };
  return `<path class="minor" d="${lines(1)}"/><path class="major" d="${lines(5)}"/>`;
}

function drawBand(from: number, to: number, paper: number, width: number): string {
  const left = Math.max(LEFT, from - 2.5);
  const right = Math.min(width - RIGHT, to + 2.5);
  return right > left
    ? `<rect class="band" x="${round(left)}" y="0" width="${round(right - left)}" height="${paper}"/>`
    : '';
}

function drawTimes(
  strip: EventStrip,
  paper: number,
  x: (sample: number) => number,
  clock: (sample: number) => string,
): string {
  const length = strip.leads[0]?.samples.length ?? 0;
  let out = '';
  for (let second = 0; second * strip.fs < length; second++) {
    const at = round(x(second * strip.fs));
    out += `<path class="tick" d="M${at} ${paper}v${second % 5 === 0 ? 1.6 : 0.9}"/>`;
    if (second % 5 === 0)
      out += `<text class="time" x="${round(at + 0.6)}" y="${paper + 3.6}">${clock(strip.from + Math.round(second * strip.fs))}</text>`;
  }
  return out;
}

function drawBeat(beat: StripBeat, at: number): string {
  const x = round(at);
  const letter = beat.class ?? '•';
  const ordinary = beat.uncertain === null && (letter === 'N' || letter === '•');
  if (ordinary) return `<text class="beat n cN" x="${x}" y="3.6">${letter}</text>`;
  const tone = beat.uncertain !== null ? 'unsure' : `c${letter}`;
  const ring =
    beat.uncertain !== null
      ? `<rect class="ring" x="${round(at - 3.4)}" y=".2" width="6.8" height="7.4" rx="1.6"/>`
      : '';
  const probability =
    beat.probability === null ? '' : formatProbability(beat.probability).replace(/^(> )?0/, '$1');
  const why = beat.uncertain === null ? probability : (DOUBTS[beat.uncertain] ?? probability);
  // An open class says more than how improbable the first one is; other doubts say more than that.
  const p = beat.uncertain !== null && DOUBTS[beat.uncertain] === undefined ? (beat.several ?? why) : why;
  return (
    `${ring}<text class="beat ${tone}" x="${x}" y="3.6">${letter}${beat.uncertain === null ? '' : '?'}</text>` +
    `<text class="p ${tone}" x="${x}" y="6.9">${escapeText(p)}</text>`
  );
}

const round = (mm: number): number => Math.round(mm * 100) / 100;
