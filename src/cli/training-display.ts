import type { TrainingEvent } from '../training/index.js';
import { describeSeconds } from './progress.js';

/** What a training shows: a line for every finished epoch, and below them, on a terminal, what is going on. */
export interface TrainingDisplay {
  readonly show: (event: TrainingEvent) => void;
  readonly clear: () => void;
}

/** One epoch as a line: `seed 1  epoch  3/8  loss 0.412  validation: macro-F1 0.83  S-F1 0.66  about 3 min left`. */
export function formatEpoch(event: Extract<TrainingEvent, { kind: 'epoch' }>): string {
  const { run, epochs, figures, secondsLeft } = event;
  const validated = Object.entries(figures.validation).map(([name, value]) => `${name} ${value.toFixed(3)}`);
  const validation = validated.length === 0 ? '' : `validation: ${validated.join('  ')}`;
  const epoch = `epoch ${String(figures.epoch).padStart(String(epochs).length)}/${epochs}`;
  const left = figures.epoch >= epochs ? 'done' : `${describeSeconds(secondsLeft)} left`;
  return [run.padEnd(22), epoch, `loss ${figures.loss.toFixed(3)}`, validation, left]
    .filter((part) => part !== '')
    .join('  ');
}

/** The trainings under way, side by side. */
export function formatSteps(running: Iterable<Extract<TrainingEvent, { kind: 'step' }>>): string {
  return Array.from(running, ({ run, step, steps, loss, secondsLeft }) => {
    const percent = Math.floor((100 * step) / steps);
    return `${run} ${percent} %, loss ${loss.toFixed(3)}, ${describeSeconds(secondsLeft)} left`;
  }).join('  |  ');
}

export function createTrainingDisplay(stream: NodeJS.WriteStream = process.stderr): TrainingDisplay {
  const running = new Map<string, Extract<TrainingEvent, { kind: 'step' }>>();
  const wipe = () => {
    if (stream.isTTY) stream.write('\r\x1b[2K');
  };
  return {
    show: (event) => {
      if (event.kind === 'step') {
        running.set(event.run, event);
      } else {
        wipe();
        stream.write(`${formatEpoch(event)}\n`);
        if (event.figures.epoch >= event.epochs) running.delete(event.run);
      }
      if (stream.isTTY)
        stream.write(`\r\x1b[2K${formatSteps(running.values()).slice(0, (stream.columns ?? 80) - 1)}`);
    },
    clear: wipe,
  };
}
