import { EcgError, escapeText } from '../core/index.js';

/** What is drawn, and how it is called. */
export interface ImportanceDrawing {
  /** Above the curve: the beat and the class explained, `V explained as V (0.98)`. */
  readonly title: string;
  /** One lead of the example. */
  readonly signal: ArrayLike<number>;
  /** 0…1, one a sample, as `explain` gives it. */
  readonly importance: ArrayLike<number>;
  /** Hz. */
  readonly fs: number;
}

export const WIDTH = 480;
export const HEIGHT = 240;
const LEFT = 16;
const RIGHT = 64;
const TOP = 38;
const BOTTOM = 40;
/** Shades told apart: neighbours of one shade are one shape. */
const SHADES = 24;

/**
 * An example as an SVG picture of its own: its curve, and below it the importance of each moment as colour, from white
 * for 0 to dark red for 1.
 *
 * @throws EcgError `bad-shape` unless signal and importance are of one length, 2 or more
 */
export function drawImportance({ title, signal, importance, fs }: ImportanceDrawing): string {
  const n = signal.length;
  if (n < 2 || importance.length !== n)
    throw new EcgError(
      'bad-shape',
      `importance: ${importance.length} values for ${n} samples, give one a sample and at least 2`,
    );
  const [low, high] = rangeOf(signal);
  const bottom = HEIGHT - BOTTOM;
  const x = (sample: number) => LEFT + (sample / (n - 1)) * (WIDTH - LEFT - RIGHT);
  // A tenth of the height stays free below the curve, so that colour shows at its lowest point too.
  const y = (value: number) => bottom - (0.1 + (0.9 * (value - low)) / (high - low || 1)) * (bottom - TOP);
  const points = Array.from({ length: n }, (_, i) => `${round(x(i))},${round(y(signal[i]))}`);
  const text = escapeText(title);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="system-ui, sans-serif" font-size="11" role="img">`,
    `<title>${text}</title>`,
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="#fff"/>`,
    `<text x="${LEFT}" y="22" font-size="14" fill="#14181c">${text}</text>`,
    ...drawShades(points, importance, x, bottom),
    `<polyline points="${points.join(' ')}" fill="none" stroke="#14181c" stroke-width="1.6" stroke-linejoin="round"/>`,
    ...drawTimes(n, fs, x, bottom),
    ...drawScale(bottom),
    '</svg>',
    '',
  ].join('\n');
}

/** The area below the curve in runs of one shade, each ending halfway to the next sample. */
function drawShades(
  points: readonly string[],
  importance: ArrayLike<number>,
  x: (sample: number) => number,
  bottom: number,
): string[] {
  const shadeAt = (i: number) => Math.round(Math.min(1, Math.max(0, importance[i])) * (SHADES - 1));
  const parts: string[] = [];
  for (let from = 0; from < points.length - 1; ) {
    const shade = shadeAt(from);
    let to = from + 1;
    while (to < points.length - 1 && shadeAt(to) === shade) to++;
    const run = points.slice(from, to + 1).join(' ');
    parts.push(
      `<polygon points="${round(x(from))},${bottom} ${run} ${round(x(to))},${bottom}" fill="${colourOf(shade / (SHADES - 1))}"/>`,
    );
    from = to;
  }
  return parts;
}

function drawTimes(n: number, fs: number, x: (sample: number) => number, bottom: number): string[] {
  const seconds = (n - 1) / fs;
  const step = [0.05, 0.1, 0.2, 0.5, 1, 2, 5].find((candidate) => seconds / candidate <= 10) ?? 10;
  const parts = [
    `<path d="M${LEFT} ${bottom}H${WIDTH - RIGHT}" stroke="#5f6b76" stroke-width="1"/>`,
    `<text x="${(LEFT + WIDTH - RIGHT) / 2}" y="${HEIGHT - 6}" text-anchor="middle" fill="#5f6b76">time (s)</text>`,
  ];
  for (let k = 0; k * step <= seconds + 1e-9; k++) {
    const at = round(x(k * step * fs));
    parts.push(
      `<path d="M${at} ${bottom}v4" stroke="#5f6b76"/>`,
      `<text x="${at}" y="${bottom + 16}" text-anchor="middle" fill="#5f6b76">${Number((k * step).toFixed(2))}</text>`,
    );
  }
  return parts;
}

/** The bar that says which colour is which importance. */
function drawScale(bottom: number): string[] {
  const left = WIDTH - RIGHT + 20;
  const step = (bottom - TOP) / SHADES;
  const bars = Array.from({ length: SHADES }, (_, shade) => {
    const top = round(bottom - (shade + 1) * step);
    return `<rect x="${left}" y="${top}" width="10" height="${round(step + 0.3)}" fill="${colourOf(shade / (SHADES - 1))}"/>`;
  });
  return [
    ...bars,
    `<rect x="${left}" y="${TOP}" width="10" height="${bottom - TOP}" fill="none" stroke="#5f6b76" stroke-width=".5"/>`,
    `<text x="${left + 14}" y="${TOP + 8}" fill="#5f6b76">1</text>`,
    `<text x="${left + 14}" y="${bottom}" fill="#5f6b76">0</text>`,
    `<text x="${left + 5}" y="${TOP - 8}" text-anchor="middle" fill="#5f6b76">importance</text>`,
  ];
}

/** White, yellow, orange, dark red: lightness falls all the way, so that it reads in grey too. */
const STOPS = [
  [255, 255, 255],
  [254, 217, 118],
  [240, 101, 46],
  [140, 12, 28],
];

function colourOf(share: number): string {
  const position = share * (STOPS.length - 1);
  const low = Math.min(STOPS.length - 2, Math.floor(position));
  const parts = STOPS[low].map((from, i) => Math.round(from + (position - low) * (STOPS[low + 1][i] - from)));
  return `rgb(${parts.join(',')})`;
}

function rangeOf(signal: ArrayLike<number>): [number, number] {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < signal.length; i++) {
    low = Math.min(low, signal[i]);
    high = Math.max(high, signal[i]);
  }
  return [low, high];
}

const round = (pixels: number): number => Math.round(pixels * 100) / 100;
