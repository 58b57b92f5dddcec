import {
  breathe,
  EcgError,
  type ReadRange,
  type Recording,
  type RecordingInfo,
  type RecordingReader,
  type RunOptions,
  type Signal,
} from '../../core/index.js';
import { resolveRange, sampleAtRate, sliceOf } from '../range.js';
import type { ByteSource } from '../source.js';
import { readSegment, type Wanted } from './segment-read.js';
import type { Timeline } from './timeline.js';

/** An open WFDB record: a `RecordingReader` that also gives the stored integers. */
export interface WfdbReader extends RecordingReader {
  /**
   * The stored integers of a range, one array a wanted signal, in ADC units of that signal's segment.
   * Invalid samples keep the format's code; gaps and missing tails are 0.
   * @throws EcgError as `read`
   */
  readAdc(range?: ReadRange, options?: RunOptions): Promise<Int32Array[]>;
}

/** The samples of a record's timeline on demand. */
export function readerOf(info: RecordingInfo, source: ByteSource, timeline: Timeline): WfdbReader {
  let closed = false;
  // What reading brought to light, told by every slice from then on.
  const found = new Set<string>();
  // One read at a time: segments share file handles, and difference streams a position.
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(task: () => Promise<T>): Promise<T> => {
    const result = last.then(() => {
      if (closed) throw new EcgError('bad-option', `wfdb: ${info.id} is closed, open it again`);
      return task();
    });
    last = result.catch(() => {});
    return result;
  };

  const load = async (range: ReadRange | undefined, options: RunOptions | undefined, adc: boolean) => {
    const resolved = resolveRange(info, range);
    const bounds = resolved.signals.map((index) => {
      const { fs } = info.signals[index];
      return { from: sampleAtRate(resolved.from, fs, info.fs), to: sampleAtRate(resolved.to, fs, info.fs) };
    });
    const outs = bounds.map(({ from, to }) => new Float32Array(adc ? 0 : to - from));
    // Gaps have no part that fills them.
    if (timeline.gaps.length > 0) for (const out of outs) out.fill(Number.NaN);
    const adcOuts = bounds.map(({ from, to }) => new Int32Array(adc ? to - from : 0));
    const total = bounds.reduce((sum, { from, to }) => sum + to - from, 0);
    const warnings: string[] = [];
    let done = 0;
    let paused = performance.now();
    const advance = async (samples: number) => {
      done = Math.min(total, done + samples);
      options?.onProgress?.({ stage: 'read', done, total });
      // A long read from memory must still let a page paint and a cancel arrive.
      if (performance.now() - paused > 50) {
        await breathe();
        paused = performance.now();
      }
    };
    for (const part of timeline.parts) {
      const wanted: Wanted[] = [];
      resolved.signals.forEach((index, k) => {
        const perFrame = timeline.samplesPerFrame[index];
        const start = part.start * perFrame;
        const from = Math.max(bounds[k].from, start);
        const to = Math.min(bounds[k].to, (part.start + part.frames) * perFrame);
        if (from >= to) return;
        const outAt = from - bounds[k].from;
        const mapped = part.signals[index];
        if (mapped === undefined) {
          if (!adc) outs[k].fill(Number.NaN, outAt, outAt + to - from);
          return;
        }
        wanted.push({
          signal: mapped.index,
          from: from - start,
          to: to - start,
          out: outs[k],
          outAt,
          scale: mapped.scale,
          ...(adc && { adcOut: adcOuts[k] }),
        });
      });
      if (wanted.length === 0) continue;
      await readSegment(await part.open(), wanted, warnings, options, advance);
    }
    for (const warning of warnings) found.add(warning);
    return { resolved, outs, adcOuts };
  };

  return {
    info,
    read: (range, options) =>
      inTurn(async (): Promise<Recording> => {
        const { resolved, outs } = await load(range, options, false);
        const signals = resolved.signals.map(
          (index, k): Signal => ({ ...info.signals[index], samples: outs[k] }),
        );
        const slice = sliceOf(info, resolved, signals);
        return found.size === 0 ? slice : { ...slice, warnings: [...info.warnings, ...found] };
      }),
    readAdc: (range, options) => inTurn(async () => (await load(range, options, true)).adcOuts),
    close: async () => {
      if (closed) return;
      await last;
      closed = true;
      await timeline.close();
      await source.close();
    },
  };
}
