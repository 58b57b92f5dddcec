import { EcgError } from '../../core/index.js';
import { edfStart } from './start.js';

/** One signal as its header fields say; the annotation channels of EDF+ are signals too. */
export interface EdfSignal {
  readonly label: string;
  readonly unit: string;
  readonly physicalMin: number;
  readonly physicalMax: number;
  readonly digitalMin: number;
  readonly digitalMax: number;
  readonly samplesPerRecord: number;
  /** Bytes from the beginning of a data record to this signal's samples. */
  readonly byteOffset: number;
  readonly isAnnotation: boolean;
}

/** What an EDF or BDF header holds, its numbers checked. */
export interface EdfHeader {
  readonly format: 'edf' | 'bdf';
  /** `plain` without an EDF+ mark; `discontinuous` when records carry their own times with gaps between. */
  readonly timing: 'plain' | 'continuous' | 'discontinuous';
  /** 2 (EDF) or 3 (BDF). */
  readonly bytesPerSample: 2 | 3;
  readonly headerBytes: number;
  readonly recordBytes: number;
  /** s; 0 in a file that holds annotations only. */
  readonly recordDuration: number;
  /** Data records that lie in the file; the last may be cut short. */
  readonly records: number;
  /** ms since 1970 as if local time were UTC, where the file knows its date. */
  readonly startMs: number | undefined;
  readonly signals: readonly EdfSignal[];
  readonly notes: readonly string[];
  readonly warnings: readonly string[];
}

/** Bytes of the fixed part, and again of the part of each signal. */
const BLOCK = 256;

/**
 * Whether the bytes begin as EDF (`0` and seven blanks) or BDF (255 and `BIOSEMI`) does.
 *
 * Source: Kemp et al., Electroenceph. Clin. Neurophysiol. 82:391–393, 1992 (EDF); biosemi.com/faq/file_format.htm.
 */
export function edfKind(head: Uint8Array): 'edf' | 'bdf' | undefined {
  const first = text(head, 0, Math.min(head.length, BLOCK));
  if (first.startsWith('\xffBIOSEMI')) return 'bdf';
  return first.startsWith('0       ') && !/[\r\n]/.test(first) ? 'edf' : undefined;
}

/**
 * The header of an EDF, EDF+, BDF or BDF+ file.
 *
 * @param bytes    the beginning of the file, with the whole header if the file holds it (see `edfHeaderBytes`)
 * @param fileSize bytes of the whole file, for a record count the header does not know
 * @throws EcgError `bad-format` for a header that is cut short or whose numbers make no recording
 */
export function parseEdfHeader(bytes: Uint8Array, fileSize: number, name: string): EdfHeader {
  const format = edfKind(bytes) ?? 'edf';
  const fault = (what: string) => new EcgError('bad-format', `${format}: ${what} (${name})`);
  const warnings: string[] = [];
  const count = signalCount(bytes, name);
  const headerBytes = BLOCK * (count + 1);
  if (bytes.length < headerBytes) {
    throw fault(`the header of ${count} signals takes ${headerBytes} bytes, the file has ${fileSize}`);
  }
  const statedHeader = numberIn(text(bytes, 184, 8));
  if (statedHeader !== headerBytes) {
    warnings.push(
      `The header says it is ${text(bytes, 184, 8).trim()} bytes long; ${count} signals make ${headerBytes}.`,
    );
  }
  const recordDuration = numberIn(text(bytes, 244, 8));
  if (!(recordDuration >= 0)) {
    throw fault(
      `the duration of a data record is ${JSON.stringify(text(bytes, 244, 8).trim())}, it has to be 0 s or more`,
    );
  }
  const bytesPerSample = format === 'bdf' ? 3 : 2;
  const signals = parseSignals(bytes, count, bytesPerSample, fault);
  const last = signals[signals.length - 1] as EdfSignal;
  const recordBytes = last.byteOffset + last.samplesPerRecord * bytesPerSample;
  if (recordDuration === 0 && signals.some((signal) => !signal.isAnnotation)) {
    throw fault('the duration of a data record is 0 s, so its signals have no sampling frequency');
  }
  const reserved = text(bytes, 192, 44);
  const start = edfStart(text(bytes, 168, 8), text(bytes, 176, 8), text(bytes, 88, 80));
  const patient = text(bytes, 8, 80).trim();
  const recording = text(bytes, 88, 80).trim();
  return {
    format,
    timing: /^(EDF|BDF)\+D/.test(reserved)
      ? 'discontinuous'
      : /^(EDF|BDF)\+C/.test(reserved)
        ? 'continuous'
        : 'plain',
    bytesPerSample,
    headerBytes,
    recordBytes,
    recordDuration,
    records: recordCount(numberIn(text(bytes, 236, 8)), fileSize - headerBytes, recordBytes, warnings),
    startMs: start.ms,
    signals,
    notes: [
      ...(patient ? [`patient: ${patient}`] : []),
      ...(recording ? [`recording: ${recording}`] : []),
      ...start.notes,
    ],
    warnings: [...warnings, ...start.warnings],
  };
}

