import { EcgError } from '../../core/index.js';
import { SAMPLE_FORMATS } from './sample-formats.js';
import { decodeText } from './text.js';

/** One signal line of a header; what the line leaves out is undefined. */
export interface SignalLine {
  readonly file: string;
  readonly format: number;
  readonly samplesPerFrame: number;
  /** Frames by which this signal's samples stand late in its file. */
  readonly skew: number;
  /** Bytes before the first sample; in the FLAC formats samples before it. */
  readonly byteOffset: number;
  /** ADC units per physical unit; 0 or undefined when not calibrated. */
  readonly gain?: number;
  readonly baseline?: number;
  readonly unit?: string;
  readonly bits?: number;
  readonly zero?: number;
  readonly initial?: number;
  readonly checksum?: number;
  readonly description?: string;
}

/** One segment line of a multi-segment header; the name `~` is a gap. */
export interface SegmentLine {
  readonly name: string;
  /** Frames. */
  readonly length: number;
}

/** A parsed `.hea` file. */
export interface Header {
  readonly record: string;
  /** Frames a second; undefined where the header leaves it out. */
  readonly fs?: number;
  /** Ticks a second of the counter, and its value at sample 0. */
  readonly counterFs?: number;
  readonly baseCounter?: number;
  /** Frames; undefined where the header leaves it out. */
  readonly length?: number;
  /** Time of day of sample 0, `hh:mm:ss` with or without decimals. */
  readonly time?: string;
  /** Date of sample 0, `yyyy-mm-dd`. */
  readonly date?: string;
  /** Empty in a multi-segment header, which only states how many there are. */
  readonly signals: readonly SignalLine[];
  readonly signalCount: number;
  /** Present in a multi-segment header. */
  readonly segments?: readonly SegmentLine[];
  /** The `#` lines without the mark. */
  readonly notes: readonly string[];
  /** What is odd but readable, a sentence each. */
  readonly warnings: readonly string[];
}

// No pattern here can match the same text in two ways: a hostile line of megabytes must fail at once.
const NUMBER = String.raw`[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?`;
const RECORD =
  /^([^\s/]+)(?:\/(\S+))?[ \t]+(\S+)(?:[ \t]+(\S+)(?:[ \t]+(\S+)(?:[ \t]+(\S+)(?:[ \t]+(\S+))?)?)?)?/;
const FREQUENCY = new RegExp(String.raw`^(${NUMBER})(?:\/(${NUMBER}))?(?:\((${NUMBER})\))?$`);
const FORMAT = /^(\d{1,6})(?:x(\d{1,9}))?(?::(\d{1,9}))?(?:\+(\d{1,15}))?$/;
const GAIN = new RegExp(String.raw`^(${NUMBER})?(?:\(([-+]?\d+)\))?(?:\/(\S+))?$`);
const NAME = /^[^/\\:\0]+$/;

/** More signals than any recorder has, and more segments than a year in hours. */
const MAX_SIGNALS = 8192;
const MAX_SEGMENTS = 100_000;

/** The longest header read: that many signals or segments stay below it. */
export const MAX_HEADER_BYTES = 1 << 23;

/**
 * The contents of a WFDB header file.
 *
 * @param file its name, for messages
 * @throws EcgError `bad-format` with the line; `unsupported` for a signal format or a file outside the folder
 *
 * Source: WFDB Applications Guide, header(5).
 */
