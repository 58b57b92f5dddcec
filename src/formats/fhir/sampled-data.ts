import { breatheWhenDue, EcgError } from '../../core/index.js';
import type { SampledData } from './resources.js';

/** Past this a 32-bit float may overflow after a change of unit. */
const LARGEST_VALUE = 1e30;
/** Tokens between two looks at the clock. */
const PORTION = 16_384;

/** Seconds in one of each UCUM unit of time an interval may have. */
const SECONDS: Readonly<Record<string, number>> = {
  ns: 1e-9,
  us: 1e-6,
  ms: 1e-3,
  s: 1,
  min: 60,
  h: 3600,
};

/** The numbers of sampled data, in the unit of its origin. */
export interface SampledValues {
  /** One series a dimension; NaN where a token says error or a limit nobody gives. */
  readonly series: readonly Float32Array[];
  /** Least and most value. */
  readonly span: readonly [number, number];
  /** Tokens `E`; tokens `L` and `U` that became the limit, and those that had none. */
  readonly errors: number;
  readonly clipped: number;
  readonly unlimited: number;
  /** True when every number is whole, as a converter's are. */
  readonly whole: boolean;
}

/**
 * The values of sampled data: `origin + factor × number`; `E` is NaN, `L` and `U` are the lower and upper limit.
 *
 * @param where  for messages: format, file and component
 * @throws EcgError `bad-format` for a token that is none, or values past 1e30; `unsupported` for values at irregular offsets
 *
 * Source: HL7 FHIR R4 4.0.1, datatypes, SampledData: "factor … applied to the sampled data points before they are added to the
 * origin". Departs: the limits are taken in the unit of the origin, as those of its example are (a voltage), where the
 * text leaves open whether they are multiplied too.
 */
export async function readSampledValues(sampled: SampledData, where: string): Promise<SampledValues> {
  const { origin, factor = 1, lowerLimit, upperLimit, dimensions = 1, data = '' } = sampled;
  if (sampled.offsets !== undefined)
    throw new EcgError('unsupported', `${where}: values at offsets are not evenly sampled, resample them`);
  const zero = origin?.value ?? 0;
  const tokens = await countTokens(data);
  if (tokens % dimensions !== 0)
    throw new EcgError(
      'bad-format',
      `${where}: ${tokens} values are no multiple of ${dimensions} dimensions`,
    );
  const series = Array.from({ length: dimensions }, () => new Float32Array(tokens / dimensions));
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  let [errors, clipped, unlimited] = [0, 0, 0];
  let whole = true;
  let at = 0;
  for (let i = 0; i < tokens; i++) {
    if (i % PORTION === 0) await breatheWhenDue();
    const from = skipBlanks(data, at);
    at = skipToken(data, from);
    const token = data.slice(from, at);
    let value = Number.NaN;
    if (token === 'E') errors++;
    else if (token === 'L' || token === 'U') {
      const limit = token === 'L' ? lowerLimit : upperLimit;
      if (limit === undefined) unlimited++;
      else {
        clipped++;
        value = limit;
      }
    } else {
      const number = numberOf(token);
      if (Number.isNaN(number))
        throw new EcgError(
          'bad-format',
          `${where}: value ${i}, "${token.slice(0, 40)}", is no number, E, L or U`,
        );
      whole &&= Number.isInteger(number);
      value = zero + factor * number;
    }
    if (Math.abs(value) > LARGEST_VALUE)
      throw new EcgError('bad-format', `${where}: value ${i} is ${value}, more than 1e30`);
    if (value < least) least = value;
    if (value > most) most = value;
    (series[i % dimensions] as Float32Array)[Math.floor(i / dimensions)] = value;
  }
  const span = least <= most ? ([least, most] as const) : ([0, 0] as const);
  return { series, span, errors, clipped, unlimited, whole };
}

/**
 * Samples a second: by `period`, ms (R4), or `interval` and `intervalUnit` (R5, R6); undefined where neither is said.
 *
 * A period is a binary approximation of a decimal: where that of a rate in whole µHz is no other, that rate is meant.
 *
 * @throws EcgError `bad-format` for a rate outside 0.001…1000000 Hz or a unit that is no time
 */
export function rateOf({ period, interval, intervalUnit }: SampledData, where: string): number | undefined {
  let seconds = period === undefined ? undefined : period / 1000;
  if (interval !== undefined) {
    const unit = SECONDS[intervalUnit ?? 'ms'];
    if (unit === undefined)
      throw new EcgError(
        'bad-format',
        `${where}: interval unit ${intervalUnit?.slice(0, 40)} is no time, use ms or s`,
      );
    seconds = interval * unit;
  }
  if (seconds === undefined) return undefined;
  const exact = 1 / seconds;
  const near = Math.round(exact * 1e6) / 1e6;
  const fs = Math.abs(near - exact) <= 1e-12 * exact ? near : exact;
  if (!(fs >= 1e-3 && fs <= 1e6))
    throw new EcgError('bad-format', `${where}: a sample each ${seconds} s is impossible, give 1e-6…1000 s`);
  return fs;
}

/** The tokens of data, each once, without making a list of them. */
export function* tokensOf(data: string): Generator<string, void, void> {
  for (let at = skipBlanks(data, 0); at < data.length; ) {
    const end = skipToken(data, at);
    yield data.slice(at, end);
    at = skipBlanks(data, end);
  }
}

/** Seconds in one of a unit of time, or undefined when it is none. */
export function secondsIn(unit: string | undefined): number | undefined {
  return SECONDS[unit ?? 'ms'];
}

async function countTokens(data: string): Promise<number> {
  let tokens = 0;
  for (let at = skipBlanks(data, 0); at < data.length; ) {
    if (tokens++ % PORTION === 0) await breatheWhenDue();
    at = skipBlanks(data, skipToken(data, at));
  }
  return tokens;
}

const DECIMAL = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** A decimal, NaN for anything else; `Number` alone would read `0x10` and the empty text. */
function numberOf(token: string): number {
  return token.length <= 64 && DECIMAL.test(token) ? Number(token) : Number.NaN;
}

const isBlank = (code: number): boolean => code === 32 || (code >= 9 && code <= 13);

function skipBlanks(data: string, from: number): number {
  let at = from;
  while (at < data.length && isBlank(data.charCodeAt(at))) at++;
  return at;
}

function skipToken(data: string, from: number): number {
  let at = from;
  while (at < data.length && !isBlank(data.charCodeAt(at))) at++;
  return at;
}
