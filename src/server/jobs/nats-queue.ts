import {
  AckPolicy,
  DiscardPolicy,
  JetStreamApiError,
  type JetStreamClient,
  type JetStreamManager,
  type JsMsg,
  jetstream,
  jetstreamManager,
  RetentionPolicy,
} from '@nats-io/jetstream';
import { connect, type NatsConnection, nanos } from '@nats-io/transport-node';
import type { Logger } from 'pino';
import { EcgError } from '../../core/index.js';
import { JOB_KINDS, type JobKind, type WorkQueue } from './job.js';
import { createMemoryQueue } from './memory-queue.js';
import { createTurns } from './turns.js';

/** ms after which JetStream hands a job to another worker, unless it hears that the first one still works. */
const ACK_WAIT_MS = 10_000;
/** ms that a worker waits for a job before it asks again. */
const PULL_MS = 5000;
/** JetStream: maximum messages per subject exceeded. */
const WAITS_ALREADY = 10_077;
/** ms between attempts to reach a server, and how long one may take. */
const RECONNECT_MS = 1000;
const CONNECT_MS = 5000;

export interface NatsQueueOptions {
  /** First word of the stream's name and of all subjects: installations that share a server have their own. */
  readonly prefix?: string;
  readonly log: Pick<Logger, 'warn' | 'info'>;
}

/**
 * A work queue on NATS JetStream: one subject a job, so that a job that is announced twice waits once; one durable
 * consumer a kind, shared by all workers; a message is acknowledged after its job has ended in the database.
 *
 * Returns at once, whether the server can be reached or not: it is looked for for ever, and until it is there workers
 * hear of jobs from their own process, which finds them in the database.
 *
 * @param servers  `nats://host:port`, several with commas between
 * @throws EcgError `bad-option` for an address that is none
 */
