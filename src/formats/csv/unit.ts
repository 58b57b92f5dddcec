import { type AdcScale, EcgError } from '../../core/index.js';
import { isEcgLead } from '../leads.js';
import type { OpenOptions } from '../source.js';
import { millivoltsIn } from '../units.js';
import type { Layout } from './layout.js';

/** How a written value becomes one in `unit`. */
export interface ColumnScale {
  readonly unit: string;
  readonly factor: number;
  readonly adc?: AdcScale;
  readonly warnings: readonly string[];
}

const ADC = /^(adc|adu|adc[\s_]?units?|counts?|raw|lsb)$/i;
/** mV from the lowest to the highest value that an ECG with its artefacts may have. */
const NARROWEST = 0.05;
const WIDEST = 50;

/**
 * The scale of a column: what its header says, else what the metadata say, else what the caller says.
 *
 * Where nobody says a unit, values that span what an ECG in mV spans are taken as mV with a warning; others are
 * refused, because µV and ADC units cannot be told apart.
 *
 * @param someLead whether any column is named as an ECG lead; columns that are not then keep their values
 * @param span     least and most value of the column
 * @throws EcgError `bad-option` when the unit, or the gain of ADC units, has to be given
 */
export function columnScale(
  layout: Layout,
  index: number,
  someLead: boolean,
  span: readonly [number, number],
  options: OpenOptions | undefined,
  name: string,
): ColumnScale {
  const column = layout.columns[index];
  const lead = column?.name ?? '';
  const written = column?.unit || layout.metadata.unit || '';
  const stated = written === '' || written === 'n/a' ? undefined : written;
  const known = stated === undefined ? undefined : millivoltsIn(stated);
  const isAdc = stated !== undefined && ADC.test(stated);
  const foreign =
    (stated !== undefined && known === undefined && !isAdc) ||
    (stated === undefined && someLead && !isEcgLead(lead));
  if (foreign) return { unit: stated ?? '', factor: 1, warnings: [] };
  const given = options?.unit;
  const unit = given ?? (isAdc ? 'adc' : stated);
  const warnings =
    given !== undefined && known !== undefined && millivoltsIn(given) !== known
      ? [`Column ${lead} says ${stated}; it is read as ${given}, as asked.`]
      : [];
  if (unit === 'adc') return { ...adcScale(options?.gain, lead, name), warnings };
  const millivolts = unit === undefined ? undefined : millivoltsIn(unit);
  if (millivolts !== undefined) return { unit: 'mV', factor: millivolts, warnings };
  const range = span[1] - span[0];
  if (range === 0 || (range >= NARROWEST && range <= WIDEST)) {
    return { unit: 'mV', factor: 1, warnings: [`Column ${lead} does not say its unit; it is taken as mV.`] };
  }
  throw new EcgError(
    'bad-option',
    `csv: column ${lead} of ${name} does not say its unit and spans ${span[0]}…${span[1]}, ` +
      'pass unit (--unit uV, V, mV or adc)',
  );
}

function adcScale(gain: number | undefined, lead: string, name: string): Omit<ColumnScale, 'warnings'> {
  if (gain === undefined || !(gain > 0) || !Number.isFinite(gain)) {
    const got = gain === undefined ? 'nobody says how many make a mV' : `${gain} a mV is impossible`;
    throw new EcgError(
      'bad-option',
      `csv: column ${lead} of ${name} holds ADC units, but ${got}: pass gain (--gain 200)`,
    );
  }
  return { unit: 'mV', factor: 1 / gain, adc: { gain, baseline: 0, zero: 0, bits: 0 } };
}
