/** A process ended in the middle of a job, and not because it was told to. The job may be tried again. */
export class WorkerDied extends Error {
  override readonly name = 'WorkerDied';
}
