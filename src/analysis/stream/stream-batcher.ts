import type { StreamEvent } from '../../core/index.js';
import { joined } from './joined.js';
import type {
  StreamAnalyzer,
  StreamAnswers,
  StreamBatcher,
  StreamModels,
  StreamRequests,
} from './stream-types.js';

/** What goes through the networks in one run, at most. */
export interface BatcherOptions {
  /** Beats that go through the network at once; 64 when omitted. */
  readonly beats?: number;
  /**
   * Windows of rhythm in one run; 8 when omitted. They take longest and are in no hurry: the others wait for the next
   * run.
   */
  readonly rhythm?: number;
  /** Windows of ventricular attacks in one run; 64 when omitted. */
  readonly ventricular?: number;
}

const NONE: StreamAnswers = {
  beats: new Float32Array(0),
  rhythm: new Float32Array(0),
  ventricular: new Float32Array(0),
};

/** A stream and what was taken of it. */
interface Taken {
  readonly stream: StreamAnalyzer;
  readonly requests: StreamRequests;
}

/** The batcher of streams that are heard with the same networks. */
export function createStreamBatcher(models: StreamModels, options: BatcherOptions = {}): StreamBatcher {
  const { beats = 64, rhythm = 8, ventricular = 64 } = options;
  let last: Promise<void> = Promise.resolve();
  /** Who was asked about rhythm last, so that all have their turn. */
  let turn = 0;

  async function answerBeats(taken: readonly Taken[]): Promise<Float32Array[]> {
    const network = models.beats?.network;
    const total = taken.reduce((sum, { requests }) => sum + requests.beats, 0);
    if (network === undefined || total === 0) return taken.map(() => NONE.beats);
    const wide = network.shape.channels * network.shape.length;
    const long = network.shape.features;
    const waves = joined(taken.map(({ requests }) => requests.waves));
    const features = joined(taken.map(({ requests }) => requests.features));
    const logits: Float32Array[] = [];
    for (let from = 0; from < total; from += beats) {
      const to = Math.min(total, from + beats);
      logits.push(
        await network.forward(
          waves.slice(from * wide, to * wide),
          features.slice(from * long, to * long),
          to - from,
        ),
      );
    }
    return divided(
      joined(logits),
      taken.map(({ requests }) => requests.beats),
    );
  }

  async function answerWindows(
    kind: 'rhythm' | 'ventricular',
    taken: readonly Taken[],
  ): Promise<Float32Array[]> {
    const network = models[kind]?.network;
    const windows = taken.flatMap(({ requests }) => requests[kind]);
    if (network === undefined || windows.length === 0) return taken.map(() => NONE[kind]);
    return divided(
      await network.classify(windows),
      taken.map(({ requests }) => requests[kind].length),
    );
  }

  async function runNow(
    streams: readonly StreamAnalyzer[],
    tell: (stream: StreamAnalyzer, events: readonly StreamEvent[]) => void,
  ): Promise<void> {
    const settle = async (taken: readonly Taken[], kind: keyof StreamAnswers, answers: Float32Array[]) => {
      for (const [i, { stream, requests }] of taken.entries()) {
        const events = await stream.settle(requests, { ...NONE, [kind]: answers[i] });
        if (events.length > 0) tell(stream, events);
      }
    };
    // Every stream: some events need no answer.
    const first = streams.map((stream) => ({ stream, requests: stream.take({ rhythm: 0, ventricular: 0 }) }));
    await settle(first, 'beats', await answerBeats(first));
    const second = takeWindows(streams, 'ventricular', ventricular, 0);
    await settle(second, 'ventricular', await answerWindows('ventricular', second));
    const third = takeWindows(streams, 'rhythm', rhythm, turn);
    if (streams.length > 0) turn = (turn + Math.max(1, third.length)) % streams.length;
    await settle(third, 'rhythm', await answerWindows('rhythm', third));
  }

  return {
    run(streams, tell) {
      const own = [...streams];
      const next = last.then(async () => {
        try {
          await runNow(own, tell);
        } catch (error) {
          for (const stream of own) stream.giveBack();
          throw error;
        }
      });
      last = next.catch(() => undefined);
      return next;
    },
  };
}

/** Windows of one kind of some streams, at most so many in all, from the stream whose turn it is. */
function takeWindows(
  streams: readonly StreamAnalyzer[],
  kind: 'rhythm' | 'ventricular',
  most: number,
  turn: number,
): Taken[] {
  const taken: Taken[] = [];
  let left = most;
  for (let k = 0; k < streams.length && left > 0; k++) {
    const stream = streams[(turn + k) % streams.length];
    if (stream.waiting === 0) continue;
    const requests = stream.take({ beats: 0, rhythm: 0, ventricular: 0, [kind]: left });
    left -= requests[kind].length;
    if (requests[kind].length > 0) taken.push({ stream, requests });
  }
  return taken;
}

/** Rows given back to those they are of. */
function divided(rows: Float32Array, counts: readonly number[]): Float32Array[] {
  const total = counts.reduce((sum, n) => sum + n, 0);
  const width = rows.length / total;
  let at = 0;
  return counts.map((n) => {
    const own = rows.subarray(at * width, (at + n) * width);
    at += n;
    return own;
  });
}
