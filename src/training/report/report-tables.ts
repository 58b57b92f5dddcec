import { escapeText } from '../../core/index.js';
import type { Estimate, ExampleReport } from '../../evaluation/index.js';
import {
  bytesText,
  countText,
  durationText,
  fractionText,
  intervalText,
  millisecondsText,
} from './number-text.js';
import type { ExportedNetwork, ReportedNetwork } from './training-report-data.js';

/** All networks, each with its macro-F1 and interval drawn on one scale. */
export function overviewTable(networks: readonly ReportedNetwork[]): string {
  const lows = networks.map(({ test: { macroF1 } }) => macroF1.low ?? macroF1.value ?? 1);
  const from = Math.max(0, Math.floor((Math.min(0.95, ...lows) - 0.01) * 20) / 20);
  const rows = networks.map(({ name, test, parameters, seconds }, i) =>
    row(`<a href="#network-${i + 1}">${escapeText(name)}</a>`, [
      estimate(test.macroF1),
      whisker(test.macroF1, from),
      estimate(test.weightedF1),
      estimate(test.accuracy),
      fractionText(test.reliability.ece),
      parameters === 0 ? '–' : countText(parameters),
      seconds === 0 ? '–' : durationText(seconds),
    ]),
  );
  return table(
    [
      'network',
      'macro-F1',
      `<span class="scale"><span>${from.toFixed(2)}</span><span>1</span></span>`,
      'weighted F1',
      'accuracy',
      'ECE',
      'parameters',
      'training',
    ],
    rows,
  );
}

/** Every class against all others, with intervals. */
export function classTable({ perClass }: ExampleReport): string {
  const rows = perClass.map((c) =>
    row(escapeText(c.name), [
      countText(c.support),
      estimate(c.sensitivity),
      estimate(c.positivePredictivity),
      estimate(c.specificity),
      estimate(c.f1),
    ]),
  );
  return table(['class', 'examples', 'sensitivity', 'positive predictivity', 'specificity', 'F1'], rows);
}

/** What each precision of the exported network costs and gives. */
export function exportTable(exports: readonly ExportedNetwork[]): string {
  const rows = exports.map((e) =>
    row(escapeText(e.precision), [
      bytesText(e.bytes),
      millisecondsText(e.latencyMs),
      millisecondsText(e.batchLatencyMs),
      fractionText(e.macroF1, 4),
      fractionText(e.accuracy, 4),
    ]),
  );
  return table(['export', 'size', 'one example', 'each of 64', 'macro-F1', 'accuracy'], rows);
}

/** A figure with its interval under it, for cells whose numbers shall stand in line. */
function estimate(figure: Estimate): string {
  const interval = intervalText(figure);
  return `${fractionText(figure.value)}${interval === '' ? '' : `<span class="interval">${interval}</span>`}`;
}

function whisker({ value, low, high }: Estimate, from: number): string {
  if (value === null) return '';
  const x = (figure: number) => (4 + ((Math.max(from, figure) - from) / (1 - from)) * 132).toFixed(1);
  const line = low === null || high === null ? '' : `<path class="range" d="M${x(low)} 8H${x(high)}"/>`;
  return `<svg class="whisker" viewBox="0 0 140 16" aria-hidden="true"><path class="grid" d="M4 8H136"/>${line}<circle class="dot s0" cx="${x(value)}" cy="8" r="4"/></svg>`;
}

function row(name: string, cells: readonly string[]): string {
  return `<tr><th scope="row">${name}</th>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`;
}

function table(headings: readonly string[], rows: readonly string[]): string {
  return `<div class="wide"><table><thead><tr>${headings.map((h) => `<th scope="col">${h}</th>`).join('')}</tr></thead><tbody>${rows.join('')}</tbody></table></div>`;
}
