/** How numbers and cells are written in one file. */
export interface Dialect {
  /** `,` `;` tab, or blank for any run of white space. */
  readonly separator: ',' | ';' | '\t' | ' ';
  readonly decimal: '.' | ',';
}

/** Powers of ten that are exact in binary64. */
const TENS = Array.from({ length: 23 }, (_, i) => 10 ** i);
/** Characters of the longest cell that can be a number. */
const LONGEST_NUMBER = 100;
/** Cells that say there is no value. */
const MISSING = new Set(['', '-', '--', 'nan', 'na', 'n/a', 'null', 'none', '#n/a', '?']);

/** Values beyond this are no measurement, and past what 32-bit floats hold after a change of unit. */
export const LARGEST_VALUE = 1e30;

/**
 * The number written in `bytes[from…to)`, correctly rounded; NaN when it is none.
 *
 * Plain decimals of up to 15 digits are read from the bytes; everything else goes through text.
 */
export function parseNumber(bytes: Uint8Array, from: number, to: number, decimal: '.' | ','): number {
  const point = decimal.charCodeAt(0);
  let at = from;
  let last = to;
  while (at < last && isBlank(bytes[at] as number)) at++;
  while (last > at && isBlank(bytes[last - 1] as number)) last--;
  if (at === last) return Number.NaN;
  const begin = at;
  const first = bytes[at];
  if (first === 0x2d || first === 0x2b) at++;
  let mantissa = 0;
  let digits = 0;
  let fraction = -1;
  for (; at < last; at++) {
    const digit = (bytes[at] as number) - 48;
    if (digit >= 0 && digit <= 9) {
      mantissa = mantissa * 10 + digit;
      digits++;
      if (fraction >= 0) fraction++;
    } else if (bytes[at] === point && fraction < 0) fraction = 0;
    else return numberInText(decode(bytes, begin, last), decimal);
  }
  if (digits === 0) return Number.NaN;
  if (digits > 15) return numberInText(decode(bytes, begin, last), decimal);
  const value = fraction > 0 ? mantissa / (TENS[fraction] as number) : mantissa;
  return first === 0x2d ? -value : value;
}

/** The number in a text: thousands separators, an exponent and the true minus sign are understood; NaN otherwise. */
export function numberInText(text: string, decimal: '.' | ','): number {
  if (text.length > LONGEST_NUMBER) return Number.NaN;
  const thousands = decimal === '.' ? ',' : '.';
  let plain = text.trim().replace('\u2212', '-');
  if (/[\u00a0\u202f' ]/.test(plain)) plain = plain.replace(/(?<=\d)[\u00a0\u202f' ](?=\d{3})/g, '');
  if (plain.includes(thousands)) {
    if (!new RegExp(`^[+-]?\\d{1,3}(\\${thousands}\\d{3})+(\\${decimal}|$)`).test(plain)) return Number.NaN;
    plain = plain.replaceAll(thousands, '');
  }
  if (decimal === ',') plain = plain.replace(',', '.');
  return /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i.test(plain) ? Number(plain) : Number.NaN;
}

/** Whether a cell says that there is no value, rather than something unreadable. */
export function isMissing(cell: string): boolean {
  return MISSING.has(cell.trim().toLowerCase());
}

function isBlank(byte: number): boolean {
  return byte === 32 || byte === 9 || byte === 13;
}

function decode(bytes: Uint8Array, from: number, to: number): string {
  return new TextDecoder().decode(bytes.subarray(from, Math.min(to, from + LONGEST_NUMBER + 1)));
}