export function parseHeader(bytes: Uint8Array, file: string): Header {
  const notes: string[] = [];
  const warnings: string[] = [];
  const lines: { text: string; number: number }[] = [];
  decodeText(bytes)
    .split(/\r\n|\n|\r/)
    .forEach((line, i) => {
      const text = line.trim();
      if (text.startsWith('#')) {
        // Lines before the record line are remarks to the file itself (`#!`), as the library has it.
        if (lines.length > 0) notes.push(text.slice(1).trim());
      } else if (text !== '') lines.push({ text, number: i + 1 });
    });
  if (lines.length === 0)
    throw new EcgError('bad-format', `wfdb: ${file} is empty, a header has a record line`);
  const at = (index: number) => `(${file}, line ${lines[index].number})`;

  const match = RECORD.exec(lines[0].text);
  if (match === null) {
    throw new EcgError('bad-format', `wfdb: the record line needs a name and a number of signals ${at(0)}`);
  }
  const [, record, segmentText, signalText, fsText, lengthText, timeText, dateText] = match;
  const signalCount = count(signalText, 'number of signals', at(0));
  if (signalCount > MAX_SIGNALS) {
    throw new EcgError(
      'bad-format',
      `wfdb: ${signalCount} signals are impossible, at most ${MAX_SIGNALS} are read ${at(0)}`,
    );
  }
  const frequency = fsText === undefined ? {} : parseFrequency(fsText, at(0));
  const length = lengthText === undefined ? 0 : count(lengthText, 'number of samples', at(0));
  const start = parseStart(timeText, dateText, warnings);
  const segmentCount = segmentText === undefined ? 0 : count(segmentText, 'number of segments', at(0));
  if (segmentCount > MAX_SEGMENTS) {
    throw new EcgError(
      'bad-format',
      `wfdb: ${segmentCount} segments are impossible, at most ${MAX_SEGMENTS} are read ${at(0)}`,
    );
  }
  const expected = segmentText === undefined ? signalCount : segmentCount;
  if (lines.length - 1 < expected) {
    const what = segmentText === undefined ? 'signals' : 'segments';
    throw new EcgError(
      'bad-format',
      `wfdb: the record line announces ${expected} ${what}, the header has ${lines.length - 1} lines for them ${at(0)}`,
    );
  }
  const wanted = lines.slice(1, 1 + expected);
  const head = {
    record,
    ...frequency,
    ...(length > 0 && { length }),
    ...start,
    signalCount,
    notes,
    warnings,
  };
  if (segmentText !== undefined) {
    if (expected === 0) throw new EcgError('bad-format', `wfdb: a record of 0 segments ${at(0)}`);
    return { ...head, signals: [], segments: wanted.map((line, i) => parseSegment(line.text, at(i + 1))) };
  }
  return { ...head, signals: wanted.map((line, i) => parseSignal(line.text, at(i + 1), warnings)) };
}

/** True when the text begins as a header does: a record line, then a signal or segment line that fits it. */
export function looksLikeHeader(head: Uint8Array): boolean {
  if (head.includes(0)) return false;
  const lines = decodeText(head)
    .split(/\r\n|\n|\r/)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
  if (lines.length === 0) return false;
  const match = /^([^\s/,;]+)(\/\d+)?[ \t]+(\d+)(?:[ \t]+(\S+)(?:[ \t]+(\d+)\b.*)?)?$/.exec(lines[0]);
  if (match === null || (match[4] !== undefined && !FREQUENCY.test(match[4]))) return false;
  if (match[2] !== undefined) return lines.length > 1 && /^[^\s,;]+[ \t]+\d+$/.test(lines[1]);
  if (match[3] === '0') return lines.length === 1;
  const fields = lines.length > 1 ? lines[1].split(/[ \t]+/) : [];
  const format = fields.length > 1 ? FORMAT.exec(fields[1]) : null;
  // A table of numbers also has a number second; a signal file is not named by a number alone.
  return format !== null && SAMPLE_FORMATS.has(Number(format[1])) && !/^[-+]?[\d.]*$/.test(fields[0]);
}

function parseFrequency(text: string, where: string) {
  const match = FREQUENCY.exec(text);
  const fs = match === null ? Number.NaN : Number(match[1]);
  if (!(fs > 0 && fs <= 1e9)) {
    throw new EcgError(
      'bad-format',
      `wfdb: the sampling frequency must be a positive number of hertz, got "${text}" ${where}`,
    );
  }
  const counterFs = Number(match![2]);
  const baseCounter = Number(match![3]);
  return {
    fs,
    ...(counterFs > 0 && { counterFs }),
    ...(Number.isFinite(baseCounter) && { baseCounter }),
  };
}

function count(text: string, what: string, where: string): number {
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (!Number.isSafeInteger(value)) {
    throw new EcgError('bad-format', `wfdb: the ${what} must be an integer from 0, got "${text}" ${where}`);
  }
  return value;
}

/** A time or date that is none does not keep the signals from being read. */
function parseStart(timeText: string | undefined, dateText: string | undefined, warnings: string[]) {
  if (timeText === undefined) return {};
  // Seconds alone, minutes and seconds, or all three.
  const match = /^(?:(?:(\d{1,2}):)?(\d{1,2}):)?(\d{1,2}(?:\.\d*)?)$/.exec(timeText);
  const [hour, minute, second] =
    match === null ? [99, 99, 99] : match.slice(1).map((part) => Number(part ?? 0));
  const day = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(dateText ?? '01/01/2000');
  if (match === null || hour > 23 || minute > 59 || second >= 60 || day === null || !isDate(day)) {
    const text = dateText === undefined ? timeText : `${timeText} ${dateText}`;
    warnings.push(`the start "${text.slice(0, 60)}" is not hh:mm:ss dd/mm/yyyy and is left out`);
    return {};
  }
  const fraction = /\.\d*[1-9]/.exec(match[3])?.[0] ?? '';
  const time = `${twoDigits(hour)}:${twoDigits(minute)}:${twoDigits(Math.floor(second))}${fraction}`;
  if (dateText === undefined) return { time };
  return { time, date: `${day[3]}-${twoDigits(Number(day[2]))}-${twoDigits(Number(day[1]))}` };
}

