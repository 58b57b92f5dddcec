import {
  FEWEST_FLAT,
  FEWEST_NOISY,
  FLAT,
  INVALID,
  judgeSecond,
  NOISY,
  SHORTEST_CALM,
  usualRange,
} from './judge-seconds.js';
import { createSecondMeasure } from './quality-meter.js';

/** What a lead of a live signal is at a time. */
export type WatchedState = 'good' | 'invalid' | 'flat' | 'noise';

/** Says of a live signal, second by second, whether it can be read. */
export interface SignalWatch {
  /** Takes samples of every lead, up to the end of the running second at most; NaN where invalid. */
  push(chunk: readonly Float32Array[], from: number, to: number): void;
  /** Judges the second that has been pushed, `window` samples. */
  judge(): void;
  /** Forgets a second that was begun: what comes next is not joined to it. */
  restart(): void;
  /** Of each lead, and of all together: one good lead is enough. */
  readonly leads: readonly WatchedState[];
  readonly state: WatchedState;
  /** Seconds ago that `state` began, 0 for one that began with the newest second's end. */
  readonly lasted: number;
}

/** s over which a lead's usual range is taken. */
const USUAL = 120;

/** In the order in which they are told of several bad leads; the last is most telling. */
const STATES: readonly WatchedState[] = ['good', 'invalid', 'flat', 'noise'];

/** One lead's seconds so far. */
interface Watched {
  readonly buffer: Float32Array;
  readonly ranges: Float32Array;
  seconds: number;
  /** Seconds in a row. */
  flat: number;
  noisy: number;
  calm: number;
  state: WatchedState;
  lasted: number;
}

/**
 * The judgement of `createQualityMeter` as far as it can be told at once: noise after three noisy seconds, until more
 * than two calm ones; a flat line after four; invalid samples after a second. The usual range is taken over the last
 * two minutes.
 *
 * @param window  samples of a second, about `fs`
 */
export function createSignalWatch({
  fs,
  leads,
  window,
}: {
  fs: number;
  leads: number;
  window: number;
}): SignalWatch {
  const measure = createSecondMeasure(fs, window);
  const watched: Watched[] = Array.from({ length: leads }, () => ({
    buffer: new Float32Array(window),
    ranges: new Float32Array(USUAL),
    seconds: 0,
    flat: 0,
    noisy: 0,
    calm: 0,
    state: 'good',
    lasted: 0,
  }));
  let filled = 0;
  let state: WatchedState = 'good';
  let lasted = 0;

  function judgeLead(lead: Watched): void {
    const { range, noise, invalid } = measure(lead.buffer, filled);
    lead.ranges[lead.seconds++ % USUAL] = range;
    const usual = usualRange(lead.ranges.subarray(0, Math.min(USUAL, lead.seconds)));
    const said = judgeSecond(range, noise, invalid, usual);
    lead.flat = said & FLAT ? lead.flat + 1 : 0;
    if (said & NOISY) {
      lead.noisy++;
      lead.calm = 0;
    } else if (++lead.calm > SHORTEST_CALM) lead.noisy = 0;
    let now: WatchedState = 'good';
    if (said & INVALID) now = 'invalid';
    else if (lead.flat >= FEWEST_FLAT) now = 'flat';
    else if (lead.noisy >= FEWEST_NOISY) now = 'noise';
    lead.lasted++;
    if (now === lead.state) return;
    lead.state = now;
    // Since when, as far as it is known: a flat line was flat before it was long enough to be one.
    lead.lasted = now === 'flat' ? lead.flat : now === 'noise' ? lead.noisy : 1;
  }

  return {
    push(chunk, from, to) {
      watched.forEach(({ buffer }, lead) => {
        buffer.set(chunk[lead].subarray(from, to), filled);
      });
      filled += to - from;
    },
    judge() {
      if (filled === 0) return;
      for (const lead of watched) judgeLead(lead);
      filled = 0;
      const now = watched.some((lead) => lead.state === 'good')
        ? 'good'
        : STATES[Math.max(...watched.map((lead) => STATES.indexOf(lead.state)))];
      lasted++;
      if (now === state) return;
      state = now;
      // No good lead is left only since the last one turned bad, however long the others have been.
      const since = now === 'good' ? watched.filter((lead) => lead.state === 'good') : watched;
      lasted = Math.min(...since.map((lead) => lead.lasted));
    },
    restart() {
      filled = 0;
    },
    get leads() {
      return watched.map((lead) => lead.state);
    },
    get state() {
      return state;
    },
    get lasted() {
      return lasted;
    },
  };
}
