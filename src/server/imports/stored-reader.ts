import { EcgError, type RecordingInfo, type RecordingReader, throwIfCancelled } from '../../core/index.js';
import { resolveRange, sampleAtRate, sliceOf } from '../../formats/index.js';
import { type Pyramid, readSamples } from './pyramid.js';

/**
 * A recording that was imported: its description and its samples as the import found them, without its files being
 * parsed again. What the import left out of the description (names, dates) nobody sees who reads through it.
 *
 * @param close  frees what the pyramid reads from, where something has to be
 */
export function storedReader(
  info: RecordingInfo,
  pyramid: Pyramid,
  close: () => Promise<void> = async () => {},
): RecordingReader {
  let open = true;
  return {
    info,
    read: async (range, options) => {
      if (!open) throw new EcgError('bad-option', `recording: ${info.id} is closed, open it again`);
      throwIfCancelled(options, 'recording');
      const resolved = resolveRange(info, range);
      const signals = await Promise.all(
        resolved.signals.map(async (lead) => {
          const { fs } = info.signals[lead];
          const from = sampleAtRate(resolved.from, fs, info.fs);
          const to = sampleAtRate(resolved.to, fs, info.fs);
          return { ...info.signals[lead], samples: await readSamples(pyramid, lead, from, to) };
        }),
      );
      return sliceOf(info, resolved, signals);
    },
    close: async () => {
      open = false;
      await close();
    },
  };
}
