import { escapeText } from '../../src/core/index.js';
import { riskCoverage } from '../../src/evaluation/index.js';
import type { Protocol } from './protocols.js';

const COLOURS = ['#0072b2', '#d55e00', '#008f68', '#b3568c'];
const PANEL = { width: 330, height: 250, top: 34, left: [58, 468] };
const KEY = 346;

/** Risk against coverage, and accuracy against confidence, one line a protocol. */
export function drawDoubt(protocols: readonly Protocol[]): string {
  const shown = protocols.slice(0, COLOURS.length);
  const coverages = Array.from({ length: 51 }, (_, i) => 0.5 + i / 100);
  const risks = shown.map(({ beats }) =>
    riskCoverage(beats, coverages, beats.confidence).risk.map(({ risk }) => 100 * risk),
  );
  const most = Math.ceil(Math.max(...risks.flat()));
  const body = [
    axes(0, 'share of the beats kept, %', 'wrong among them, %', [50, 100], [0, most]),
    axes(1, 'mean probability of the class said', 'right, %', [20, 100], [20, 100]),
    `<path d="M${x(1, 20, [20, 100])} ${y(20, [20, 100])}L${x(1, 100, [20, 100])} ${y(100, [20, 100])}" stroke="#9aa5af" stroke-dasharray="3 4" fill="none"/>`,
    ...shown.map(({ name, report }, i) => {
      const risk = coverages.map(
        (coverage, k) => `${x(0, 100 * coverage, [50, 100])} ${y(risks[i]![k]!, [0, most])}`,
      );
      const bins = report.reliability.bins.filter(({ beats }) => beats >= 50);
      const points = bins.map(
        ({ confidence, accuracy }) =>
          [x(1, 100 * confidence, [20, 100]), y(100 * accuracy, [20, 100])] as const,
      );
      const line = (d: readonly string[]) =>
        `<path d="M${d.join('L')}" fill="none" stroke="${COLOURS[i]}" stroke-width="1.8"/>`;
      return [
        line(risk),
        line(points.map(([a, b]) => `${a} ${b}`)),
        ...points.map(([a, b]) => `<circle cx="${a}" cy="${b}" r="2.6" fill="${COLOURS[i]}"/>`),
        `<path d="M58 ${KEY + 20 * i}h22" stroke="${COLOURS[i]}" stroke-width="2.4"/><text x="88" y="${KEY + 20 * i}" dy=".35em">${escapeText(name)}</text>`,
      ].join('');
    }),
  ].join('');
  const height = KEY - 6 + 20 * shown.length;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 840 ${height}" font-family="system-ui,sans-serif" font-size="12" fill="#3a444d" role="img" aria-label="Risk against coverage, and reliability"><rect width="840" height="${height}" fill="#fff"/>${body}</svg>\n`;
}

type Range = readonly [number, number];

function x(panel: number, value: number, [from, to]: Range): number {
  return round(PANEL.left[panel]! + ((value - from) / (to - from)) * PANEL.width);
}

function y(value: number, [from, to]: Range): number {
  return round(PANEL.top + PANEL.height * (1 - (value - from) / (to - from)));
}

function round(value: number): number {
  return Number(value.toFixed(1));
}

function axes(panel: number, xName: string, yName: string, xRange: Range, yRange: Range): string {
  const left = PANEL.left[panel]!;
  const bottom = PANEL.top + PANEL.height;
  const ticks = ([from, to]: Range, step: number) =>
    Array.from({ length: Math.floor((to - from) / step) + 1 }, (_, i) => from + i * step);
  const yStep = yRange[1] - yRange[0] > 20 ? 20 : 1;
  return [
    ...ticks(yRange, yStep).map(
      (t) =>
        `<path d="M${left} ${y(t, yRange)}h${PANEL.width}" stroke="#e2e6ea"/><text x="${left - 8}" y="${y(t, yRange)}" dy=".35em" text-anchor="end">${t}</text>`,
    ),
    ...ticks(xRange, 10).map(
      (t) => `<text x="${x(panel, t, xRange)}" y="${bottom + 18}" text-anchor="middle">${t}</text>`,
    ),
    `<text x="${left + PANEL.width / 2}" y="${bottom + 36}" text-anchor="middle">${xName}${panel === 1 ? ', %' : ''}</text>`,
    `<text x="${left}" y="${PANEL.top - 12}">${yName}</text>`,
  ].join('');
}
