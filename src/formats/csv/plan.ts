import { EcgError } from '../../core/index.js';
import { isEcgLead } from '../leads.js';
import type { OpenOptions } from '../source.js';
import { millivoltsIn } from '../units.js';
import type { Column, Layout } from './layout.js';
import { numberInText } from './number.js';
import { type TimeKind, timeDecimals, timeKindOf, timeReader } from './time.js';

/** The column that places the rows on the time axis. */
export type Axis =
  | {
      readonly kind: 'time';
      readonly column: number;
      readonly time: TimeKind;
      /** s between two rows, from the first rows. */
      readonly step: number;
      /** s: the last digit that the column is written with. */
      readonly quantum: number;
    }
  | { readonly kind: 'sample'; readonly column: number };

/** What to read of a table. */
export interface Plan {
  readonly axis: Axis | undefined;
  /** Columns to take as signals, by index. */
  readonly signals: readonly number[];
  readonly warnings: readonly string[];
}

const TIME =
  /^(elapsed[\s_]*)?(time|timestamp|date\W?time|date|t|zeit|uhrzeit|temps|tiempo|tempo|sec(ond)?s?|ms|millis(econds?)?)([\s_.].*)?$/i;
const SAMPLE = /^(samples?([\s_]*(#|no\.?|number|index|idx))?|index|idx|n|#|row|unnamed: 0|)$/i;
/** Seconds in one, by the unit that a header says. */
const SECONDS: ReadonlyMap<string, number> = new Map([
  ['s', 1],
  ['sec', 1],
  ['secs', 1],
  ['second', 1],
  ['seconds', 1],
  ['ms', 1e-3],
  ['msec', 1e-3],
  ['millisecond', 1e-3],
  ['milliseconds', 1e-3],
  ['us', 1e-6],
  ['microseconds', 1e-6],
  ['ns', 1e-9],
  ['nanoseconds', 1e-9],
]);

/**
 * Which column tells the time and which hold signals.
 *
 * @throws EcgError `bad-option` when a wanted column is not there or holds text; `unsupported` when none holds a signal
 */
export function planTable(layout: Layout, options: OpenOptions | undefined, name: string): Plan {
  const wanted = options?.columns?.map((column) => columnIndex(layout, column, name));
  const warnings: string[] = [];
  const axis = findAxis(layout, wanted ?? [], options?.fs ?? layout.metadata.fs, warnings);
  if (wanted !== undefined) return { axis, signals: wanted, warnings };
  const numbers = layout.columns.flatMap((column, i) => (column.holds === 'numbers' ? [i] : []));
  const isSampleName = (i: number) => layout.named && SAMPLE.test(layout.columns[i]?.name ?? '');
  const signals = numbers.filter(
    (i) =>
      i !== axis?.column &&
      !(isSampleName(i) && i === 0 && numbers.length > 1) &&
      !(axis !== undefined && layout.named && isTime(layout.columns[i] as Column)),
  );
  const text = layout.columns.filter((column) => column.holds === 'text').map((column) => column.name);
  if (text.length > 0)
    warnings.push(
      `Columns of text are left out: ${text
        .slice(0, 10)
        .map((name) => name.slice(0, 60))
        .join(', ')}.`,
    );
  if (signals.length === 0) {
    throw new EcgError(
      'unsupported',
      `csv: ${name} has no column of numbers besides its time, give one with a lead`,
    );
  }
  return { axis, signals, warnings };
}

function columnIndex({ columns }: Layout, wanted: string | number, name: string): number {
  const byName = columns.findIndex((column) => column.name === wanted);
  const index = byName >= 0 ? byName : /^\d+$/.test(String(wanted)) ? Number(wanted) : -1;
  const column = columns[index];
  const shown = columns.slice(0, 30).map((one, i) => `${i} ${one.name}`);
  const all = `${shown.join(', ')}${columns.length > 30 ? ', …' : ''}`;
  if (column === undefined) {
    throw new EcgError(
      'bad-option',
      `csv: ${name} has no column ${JSON.stringify(wanted)}, choose from: ${all}`,
    );
  }
  if (column.holds !== 'numbers') {
    throw new EcgError(
      'bad-option',
      `csv: column ${JSON.stringify(wanted)} of ${name} holds ${column.holds}, no samples`,
    );
  }
  return index;
}

/** A column that may tell the time, and how evenly it does. */
interface Candidate {
  readonly axis: Axis;
  /** Share of steps near the usual one. */
  readonly even: number;
  readonly warning?: string;
}

function findAxis(
  layout: Layout,
  taken: readonly number[],
  fs: number | undefined,
  warnings: string[],
): Axis | undefined {
  const free = layout.columns.flatMap((_, index) => (taken.includes(index) ? [] : [index]));
  const candidates = free.flatMap((index): Candidate[] => {
    const column = layout.columns[index] as Column;
    if (column.holds === 'times') return [textAxis(layout, index)];
    if (column.holds !== 'numbers' || !layout.named || !isTime(column)) return [];
    const scale = SECONDS.get(unitOfTime(column));
    // With a known fs, a `time` of 0, 1, 2, … without a unit counts samples.
    if (fs !== undefined && scale === undefined && isCount(valuesOf(layout, index), 0.5)) {
      return [{ axis: { kind: 'sample', column: index }, even: 1 }];
    }
    return [numberAxis(layout, index, scale)];
  });
  // A logger writes several clocks; one that stands still while a packet arrives is not the converter's.
  const best = candidates.reduce<Candidate | undefined>(
    (most, one) => (most === undefined || one.even > most.even + 0.05 ? one : most),
    undefined,
  );
  if (best !== undefined) {
    if (best.warning !== undefined) warnings.push(best.warning);
    return best.axis;
  }
  if (free[0] !== 0 || layout.columns.length < 2) return undefined;
  const values = valuesOf(layout, 0);
  const mayCount = layout.named ? SAMPLE.test(layout.columns[0]?.name ?? '') : values.length >= 3;
  if (mayCount && isCount(values, layout.named ? 0.5 : 0.8)) return { kind: 'sample', column: 0 };
  if (layout.named || values.length < 8 || !isEven(values)) return undefined;
  const guessed = numberAxis(layout, 0, undefined);
  // With a known fs, an even first column that does not tell it is a signal.
  const told = guessed.axis.kind === 'time' ? 1 / guessed.axis.step : Number.NaN;
  if (fs !== undefined && !(Math.abs(told - fs) <= 0.02 * fs)) return undefined;
  if (guessed.warning !== undefined) warnings.push(guessed.warning);
  return guessed.axis;
}

/** Whether a header names a clock: `time`, `sensor timestamp [ns]`, `t (s)`. */
function isTime({ name, unit }: Column): boolean {
  if (millivoltsIn(unit) !== undefined || isEcgLead(name)) return false;
  return TIME.test(name) || (/time/i.test(name) && SECONDS.has(unitOfTime({ name, unit })));
}

function unitOfTime({ name, unit }: Pick<Column, 'name' | 'unit'>): string {
  if (unit !== '') return unit.toLowerCase().replace(/^[\u00b5\u03bc\ufffd]/, 'u');
  return /^(ms|millis)/i.test(name) ? 'ms' : /^sec/i.test(name) ? 's' : '';
}

function textAxis(layout: Layout, column: number): Candidate {
  const cells = cellsIn(layout, column);
  const time = timeKindOf(cells[0] ?? '') ?? { kind: 'clock' };
  const read = timeReader(time, layout.dialect.decimal);
  const encoder = new TextEncoder();
  const seconds = cells.map((cell) => {
    const bytes = encoder.encode(cell);
    return read(bytes, 0, bytes.length);
  });
  const known = seconds.filter((value) => !Number.isNaN(value));
  const step = stepOf(known);
  const quantum = 10 ** -decimalsOf(cells);
  return { axis: { kind: 'time', column, time, step, quantum }, even: evenness(known, step, quantum) };
}

function numberAxis(layout: Layout, column: number, scale: number | undefined): Candidate {
  const values = valuesOf(layout, column);
  const step = stepOf(values);
  const guessed = scale === undefined ? guessScale(step) : undefined;
  const seconds = guessed?.seconds ?? (scale as number);
  const digit = 10 ** -decimalsOf(cellsIn(layout, column));
  const time: TimeKind = { kind: 'number', scale: seconds };
  const name = layout.columns[column]?.name;
  return {
    axis: { kind: 'time', column, time, step: step * seconds, quantum: digit * seconds },
    even: evenness(values, step, digit),
    ...(guessed === undefined
      ? {}
      : { warning: `Column ${name} does not say its unit; steps of ${step} are taken as ${guessed.unit}.` }),
  };
}

/** An ECG is sampled between 10 Hz and 20 kHz, so the step tells the unit. */
function guessScale(step: number): { readonly unit: string; readonly seconds: number } {
  if (step < 0.1) return { unit: 's', seconds: 1 };
  if (step < 100) return { unit: 'ms', seconds: 1e-3 };
  return step < 1e5 ? { unit: 'µs', seconds: 1e-6 } : { unit: 'ns', seconds: 1e-9 };
}

function evenness(values: readonly number[], step: number, quantum: number): number {
  const near = values.filter((value, i) => {
    const here = value - (values[i - 1] ?? Number.NaN);
    return Math.abs(here - step) <= 0.6 * step + quantum;
  });
  return values.length < 2 ? 0 : near.length / (values.length - 1);
}

function cellsIn({ rows }: Layout, column: number): string[] {
  return rows.map((row) => row[column] ?? '').filter((cell) => cell !== '');
}

function decimalsOf(cells: readonly string[]): number {
  return Math.max(0, ...cells.map(timeDecimals));
}

function valuesOf({ rows, dialect }: Layout, column: number): number[] {
  return rows
    .map((row) => numberInText(row[column] ?? '', dialect.decimal))
    .filter((value) => !Number.isNaN(value));
}

/** Whole numbers of which at least `share` go up by one; the others are gaps. */
function isCount(values: readonly number[], share: number): boolean {
  const ones = values.filter((value, i) => i > 0 && value - (values[i - 1] as number) === 1).length;
  return values.every(Number.isInteger) && ones >= share * (values.length - 1);
}

/** Values that rise by nearly the same step each time. */
function isEven(values: readonly number[]): boolean {
  const step = ((values[values.length - 1] as number) - (values[0] as number)) / (values.length - 1);
  return (
    step > 0 &&
    values.every((value, i) => i === 0 || Math.abs(value - (values[i - 1] as number) - step) < 0.6 * step)
  );
}

/** The middle step where steps differ by more than their rounding, the mean one where values repeat. */
function stepOf(values: readonly number[]): number {
  const steps = values.slice(1).map((value, i) => value - (values[i] as number));
  const sorted = steps.toSorted((a, b) => a - b);
  const median = sorted[sorted.length >> 1] ?? Number.NaN;
  const mean = ((values[values.length - 1] ?? 0) - (values[0] ?? 0)) / steps.length;
  // Times rounded to a coarse digit alternate between two steps around the mean; a gap drags the mean away.
  return median > 0 && (mean > 1.5 * median || mean < median / 1.5) ? median : mean > 0 ? mean : median;
}
