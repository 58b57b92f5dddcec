import type { ServerContext } from '../context.js';
import type { JOBS_ROUTES } from '../contract/jobs.js';
import { ServiceFault } from '../fault.js';
import type { Handlers } from '../http/handler.js';
import { getRecording } from '../storage/recordings.js';

/** Answers the routes of jobs. */
export function jobsHandlers({ jobs, database, audit }: ServerContext): Handlers<typeof JOBS_ROUTES> {
  return {
    async readJob({ params, query, signal }) {
      const wait = query.wait ?? 0;
      return { body: wait > 0 ? await jobs.wait(params.id, wait * 1000, signal) : await jobs.get(params.id) };
    },

    async cancelJob({ params, actor }) {
      const job = await jobs.cancel(params.id);
      await audit.append(actor, 'job.cancel', job.id, { recording: job.recordingId });
      return { body: job };
    },

    async listJobs({ params, actor }) {
      await getRecording(database, params.id);
      await audit.append(actor, 'job.list', params.id);
      return { body: { jobs: await jobs.ofRecording(params.id) } };
    },

    async analyzeAgain({ params, body, actor }) {
      const recording = await getRecording(database, params.id);
      if (recording.status !== 'ready')
        throw new ServiceFault(
          'conflict',
          recording.status === 'importing'
            ? 'analysis: the recording is still being read, wait for its job'
            : `analysis: the recording could not be read: ${recording.error_message ?? 'upload it again'}`,
        );
      const running = (await jobs.ofRecording(params.id)).find(
        ({ kind, status }) => kind === 'analyze' && (status === 'queued' || status === 'running'),
      );
      if (running !== undefined)
        throw new ServiceFault('conflict', `analysis: it is under way already, as job ${running.id}`);
      const job = await jobs.submit('analyze', recording.id, actor, body);
      await audit.append(actor, 'analysis.create', recording.id, { job: job.id });
      return { status: 202, headers: { location: `/v1/jobs/${job.id}` }, body: job };
    },
  };
}
