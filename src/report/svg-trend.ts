import type { Analysis, AnalysisRhythm } from '../core/index.js';
import { CLASS_COLOURS, RHYTHM_COLOURS, UNSURE_COLOUR } from './colours.js';
import { readableIntervals } from './readable-intervals.js';
import { RHYTHM_GRAVITY, RHYTHM_NAMES } from './rhythm-names.js';
import { type BandCell, drawBand, highestInColumns, UNSURE_HATCH } from './svg-band.js';
import { decimate } from './trend-columns.js';

// A drawing of 1000 units across, scaled to the page.
const WIDTH = 1000;
const LEFT = 56;
const RIGHT = 8;
const TOP = 8;
const PLOT = 150;
const LANE = 13;
const COLUMNS = 900;
const BAND = 12;
/** Where time runs in the drawing, for others below it. */
export const TREND_FRAME = { width: WIDTH, left: LEFT, right: RIGHT } as const;

/**
 * The whole recording in one picture: the rate of every beat (60 / RR; lowest to highest of each column, and
 * the median), what could not be read, and lanes that show where ectopic, uncertain and missing beats lie.
 */
export function writeTrendSvg(analysis: Analysis, clock: (sample: number) => string): string {
  const { recording, quality, beats } = analysis;
  const { fs, length } = recording;
  const rr = readableIntervals(analysis);
  const rate = decimate(
    beats.sample,
    rr.map((s) => 60 / s),
    length,
    COLUMNS,
  );
  const highest = rate.highest.reduce((a, b) => (Number.isNaN(b) ? a : Math.max(a, b)), 0);
  const top = Math.max(100, Math.min(300, Math.ceil((highest + 5) / 50) * 50));
  const span = WIDTH - LEFT - RIGHT;
  const x = (sample: number) => LEFT + (span * sample) / length;
  const y = (bpm: number) => TOP + PLOT * (1 - Math.min(1, bpm / top));
  const lanes = lanesOf(analysis);
  const { rhythms } = analysis;
  // Where rhythms are named, what the intervals alone say is told no more.
  const stretches = rhythms === null ? (analysis.irregular?.stretches ?? []) : [];
  const lanesTop = TOP + PLOT + 6 + (rhythms === null ? 0 : BAND + 4);
  const irregularTop = lanesTop + lanes.length * LANE;
  const bottom = irregularTop + (stretches.length > 0 ? LANE : 0);

  let grid = '';
  for (let bpm = 0; bpm <= top; bpm += 50)
    grid += `<path class="rule" d="M${LEFT} ${r(y(bpm))}H${WIDTH - RIGHT}"/><text class="axis end" x="${LEFT - 6}" y="${r(y(bpm) + 3.5)}">${bpm}</text>`;
  const step = tickSeconds(length / fs);
  for (let s = 0; s * fs < length; s += step) {
    const at = r(x(s * fs));
    const anchor = s === 0 ? '' : at > WIDTH - 50 ? ' end' : ' middle';
    grid += `<path class="rule" d="M${at} ${TOP}V${bottom}"/><text class="axis${anchor}" x="${at}" y="${bottom + 13}">${clock(s * fs)}</text>`;
  }
  let blind = '';
  for (const stretch of quality.unreadable)
    blind += `<rect class="blind" x="${r(x(stretch.from))}" y="${TOP}" width="${r(Math.max(0.8, x(stretch.to) - x(stretch.from)))}" height="${PLOT}"/>`;
  let range = '';
  let middle = '';
  let pen = false;
  for (let c = 0; c < COLUMNS; c++) {
    if (Number.isNaN(rate.middle[c])) {
      pen = COLUMNS > beats.count && pen;
      continue;
    }
    const at = r(LEFT + (span * (c + 0.5)) / COLUMNS);
    range += `M${at} ${r(y(rate.highest[c]))}V${r(y(rate.lowest[c]) + 0.6)}`;
    middle += `${pen ? 'L' : 'M'}${at} ${r(y(rate.middle[c]))}`;
    pen = true;
  }
  const marks = lanes.map(({ name, colour, samples }, i) => {
    const base = lanesTop + i * LANE;
    const tally = new Map<number, number>();
    for (const sample of samples) {
      const column = Math.floor((sample / length) * COLUMNS);
      tally.set(column, (tally.get(column) ?? 0) + 1);
    }
    let path = '';
    for (const column of tally.keys())
      path += `M${r(LEFT + (span * (column + 0.5)) / COLUMNS)} ${base + 2}v${LANE - 4}`;
    return `<text class="axis end" x="${LEFT - 6}" y="${base + 10}" fill="${colour}">${name}</text><path d="${path}" stroke="${colour}" stroke-width="1.3" fill="none"/>`;
  });
  if (rhythms !== null) {
    const place = { left: LEFT, top: TOP + PLOT + 6, width: span, height: BAND };
    marks.push(
      `<text class="axis end" x="${LEFT - 6}" y="${TOP + PLOT + 16}">rhythm</text>${UNSURE_HATCH}${drawBand(rhythmCells(rhythms, length), place)}`,
    );
  }
  if (stretches.length > 0) {
    marks.push(`<text class="axis end" x="${LEFT - 6}" y="${irregularTop + 10}">irregular</text>`);
    for (const { from, to } of stretches)
      marks.push(
        `<rect class="irregular" x="${r(x(from))}" y="${irregularTop + 3}" width="${r(Math.max(1, x(to) - x(from)))}" height="${LANE - 6}"/>`,
      );
  }
  return (
    `<svg class="trend" viewBox="0 0 ${WIDTH} ${bottom + 18}" role="img"><title>Heart rate over the recording</title>` +
    `${grid}${blind}<path class="range" d="${range}"/><path class="median" d="${middle}"/>${marks.join('')}</svg>`
  );
}

