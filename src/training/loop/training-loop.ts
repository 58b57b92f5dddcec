import { breathe, type RunOptions, throwIfCancelled } from '../../core/index.js';
import type { Trainer } from '../../nn/index.js';
import { packCheckpoint, unpackCheckpoint } from '../checkpoint.js';
import type { TrainingEvent } from '../events.js';
import type { EpochFigures } from '../learning-curve.js';

/** Milliseconds between two reports of a step. */
const REPORT_MS = 250;

/** How a training is told of, interrupted and gone on with; the same for all that is trained. */
export interface LoopOptions extends RunOptions {
  /** What events and messages call it. */
  readonly run: string;
  readonly onEvent?: (event: TrainingEvent) => void;
  /** A checkpoint to go on from. */
  readonly resume?: Uint8Array;
  /** Keeps a checkpoint: after every epoch, and every `checkpointSteps` steps. */
  readonly save?: (checkpoint: Uint8Array) => Promise<void>;
  readonly checkpointSteps?: number;
}

/** A network's numbers as a training leaves them. */
export interface TrainedNumbers {
  readonly parameters: Float32Array;
  readonly statistics: Float32Array;
}

/** What is trained: where a step's input comes from, and what is made of an epoch. */
export interface LoopParts {
  readonly trainer: Trainer;
  /** What the training is made of, shortened: a checkpoint of another one is refused. */
  readonly identity: string;
  readonly epochs: number;
  readonly stepsPerEpoch: number;
  /** Input of a step 0, 1, …, the same however often and in whatever order it is asked for. */
  readonly inputs: (step: number) => Record<string, Float32Array>;
  /** Learning rate of a step, when these epochs are over. */
  readonly rate: (step: number, done: readonly EpochFigures[]) => number;
  /** The numbers as they would be released now; the averaged weights, where there is an average, when omitted. */
  readonly numbers?: () => TrainedNumbers;
  /** Figures of an epoch's numbers. */
  readonly validate: (numbers: TrainedNumbers) => Promise<Readonly<Record<string, number>>>;
  /** Keeps the best epoch's numbers, and ends when `patience` epochs brought no better one. */
  readonly stopping?: {
    /** The best of these epochs, from 1; 0 for none. */
    readonly best: (done: readonly EpochFigures[]) => number;
    readonly patience: number;
  };
}

/** What a training leaves. */
export interface LoopResult {
  readonly numbers: TrainedNumbers;
  readonly epochs: readonly EpochFigures[];
  /** The epoch the numbers are of, from 1. */
  readonly bestEpoch: number;
  /** s, those before an interruption included. */
  readonly seconds: number;
}

/**
 * The numbers of a network after all epochs, or of its best one: steps, checkpoints and reports.
 *
 * Interrupted and resumed at any checkpoint, it ends with the same numbers. Each step blocks the thread: run it in a
 * worker. The trainer stays the caller's, who releases it.
 *
 * @throws EcgError `bad-option` for a checkpoint of another training; `bad-format` for a damaged one; `cancelled`;
 *   what a step throws
 */
export async function runTraining(parts: LoopParts, options: LoopOptions): Promise<LoopResult> {
  const { trainer, identity, epochs, stepsPerEpoch, stopping } = parts;
  const { run } = options;
  const steps = epochs * stepsPerEpoch;
  const numbers = parts.numbers ?? (() => averagedNumbers(trainer));
  const done: EpochFigures[] = [];
  let best: TrainedNumbers | undefined;
  let lossSum = 0;
  let step = 0;
  let secondsBefore = 0;
  if (options.resume !== undefined) {
    const checkpoint = unpackCheckpoint(options.resume, identity, `checkpoint of ${run}`);
    trainer.restore(checkpoint.state);
    done.push(...checkpoint.epochs);
    best = checkpoint.best;
    lossSum = checkpoint.lossSum;
    step = checkpoint.state.step;
    secondsBefore = checkpoint.seconds ?? 0;
  }
  const began = { step, at: performance.now() };
  const seconds = (): number => (performance.now() - began.at) / 1000;
  const secondsLeft = (): number => (seconds() / Math.max(1, step - began.step)) * (steps - step);
  const save = async (): Promise<void> => {
    await options.save?.(
      packCheckpoint({
        identity,
        state: trainer.state(),
        epochs: done,
        lossSum,
        seconds: secondsBefore + seconds(),
        ...(best && { best }),
      }),
    );
  };
  const stalled = (): boolean =>
    stopping !== undefined && done.length - stopping.best(done) >= stopping.patience;
  let told = performance.now();
  while (step < steps && !stalled()) {
    throwIfCancelled(options, `training ${run}`);
    const { loss } = await trainer.step(parts.inputs(step), parts.rate(step, done));
    step++;
    lossSum += loss;
    const epoch = Math.ceil(step / stepsPerEpoch);
    const inEpoch = step - (epoch - 1) * stepsPerEpoch;
    if (performance.now() - told > REPORT_MS) {
      told = performance.now();
      const at = { run, epoch, epochs, step, steps };
      options.onEvent?.({ kind: 'step', ...at, loss: lossSum / inEpoch, secondsLeft: secondsLeft() });
      await breathe();
    }
    if (inEpoch === stepsPerEpoch) {
      const now = numbers();
      const validation = await parts.validate(now);
      const figures: EpochFigures = { epoch, loss: lossSum / stepsPerEpoch, validation };
      done.push(figures);
      if (stopping?.best(done) === epoch) best = now;
      lossSum = 0;
      await save();
      options.onEvent?.({ kind: 'epoch', run, epochs, figures, secondsLeft: secondsLeft() });
    } else if (options.checkpointSteps !== undefined && step % options.checkpointSteps === 0) {
      await save();
    }
  }
  return {
    numbers: best ?? numbers(),
    epochs: done,
    bestEpoch: stopping?.best(done) ?? done.length,
    seconds: secondsBefore + seconds(),
  };
}

/** The trainer's weights, averaged where it keeps an average, and the batch norms' statistics. */
function averagedNumbers(trainer: Trainer): TrainedNumbers {
  const { ema, parameters, statistics } = trainer.state();
  return { parameters: ema ?? parameters, statistics };
}
