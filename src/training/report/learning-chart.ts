import type { EpochFigures } from '../learning-curve.js';
import { drawAxes, type Frame, pathThrough, roundTicks, svgPicture, xOf, yOf } from './chart-frame.js';

const HEIGHT = 372;

/** Loss above, validation macro-F1 below, a line a seed; a dot marks the best epoch, whose weights are kept where training may stop early. */
export function drawLearning(name: string, seeds: readonly (readonly EpochFigures[])[]): string {
  const epochs = seeds.flat();
  const last = Math.max(2, ...epochs.map((e) => e.epoch));
  const losses = epochs.flatMap((e) => [e.loss, e.validation['loss'] ?? NaN]).filter(Number.isFinite);
  const f1 = epochs.map((e) => e.validation['macro-F1'] ?? NaN).filter(Number.isFinite);
  const top = Math.max(1e-3, ...losses) * 1.04;
  const low = Math.max(0, Math.floor(Math.min(0.9, ...f1) * 10) / 10);
  const loss: Frame = { left: 48, top: 28, width: 420, height: 118, x: [1, last], y: [0, top] };
  const score: Frame = { ...loss, top: 204, height: 118, y: [low, 1] };
  const ticks = [1, ...new Set(roundTicks(2, last, 8).map(Math.round))].filter(
    (t) => t === 1 || t >= last / 16,
  );
  const lines = seeds.map((seed) => {
    const best = bestOf(seed);
    const line = (frame: Frame, style: string, value: (e: EpochFigures) => number) =>
      `<path class="line ${style}" d="${pathThrough(
        frame,
        seed.map((e) => [e.epoch, value(e)]),
      )}"/>`;
    return [
      line(loss, 'ink', (e) => e.loss),
      line(loss, 's0', (e) => e.validation['loss'] ?? NaN),
      line(score, 's0', (e) => e.validation['macro-F1'] ?? NaN),
      best === null
        ? ''
        : `<circle class="dot s0" cx="${xOf(score, best.epoch)}" cy="${yOf(score, best.validation['macro-F1'])}" r="3.5"/>`,
    ].join('');
  });
  const bests = seeds.map(bestOf).filter((b) => b !== null);
  const said =
    bests.length === 0
      ? 'No epochs.'
      : `${seeds.length === 1 ? 'One training' : `${seeds.length} trainings`} of up to ${last} epochs; best validation macro-F1 ${bests.map((b) => `${b.validation['macro-F1'].toFixed(3)} at epoch ${b.epoch}`).join(', ')}.`;
  const body = [
    drawAxes(loss, { ticks, name: '' }, { ticks: roundTicks(0, top, 4), name: 'loss' }),
    drawAxes(score, { ticks, name: 'epoch' }, { ticks: roundTicks(low, 1, 4), name: 'validation macro-F1' }),
    `<g class="legend"><path class="line ink" d="M286 14h18"/><text x="310" y="14" dy=".35em">training</text><path class="line s0" d="M382 14h18"/><text x="406" y="14" dy=".35em">validation</text></g>`,
    ...lines,
  ];
  return svgPicture(`Learning curves, ${name}`, said, HEIGHT, body.join(''));
}

function bestOf(seed: readonly EpochFigures[]): EpochFigures | null {
  let best: EpochFigures | null = null;
  for (const e of seed) {
    const figure = e.validation['macro-F1'] ?? NaN;
    if (Number.isFinite(figure) && (best === null || figure > best.validation['macro-F1'])) best = e;
  }
  return best;
}
