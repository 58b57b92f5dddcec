import type { SignalState, StreamBeat, StreamEvent, UnreadableStretch } from '../../core/index.js';
import { uncertainReason } from '../label-beats.js';
import type { AlertOptions } from './alert-options.js';
import { createBeatAlerts } from './beat-alerts.js';
import type { StreamJudge } from './beat-judge.js';
import { type BeatRecord, forgetBefore, type ToldClass } from './beat-record.js';
import type { FoundBeat, Second } from './signal-feed.js';

/** A beat that is asked about, and what the network answered. */
export interface BeatAsk {
  /** Which beat of the stream. */
  readonly beat: number;
  readonly found: FoundBeat;
  readonly final: boolean;
  /** Null without a network: it is told as it is. */
  readonly input: { readonly waves: Float32Array; readonly features: Float32Array } | null;
  /** Null until it is answered. */
  logits: Float32Array | null;
}

/** What happened at a tick. */
export interface BeatStep {
  readonly at: number;
  readonly asks: readonly BeatAsk[];
  readonly second: Second | null;
}

/** Tells beats, rate, signal and the alerts that follow from them, step by step. */
export interface BeatLane {
  take(step: BeatStep): StreamEvent[];
  /** Beats of the last minutes, oldest first. */
  readonly records: readonly BeatRecord[];
  /** Stretches of the last minutes that cannot be read; ascending. */
  readonly unreadable: readonly UnreadableStretch[];
  /** Samples heard at the last step. */
  readonly at: number;
  readonly lastBeat: number;
  readonly lastFinal: number;
}

/** Intervals whose mean is the rate, and s between two tellings of it. */
const RATE_BEATS = 8;
const RATE_EVERY = 2;
/** s without a beat after which no rate is known. */
const RATE_KNOWN = 10;

/** A stream that nothing was heard of yet. */
export function createBeatLane(options: {
  readonly fs: number;
  readonly judge: StreamJudge | null;
  readonly certainFrom: number;
  readonly alerts: AlertOptions;
  /** s of beats that are kept. */
  readonly keptS: number;
}): BeatLane {
  const { fs, judge } = options;
  const alerts = createBeatAlerts(options.alerts, fs);
  const records: BeatRecord[] = [];
  /** Which beat of the stream is the first of `records`. */
  let firstRecord = 0;
  const unreadable: { from: number; to: number; reason: UnreadableStretch['reason'] }[] = [];
  let at = -1;
  let lastBeat = -1;
  let lastFinal = -1;
  let toldSignal = '';
  let toldBpm: number | null = null;
  let toldRateAt = Number.NEGATIVE_INFINITY;

  function classOf({ found, input, logits, final }: BeatAsk): ToldClass {
    if (judge === null || input === null || logits === null)
      return { beatClass: null, probability: null, uncertain: null };
    const { beatClass, probability, doubt } = judge.judge(input.waves, input.features, logits, final);
    const uncertain = uncertainReason({
      beatClass,
      probability,
      doubt,
      inNoise: found.inNoise,
      rr: found.isBroken ? Number.NaN : found.rr,
      certainFrom: options.certainFrom,
    });
    return { beatClass, probability, uncertain: uncertain ?? null };
  }

  function tellBeat(ask: BeatAsk): StreamBeat {
    const { found, final } = ask;
    const rr = found.isBroken ? Number.NaN : found.rr;
    const told = classOf(ask);
    let changed = false;
    if (final) {
      lastFinal = Math.max(lastFinal, found.sample);
      const record = records[ask.beat - firstRecord];
      if (record !== undefined) {
        const { first } = record;
        changed =
          first.beatClass !== told.beatClass || (first.uncertain === null) !== (told.uncertain === null);
        record.final = told;
        record.finalAt = at;
      }
    } else {
      lastBeat = found.sample;
      if (records.length === 0) firstRecord = ask.beat;
      records.push({ sample: found.sample, rr, first: told, final: null, finalAt: Number.POSITIVE_INFINITY });
    }
    return {
      kind: 'beat',
      sample: found.sample,
      final,
      changed,
      class: told.beatClass,
      probability: told.probability === null ? null : Math.round(told.probability * 1e4) / 1e4,
      uncertain: told.uncertain,
      rr: rr > 0 ? rr : null,
      at,
    };
  }

  function tellRate(): StreamEvent[] {
    if (at - toldRateAt < RATE_EVERY * fs) return [];
    let sum = 0;
    let n = 0;
    for (let k = records.length - 1; k >= 0 && n < RATE_BEATS && records[k].rr > 0; k--, n++)
      sum += records[k].rr;
    const isKnown = n > 0 && at - lastBeat < RATE_KNOWN * fs;
    const bpm = isKnown ? Math.round((600 * n) / sum) / 10 : null;
    const isSame = bpm === null || toldBpm === null ? bpm === toldBpm : Math.abs(bpm - toldBpm) < 1;
    if (isSame) return [];
    toldBpm = bpm;
    toldRateAt = at;
    return [{ kind: 'rate', bpm, at }];
  }

  function noteUnreadable(state: SignalState, from: number): void {
    if (state === 'good') return;
    const last = unreadable.at(-1);
    if (last !== undefined && last.reason === state && last.to >= from) last.to = at;
    else unreadable.push({ from: Math.max(from, last?.to ?? 0), to: at, reason: state });
  }

  function tellSignal({ state, leads, from }: Second): StreamEvent[] {
    const now = [state, ...leads].join();
    if (now === toldSignal) return [];
    const isBegin = toldSignal === '' && leads.every((lead) => lead === 'good');
    toldSignal = now;
    return isBegin ? [] : [{ kind: 'signal', state, leads: [...leads], from, at }];
  }

  return {
    records,
    unreadable,
    get at() {
      return at;
    },
    get lastBeat() {
      return lastBeat;
    },
    get lastFinal() {
      return lastFinal;
    },
    take(step) {
      at = step.at;
      const { second } = step;
      const events: StreamEvent[] = [];
      if (second !== null) {
        noteUnreadable(second.state, second.from);
        events.push(...tellSignal(second));
      }
      const before = firstRecord + records.length;
      for (const ask of step.asks) events.push(tellBeat(ask));
      if (step.asks.length > 0)
        events.push(
          ...alerts.afterBeats(records, firstRecord + records.length - Math.max(before, firstRecord), at),
        );
      if (second !== null) events.push(...alerts.afterSecond(records, second, at));
      if (second !== null || step.asks.length > 0) events.push(...tellRate());
      const kept = at - options.keptS * fs;
      const n = records.length;
      forgetBefore(records, ({ sample }) => sample >= kept);
      firstRecord += n - records.length;
      forgetBefore(unreadable, ({ to }) => to >= kept);
      return events;
    },
  };
}
