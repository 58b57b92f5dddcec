import { type FileHandle, mkdir, open } from 'node:fs/promises';
import { join } from 'node:path';
import { INVALID_INT16, leadsOf, type StreamFormat } from '../../contract/stream-chunk.js';
import { readSampleLog } from '../log/sample-log.js';

/** A stream that has ended, and where its WFDB record goes. */
export interface RecordToWrite {
  readonly folder: string;
  readonly format: StreamFormat;
  readonly samples: number;
  /** ISO 8601. */
  readonly startTime: string | null;
  /** Folder of the files, and their stem. */
  readonly target: string;
  readonly name: string;
}

/** Of what was no `int16`: ADC units per mV, where the values allow it. */
const USUAL_GAIN = 1000;
const LIMIT = 32767;
/** Samples of a gap that are written at a time. */
const GAP_PIECE = 65_536;

/**
 * Writes the log of a stream as a WFDB record of format 16: `NAME.hea` and `NAME.dat`, piece by piece.
 *
 * `int16` samples keep their integers; `float32` ones are rounded to 1/1000 mV, or coarser where they exceed 32 mV.
 * Gaps and invalid samples are the format's invalid code.
 *
 * Source: WFDB Applications Guide, header(5), signal(5).
 */
export async function writeRecord(record: RecordToWrite): Promise<void> {
  const { format, target, name } = record;
  await mkdir(target, { recursive: true });
  const { gain, baseline } =
    format.format === 'int16' ? format : { gain: await fittingGain(record), baseline: 0 };
  const leads = format.leads.length;
  const sums = new Int32Array(leads);
  const initial = new Int32Array(leads);
  let written = 0;
  const data = await open(join(target, `${name}.dat`), 'w');
  try {
    for await (const stored of storedPieces(record, gain)) {
      if (written === 0) for (let lead = 0; lead < leads; lead++) initial[lead] = stored[lead];
      for (let i = 0; i < stored.length; i++) sums[i % leads] = (sums[i % leads] + stored[i]) | 0;
      await writeAll(data, littleEndian(stored));
      written += stored.length / leads;
    }
    await data.datasync();
  } finally {
    await data.close();
  }
  const lines = [
    `${name} ${leads} ${format.fs} ${written}${startOf(record.startTime)}`,
    ...format.leads.map((lead, i) => {
      const checksum = (sums[i] << 16) >> 16;
      return `${name}.dat 16 ${gain}(${baseline})/mV 16 0 ${initial[i]} ${checksum} 0 ${lead}`;
    }),
  ];
  const header = await open(join(target, `${name}.hea`), 'w');
  try {
    await header.writeFile(`${lines.join('\n')}\n`);
    await header.datasync();
  } finally {
    await header.close();
  }
}

/** ADC units of all leads side by side, piece by piece, without a hole. */
async function* storedPieces(record: RecordToWrite, gain: number): AsyncGenerator<Int16Array> {
  const { folder, format, samples } = record;
  const leads = format.leads.length;
  for await (const { count, bytes } of readSampleLog(folder, format, 0, samples)) {
    if (bytes === null) {
      for (let left = count; left > 0; left -= GAP_PIECE)
        yield new Int16Array(Math.min(left, GAP_PIECE) * leads).fill(INVALID_INT16);
      continue;
    }
    const stored = new Int16Array(count * leads);
    if (format.format === 'int16') {
      const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      for (let i = 0; i < stored.length; i++) stored[i] = view.getInt16(2 * i, true);
    } else {
      leadsOf({ count, bytes }, format).forEach((lead, l) => {
        for (let i = 0; i < count; i++)
          stored[i * leads + l] = Number.isNaN(lead[i]) ? INVALID_INT16 : Math.round(lead[i] * gain);
      });
    }
    yield stored;
  }
}

/** The usual gain, or the highest power of two with which the greatest value fits. */
async function fittingGain({ folder, format, samples }: RecordToWrite): Promise<number> {
  let highest = 0;
  for await (const { count, bytes } of readSampleLog(folder, format, 0, samples)) {
    if (bytes === null) continue;
    for (const lead of leadsOf({ count, bytes }, format))
      for (const value of lead) if (Math.abs(value) > highest) highest = Math.abs(value);
  }
  return highest * USUAL_GAIN <= LIMIT ? USUAL_GAIN : 2 ** Math.floor(Math.log2(LIMIT / highest));
}

/** ` hh:mm:ss dd/mm/yyyy` of an ISO 8601 date-time. */
function startOf(startTime: string | null): string {
  const match = /^(\d{4})-(\d\d)-(\d\d)T(\d\d:\d\d:\d\d(?:\.\d+)?)/.exec(startTime ?? '');
  return match === null ? '' : ` ${match[4]} ${match[3]}/${match[2]}/${match[1]}`;
}

function littleEndian(stored: Int16Array): Uint8Array {
  const bytes = new Uint8Array(2 * stored.length);
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < stored.length; i++) view.setInt16(2 * i, stored[i], true);
  return bytes;
}

async function writeAll(file: FileHandle, bytes: Uint8Array): Promise<void> {
  let at = 0;
  while (at < bytes.length) at += (await file.write(bytes, at, bytes.length - at)).bytesWritten;
}
