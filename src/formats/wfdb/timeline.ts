import type { AdcScale, Gap, SignalInfo } from '../../core/index.js';
import type { ByteSource } from '../source.js';
import { calibrate } from './calibration.js';
import type { Header } from './header.js';
import { closeSegment, openSegment, type Segment } from './segment.js';

/** A stretch of the record that one segment fills. */
export interface Part {
  /** Frames of the whole record. */
  readonly start: number;
  readonly frames: number;
  /** For each signal of the record its place and scale in the segment, or undefined where the segment lacks it. */
  readonly signals: readonly ({ readonly index: number; readonly scale: AdcScale } | undefined)[];
  /** The segment, its files open. */
  open(): Promise<Segment>;
}

/** The record as parts along the time axis. */
export interface Timeline {
  readonly signals: readonly SignalInfo[];
  readonly samplesPerFrame: readonly number[];
  readonly frames: number;
  /** Ascending; what none of them covers has no samples. */
  readonly parts: readonly Part[];
  /** In frames. */
  readonly gaps: readonly Gap[];
  /** Notes of the segments' own headers. */
  readonly notes: readonly string[];
  close(): Promise<void>;
}

/** A record in one piece. */
export async function openPlain(
  header: Header,
  source: ByteSource,
  frameFs: number,
  warnings: string[],
): Promise<Timeline> {
  const segment = await openSegment(header, source.name, (name) => source.sibling(name));
  warnings.push(...segment.warnings);
  const signals = header.signals.map((line, i) => calibrate(line, frameFs, i, warnings));
  const part: Part = {
    start: 0,
    frames: segment.frames,
    signals: signals.map(({ adc }, index) => ({ index, scale: adc! })),
    open: async () => segment,
  };
  return {
    signals,
    samplesPerFrame: header.signals.map((line) => line.samplesPerFrame),
    frames: segment.frames,
    parts: [part],
    gaps: [],
    notes: [],
    close: () => closeSegment(segment),
  };
}
