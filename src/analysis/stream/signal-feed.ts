import type { SignalState } from '../../core/index.js';
import { createBeatDetector, createSignalWatch } from '../../ecg/index.js';
import type { SignalRing } from '../../models/index.js';

/** Decisions of the detector wait for as long, s; see experiments/stream for what the usual 2 s would add. */
const DECIDE_AFTER = 0.4;
/** Ticks a second: beats and windows are looked after once a tick. */
const TICKS = 8;
/** s; a longer gap is not heard through: what was before it is settled, and levels are learned anew. */
const LONGEST_HEARD_GAP = 10;
/** Stretches of lost samples between two beats that are told apart. */
const MOST_LOSSES = 64;
/** s after the beat before and around an R peak that belong to their waves; see `findDisturbedPauses`. */
const BEHIND = 0.45;
const PEAK = 0.1;
/** Range of a rest beside the height of a beat that a heart at rest does not reach. */
const MOST = 0.5;
/**
 * What stirs less than this, mV peak to peak, in every lead, and less than this share of the beats before it, is none,
 * though the detector, listening ever closer in the silence, takes it for one.
 *
 * Source: asystole below 80 µV peak to peak, Kerber et al., Circulation 95:1677–1682, 1997, doi:10.1161/01.CIR.95.6.1677.
 */
const STILL = 0.08;
const STILL_SHARE = 0.15;
/** s that are looked at for rest, at most. */
const LONGEST_REST = 10;

/** No beat for a while. */
interface Rest {
  /** Sample of the last beat, or where the signal became readable. */
  readonly from: number;
  readonly seconds: number;
  /** Whether nothing stirs, so that no beat can hide. */
  readonly isCalm: boolean;
}

/** What a second of the stream was like. */
export interface Second {
  readonly state: SignalState;
  readonly leads: readonly SignalState[];
  /** Sample where `state` began. */
  readonly from: number;
  /** Null where there was a beat of late, or the signal cannot be read. */
  readonly rest: Rest | null;
}

/** A beat as it was found. */
export interface FoundBeat {
  readonly sample: number;
  /** s since the beat before, NaN over lost samples; over unreadable signal `isBroken`. */
  readonly rr: number;
  readonly isBroken: boolean;
  readonly inNoise: boolean;
}

/** What hears the ticks of a feed. */
export interface FeedListener {
  /** Beats that can be cut now, and the second that has ended, if one has. */
  tick(beats: readonly FoundBeat[], second: Second | null): void;
}

/** Samples in, beats and the state of the signal out, tick by tick. */
export interface SignalFeed {
  readonly ring: SignalRing;
  /** Samples from an R peak until it is told, at most, once levels are learned. */
  readonly latency: number;
  readonly heard: number;
  /** First sample that was heard without interruption. */
  readonly begin: number;
  push(chunk: readonly Float32Array[]): void;
  gap(samples: number): void;
  end(): void;
}

/** What a feed needs to know. */
export interface FeedOptions {
  readonly fs: number;
  readonly leads: number;
  /** Empty; at the first sample that will be pushed. */
  readonly ring: SignalRing;
  /** Samples that have to follow a beat before it is told. */
  readonly samplesAfter: number;
  /** s without a beat from which on a rest is told. */
  readonly restS: number;
}

/**
 * Hears the samples of a stream: detector, watch over the signal, ring. All is decided at ticks that count from sample 0
 * of the stream, wherever it is taken up again, so that the sizes of chunks do not change it.
 */
