import { EcgError } from '../core/index.js';

/** The learning rate at a step 0, 1, …. */
export type Schedule = (step: number) => number;

/** The same rate at every step. */
export function constantRate(rate: number): Schedule {
  return () => rate;
}

/** A linear rise over `warmup` steps from near 0, then `schedule`, counted from there. */
export function withWarmup(schedule: Schedule, warmup: number): Schedule {
  return (step) => (step < warmup ? (schedule(0) * (step + 1)) / warmup : schedule(step - warmup));
}

/** Half a cosine from `rate` at step 0 to `end` at `steps` and after. Source: Loshchilov & Hutter, arXiv:1608.03983. */
export function cosineRate(rate: number, steps: number, end = 0): Schedule {
  if (!(steps > 0)) throw new EcgError('bad-option', `nn.cosineRate: ${steps} steps, give at least 1`);
  return (step) => end + ((rate - end) * (1 + Math.cos(Math.PI * Math.min(step / steps, 1)))) / 2;
}

/** `rate` times `factor` for every `every` steps that have passed. */
export function stepRate(rate: number, every: number, factor = 0.1): Schedule {
  return (step) => rate * factor ** Math.floor(step / every);
}

/** The one-cycle policy's numbers; PyTorch's when omitted. */
export interface OneCycleOptions {
  readonly highest: number;
  readonly steps: number;
  /** Share of the steps in which the rate rises. */
  readonly rise?: number;
  /** Highest rate over the first. */
  readonly firstDivisor?: number;
  /** First rate over the last. */
  readonly lastDivisor?: number;
}

/**
 * A cosine up to the highest rate, then a cosine down to nearly nothing.
 * Source: Smith & Topin, arXiv:1708.07120, with the cosines and numbers of PyTorch's OneCycleLR.
 */
export function oneCycleRate(options: OneCycleOptions): Schedule {
  const { highest, steps, rise = 0.3, firstDivisor = 25, lastDivisor = 1e4 } = options;
  const first = highest / firstDivisor;
  const last = first / lastDivisor;
  const top = rise * steps - 1;
  const between = (from: number, to: number, share: number) =>
    to + ((from - to) * (1 + Math.cos(Math.PI * share))) / 2;
  return (step) =>
    step <= top
      ? between(first, highest, step / top)
      : between(highest, last, Math.min((step - top) / (steps - 1 - top), 1));
}

/** How a rate that falls on plateaus stands: plain data, part of a checkpoint. */
export interface PlateauState {
  readonly rate: number;
  readonly best: number;
  /** Reports without improvement since the best or the last fall. */
  readonly waited: number;
}

/** When the rate falls. */
export interface PlateauOptions {
  /** Reports without improvement that are endured; 10 when omitted. */
  readonly patience?: number;
  readonly factor?: number;
  readonly lowest?: number;
  /** The least relative improvement that counts; 1e-4 when omitted. */
  readonly threshold?: number;
}

/** The state before the first report. */
export function startPlateau(rate: number): PlateauState {
  return { rate, best: Number.POSITIVE_INFINITY, waited: 0 };
}

/** The state after a report of a loss: the rate falls by `factor` once `patience` reports brought nothing. */
export function reducePlateau(state: PlateauState, loss: number, options: PlateauOptions = {}): PlateauState {
  const { patience = 10, factor = 0.1, lowest = 0, threshold = 1e-4 } = options;
  if (loss < state.best * (1 - threshold)) return { ...state, best: loss, waited: 0 };
  if (state.waited < patience) return { ...state, waited: state.waited + 1 };
  return { ...state, rate: Math.max(state.rate * factor, lowest), waited: 0 };
}
