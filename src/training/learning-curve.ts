import { escapeText } from '../core/index.js';

/** One epoch of a training. */
export interface EpochFigures {
  readonly epoch: number;
  /** Mean training loss. */
  readonly loss: number;
  /** Validation figures by name, 0…1: `macro-F1`, `S-F1`; and `loss`, in the training loss's measure. */
  readonly validation: Readonly<Record<string, number>>;
}

const WIDTH = 640;
const HEIGHT = 360;
const LEFT = 52;
const RIGHT = 52;
const TOP = 40;
const BOTTOM = 44;
const COLOURS = ['#1b6ca8', '#b3541e', '#2f7d4f', '#7a4fa3'];

/** A learning curve as an SVG picture: losses on the left axis, validation's shares on the right one. */
export function drawLearningCurve(title: string, epochs: readonly EpochFigures[]): string {
  const names = [...new Set(epochs.flatMap((epoch) => Object.keys(epoch.validation)))];
  const losses = epochs
    .flatMap(({ loss, validation }) => [loss, validation['loss'] ?? Number.NaN])
    .filter(Number.isFinite);
  const top = niceCeiling(Math.max(0.1, ...losses));
  const last = Math.max(1, ...epochs.map((epoch) => epoch.epoch));
  const x = (epoch: number): number =>
    LEFT + (last === 1 ? 0.5 : (epoch - 1) / (last - 1)) * (WIDTH - LEFT - RIGHT);
  const y = (share: number): number => HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM);
  const parts: string[] = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" font-size="12">`,
    `<title>${escapeText(title)}</title>`,
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="#fff"/>`,
    `<text x="${LEFT}" y="22" font-size="14">${escapeText(title)}</text>`,
  ];
  for (let tick = 0; tick <= 5; tick++) {
    const at = y(tick / 5).toFixed(1);
    parts.push(
      `<line x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${at}" y2="${at}" stroke="#e3e3e3"/>`,
      `<text x="${LEFT - 6}" y="${at}" dy="4" text-anchor="end">${round((top * tick) / 5)}</text>`,
      `<text x="${WIDTH - RIGHT + 6}" y="${at}" dy="4">${20 * tick} %</text>`,
    );
  }
  const every = Math.max(1, Math.ceil(last / 12));
  for (let epoch = 1; epoch <= last; epoch += every) {
    parts.push(
      `<text x="${x(epoch).toFixed(1)}" y="${HEIGHT - BOTTOM + 18}" text-anchor="middle">${epoch}</text>`,
    );
  }
  parts.push(`<text x="${WIDTH / 2}" y="${HEIGHT - 8}" text-anchor="middle">epoch</text>`);
  const series = [
    { name: 'training loss', colour: '#444', points: epochs.map((e) => [e.epoch, e.loss / top]) },
    ...names.map((name, i) => ({
      name: name === 'loss' ? 'validation loss' : name,
      colour: COLOURS[i % COLOURS.length],
      points: epochs.map((e) => [e.epoch, (e.validation[name] ?? Number.NaN) / (name === 'loss' ? top : 1)]),
    })),
  ];
  series.forEach(({ name, colour, points }, i) => {
    const path = points
      .filter(([, value]) => Number.isFinite(value))
      .map(([epoch, value]) => `${x(epoch).toFixed(1)},${y(Math.min(1, value)).toFixed(1)}`)
      .join(' ');
    const legend = WIDTH - RIGHT - 130 * (series.length - i);
    parts.push(
      `<polyline points="${path}" fill="none" stroke="${colour}" stroke-width="2"/>`,
      `<line x1="${legend}" x2="${legend + 16}" y1="32" y2="32" stroke="${colour}" stroke-width="2"/>`,
      `<text x="${legend + 20}" y="36">${escapeText(name)}</text>`,
    );
  });
  return `${[...parts, '</svg>'].join('\n')}\n`;
}

function niceCeiling(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  return [1, 1.5, 2, 3, 5, 7.5, 10].map((step) => step * power).find((step) => step >= value) ?? 10 * power;
}

function round(value: number): string {
  return String(Number(value.toPrecision(3)));
}
