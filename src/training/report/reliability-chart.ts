import type { ExampleReport } from '../../evaluation/index.js';
import { drawAxes, type Frame, pathThrough, svgPicture, xOf, yOf } from './chart-frame.js';
import { countText, fractionText, shareText } from './number-text.js';

const HEIGHT = 372;
const FRAME: Frame = { left: 48, top: 28, width: 420, height: 216, x: [0, 1], y: [0, 1] };
/** How many examples lie in each bin, beneath. */
const COUNTS: Frame = { ...FRAME, top: 256, height: 64 };
const TICKS = [0, 0.2, 0.4, 0.6, 0.8, 1];

/** Accuracy by confidence: on the diagonal, probabilities mean what they say. Bars below count the examples. */
export function drawReliability(name: string, { reliability, examples }: ExampleReport): string {
  const bins = reliability.bins.flatMap((b) =>
    b.confidence === null || b.accuracy === null
      ? []
      : [{ ...b, confidence: b.confidence, accuracy: b.accuracy }],
  );
  const most = Math.max(1, ...bins.map((b) => b.examples));
  const marks = bins.map(({ from, to, confidence, accuracy, examples: n }) => {
    const [x, y] = [xOf(FRAME, confidence), yOf(FRAME, accuracy)];
    const left = xOf(COUNTS, from) + 1;
    const height = Math.max(1, (n / most) * COUNTS.height);
    return [
      `<path class="gap" d="M${x} ${yOf(FRAME, confidence)}V${y}"/>`,
      `<circle class="dot s0" cx="${x}" cy="${y}" r="${(2.5 + 4 * Math.sqrt(n / most)).toFixed(1)}"/>`,
      `<rect class="bar" x="${left}" y="${(COUNTS.top + COUNTS.height - height).toFixed(1)}" width="${(xOf(COUNTS, to) - left - 1).toFixed(1)}" height="${height.toFixed(1)}"><title>${countText(n)} examples (${shareText(
        n / examples,
      )
        .replace('<', 'under ')
        .replace('>', 'over ')}), accuracy ${fractionText(accuracy)}</title></rect>`,
    ].join('');
  });
  const body = [
    drawAxes(FRAME, { ticks: [], name: '' }, { ticks: TICKS, name: 'accuracy' }),
    drawAxes(COUNTS, { ticks: TICKS, name: 'confidence' }, { ticks: [], name: '' }),
    `<text x="${COUNTS.left - 8}" y="${COUNTS.top + 6}" dy=".35em" text-anchor="end">${countText(most)}</text>`,
    `<path class="chance" d="${pathThrough(FRAME, [
      [0, 0],
      [1, 1],
    ])}"/>`,
    ...marks,
  ].join('');
  const figures = `ECE ${fractionText(reliability.ece, 4)}, NLL ${fractionText(reliability.nll, 4)}, Brier ${fractionText(reliability.brier, 4)}`;
  return `${svgPicture(`Reliability, ${name}`, `${figures}.`, HEIGHT, body)}<ul class="key"><li>ECE <b>${fractionText(reliability.ece, 4)}</b></li><li>NLL <b>${fractionText(reliability.nll, 4)}</b></li><li>Brier <b>${fractionText(reliability.brier, 4)}</b></li></ul>`;
}
