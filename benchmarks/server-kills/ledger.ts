/** A recording as it was sent. */
export interface SentRecording {
  /** What makes a repeated request the same. */
  readonly key: string;
  readonly files: ReadonlyMap<string, Uint8Array>;
  /** Set once it was acknowledged. */
  id?: string;
  /** Whether its beats were shown. */
  analysed?: boolean;
  /** Whether the server was asked to make it of its uploads, and so may have used them up. */
  asked?: boolean;
}

/** A resumable upload. */
export interface SentUpload {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** Address, once it was acknowledged. */
  address?: string;
  /** Bytes that were acknowledged. */
  acknowledged: number;
  /** The recording made of it. */
  readonly recording: SentRecording;
}

/** Corrections of one recording, as they were acknowledged. */
export interface SentCorrection {
  readonly recording: string;
  readonly revision: number;
  /** JSON of the changes. */
  readonly changes: string;
}

/** A live stream. */
export interface SentStream {
  readonly device: string;
  /** One array a lead. */
  readonly leads: readonly Float32Array[];
  id?: string;
  /** Samples that were acknowledged. */
  acknowledged: number;
  /** JSON of every event by its number. */
  readonly events: Map<number, string>;
  /** The recording it became. */
  recording?: string;
}

/** All that a server acknowledged: what it must still hold whatever happens to its process. */
export interface Ledger {
  readonly recordings: SentRecording[];
  readonly uploads: SentUpload[];
  readonly corrections: SentCorrection[];
  readonly streams: SentStream[];
  /** What was promised and not held, a sentence each. */
  readonly lost: string[];
}

export const emptyLedger = (): Ledger => ({
  recordings: [],
  uploads: [],
  corrections: [],
  streams: [],
  lost: [],
});
