import { type Command, InvalidArgumentError } from 'commander';
import { type OpenOptions, VALUE_UNITS } from '../formats/index.js';

/** A positive number out of an option. */
export function parsePositive(text: string): number {
  const value = Number(text);
  if (!(value > 0) || !Number.isFinite(value)) throw new InvalidArgumentError('expected a number above 0');
  return value;
}

/** A positive whole number out of an option. */
export function parseCount(text: string): number {
  const value = parsePositive(text);
  if (!Number.isInteger(value)) throw new InvalidArgumentError('expected a whole number');
  return value;
}

function parseUnit(text: string): (typeof VALUE_UNITS)[number] {
  const unit = VALUE_UNITS.find((name) => name === text);
  if (unit === undefined) throw new InvalidArgumentError(`expected one of ${VALUE_UNITS.join(', ')}`);
  return unit;
}

/** What commands that open a recording accept for files that do not say it themselves. */
export interface OpenFlags {
  readonly fs?: number;
  readonly unit?: OpenOptions['unit'];
  readonly gain?: number;
  readonly columns?: string[];
}

export function addOpenFlags(command: Command): Command {
  return command
    .option('--fs <hz>', 'sampling frequency of a CSV without a time column', parsePositive)
    .option('--unit <unit>', `unit of a CSV's values: ${VALUE_UNITS.join(', ')}`, parseUnit)
    .option('--gain <units>', 'ADC units per mV, with --unit adc', parsePositive)
    .option('--columns <names...>', 'columns of a CSV to take as leads: names, or numbers from 0');
}

export function openOptions(flags: OpenFlags): OpenOptions {
  return {
    ...(flags.fs === undefined ? {} : { fs: flags.fs }),
    ...(flags.unit === undefined ? {} : { unit: flags.unit }),
    ...(flags.gain === undefined ? {} : { gain: flags.gain }),
    ...(flags.columns === undefined
      ? {}
      : { columns: flags.columns.map((name) => (/^\d+$/.test(name) ? Number(name) : name)) }),
  };
}
