import { describe, expect, it } from 'vitest';
import { formatEpoch, formatSteps } from './training-display.js';

describe('training display', () => {
  it('tells epoch, loss, validation and the time left', () => {
    const figures = { epoch: 3, loss: 0.4123, validation: { 'S-F1': 0.6612 } };
    const line = formatEpoch({ kind: 'epoch', run: 'seed 1', epochs: 12, figures, secondsLeft: 200 });
    expect(line).toBe(`${'seed 1'.padEnd(22)}  epoch  3/12  loss 0.412  validation: S-F1 0.661  3 min left`);
    const last = { epoch: 12, loss: 0.4, validation: {} };
    expect(formatEpoch({ kind: 'epoch', run: 'seed 1', epochs: 12, figures: last, secondsLeft: 0 })).toBe(
      `${'seed 1'.padEnd(22)}  epoch 12/12  loss 0.400  done`,
    );
  });

  it('puts trainings that run at once side by side', () => {
    const step = { kind: 'step' as const, epoch: 1, epochs: 2, steps: 200, loss: 1.5, secondsLeft: 30 };
    const text = formatSteps([
      { ...step, run: 'seed 1', step: 50 },
      { ...step, run: 'seed 2', step: 100 },
    ]);
    expect(text).toBe('seed 1 25 %, loss 1.500, 30 s left  |  seed 2 50 %, loss 1.500, 30 s left');
  });
});
