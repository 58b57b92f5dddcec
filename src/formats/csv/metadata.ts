import { isEcgLead } from '../leads.js';
import { millivoltsIn } from '../units.js';
import { numberInText } from './number.js';
import { isoOf } from './time.js';

/** What the lines before a table say of it. */
export interface Metadata {
  /** Hz. */
  readonly fs?: number;
  readonly unit?: string;
  readonly lead?: string;
  /** ISO 8601 local date-time. */
  readonly startTime?: string;
  /** The lines themselves: `Classification: Sinus Rhythm`. */
  readonly notes: readonly string[];
}

/** Characters of a line that can be metadata. */
const LONGEST = 500;
/** Keys of a sampling frequency in the languages of watches and exports. */
const RATE =
  /^(fs|sfreq|sr|fr[eé][qc]\w*|abtast\w*|mess\w*|(sampl|muestr|[eé]chantillon|campion|bemonster)\w*)([\s_.-].*)?$/i;
/** Keys of other frequencies. */
const OTHER_RATE = /filt|pass|notch|cut|heart|puls|herz|band|line|mains|netz|resp/i;
const BIRTH = /birth|geb|naiss|nacim|nascita/i;
const UNIT = /^(units?|einheit|unit[eé]s?|unidad(es)?|unit[aà]|eenheid|enhet|единиц\w*)$/i;
const LEAD = /^(lead|ableitung|d[eé]rivation|derivaci[oó]n|derivazione|afleiding|channel|signal)$/i;
const HERTZ = /^[+]?([\d.,\u00a0\u202f ]*\d)\s*(hz|hertz|herc\w*|гц|герц\w*|赫\S*|ヘルツ|헤르츠)\.?$/i;

/**
 * The metadata in the lines before a table: `Sample Rate,512.508 hertz`, `# fs: 360`, `Unit,µV`, `Lead,Lead I`,
 * `Recorded Date,2020-05-18 15:48:11 +0200`.
 *
 * The sampling rate is kept exactly as written; a comma in it is a decimal mark.
 */
export function parseMetadata(lines: readonly string[]): Metadata {
  const notes: string[] = [];
  const unnamed = new Set<number | undefined>();
  let fs: number | undefined;
  let unit: string | undefined;
  let lead: string | undefined;
  let startTime: string | undefined;
  for (const line of lines) {
    const [key, value] = keyAndValue(line);
    if (key === '' && value === '') continue;
    if (key === 'note') {
      notes.push(value);
      continue;
    }
    // The lines that `writeCsv` makes for these say nothing that the recording does not.
    if (key !== 'fs' && key !== 'start') notes.push(value === '' ? key : `${key}: ${value}`);
    const hertz = HERTZ.exec(value)?.[1];
    if (RATE.test(key) && (hertz !== undefined || /^[\d.,]+$/.test(value))) fs ??= rate(hertz ?? value);
    else if (hertz !== undefined) {
      if (!OTHER_RATE.test(key)) unnamed.add(rate(hertz));
    } else if (millivoltsIn(value) !== undefined || UNIT.test(key)) unit ??= value;
    else if (LEAD.test(key) || (/^(lead|ableitung)/i.test(value) && isEcgLead(value))) lead ??= value;
    else if (!BIRTH.test(key)) startTime ??= isoOf(value);
  }
  // A frequency under a key of another language counts when it is the only one.
  if (unnamed.size === 1) fs ??= [...unnamed][0];
  return {
    ...(fs === undefined ? {} : { fs }),
    ...(unit === undefined ? {} : { unit }),
    ...(lead === undefined ? {} : { lead }),
    ...(startTime === undefined ? {} : { startTime }),
    notes,
  };
}

/** Whether the metadata write their sampling rate with a decimal comma. */
export function hasDecimalComma(lines: readonly string[]): boolean {
  return lines.some((line) => /\d,\d/.test(HERTZ.exec(keyAndValue(line)[1])?.[1] ?? ''));
}

function keyAndValue(line: string): readonly [string, string] {
  const plain = withoutTail(
    line
      .slice(0, LONGEST)
      .replace(/^(#|%|\/\/)+/, '')
      .trim(),
  );
  const match = /^("[^"]*"|[^",;\t:=]*)\s*[,;\t:=](.*)$/.exec(plain);
  const unquoted = (text: string) =>
    text
      .trim()
      .replace(/^"(.*)"$/, '$1')
      .trim();
  return match === null ? [unquoted(plain), ''] : [unquoted(match[1] ?? ''), unquoted(match[2] ?? '')];
}

/** Without the empty cells at the end of a line. */
function withoutTail(line: string): string {
  let end = line.length;
  while (end > 0 && ',; \t'.includes(line[end - 1] as string)) end--;
  return line.slice(0, end);
}

/** `512,508` and `512.508` alike; `1.000,5` and `1,000.5` by their last mark. */
function rate(text: string): number | undefined {
  const decimal = text.lastIndexOf(',') > text.lastIndexOf('.') ? ',' : '.';
  const value = numberInText(text, decimal);
  return value > 0 && Number.isFinite(value) ? value : undefined;
}
