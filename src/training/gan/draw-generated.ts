import { escapeText } from '../../core/index.js';

/** Real and generated signals of one class, [n, channels, samples] each. */
export interface GeneratedClass {
  readonly name: string;
  readonly real: Float32Array;
  readonly generated: Float32Array;
}

const COLUMNS = 6;
const CELL_WIDTH = 92;
const CELL_HEIGHT = 64;
const GAP = 6;
const LEFT = 40;
const MIDDLE = 20;
const TOP = 62;
const REAL = '#1b6ca8';
const GENERATED = '#b3541e';

/**
 * A picture (SVG, self-contained) of real signals on the left and generated ones on the right, two lines a class. All
 * signals of a class share one scale. The first of each are drawn: shuffle before to draw some.
 *
 * @param shape of one signal, [channels, samples]
 */
export function drawGenerated(
  title: string,
  shape: readonly number[],
  classes: readonly GeneratedClass[],
): string {
  const [channels, samples] = shape;
  const half = COLUMNS * (CELL_WIDTH + GAP) - GAP;
  const width = LEFT + 2 * half + MIDDLE + 12;
  const lineHeight = CELL_HEIGHT + GAP;
  const classHeight = 2 * lineHeight + 8;
  const height = TOP + classes.length * classHeight + 8;
  const right = LEFT + half + MIDDLE;
  const parts = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="12">`,
    `<title>${escapeText(title)}</title>`,
    `<rect width="${width}" height="${height}" fill="#fff"/>`,
    `<text x="${LEFT}" y="24" font-size="14">${escapeText(title)}</text>`,
    `<text x="${LEFT}" y="${TOP - 10}" fill="${REAL}">real</text>`,
    `<text x="${right}" y="${TOP - 10}" fill="${GENERATED}">generated</text>`,
  ];
  for (const [row, { name, real, generated }] of classes.entries()) {
    const top = TOP + row * classHeight;
    parts.push(
      `<text x="${LEFT / 2}" y="${top + lineHeight}" text-anchor="middle" font-size="16">${escapeText(name)}</text>`,
    );
    const count = 2 * COLUMNS;
    const size = channels * samples;
    const shown = [real, generated].map((data) => data.subarray(0, count * size));
    const range = rangeOf(shown);
    for (const [side, data] of shown.entries())
      for (let i = 0; i < Math.min(count, Math.floor(data.length / size)); i++) {
        const x = (side === 0 ? LEFT : right) + (i % COLUMNS) * (CELL_WIDTH + GAP);
        const y = top + Math.floor(i / COLUMNS) * lineHeight;
        parts.push(`<rect x="${x}" y="${y}" width="${CELL_WIDTH}" height="${CELL_HEIGHT}" fill="#f6f6f6"/>`);
        for (let c = 0; c < channels; c++) {
          const from = i * size + c * samples;
          const points = pathOf(data.subarray(from, from + samples), range, x, y);
          parts.push(
            `<polyline points="${points}" fill="none" stroke="${side === 0 ? REAL : GENERATED}" stroke-width="1.2"/>`,
          );
        }
      }
  }
  return `${[...parts, '</svg>'].join('\n')}\n`;
}

interface Range {
  readonly low: number;
  readonly high: number;
}

function rangeOf(lists: readonly Float32Array[]): Range {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const list of lists)
    for (const value of list) {
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
  return high > low ? { low, high } : { low: low - 1, high: low + 1 };
}

/** A signal within its cell, 3 px from the border. */
function pathOf(signal: Float32Array, { low, high }: Range, x: number, y: number): string {
  return Array.from(signal, (value, t) => {
    const across = x + 3 + (t / Math.max(1, signal.length - 1)) * (CELL_WIDTH - 6);
    const down = y + CELL_HEIGHT - 3 - ((value - low) / (high - low)) * (CELL_HEIGHT - 6);
    return `${across.toFixed(1)},${down.toFixed(1)}`;
  }).join(' ');
}