export function createSignalFeed(options: FeedOptions, listener: FeedListener): SignalFeed {
  const { fs, leads, ring, samplesAfter: after } = options;
  const tick = Math.max(1, Math.round(fs / TICKS));
  const start = ring.end;
  const createDetector = () => createBeatDetector({ fs, leads, decideAfterS: DECIDE_AFTER });
  const watch = createSignalWatch({ fs, leads, window: TICKS * tick });
  const heights = new Float64Array(leads).fill(Number.NaN);
  const lost = Array.from({ length: leads }, () => new Float32Array(tick).fill(Number.NaN));
  let detector = createDetector();
  const latency = Math.max(Math.ceil((detector.latencyMs / 1000) * fs), after) + tick;
  /** Where the detector was begun. */
  let base = start;
  /** Beats that were found and cannot be cut yet. */
  let waiting: number[] = [];
  let lastBeat = -1;
  /** Stretches of lost samples that end after the last beat; and the end of what was unreadable otherwise. */
  let losses: { readonly from: number; to: number }[] = [];
  let badUntil = start;
  /** Where the signal became what it is; and whether samples are being lost. */
  let since = start;
  let isLost = false;
  let ended = false;

  const state = (): SignalState => (isLost ? 'gap' : watch.state);

  function noteLoss(from: number, to: number): void {
    const last = losses.at(-1);
    // So many without a beat are one: what lies between them is not trusted either.
    if (last !== undefined && (last.to === from || losses.length === MOST_LOSSES)) last.to = to;
    else losses.push({ from, to });
  }

  /** Beats that have enough signal behind them, those in dead signal left out. */
  function ready(): FoundBeat[] {
    const out: FoundBeat[] = [];
    let n = 0;
    for (; n < waiting.length && (ended || waiting[n] + after <= ring.end); n++) {
      const sample = waiting[n];
      if (sample <= lastBeat) continue;
      const now = state();
      const inState = since <= sample;
      if (inState && (now === 'flat' || now === 'invalid')) continue;
      losses = losses.filter(({ to }) => to > lastBeat);
      const isKnown = lastBeat >= start && losses.every(({ from }) => from > sample);
      out.push({
        sample,
        rr: isKnown ? (sample - lastBeat) / fs : Number.NaN,
        isBroken: !isKnown || lastBeat < badUntil || (now !== 'good' && inState),
        inNoise: now === 'noise' && inState,
      });
      lastBeat = sample;
    }
    waiting = waiting.slice(n);
    return out;
  }

  /** Takes what the detector found; ripples in the silence between beats are none. */
  function find(sample: number): void {
    const peak = Math.round(PEAK * fs);
    const own = heights.map((_, lead) => ring.range(lead, sample - peak, sample + peak + 1));
    const isRipple = own.every((range, lead) => range < STILL && range < STILL_SHARE * heights[lead]);
    if (isRipple) return;
    heights.set(own);
    waiting.push(sample);
  }

  function restNow(): Rest | null {
    if (state() !== 'good' || ring.end - base < (detector.learningMs / 1000) * fs + latency) return null;
    const newest = Math.max(lastBeat, waiting.at(-1) ?? -1);
    const from = Math.max(newest, since, base);
    const seconds = (ring.end - latency - from) / fs;
    if (seconds < options.restS) return null;
    const look = Math.max(from + Math.round(BEHIND * fs), ring.end - Math.round(LONGEST_REST * fs));
    // A lead whose beats were never seen says nothing of rest.
    const isCalm = heights.every((height, lead) => ring.range(lead, look, ring.end) <= MOST * height);
    return { from, seconds, isCalm };
  }

  function endTick(): void {
    let second: Second | null = null;
    const isSecond = ring.end % (TICKS * tick) === 0;
    if (isSecond) {
      const before = state();
      watch.judge();
      if (watch.state !== 'good') badUntil = ring.end;
      if (state() !== before && !isLost) since = Math.max(base, ring.end - watch.lasted * TICKS * tick);
    }
    const beats = ready();
    if (isSecond) second = { state: state(), leads: [...watch.leads], from: since, rest: restNow() };
    if (beats.length > 0 || second !== null) listener.tick(beats, second);
  }

  function hear(chunk: readonly Float32Array[], length: number): void {
    for (let at = 0; at < length; ) {
      const done = ring.end % tick;
      const n = Math.min(length - at, tick - done);
      ring.write(chunk, at, at + n);
      watch.push(chunk, at, at + n);
      const found = detector.push(chunk.map((x) => x.subarray(at, at + n)));
      for (const beat of found) find(base + beat);
      at += n;
      if (done + n === tick) endTick();
    }
  }

  /** All that was heard is told; the detector takes no more. */
  function settle(): void {
    for (const beat of detector.flush()) find(base + beat);
    ended = true;
    const beats = ready();
    ended = false;
    listener.tick(beats, null);
  }

  return {
    ring,
    latency,
    get heard() {
      return ring.end;
    },
    get begin() {
      return base;
    },
    push(chunk) {
      if (isLost) since = ring.end;
      isLost = false;
      hear(chunk, chunk[0].length);
    },
    gap(samples) {
      if (samples <= 0) return;
      if (!isLost) since = ring.end;
      noteLoss(ring.end, ring.end + samples);
      isLost = true;
      const heardThrough = Math.min(samples, Math.round(LONGEST_HEARD_GAP * fs));
      for (let at = 0; at < heardThrough; at += tick) hear(lost, Math.min(tick, heardThrough - at));
      if (heardThrough < samples) {
        settle();
        const next = ring.end + samples - heardThrough;
        ring.restart(next);
        detector = createDetector();
        watch.restart();
        base = next;
        heights.fill(Number.NaN);
      }
    },
    end() {
      settle();
    },
  };
}
