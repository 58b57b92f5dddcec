import type { Analysis, ErrorCode, EventStrip } from '../../core/index.js';
import type { PdfOptions } from './document.js';

/** What the thread is given to lay out. */
export interface PdfRequest {
  readonly analysis: Analysis;
  readonly strips: readonly EventStrip[];
  readonly options: PdfOptions;
}

/** The report, or why there is none. */
export type PdfAnswer =
  | { readonly kind: 'done'; readonly bytes: Uint8Array }
  | { readonly kind: 'failed'; readonly code: ErrorCode | undefined; readonly message: string };
