import type { Correction, ErrorCode } from '../../core/index.js';
import type { OpenOptions } from '../../formats/index.js';
import type { NamedFile } from '../jobs/job-service.js';

/** Which beats are wanted. */
export interface BeatFilter {
  readonly from?: number;
  readonly to?: number;
  readonly class?: readonly string[];
  readonly uncertain?: boolean;
  readonly limit: number;
}

/** An analysis as it is stored, and what people corrected since. */
export interface ResultSource {
  /** Of the stored analysis, whose name tells its content. */
  readonly path: string;
  readonly sha256: string;
  readonly corrections: readonly Correction[];
}

/** What the thread of results is asked. */
export type ResultRequest =
  | { readonly id: number; readonly kind: 'sample' }
  | { readonly id: number; readonly kind: 'json' | 'episodes' | 'annotations'; readonly source: ResultSource }
  | {
      readonly id: number;
      readonly kind: 'beats';
      readonly source: ResultSource;
      readonly filter: BeatFilter;
    }
  | { readonly id: number; readonly kind: 'check'; readonly source: ResultSource; readonly last: Correction }
  | {
      readonly id: number;
      readonly kind: 'report';
      readonly json: Uint8Array;
      readonly files: readonly NamedFile[];
      readonly options: OpenOptions;
    }
  | {
      readonly id: number;
      readonly kind: 'file-annotations';
      readonly path: string;
      readonly offset: number;
      readonly limit: number;
    };

/** What it answers. */
export type ResultAnswer =
  | { readonly id: number; readonly kind: 'bytes'; readonly bytes: Uint8Array }
  | {
      readonly id: number;
      readonly kind: 'failed';
      readonly code: ErrorCode | undefined;
      readonly message: string;
      /** That later corrections rest on what was to be undone. */
      readonly conflict?: boolean;
    };
