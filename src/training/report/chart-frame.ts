import { escapeText } from '../../core/index.js';

/** A rectangle of a picture in which values are drawn. */
export interface Frame {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly x: readonly [number, number];
  readonly y: readonly [number, number];
}

/** All charts are drawn for this many CSS pixels, so that their letters are of one size. */
export const CHART_WIDTH = 480;

/** Colours told apart by readers with any colour vision; more series than these repeat them dashed. */
const SERIES_COLOURS = 7;

export function xOf({ left, width, x: [from, to] }: Frame, value: number): number {
  return round(left + ((value - from) / (to - from)) * width);
}

export function yOf({ top, height, y: [from, to] }: Frame, value: number): number {
  return round(top + height - ((value - from) / (to - from)) * height);
}

/** A picture with its name and what it shows for those who do not see it. */
export function svgPicture(title: string, description: string, height: number, body: string): string {
  const [name, said] = [escapeText(title), escapeText(description)];
  return `<svg class="chart" viewBox="0 0 ${CHART_WIDTH} ${height}" role="img" aria-label="${name}. ${said}"><title>${name}</title><desc>${said}</desc>${body}</svg>`;
}

/** Grid lines with their numbers, and the axes' names. */
export function drawAxes(
  frame: Frame,
  xAxis: { readonly ticks: readonly number[]; readonly name: string },
  yAxis: { readonly ticks: readonly number[]; readonly name: string },
): string {
  const { left, top, width, height } = frame;
  const bottom = top + height;
  const decimals = (ticks: readonly number[]) =>
    Math.max(0, ...ticks.map((t) => (String(Number(t.toPrecision(6))).split('.')[1] ?? '').length));
  const text = (value: number, ticks: readonly number[]) => value.toFixed(Math.min(4, decimals(ticks)));
  const lines = [
    ...yAxis.ticks.map((t) => {
      const y = yOf(frame, t);
      return `<path class="grid" d="M${left} ${y}h${width}"/><text x="${left - 8}" y="${y}" dy=".35em" text-anchor="end">${text(t, yAxis.ticks)}</text>`;
    }),
    ...xAxis.ticks.map((t) => {
      const x = xOf(frame, t);
      return `<path class="tick" d="M${x} ${bottom}v4"/><text x="${x}" y="${bottom + 18}" text-anchor="middle">${text(t, xAxis.ticks)}</text>`;
    }),
    `<path class="axis" d="M${left} ${bottom}h${width}"/>`,
  ];
  if (xAxis.name !== '') {
    lines.push(
      `<text class="name" x="${left + width / 2}" y="${bottom + 38}" text-anchor="middle">${escapeText(xAxis.name)}</text>`,
    );
  }
  lines.push(`<text class="name" x="${left}" y="${top - 10}">${escapeText(yAxis.name)}</text>`);
  return lines.join('');
}

/** Line through points, with gaps where a value is not finite. */
export function pathThrough(frame: Frame, points: readonly (readonly [number, number])[]): string {
  let command = 'M';
  let path = '';
  for (const [x, y] of points) {
    if (!Number.isFinite(x) || !Number.isFinite(y)) {
      command = 'M';
      continue;
    }
    path += `${command}${xOf(frame, x)} ${yOf(frame, y)}`;
    command = 'L';
  }
  return path;
}

/** Class names of the line of series `index`. */
export function seriesClass(index: number): string {
  return `s${index % SERIES_COLOURS}${index < SERIES_COLOURS ? '' : ' dashed'}`;
}

/** A key of lines: their colour, name and figure. */
export function seriesKey(entries: readonly { readonly name: string; readonly figure: string }[]): string {
  const items = entries.map(
    ({ name, figure }, i) =>
      `<li><svg class="swatch" viewBox="0 0 18 8" aria-hidden="true"><path class="line ${seriesClass(i)}" d="M1 4h16"/></svg>${escapeText(name)} <b>${figure}</b></li>`,
  );
  return `<ul class="key">${items.join('')}</ul>`;
}

/** At most about `count` round numbers within a range. */
export function roundTicks(from: number, to: number, count: number): number[] {
  const rough = (to - from) / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 5, 10].find((s) => s * power >= rough * 0.999) ?? 10) * power;
  const ticks: number[] = [];
  for (let i = Math.ceil(from / step - 1e-9); i * step <= to + step * 1e-9; i++) ticks.push(i * step);
  return ticks;
}

function round(value: number): number {
  return Number(value.toFixed(1));
}