/** The style sheet of the trend. */
export const TREND_STYLE =
  '.trend{display:block;width:100%;height:auto;font-family:inherit}.trend .rule{stroke:#e6e9ec;stroke-width:1;fill:none}' +
  '.trend .axis{font-size:11px;fill:#5f6b76;font-variant-numeric:tabular-nums}.trend .end{text-anchor:end}' +
  '.trend .middle{text-anchor:middle}.trend .median{stroke:#14181c;stroke-width:1.1;fill:none;stroke-linejoin:round}' +
  '.trend .range{stroke:#9fb3c8;stroke-width:1.1;fill:none}.trend .blind{fill:#d9dde1}.trend .irregular{fill:#7a3ea1;fill-opacity:.55}';

function lanesOf(analysis: Analysis): { name: string; colour: string; samples: number[] }[] {
  const { sample, class: classes, uncertain } = analysis.beats;
  if (classes === null || uncertain === null) return [];
  return [
    { name: 'V', colour: CLASS_COLOURS['V'], samples: sample.filter((_, i) => classes[i] === 'V') },
    { name: 'S', colour: CLASS_COLOURS['S'], samples: sample.filter((_, i) => classes[i] === 'S') },
    { name: 'unsure', colour: UNSURE_COLOUR, samples: sample.filter((_, i) => uncertain[i] !== 0) },
  ];
}

function rhythmCells(rhythms: readonly AnalysisRhythm[], length: number): (BandCell | undefined)[] {
  const rank = ({ rhythm }: AnalysisRhythm) => RHYTHM_GRAVITY.indexOf(rhythm);
  return highestInColumns(rhythms, length, COLUMNS, rank).map(
    (episode) =>
      episode && {
        colour: RHYTHM_COLOURS[episode.rhythm],
        title: RHYTHM_NAMES[episode.rhythm],
        unsure: episode.uncertain && episode.rhythm !== 'unreadable',
      },
  );
}

function tickSeconds(seconds: number): number {
  const steps = [1, 2, 5, 10, 30, 60, 300, 600, 1800, 3600, 7200, 14_400, 21_600, 43_200, 86_400, 432_000];
  return steps.find((step) => seconds / step <= 9) ?? 2_592_000;
}

const r = (n: number): number => Math.round(n * 10) / 10;
