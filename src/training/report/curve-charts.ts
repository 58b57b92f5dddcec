import type { ExampleReport } from '../../evaluation/index.js';
import { drawAxes, type Frame, pathThrough, seriesClass, seriesKey, svgPicture } from './chart-frame.js';
import { fractionText } from './number-text.js';

const HEIGHT = 372;
const SQUARE: Frame = { left: 48, top: 28, width: 420, height: 292, x: [0, 1], y: [0, 1] };
const CORNER: Frame = { left: 236, top: 116, width: 212, height: 158, x: [0, 0.1], y: [0.9, 1] };
const TICKS = [0, 0.2, 0.4, 0.6, 0.8, 1];

/** ROC curves, one a class, with a key that names the areas. */
export function drawRoc(name: string, report: ExampleReport): string {
  const shown = shownClasses(report).filter((c) => c.roc.sensitivity.length > 0);
  const lines = (frame: Frame) =>
    shown
      .map(({ roc }, i) => {
        const points = roc.sensitivity.map((y, k): [number, number] => [roc.falsePositiveRate[k], y]);
        return `<path class="line ${seriesClass(i)}" d="${pathThrough(frame, points)}"/>`;
      })
      .join('');
  const body = [
    drawAxes(SQUARE, { ticks: TICKS, name: '1 − specificity' }, { ticks: TICKS, name: 'sensitivity' }),
    `<path class="chance" d="${pathThrough(SQUARE, [
      [0, 0],
      [1, 1],
    ])}"/>`,
    lines(SQUARE),
    shown.some((c) => (c.rocArea ?? 0) > 0.95) ? corner(lines) : '',
  ].join('');
  const areas = shown.map((c) => ({ name: c.name, figure: fractionText(c.rocArea, 4) }));
  return `${svgPicture(`ROC curves, ${name}`, saidOf('Areas', areas), HEIGHT, body)}${seriesKey(areas)}`;
}

/** Precision–recall curves, one a class, with a key that names the average precisions. */
export function drawPrecisionRecall(name: string, report: ExampleReport): string {
  const shown = shownClasses(report).filter((c) => c.precisionRecall.sensitivity.length > 0);
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

/** The upper left tenth of the ROC at ten times the size, where good networks part. */
function corner(lines: (frame: Frame) => string): string {
  const { left, top, width, height } = CORNER;
  const ticks = [0, 0.05, 0.1];
  const axes = drawAxes(CORNER, { ticks, name: '' }, { ticks: [0.9, 0.95, 1], name: '' });
  const inside = lines({ ...CORNER, left: 0, top: 0 });
  return (
    `<rect class="inset" x="${left - 40}" y="${top - 14}" width="${width + 54}" height="${height + 40}"/>${axes}` +
    `<svg x="${left}" y="${top - 2}" width="${width}" height="${height + 2}" viewBox="0 -2 ${width} ${height + 2}">${inside}</svg>`
  );
}

/** Of two classes the curves of one say it all. */
function shownClasses({ perClass, binary }: ExampleReport): ExampleReport['perClass'] {
  return binary === null ? perClass : perClass.slice(1);
}

function saidOf(what: string, areas: readonly { readonly name: string; readonly figure: string }[]): string {
  return `${what}: ${areas.map((a) => `${a.name} ${a.figure}`).join(', ')}.`;
}