/**
 * Bytes of the whole header, known from its first 256.
 *
 * @throws EcgError `bad-format` when they are fewer, or the number of signals is none
 */
export function edfHeaderBytes(head: Uint8Array, name: string): number {
  return BLOCK * (signalCount(head, name) + 1);
}

function signalCount(bytes: Uint8Array, name: string): number {
  const format = edfKind(bytes) ?? 'edf';
  if (bytes.length < BLOCK) {
    throw new EcgError(
      'bad-format',
      `${format}: the header is cut short after ${bytes.length} of 256 bytes (${name})`,
    );
  }
  const stated = text(bytes, 252, 4);
  const count = numberIn(stated);
  if (!Number.isInteger(count) || count < 1 || count > 9999) {
    throw new EcgError(
      'bad-format',
      `${format}: the number of signals is ${JSON.stringify(stated.trim())}, it has to be 1…9999 (${name})`,
    );
  }
  return count;
}

function parseSignals(
  bytes: Uint8Array,
  count: number,
  bytesPerSample: number,
  fault: (what: string) => EcgError,
): EdfSignal[] {
  // Each field stands for all signals in turn: 16 bytes of label × count, then 80 of transducer × count, …
  let at = BLOCK;
  const column = (width: number): string[] => {
    const fields = Array.from({ length: count }, (_, i) => text(bytes, at + i * width, width).trim());
    at += width * count;
    return fields;
  };
  const labels = column(16);
  column(80); // transducer
  const units = column(8);
  const [physicalMin, physicalMax, digitalMin, digitalMax] = [column(8), column(8), column(8), column(8)];
  column(80); // prefiltering
  const samples = column(8);
  let byteOffset = 0;
  return labels.map((label, i) => {
    const samplesPerRecord = numberIn(samples[i] as string);
    if (!Number.isInteger(samplesPerRecord) || samplesPerRecord < 1) {
      throw fault(
        `signal ${i} (${label}) has ${JSON.stringify(samples[i])} samples a record, it has to be 1 or more`,
      );
    }
    const signal: EdfSignal = {
      label,
      unit: units[i] as string,
      physicalMin: numberIn(physicalMin?.[i] ?? ''),
      physicalMax: numberIn(physicalMax?.[i] ?? ''),
      digitalMin: numberIn(digitalMin?.[i] ?? ''),
      digitalMax: numberIn(digitalMax?.[i] ?? ''),
      samplesPerRecord,
      byteOffset,
      isAnnotation: label === 'EDF Annotations' || label === 'BDF Annotations',
    };
    byteOffset += samplesPerRecord * bytesPerSample;
    return signal;
  });
}

/** Data records by the header where it can be true, by the size of the file where it cannot. */
function recordCount(stated: number, dataBytes: number, recordBytes: number, warnings: string[]): number {
  const present = Math.max(0, dataBytes) / recordBytes;
  const whole = Math.floor(present);
  if (!Number.isInteger(stated) || stated <= 0) {
    if (present > 0 || stated !== 0) {
      warnings.push(
        `The header does not say how many data records there are; the size of the file makes ${whole}.`,
      );
    }
    if (present > whole) warnings.push('The last data record is cut short and left out.');
    return whole;
  }
  if (present < stated) {
    warnings.push(
      `The file is cut short: it holds ${present.toFixed(2)} of ${stated} data records; missing samples are NaN.`,
    );
    return Math.ceil(present);
  }
  if (present > stated) {
    const extra = dataBytes - stated * recordBytes;
    warnings.push(`${extra} bytes after the last data record are ignored.`);
  }
  return stated;
}

/** A header number; a decimal comma is understood, anything else is NaN. */
function numberIn(field: string): number {
  const trimmed = field.replace(/\0/g, ' ').trim().replace(',', '.');
  return trimmed === '' ? Number.NaN : Number(trimmed);
}

/** Header text byte by byte: it should be ASCII, and Latin-1 where it is not. */
function text(bytes: Uint8Array, offset: number, length: number): string {
  return String.fromCharCode(...bytes.subarray(offset, offset + length));
}
