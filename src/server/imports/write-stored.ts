import { open as openFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { EcgError, type RecordingInfo, type RecordingReader, type RunOptions } from '../../core/index.js';
import { sampleAtRate } from '../../formats/index.js';
import { createPyramidWriter } from './pyramid.js';

/** Samples of all signals together that are in memory at once. */
const SLICE = 2 ** 20;
/** Samples of all signals together: 12 leads at 500 Hz for eight days. A time column may claim any number. */
const MOST_SAMPLES = 2 ** 32;

export const INFO_FILE = 'info.json';
export const PYRAMID_FILE = 'pyramid';

/**
 * Writes a recording as the server keeps it: its description as JSON, and its samples with their extremes.
 *
 * @param describe  what is kept of the description, with all warnings that reading brought to light
 * @returns         the description as it was written
 * @throws EcgError `unsupported` without a signal, or with more samples than can be kept; `bad-format` when no sample
 *   is a number
 */
export async function writeStored(
  reader: RecordingReader,
  folder: string,
  describe: (info: RecordingInfo) => RecordingInfo,
  options: RunOptions,
): Promise<RecordingInfo> {
  const { info } = reader;
  const where = `${info.format}: ${info.id}`;
  if (info.signals.length === 0 || info.length === 0)
    throw new EcgError('unsupported', `${where} holds no signal, only marks; send the signal too`);
  const counts = info.signals.map(({ fs }) => sampleAtRate(info.length, fs, info.fs));
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (!(total <= MOST_SAMPLES))
    throw new EcgError(
      'unsupported',
      `${where} has ${total} samples in all, at most ${MOST_SAMPLES} are kept: check its times, or send it in parts`,
    );
  const warnings = new Set(info.warnings);
  const file = await openFile(join(folder, PYRAMID_FILE), 'w');
  try {
    const pyramid = await createPyramidWriter(counts, async (bytes, at) => {
      for (let done = 0; done < bytes.length; ) {
        const { bytesWritten } = await file.write(bytes, done, bytes.length - done, at + done);
        done += bytesWritten;
      }
    });
    const step = Math.max(1, Math.floor((SLICE * info.length) / total));
    let found = false;
    for (let from = 0; from < info.length; from += step) {
      const to = Math.min(info.length, from + step);
      const slice = await reader.read(
        { from, to },
        options.signal === undefined ? {} : { signal: options.signal },
      );
      for (const [lead, { samples }] of slice.signals.entries()) {
        found ||= samples.some((sample) => !Number.isNaN(sample));
        await pyramid.append(lead, samples);
      }
      for (const warning of slice.warnings) warnings.add(warning);
      options.onProgress?.({ stage: 'read', done: to, total: info.length });
    }
    if (!found) throw new EcgError('bad-format', `${where} holds no valid sample in any of its signals`);
    await pyramid.finish();
  } finally {
    await file.close();
  }
  const kept = describe({ ...info, warnings: [...warnings] });
  await writeFile(join(folder, INFO_FILE), JSON.stringify(kept));
  return kept;
}
