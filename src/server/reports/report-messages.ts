import type { ErrorCode } from '../../core/index.js';
import type { WriteFhirOptions } from '../../formats/index.js';
import type { FhirReportOptions } from '../../report/index.js';

/** A recording as it is stored, for threads that open it themselves. */
export interface StoredRecording {
  /** Of the `RecordingInfo` as JSON, and of the pyramid with its samples. */
  readonly infoPath: string;
  readonly pyramidPath: string;
}

/** What a thread of reports is to write. */
export type ReportRequest = StoredRecording &
  (
    | { readonly kind: 'html' | 'pdf'; readonly analysis: Uint8Array }
    | { readonly kind: 'fhir-report'; readonly analysis: Uint8Array; readonly options: FhirReportOptions }
    | {
        readonly kind: 'fhir-observation';
        readonly options: WriteFhirOptions;
        readonly range: { readonly from?: number; readonly to?: number };
      }
  );

/** One piece of what it writes, the end of it, or why there is none; each answers one `next`. */
export type ReportAnswer =
  | { readonly kind: 'piece'; readonly bytes: Uint8Array }
  | { readonly kind: 'end' }
  | { readonly kind: 'failed'; readonly code: ErrorCode | undefined; readonly message: string };