const twoDigits = (value: number) => String(value).padStart(2, '0');

function isDate([, day, month]: readonly string[]): boolean {
  return Number(month) >= 1 && Number(month) <= 12 && Number(day) >= 1 && Number(day) <= 31;
}

function parseSegment(text: string, where: string): SegmentLine {
  const [name, lengthText = ''] = text.split(/[ \t]+/);
  checkName(name, where);
  return { name, length: count(lengthText, 'length of the segment', where) };
}

function parseSignal(text: string, where: string, warnings: string[]): SignalLine {
  const fields = /^(\S+)[ \t]+(\S+)((?:[ \t]+\S+){0,6})(?:[ \t]+(.*))?$/s.exec(text);
  if (fields === null) {
    throw new EcgError(
      'bad-format',
      `wfdb: a signal line needs a file name and a format, got "${text}" ${where}`,
    );
  }
  const [, file, formatText, rest, description] = fields;
  checkName(file, where);
  const format = FORMAT.exec(formatText);
  if (format === null || !SAMPLE_FORMATS.has(Number(format[1]))) {
    const known = [...SAMPLE_FORMATS.keys()].filter((each) => each > 0).join(', ');
    throw new EcgError(
      'unsupported',
      `wfdb: signal format ${formatText.slice(0, 20)} is not supported, the known ones are ${known} ${where}`,
    );
  }
  const samplesPerFrame = Number(format[2] ?? 1);
  if (samplesPerFrame < 1 || samplesPerFrame > 1e6) {
    throw new EcgError('bad-format', `wfdb: ${samplesPerFrame} samples a frame are impossible ${where}`);
  }
  const [gainText, bits, zero, initial, checksum] = rest.trim().split(/[ \t]+/);
  return {
    file,
    format: Number(format[1]),
    samplesPerFrame,
    // Stated in samples; the library shifts by whole frames.
    skew: Math.round(Number(format[3] ?? 0) / samplesPerFrame),
    byteOffset: Number(format[4] ?? 0),
    ...(gainText !== undefined && gainText !== '' && parseGain(gainText, where)),
    ...integerOrWarning('bits', bits, where, warnings),
    ...integer('zero', zero, where),
    ...integerOrWarning('initial', initial, where, warnings),
    ...integerOrWarning('checksum', checksum, where, warnings),
    ...(description !== undefined &&
      description !== '' && { description: description.slice(0, LONGEST_NAME) }),
  };
}

/** Characters kept of a signal's name and unit, which messages quote. */
const LONGEST_NAME = 200;

function parseGain(text: string, where: string) {
  const match = GAIN.exec(text);
  const gain = Number(match?.[1] ?? 0);
  // Beyond these a 32-bit float overflows.
  if (match === null || Math.abs(gain) > 1e12 || (gain !== 0 && Math.abs(gain) < 1e-12)) {
    throw new EcgError(
      'bad-format',
      `wfdb: the gain must be a number of ADC units per unit as in 200(1024)/mV, got "${text}" ${where}`,
    );
  }
  return {
    gain,
    ...(match[2] !== undefined && integer('baseline', match[2], where)),
    ...(match[3] !== undefined && { unit: match[3].slice(0, LONGEST_NAME) }),
  };
}

const LABELS = {
  baseline: 'baseline',
  bits: 'ADC resolution',
  zero: 'ADC zero',
  initial: 'initial value',
  checksum: 'checksum',
} as const;

function integer<K extends keyof typeof LABELS>(key: K, text: string | undefined, where: string) {
  if (text === undefined) return {};
  const value = /^[-+]?\d+$/.test(text) ? Number(text) : Number.NaN;
  if (!(Math.abs(value) <= 0x100000000)) {
    throw new EcgError('bad-format', `wfdb: the ${LABELS[key]} must be an integer, got "${text}" ${where}`);
  }
  return { [key]: value } as { [P in K]: number };
}

/** A field that no sample value depends on. */
function integerOrWarning<K extends keyof typeof LABELS>(
  key: K,
  text: string | undefined,
  where: string,
  warnings: string[],
) {
  try {
    return integer(key, text, where);
  } catch {
    warnings.push(`the ${LABELS[key]} "${text?.slice(0, 40)}" is no integer and is left out ${where}`);
    return {};
  }
}

function checkName(name: string, where: string): void {
  if (name === '-') {
    throw new EcgError('unsupported', `wfdb: signals on the standard input are not supported ${where}`);
  }
  if (!NAME.test(name) || name === '..' || name === '.') {
    throw new EcgError(
      'unsupported',
      `wfdb: "${name}" lies outside the header's folder, which is not supported: put the files together ${where}`,
    );
  }
}
