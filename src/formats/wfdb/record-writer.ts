import { type AdcScale, EcgError, type Recording, type Signal } from '../../core/index.js';
import { writeAnnotations } from './annotation-writer.js';
import { fitScale, toAdcUnits } from './quantise.js';

/** How a record is written. */
export interface WriteWfdbOptions {
  /** 16 (two bytes a sample, −32767…32767) or 212 (three bytes for two, −2047…2047). */
  readonly format: 16 | 212;
  /** Record name, the stem of the files: letters, digits, `_` and `-`; made from `recording.id` when absent. */
  readonly record?: string;
  /** Extension of the annotation file; `atr` when absent. */
  readonly annotator?: string;
  /** ADC units per physical unit for every signal; otherwise each signal's own, or the format's usual one. */
  readonly gain?: number;
}

/**
 * The files of a WFDB record by name: header, signal file and, when there are annotations, annotation file.
 *
 * Values keep their own ADC scale where it fits, so a record read and written again has the same integers;
 * a signal that does not fit gets the highest gain that does. NaN becomes the format's invalid code.
 *
 * @throws EcgError `bad-option` for a name or a gain that WFDB forbids; `unsupported` when the signals' rates have
 *   no common frame; `bad-shape` when a signal's samples do not fit the recording's length
 *
 * Source: WFDB Applications Guide, header(5), signal(5).
 */
export function writeWfdb(
  recording: Recording,
  options: WriteWfdbOptions,
): Map<string, Uint8Array<ArrayBuffer>> {
  const { format, annotator = 'atr' } = options;
  if (format !== 16 && format !== 212) {
    throw new EcgError('bad-option', `writeWfdb: format ${format} cannot be written, use 16 or 212`);
  }
  const record = options.record ?? recordName(recording.id);
  if (!/^[\w-]+$/.test(record)) {
    throw new EcgError(
      'bad-option',
      `writeWfdb: the record name "${record}" must be of letters, digits, _ and -`,
    );
  }
  if (!/^\w+$/.test(annotator)) {
    throw new EcgError(
      'bad-option',
      `writeWfdb: the annotator "${annotator}" must be of letters, digits and _`,
    );
  }
  const { signals } = recording;
  const { frameFs, perFrame } = framesOf(recording);
  const frames = Math.round((recording.length * frameFs) / recording.fs);
  const frameSamples = perFrame.reduce((sum, each) => sum + each, 0);
  const interleaved = new Int32Array(frames * frameSamples);
  const lines = [`${record} ${signals.length} ${number(frameFs)} ${frames}${startOf(recording.startTime)}`];
  let column = 0;
  signals.forEach((signal, index) => {
    const expected = frames * perFrame[index];
    // The last frame of a slice may be cut; more than that is another length.
    if (Math.abs(signal.samples.length - expected) > perFrame[index]) {
      throw new EcgError(
        'bad-shape',
        `writeWfdb: signal ${index} has ${signal.samples.length} samples where the recording has ${expected}`,
      );
    }
    const scale = fitScale(signal, format, options.gain);
    const spread = { frameSamples, column, perFrame: perFrame[index] };
    const { initial, checksum } = toAdcUnits(signal.samples, scale, format, interleaved, frames, spread);
    lines.push(signalLine(`${record}.dat`, format, perFrame[index], signal, scale, initial, checksum));
    column += perFrame[index];
  });
  for (const note of recording.notes) for (const line of note.split(/[\r\n]+/)) lines.push(`# ${line}`);

  const files = new Map<string, Uint8Array<ArrayBuffer>>();
  files.set(`${record}.hea`, new TextEncoder().encode(`${lines.join('\n')}\n`));
  if (signals.length > 0)
    files.set(`${record}.dat`, format === 16 ? pack16(interleaved) : pack212(interleaved));
  if (recording.annotations.length > 0) {
    const resolution = frameFs === recording.fs ? {} : { fs: recording.fs };
    files.set(`${record}.${annotator}`, writeAnnotations(recording.annotations, resolution));
  }
  return files;
}

/** A name of the characters that WFDB allows, from any id. */
function recordName(id: string): string {
  return id.replace(/[^\w-]+/g, '_').slice(0, 80) || 'record';
}

/** The slowest rate of which all others are multiples, and those multiples. */
function framesOf({ fs, signals }: Recording): { frameFs: number; perFrame: number[] } {
  if (signals.length === 0) return { frameFs: fs, perFrame: [] };
  const slowest = signals.reduce((least, signal) => Math.min(least, signal.fs), fs);
  for (let divisor = 1; divisor <= 64; divisor++) {
    const frameFs = slowest / divisor;
    const ratios = signals.map((signal) => signal.fs / frameFs);
    const rounded = ratios.map(Math.round);
    if ([...ratios, fs / frameFs].every((ratio) => Math.abs(ratio - Math.round(ratio)) < 1e-6 * ratio)) {
      return { frameFs, perFrame: rounded };
    }
  }
  throw new EcgError(
    'unsupported',
    `writeWfdb: signals of ${signals.map((each) => each.fs).join(', ')} Hz have no common frame, resample them first`,
  );
}

function signalLine(
  file: string,
  format: number,
  perFrame: number,
  signal: Signal,
  scale: AdcScale,
  initial: number,
  checksum: number,
): string {
  const unit = signal.unit.trim().replace(/\s+/g, '_') || 'NU';
  const lead = signal.lead.replace(/\s+/g, ' ').trim();
  const spf = perFrame === 1 ? '' : `x${perFrame}`;
  const gain = `${number(scale.gain)}(${scale.baseline})/${unit}`;
  return `${file} ${format}${spf} ${gain} ${scale.bits} ${scale.zero} ${initial} ${checksum} 0 ${lead}`.trimEnd();
}

/** The shortest text that reads back as the same number. */
function number(value: number): string {
  return String(value);
}

/** ` hh:mm:ss dd/mm/yyyy` of an ISO 8601 date-time. */
function startOf(startTime: string | undefined): string {
  const match = /^(\d{4})-(\d\d)-(\d\d)T(\d\d:\d\d:\d\d(?:\.\d+)?)/.exec(startTime ?? '');
  return match === null ? '' : ` ${match[4]} ${match[3]}/${match[2]}/${match[1]}`;
}

function pack16(samples: Int32Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(2 * samples.length);
  for (let i = 0, at = 0; i < samples.length; i++) {
    bytes[at++] = samples[i] & 0xff;
    bytes[at++] = (samples[i] >> 8) & 0xff;
  }
  return bytes;
}

function pack212(samples: Int32Array): Uint8Array<ArrayBuffer> {
  // The last sample of an odd number takes two bytes, as the WFDB library writes it.
  const bytes = new Uint8Array(Math.ceil((3 * samples.length) / 2));
  let at = 0;
  for (let i = 0; i < samples.length; i += 2) {
    const first = samples[i];
    const second = i + 1 < samples.length ? samples[i + 1] : 0;
    bytes[at++] = first & 0xff;
    bytes[at++] = ((first >> 8) & 0x0f) | ((second >> 4) & 0xf0);
    if (i + 1 < samples.length) bytes[at++] = second & 0xff;
  }
  return bytes;
}
