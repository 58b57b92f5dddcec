import type { Progress } from '../core/index.js';

/** A one-line progress display on stderr; silent where nobody watches, and for the first second. */
export interface ProgressLine {
  readonly update: (progress: Progress) => void;
  /** Removes the line, so that what is printed next stands alone. */
  readonly clear: () => void;
}

const FIRST_SHOWN_MS = 1000;
const REFRESH_MS = 100;
const BAR = 24;
/** Characters of a label, so that bar and time have room in a narrow terminal. */
const LABEL = 24;

/** Remaining time as a person says it: `40 s`, `3 min`. */
export function describeSeconds(seconds: number): string {
  if (seconds < 90) return `${Math.max(1, Math.round(seconds))} s`;
  if (seconds < 5400) return `${Math.round(seconds / 60)} min`;
  return `${(seconds / 3600).toFixed(1)} h`;
}

/** The text of the line: label, stage, bar, share and, once it can be told, the time left. */
export function formatProgress(label: string, progress: Progress, elapsedS: number): string {
  const share = progress.total > 0 ? Math.min(1, progress.done / progress.total) : 0;
  const filled = Math.round(share * BAR);
  const left = share > 0.02 ? `  ${describeSeconds((elapsedS / share) * (1 - share))} left` : '';
  const percent = `${Math.floor(share * 100)}`.padStart(3);
  // The end of a path tells files apart, not its beginning.
  const short = label.length > LABEL ? `…${label.slice(1 - LABEL)}` : label;
  return `${short}  ${progress.stage.padEnd(8)} ${'█'.repeat(filled)}${'░'.repeat(BAR - filled)} ${percent} %${left}`;
}

/** @param label what is being worked on, shown in front */
export function createProgressLine(label: string, stream: NodeJS.WriteStream = process.stderr): ProgressLine {
  if (!stream.isTTY) return { update: () => {}, clear: () => {} };
  const started = performance.now();
  let stage = '';
  let stageStarted = started;
  let painted = Number.NEGATIVE_INFINITY;
  let visible = false;
  return {
    update: (progress) => {
      const now = performance.now();
      if (progress.stage !== stage) {
        stage = progress.stage;
        stageStarted = now;
      }
      if (now - started < FIRST_SHOWN_MS || now - painted < REFRESH_MS) return;
      painted = now;
      visible = true;
      const line = formatProgress(label, progress, (now - stageStarted) / 1000);
      stream.write(`\r\x1b[2K${line.slice(0, Math.max(20, (stream.columns ?? 80) - 1))}`);
    },
    clear: () => {
      if (visible) stream.write('\r\x1b[2K');
      visible = false;
    },
  };
}