export function createNatsQueue(
  servers: string,
  { prefix = 'ectopy', log }: NatsQueueOptions,
): WorkQueue & { /** Whether the server can be reached now. */ connected(): boolean } {
  const stream = `${prefix}-jobs`;
  const cancelSubject = `${prefix}.cancel`;
  const subject = (kind: JobKind, id: string) => `${prefix}.jobs.${kind}.${id}`;
  const addresses = servers.split(',').map((each) => each.trim());
  for (const address of addresses)
    if (!/^(nats|tls):\/\/[^\s/]+\/?$/.test(address))
      throw new EcgError('bad-option', 'nats: the address of a server is nats://host:port');

  const takers = new Map<JobKind, { take(jobId: string): Promise<void>; atOnce: number }>();
  const hearing: ((jobId: string) => void)[] = [];
  // While there is no server, workers are told by their own process.
  const local = createMemoryQueue();
  const closing = new AbortController();
  let connection: NatsConnection | undefined;
  let client: JetStreamClient | undefined;
  let up = false;

  const pause = (ms: number) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(done, ms);
      timer.unref();
      closing.signal.addEventListener('abort', done, { once: true });
      function done() {
        clearTimeout(timer);
        closing.signal.removeEventListener('abort', done);
        resolve();
      }
    });

  /** Connects, makes the stream, and consumes; what fails is tried again until the queue is closed. */
  const run = async (): Promise<void> => {
    let told = false;
    while (!closing.signal.aborted) {
      try {
        connection ??= await open(addresses);
        if (closing.signal.aborted) return await connection.close();
        const manager = await jetstreamManager(connection);
        await makeStream(manager, stream, prefix);
        client = jetstream(connection);
        up = true;
        told = false;
        for (const kind of takers.keys()) void consume(kind);
        log.info({ stream }, 'NATS: jobs are queued on JetStream');
        void follow(connection);
        await connection.closed();
        // It ends by itself only where it was refused for good (authorisation): begin again.
        connection = undefined;
      } catch (error) {
        if (!told) log.warn({ error }, 'NATS cannot be reached; jobs run from the database');
        told = true;
        if (connection?.isClosed()) connection = undefined;
      }
      up = false;
      await pause(RECONNECT_MS);
    }
  };

  const follow = async (connected: NatsConnection): Promise<void> => {
    connected.subscribe(cancelSubject, {
      callback: (error, message) => {
        if (error === null) for (const heard of hearing) heard(message.string());
      },
    });
    for await (const { type } of connected.status()) {
      if (type === 'disconnect') {
        up = false;
        log.warn('NATS has gone; jobs run from the database until it is back');
      } else if (type === 'reconnect') {
        // Its storage may be another one.
        await jetstreamManager(connected)
          .then((manager) => makeStream(manager, stream, prefix))
          .catch(() => {});
        up = true;
        log.info('NATS is back');
      }
    }
  };

  /** Hands out jobs of a kind until the connection is closed. */
  const consume = async (kind: JobKind): Promise<void> => {
    const taker = takers.get(kind);
    const mine = connection;
    const jobs = client;
    if (taker === undefined || mine === undefined || jobs === undefined) return;
    const turns = createTurns(taker.atOnce);
    closing.signal.addEventListener('abort', () => turns.close(), { once: true });
    while (!closing.signal.aborted && !mine.isClosed()) {
      try {
        const consumer = await makeConsumer(mine, jobs, kind);
        while (!closing.signal.aborted) {
          // Asked for only when there is room: what waits here nobody else can take.
          const done = await turns.take(closing.signal);
          const message = await consumer.next({ expires: PULL_MS }).catch((error: unknown) => {
            done();
            throw error;
          });
          if (message === null) done();
          else void handle(message, taker.take).finally(done);
        }
      } catch (error) {
        if (!closing.signal.aborted) log.warn({ kind, error }, 'NATS: consuming was interrupted');
      }
      await pause(RECONNECT_MS);
    }
  };

  const makeConsumer = async (connected: NatsConnection, jobs: JetStreamClient, kind: JobKind) => {
    const manager = await jetstreamManager(connected);
    await makeStream(manager, stream, prefix);
    await manager.consumers.add(stream, {
      durable_name: kind,
      filter_subject: subject(kind, '*'),
      ack_policy: AckPolicy.Explicit,
      ack_wait: nanos(ACK_WAIT_MS),
      max_deliver: -1,
      max_ack_pending: 10_000,
    });
    return jobs.consumers.get(stream, kind);
  };

  const handle = async (message: JsMsg, take: (jobId: string) => Promise<void>): Promise<void> => {
    const working = setInterval(() => message.working(), ACK_WAIT_MS / 3);
    try {
      await take(message.subject.split('.').at(-1) ?? '');
      message.ack();
    } catch {
      message.nak(RECONNECT_MS);
    } finally {
      clearInterval(working);
    }
  };

  const running = run();
  return {
    connected: () => up,
    async announce(kind, jobId) {
      if (!up || client === undefined) return local.announce(kind, jobId);
      await client
        .publish(subject(kind, jobId), '', { timeout: 2000, retries: 1 })
        .catch((error: unknown) => {
          // Refused is right: it waits there already.
          if (!(error instanceof JetStreamApiError && error.code === WAITS_ALREADY))
            return local.announce(kind, jobId);
        });
    },
    async listen(kind, take, atOnce) {
      takers.set(kind, { take, atOnce });
      await local.listen(kind, take, atOnce);
      if (up) void consume(kind);
    },
    async announceCancel(jobId) {
      for (const heard of hearing) heard(jobId);
      if (up) connection?.publish(cancelSubject, jobId);
    },
    onCancel(heard) {
      hearing.push(heard);
    },
    async close() {
      closing.abort();
      await local.close();
      // Acknowledgements are on their way; a server that is not there never takes them.
      await Promise.race([connection?.flush().catch(() => {}), shortly()]);
      await connection?.close().catch(() => {});
      await running;
    },
  };
}

const shortly = () => new Promise<void>((resolve) => setTimeout(resolve, 500).unref());

function open(servers: readonly string[]): Promise<NatsConnection> {
  return connect({
    servers: [...servers],
    timeout: CONNECT_MS,
    reconnect: true,
    maxReconnectAttempts: -1,
    reconnectTimeWait: RECONNECT_MS,
    pingInterval: 10_000,
    maxPingOut: 2,
    ignoreAuthErrorAbort: true,
    name: 'ectopy',
  });
}

async function makeStream(manager: JetStreamManager, name: string, prefix: string): Promise<void> {
  await manager.streams.add({
    name,
    subjects: JOB_KINDS.map((kind) => `${prefix}.jobs.${kind}.*`),
    retention: RetentionPolicy.Workqueue,
    // A job waits once, however often it is announced.
    max_msgs_per_subject: 1,
    discard: DiscardPolicy.New,
    discard_new_per_subject: true,
  });
}
