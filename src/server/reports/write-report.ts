import { Readable } from 'node:stream';
import { EcgError } from '../../core/index.js';
import { ServiceFault } from '../fault.js';
import { startThread } from '../start-thread.js';
import type { ReportAnswer, ReportRequest } from './report-messages.js';

/** Reports that are written at once, a thread each; others wait. */
const MOST_AT_ONCE = 2;
/** Reports that may wait. */
const MOST_WAITING = 16;
/** ms for which a thread waits for its reader. */
const UNREAD_MS = 30_000;
/** MiB of a thread: a day's analysis and its strips, several times over. */
const MOST_MEGABYTES = 1024;

let running = 0;
const waiting: (() => void)[] = [];

/**
 * A report as a stream of its bytes, written by a thread of its own at the pace of who reads. The first piece is there on
 * return, so that what cannot be written is a fault and no broken answer.
 *
 * @param signal  ends the thread
 * @throws EcgError as the writers, `not-found` when the recording is deleted meanwhile, `cancelled`; ServiceFault
 *   `unavailable` when too many wait
 */
export async function writeReport(request: ReportRequest, signal: AbortSignal): Promise<Readable> {
  await turn(signal);
  const worker = startThread(new URL('./report.worker.js', import.meta.url), {
    workerData: request,
    resourceLimits: { maxOldGenerationSizeMb: MOST_MEGABYTES },
  });
  let over = false;
  const end = (): void => {
    if (over) return;
    over = true;
    signal.removeEventListener('abort', end);
    void worker.terminate();
    // Who waits takes over the place.
    const following = waiting.shift();
    if (following === undefined) running--;
    else following();
  };
  signal.addEventListener('abort', end, { once: true });
  let asked: { resolve(bytes: Uint8Array | null): void; reject(fault: Error): void } | undefined;
  const fail = (fault: Error) => asked?.reject(fault);
  worker.on('message', (answer: ReportAnswer) => {
    if (answer.kind === 'failed') fail(faultOf(answer));
    else asked?.resolve(answer.kind === 'end' ? null : answer.bytes);
  });
  let ended: Error | undefined;
  worker.on('error', (fault) => {
    ended = fault;
    fail(fault);
  });
  worker.on('exit', () => {
    ended ??= signal.aborted ? cancelled() : new Error('report: its thread has ended');
    fail(ended);
  });
  const next = () =>
    new Promise<Uint8Array | null>((resolve, reject) => {
      if (ended !== undefined || over) {
        reject(ended ?? cancelled());
        return;
      }
      asked = { resolve, reject };
      worker.postMessage('next');
    });
  let first: Uint8Array | null;
  try {
    if (signal.aborted) throw cancelled();
    first = await next();
  } catch (fault) {
    end();
    throw fault;
  }
  /** The next piece is asked for before it is read: who reads slowly keeps no thread that is done already. */
  const goOn = (): Promise<Uint8Array | null> => {
    const piece = next();
    piece.then(
      (bytes) => {
        if (bytes === null) end();
      },
      () => {},
    );
    return piece;
  };
  let ahead = first === null ? Promise.resolve(null) : goOn();
  let begun = false;
  let unread: NodeJS.Timeout | undefined;
  /** What is made already waits for its reader, a thread does not. */
  const wait = (): void => {
    unread = setTimeout(() => {
      if (!over) stream.destroy(new ServiceFault('timed-out', 'report: nobody read on'));
    }, UNREAD_MS).unref();
  };
  const stream = new Readable({
    read() {
      clearTimeout(unread);
      if (!begun) {
        begun = true;
        wait();
        this.push(first);
        return;
      }
      ahead.then(
        (bytes) => {
          if (bytes !== null) {
            ahead = goOn();
            wait();
          }
          this.push(bytes);
        },
        (fault: Error) => this.destroy(fault),
      );
    },
    destroy(fault, done) {
      clearTimeout(unread);
      end();
      done(fault);
    },
  });
  wait();
  return stream;
}

/** Waits until a thread may be started, and counts it. */
async function turn(signal: AbortSignal): Promise<void> {
  if (running < MOST_AT_ONCE) running++;
  else {
    if (waiting.length >= MOST_WAITING)
      throw new ServiceFault('unavailable', 'report: too many reports are waiting, try again', {
        retryAfterS: 5,
      });
    await new Promise<void>((resolve, reject) => {
      const go = () => {
        signal.removeEventListener('abort', leave);
        resolve();
      };
      const leave = () => {
        const place = waiting.indexOf(go);
        if (place >= 0) waiting.splice(place, 1);
        reject(cancelled());
      };
      waiting.push(go);
      signal.addEventListener('abort', leave, { once: true });
    });
  }
}

const cancelled = (): EcgError => new EcgError('cancelled', 'report: nobody waits for it any more');

function faultOf({ code, message }: Extract<ReportAnswer, { kind: 'failed' }>): Error {
  if (code === 'not-found')
    return new EcgError('not-found', 'report: the recording has been deleted meanwhile');
  return code === undefined ? new Error(message) : new EcgError(code, message);
}
