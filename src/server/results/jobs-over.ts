import type { JobService } from '../jobs/job-service.js';

/** Waits until a recording has no job waiting or under way, at most so many seconds; importing makes the next one. */
export async function jobsOver(
  jobs: Pick<JobService, 'ofRecording' | 'wait'>,
  recordingId: string,
  seconds: number,
  signal: AbortSignal,
): Promise<void> {
  const until = performance.now() + 1000 * seconds;
  for (;;) {
    const open = (await jobs.ofRecording(recordingId)).find(
      ({ status }) => status === 'queued' || status === 'running',
    );
    const left = until - performance.now();
    if (open === undefined || left <= 0 || signal.aborted) return;
    await jobs.wait(open.id, left, signal);
  }
}
