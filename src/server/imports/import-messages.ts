import type { RecordingInfo } from '../../core/index.js';
import type { OpenOptions } from '../../formats/index.js';
import type { NamedFile } from '../jobs/job-service.js';

/** What the process that imports is asked. */
export interface ImportTask {
  readonly files: readonly NamedFile[];
  /** An empty folder for what it writes. */
  readonly folder: string;
  readonly options: Omit<OpenOptions, 'signal' | 'onProgress'>;
  readonly pseudonymise: boolean;
  /** What a pseudonymised recording is called. */
  readonly recordingId: string;
}

/** What a list of recordings shows of one. */
export type ImportedSummary = Omit<RecordingInfo, 'annotations' | 'gaps' | 'notes' | 'warnings'>;

/** What the process that imports says. */
export type ImportMessage =
  | { readonly kind: 'ready' }
  /** 0…1. */
  | { readonly kind: 'progress'; readonly done: number }
  | { readonly kind: 'imported'; readonly summary: ImportedSummary }
  | { readonly kind: 'failed'; readonly code: string | null; readonly message: string };
