import { type AdcScale, EcgError } from '../core/index.js';
import { isEcgLead } from './leads.js';
import type { OpenOptions } from './source.js';
import { millivoltsIn } from './units.js';

/** How a written value becomes one in `unit`. */
export interface ValueScale {
  readonly unit: string;
  readonly factor: number;
  readonly adc?: AdcScale;
  /** Nobody says the unit; it is taken as mV. */
  readonly guessed: boolean;
  readonly warnings: readonly string[];
}

/** What is known of written values before their scale is. */
export interface WrittenValues {
  readonly lead: string;
  /** The unit as the file says it; empty where it says none. */
  readonly unit: string;
  /** Least and most value. */
  readonly span: readonly [number, number];
  /** Whether any signal of the file is named as an ECG lead; those that are not then keep values without a unit. */
  readonly someLead: boolean;
  /** Format and file, for messages: `csv: rec.csv`. */
  readonly where: string;
}

const ADC = /^(adc|adu|adc[\s_]?units?|counts?|raw|lsb)$/i;
/** mV from the lowest to the highest value that an ECG with its artefacts may have. */
const NARROWEST = 0.05;
const WIDEST = 50;

/**
 * The scale of the values of a text file: what the file says of their unit, else what the caller says.
 *
 * Where nobody says a unit, values that span what an ECG in mV spans are taken as mV with a warning; others are
 * refused, because µV and ADC units cannot be told apart. A caller who contradicts the file is obeyed, with a warning.
 *
 * @throws EcgError `bad-option` when the unit, or the gain of ADC units, has to be given
 */
export function scaleOf(values: WrittenValues, options: OpenOptions | undefined): ValueScale {
  const { span, where } = values;
  const lead = values.lead.slice(0, 60);
  const stated = values.unit === '' || values.unit === 'n/a' ? undefined : values.unit;
  const known = stated === undefined ? undefined : millivoltsIn(stated);
  const isAdc = stated !== undefined && ADC.test(stated);
  const foreign =
    (stated !== undefined && known === undefined && !isAdc) ||
    (stated === undefined && values.someLead && !isEcgLead(lead));
  if (foreign) return { unit: stated ?? '', factor: 1, guessed: false, warnings: [] };
  const given = options?.unit;
  const unit = given ?? (isAdc ? 'adc' : stated);
  const warnings =
    given !== undefined && known !== undefined && millivoltsIn(given) !== known
      ? [`Signal ${lead} says ${stated}; it is read as ${given}, as asked.`]
      : [];
  if (unit === 'adc') return { ...adcScale(options?.gain, lead, where), guessed: false, warnings };
  const millivolts = unit === undefined ? undefined : millivoltsIn(unit);
  if (millivolts !== undefined) return { unit: 'mV', factor: millivolts, guessed: false, warnings };
  const range = span[1] - span[0];
  if (range === 0 || (range >= NARROWEST && range <= WIDEST)) {
    return { unit: 'mV', factor: 1, guessed: true, warnings: [] };
  }
  throw new EcgError(
    'bad-option',
    `${where}: signal ${lead} does not say its unit and spans ${span[0]}…${span[1]}, ` +
      'pass unit (--unit uV, V, mV or adc)',
  );
}

/** What is odd about the scales of all signals of a file, guessed units in one sentence. */
export function scaleWarnings(scales: readonly ValueScale[], leads: readonly string[]): string[] {
  const guessed = leads.filter((_, i) => scales[i]?.guessed);
  const shown = `${guessed
    .slice(0, 12)
    .map((lead) => lead.slice(0, 60))
    .join(', ')}${guessed.length > 12 ? ', …' : ''}`;
  return [
    ...(guessed.length > 0 ? [`The unit of ${shown} is not stated; it is taken as mV.`] : []),
    ...scales.flatMap((scale) => scale.warnings),
  ];
}

function adcScale(
  gain: number | undefined,
  lead: string,
  where: string,
): Omit<ValueScale, 'warnings' | 'guessed'> {
  if (gain === undefined) {
    throw new EcgError(
      'bad-option',
      `${where}: signal ${lead} holds ADC units, but nobody says how many make a mV: pass gain (--gain 200)`,
    );
  }
  return { unit: 'mV', factor: 1 / gain, adc: { gain, baseline: 0, zero: 0, bits: 0 } };
}
