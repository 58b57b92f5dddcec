import type { ResumePoint } from '../../../analysis/index.js';
import type { StreamEvent } from '../../../core/index.js';
import type { StreamFormat } from '../../contract/stream-chunk.js';
import type { RecordToWrite } from '../record/write-record.js';

/** How a thread of analysers is set up. */
export interface AnalysisSettings {
  /** Whether the networks of the package listen; without them beats have no class and some rhythms stay open. */
  readonly networks: boolean;
}

/** A stream to hear, from its begin or again from its log. */
export interface StreamToHear {
  readonly format: StreamFormat;
  /** Of its log. */
  readonly folder: string;
  /** Samples that the log holds: they are read from there, later ones follow as messages. */
  readonly held: number;
  readonly resume: ResumePoint | null;
  /** 0…1: when its windows are looked at, so that streams begun together take turns. */
  readonly phase: number;
}

/** What a thread is told; `stream` is a number that is used once. */
export type AnalysisRequest =
  | { readonly kind: 'hear'; readonly stream: number; readonly what: StreamToHear }
  | {
      readonly kind: 'samples';
      readonly stream: number;
      readonly count: number;
      /** Null for a gap. */
      readonly bytes: Uint8Array | null;
    }
  | { readonly kind: 'end'; readonly stream: number }
  | { readonly kind: 'forget'; readonly stream: number }
  | { readonly kind: 'write'; readonly stream: number; readonly record: RecordToWrite }
  /** End, but not in the middle of a network: that would end the whole process. No stream has the number 0. */
  | { readonly kind: 'close'; readonly stream: 0 };

/** What a thread tells. */
export type AnalysisReport =
  | {
      readonly kind: 'told';
      readonly stream: number;
      readonly events: readonly StreamEvent[];
      readonly resume: ResumePoint;
    }
  /** Samples heard so far, by stream. */
  | { readonly kind: 'heard'; readonly heard: readonly (readonly [stream: number, samples: number])[] }
  | { readonly kind: 'ended'; readonly stream: number }
  | { readonly kind: 'written'; readonly stream: number }
  /** This stream is not heard any more; its samples are stored all the same. */
  | { readonly kind: 'failed'; readonly stream: number; readonly message: string };
