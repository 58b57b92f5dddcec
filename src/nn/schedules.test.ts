import { describe, expect, it } from 'vitest';
import { cosineRate, oneCycleRate, reducePlateau, startPlateau, stepRate, withWarmup } from './schedules.js';

// Origin of the lists: torch.optim.lr_scheduler of PyTorch 1.13 with the arguments in each test's name.
describe('learning rates', () => {
  const rates = (schedule: (step: number) => number, steps: number) =>
    Array.from({ length: steps }, (_, step) => schedule(step));
  const close = (ours: number[], theirs: number[]) => {
    expect(ours.length).toBe(theirs.length);
    for (const [i, rate] of theirs.entries()) expect(ours[i]).toBeCloseTo(rate, 9);
  };

  it('OneCycleLR(max_lr=0.1, total_steps=10, pct_start=0.3)', () => {
    const theirs = [
      0.004, 0.052, 0.1, 0.0950484632, 0.0811745654, 0.0611262022, 0.0388741978, 0.0188258346, 0.0049519368,
      4e-7,
    ];
    close(rates(oneCycleRate({ highest: 0.1, steps: 10 }), 10), theirs);
  });

  it('CosineAnnealingLR(T_max=4, eta_min=0.01) from 0.1', () => {
    close(rates(cosineRate(0.1, 4, 0.01), 5), [0.1, 0.0868198052, 0.055, 0.0231801948, 0.01]);
  });

  it('StepLR(2, 0.5) from 0.1', () => {
    close(rates(stepRate(0.1, 2, 0.5), 6), [0.1, 0.1, 0.05, 0.05, 0.025, 0.025]);
  });

  it('ReduceLROnPlateau(patience=1, factor=0.5, min_lr=0.03) from 0.1', () => {
    const losses = [1, 0.8, 0.9, 0.8, 0.7, 0.7, 0.71, 0.72, 0.73, 0.74, 0.75, 0.76];
    let state = startPlateau(0.1);
    const ours = losses.map((loss) => {
      state = reducePlateau(state, loss, { patience: 1, factor: 0.5, lowest: 0.03 });
      return state.rate;
    });
    close(ours, [0.1, 0.1, 0.1, 0.05, 0.05, 0.05, 0.03, 0.03, 0.03, 0.03, 0.03, 0.03]);
  });

  it('rises linearly before the schedule begins', () => {
    close(rates(withWarmup(stepRate(1, 1, 0.5), 4), 6), [0.25, 0.5, 0.75, 1, 1, 0.5]);
  });
});
