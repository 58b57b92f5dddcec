import type { Annotation } from './annotation.js';
import type { RunOptions } from './run.js';

/** How stored integers become physical units: `value = (adcUnits − baseline) / gain`. */
export interface AdcScale {
  /** ADC units per physical unit. */
  readonly gain: number;
  /** ADC units at 0 physical units. */
  readonly baseline: number;
  /** ADC units at the middle of the converter's range. */
  readonly zero: number;
  /** Resolution in bits; 0 when unknown. */
  readonly bits: number;
}

/** One signal of a recording, without its samples. */
export interface SignalInfo {
  /** The name as the file gives it: `MLII`, `V1`, `ECG1`, `Lead I`. */
  readonly lead: string;
  /** `mV` for every ECG signal, whatever the file used; otherwise the file's own unit (`mmHg`). */
  readonly unit: string;
  /** Samples a second of this signal; differs from the recording's in EDF and multi-rate WFDB. */
  readonly fs: number;
  readonly adc?: AdcScale;
}

/** One signal with its samples. */
export interface Signal extends SignalInfo {
  /** In `unit`; NaN where the file marks the sample invalid or a gap lies. */
  readonly samples: Float32Array;
}

/** A stretch without data, in samples of the recording's `fs`; `to` is exclusive. */
export interface Gap {
  readonly from: number;
  readonly to: number;
}

/** All that is known of a recording before its samples are read. Plain data. */
export interface RecordingInfo {
  /** Record name, or the file's name without its extension. */
  readonly id: string;
  /** The format it was read from: `wfdb`, `edf`, `bdf`, `fhir`, `json`, `csv`, `synthetic`. */
  readonly format: string;
  /** Hz: the time base of `length`, `annotations` and `gaps`; the highest `fs` of its ECG signals. */
  readonly fs: number;
  /** Samples at `fs`. */
  readonly length: number;
  readonly signals: readonly SignalInfo[];
  /** Ascending in `sample`; empty when the file holds none. */
  readonly annotations: readonly Annotation[];
  /** Stretches without data, ascending, kept as time and never joined. */
  readonly gaps: readonly Gap[];
  /** ISO 8601 local date-time of sample 0 (`2020-05-18T15:48:11`), where known. */
  readonly startTime?: string;
  /** Free text of the file: WFDB `#` lines, EDF patient and recording fields, CSV metadata. */
  readonly notes: readonly string[];
  /** What is odd but readable, a sentence each: a bad checksum, a truncated tail, a guessed gain. */
  readonly warnings: readonly string[];
}

/** A recording, or a slice of one, with its samples. Plain data. */
export interface Recording extends Omit<RecordingInfo, 'signals'> {
  readonly signals: readonly Signal[];
  /** Where this slice begins, in samples of the whole recording; `annotations` and `gaps` are relative to it. */
  readonly offset: number;
}

/** What to read; all of it when omitted. */
export interface ReadRange {
  /** First sample at the recording's `fs`, ≥ 0. */
  readonly from?: number;
  /** One past the last sample; clipped to the recording's length. */
  readonly to?: number;
  /** Indices into `info.signals`, in the wanted order. */
  readonly signals?: readonly number[];
}

/** An open recording: its description at once, its samples on demand, never all in memory. */
export interface RecordingReader {
  readonly info: RecordingInfo;
  /**
   * The samples of a range.
   * @throws EcgError `bad-option` for a range outside the recording; `bad-format` for data that contradicts
   *   the header; `cancelled` when `options.signal` fires
   */
  read(range?: ReadRange, options?: RunOptions): Promise<Recording>;
  /** Frees the file; later reads throw. */
  close(): Promise<void>;
}
