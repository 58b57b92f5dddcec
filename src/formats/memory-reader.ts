import {
  EcgError,
  type RecordingInfo,
  type RecordingReader,
  type Signal,
  throwIfCancelled,
} from '../core/index.js';
import { resolveRange, sampleAtRate, sliceOf } from './range.js';
import type { ByteSource } from './source.js';

/** Parses a text that is JSON; `where` is what messages begin with. */
export function parseJson(bytes: Uint8Array, where: string): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch (cause) {
    throw new EcgError('bad-format', `${where} is no valid JSON: ${(cause as Error).message}`, { cause });
  }
}

/**
 * Samples at `fs`: `least`, or as many as the longest signal has; shorter signals end in NaN, and a warning each says so.
 *
 * @param where  for messages: format and file
 * @throws EcgError `bad-format` for a length that no file has
 */
export function lengthOfSignals(
  signals: readonly Signal[],
  fs: number,
  {
    least = 0,
    where,
    warnings,
  }: { readonly least?: number; readonly where: string; readonly warnings: string[] },
): number {
  const length = Math.max(
    least,
    ...signals.map(({ samples, fs: own }) => Math.round((samples.length * fs) / own)),
  );
  if (!Number.isSafeInteger(length))
    throw new EcgError('bad-format', `${where} has an impossible length of ${length}`);
  for (const { lead, samples, fs: own } of signals) {
    const missing = sampleAtRate(length, own, fs) - samples.length;
    if (missing > 0)
      warnings.push(`Signal ${lead.slice(0, 60)} ends ${missing} samples early; they are NaN.`);
  }
  return length;
}

/**
 * The open recording of a file whose signals are all in memory; beyond their end they are NaN.
 *
 * @param signals  whole, those that `info` describes
 * @param where    for messages: format and file
 */
export function memoryReader(
  info: RecordingInfo,
  signals: readonly Signal[],
  source: ByteSource,
  where: string,
): RecordingReader {
  let open = true;
  return {
    info,
    read: async (range, run) => {
      if (!open) throw new EcgError('bad-option', `${where} is closed, open it again`);
      throwIfCancelled(run, where);
      const resolved = resolveRange(info, range);
      const slices = resolved.signals.map((index): Signal => {
        const signal = signals[index] as Signal;
        const from = sampleAtRate(resolved.from, signal.fs, info.fs);
        const to = sampleAtRate(resolved.to, signal.fs, info.fs);
        const samples = new Float32Array(to - from).fill(Number.NaN);
        samples.set(signal.samples.subarray(from, to));
        return { ...signal, samples };
      });
      return sliceOf(info, resolved, slices);
    },
    close: async () => {
      open = false;
      await source.close();
    },
  };
}
