import type { ErrorCode, EventStrip } from '../../core/index.js';
import type { PdfOptions } from './document.js';
import type { PackedAnalysis } from './pack.js';

/** What the thread is given to lay out. */
export interface PdfRequest {
  readonly packed: PackedAnalysis;
  readonly strips: readonly EventStrip[];
  readonly options: PdfOptions;
}

/** The report, or why there is none. */
export type PdfAnswer =
  | { readonly kind: 'done'; readonly bytes: Uint8Array }
  | { readonly kind: 'failed'; readonly code: ErrorCode | undefined; readonly message: string };
