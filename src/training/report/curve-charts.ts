import type { ExampleReport } from '../../evaluation/index.js';
import { drawAxes, type Frame, pathThrough, seriesClass, seriesKey, svgPicture } from './chart-frame.js';
import { fractionText } from './number-text.js';

const HEIGHT = 372;
const SQUARE: Frame = { left: 48, top: 28, width: 420, height: 292, x: [0, 1], y: [0, 1] };
const TICKS = [0, 0.2, 0.4, 0.6, 0.8, 1];

/** ROC curves, one a class, with a key that names the areas. */
export function drawRoc(name: string, { perClass }: ExampleReport): string {
  const shown = perClass.filter((c) => c.roc.sensitivity.length > 0);
  const lines = shown.map(
    ({ roc }, i) =>
      `<path class="line ${seriesClass(i)}" d="${pathThrough(
        SQUARE,
        roc.sensitivity.map((y, k) => [roc.falsePositiveRate[k], y]),
      )}"/>`,
  );
  const body = [
    drawAxes(SQUARE, { ticks: TICKS, name: '1 − specificity' }, { ticks: TICKS, name: 'sensitivity' }),
    `<path class="chance" d="${pathThrough(SQUARE, [
      [0, 0],
      [1, 1],
    ])}"/>`,
    ...lines,
  ].join('');
  const areas = shown.map((c) => ({ name: c.name, figure: fractionText(c.rocArea, 4) }));
  return `${svgPicture(`ROC curves, ${name}`, saidOf('Areas', areas), HEIGHT, body)}${seriesKey(areas)}`;
}

/** Precision–recall curves, one a class, with a key that names the average precisions. */
export function drawPrecisionRecall(name: string, { perClass }: ExampleReport): string {
  const shown = perClass.filter((c) => c.precisionRecall.sensitivity.length > 0);
  const lines = shown.map(
    ({ precisionRecall: { sensitivity, positivePredictivity } }, i) =>
      `<path class="line ${seriesClass(i)}" d="${pathThrough(
        SQUARE,
        sensitivity.map((x, k) => [x, positivePredictivity[k]]),
      )}"/>`,
  );
  const body = [
    drawAxes(
      SQUARE,
      { ticks: TICKS, name: 'sensitivity (recall)' },
      { ticks: TICKS, name: 'positive predictivity (precision)' },
    ),
    ...lines,
  ].join('');
  const areas = shown.map((c) => ({ name: c.name, figure: fractionText(c.averagePrecision, 4) }));
  return `${svgPicture(`Precision–recall curves, ${name}`, saidOf('Average precisions', areas), HEIGHT, body)}${seriesKey(areas)}`;
}

function saidOf(what: string, areas: readonly { readonly name: string; readonly figure: string }[]): string {
  return `${what}: ${areas.map((a) => `${a.name} ${a.figure}`).join(', ')}.`;
}
