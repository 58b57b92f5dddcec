import type { ServerContext } from '../context.js';
import type { RecordingSummary, RecordingView } from '../contract/recordings.js';
import { newestAnalysis } from '../storage/analyses.js';
import { filesOfRecording } from '../storage/recording-files.js';
import type { RecordingRow } from '../storage/recordings.js';

/** A recording as a list shows it. */
export function summaryOf(row: RecordingRow): RecordingSummary {
  return {
    id: row.id,
    createdAt: row.created_at,
    name: row.name,
    status: row.status as RecordingSummary['status'],
    pseudonymised: row.pseudonymised === 1,
    format: row.format,
    fs: row.fs,
    length: row.length,
    durationS: row.duration_s,
    startTime: row.start_time,
    leads: row.leads === null ? null : (JSON.parse(row.leads) as NonNullable<RecordingSummary['leads']>),
    revision: row.revision,
    error:
      row.error_code === null
        ? null
        : {
            code: row.error_code as NonNullable<RecordingSummary['error']>['code'],
            message: row.error_message ?? '',
          },
  };
}

/** A recording with its files, its newest job and its newest analysis. */
export async function viewOf(
  { database, jobs }: Pick<ServerContext, 'database' | 'jobs'>,
  row: RecordingRow,
): Promise<RecordingView> {
  const [files, [job], analysis] = [
    await filesOfRecording(database, row.id),
    await jobs.ofRecording(row.id),
    await newestAnalysis(database, row.id),
  ];
  return {
    ...summaryOf(row),
    files: files.map(({ position, name, bytes, sha256 }) => ({
      position,
      name: row.pseudonymised === 1 ? withoutName(name, position) : name,
      bytes,
      sha256,
    })),
    job: job ?? null,
    analysis: analysis === undefined ? null : { id: analysis.id, createdAt: analysis.created_at },
  };
}

/** What a file is called where its name may say whose it is. */
export function withoutName(name: string, position: number): string {
  return `file-${position}${/\.\w{1,8}$/.exec(name)?.[0] ?? ''}`;
}
