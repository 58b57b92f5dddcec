import type { ServerContext } from '../context.js';
import type { RecordingRow } from '../storage/recordings.js';
import type { StoredRecording } from './report-messages.js';

/** Where a recording is stored, or why it cannot be read yet, or ever. */
export function storedRecording(
  { blobs }: Pick<ServerContext, 'blobs'>,
  { status, info_sha256: info, pyramid_sha256: pyramid, error_message }: RecordingRow,
): StoredRecording | { readonly reason: string; readonly retryAfterS?: number } {
  if (info !== null && pyramid !== null)
    return { infoPath: blobs.path(info), pyramidPath: blobs.path(pyramid) };
  if (status === 'failed') return { reason: `it could not be read: ${error_message ?? 'upload it again'}` };
  return { reason: 'it is still being read; ask again', retryAfterS: 2 };
}
