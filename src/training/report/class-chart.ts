import { escapeText } from '../../core/index.js';
import type { ExampleReport } from '../../evaluation/index.js';
import { drawAxes, type Frame, roundTicks, svgPicture, xOf } from './chart-frame.js';
import { fractionText, intervalText } from './number-text.js';

/** Characters of a class name that fit beside its line. */
const LONGEST_NAME = 14;
const ROW = 42;

/** F1 of each class with its interval, on one scale. */
export function drawClassF1(name: string, { perClass }: ExampleReport): string {
  const shown = perClass.filter((c) => c.f1.value !== null);
  const longest = Math.max(1, ...shown.map((c) => Math.min(LONGEST_NAME, [...c.name].length)));
  const left = 22 + longest * 8.4;
  const least = Math.min(0.9, ...shown.map((c) => c.f1.low ?? c.f1.value ?? 1));
  const from = Math.max(0, Math.floor(least * 10) / 10);
  const frame: Frame = {
    left,
    top: 28,
    width: 468 - left,
    height: Math.max(ROW, Math.min(292, shown.length * ROW)),
    x: [from, 1],
    y: [0, 1],
  };
  const step = frame.height / Math.max(1, shown.length);
  const ticks = roundTicks(from, 1, 5);
  const bottom = frame.top + frame.height;
  const rows = shown.map(({ name: label, f1 }, i) => {
    const y = (frame.top + (i + 0.5) * step).toFixed(1);
    const short =
      [...label].length > LONGEST_NAME ? `${[...label].slice(0, LONGEST_NAME - 1).join('')}…` : label;
    const range =
      f1.low === null || f1.high === null
        ? ''
        : `<path class="range" d="M${xOf(frame, f1.low)} ${y}H${xOf(frame, f1.high)}"/>`;
    return `<text class="label" x="${(left - 12).toFixed(1)}" y="${y}" dy=".35em" text-anchor="end">${escapeText(short)}</text>${range}<circle class="dot s0" cx="${xOf(frame, f1.value ?? 0)}" cy="${y}" r="5"/>`;
  });
  const body = [
    ...ticks.map((t) => `<path class="grid" d="M${xOf(frame, t)} ${frame.top}V${bottom}"/>`),
    drawAxes(frame, { ticks, name: 'F1' }, { ticks: [], name: '' }),
    ...rows,
  ];
  const said = shown.map((c) => `${c.name} ${fractionText(c.f1.value)} (${intervalText(c.f1)})`).join(', ');
  return svgPicture(`F1 by class, ${name}`, said, bottom + 52, body.join(''));
}
