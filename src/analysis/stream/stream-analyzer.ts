import { EcgError, type StreamEvent } from '../../core/index.js';
import {
  type BeatStream,
  chooseLeads,
  createBeatStream,
  createSignalRing,
  type SignalWindow,
} from '../../models/index.js';
import type { WindowNetwork } from '../models.js';
import { ALERT_DEFAULTS } from './alert-options.js';
import { createStreamJudge } from './beat-judge.js';
import { type BeatAsk, type BeatStep, createBeatLane } from './beat-lane.js';
import { joined } from './joined.js';
import { createSignalFeed, type FoundBeat, type Second } from './signal-feed.js';
import type {
  RequestLimits,
  StreamAnalyzer,
  StreamAnswers,
  StreamOptions,
  StreamRequests,
} from './stream-types.js';
import {
  createAttackAlarm,
  createKeptWindows,
  createRhythmTeller,
  RHYTHM_STRETCH,
  type WindowAsk,
} from './window-lane.js';

/** s from one window to the next, as over a recording. */
const RHYTHM_HOP = 10;
const VENTRICULAR_HOP = 2.5;
/** Beats that have to follow one before its class is final; experiments/stream tells what others would change. */
const FINAL_AFTER = 20;
/** s after which a beat is final though fewer follow. */
const FINAL_AFTER_S = 30;
/** s of signal kept beside a window: the detector's latency, and what a rest is looked at over. */
const KEPT_BESIDE = 3;
const LEAST_KEPT = 12;
/** s between two findings of one beat, and of one alert, before and after a stream was taken up again. */
const SAME_BEAT = 0.1;
const SAME_ALERT = 1;
/** Windows a run takes of a stream, at most; beats are all taken. */
const LIMITS: RequestLimits = { beats: Number.POSITIVE_INFINITY, rhythm: 4, ventricular: 16 };
const KINDS = 5;

/**
 * Hears one live stream.
 *
 * @throws EcgError `bad-option` for fs below 100 Hz, without leads, or for a phase outside 0…1
 */
export function createStreamAnalyzer(options: StreamOptions): StreamAnalyzer {
  checkOptions(options);
  const { fs, leads, models, resume } = options;
  const beatModel = models.beats?.network ?? null;
  const rhythmNet = models.rhythm?.network ?? null;
  const attackNet = models.ventricular?.network ?? null;
  const alerts = { ...ALERT_DEFAULTS, ...options.alerts };
  const start = options.start ?? 0;
  const phase = options.phase ?? 0;
  const finalAfter = options.finalAfterBeats ?? FINAL_AFTER;

  const longest = Math.max(LEAST_KEPT, rhythmNet?.windowS ?? 0, attackNet?.windowS ?? 0);
  const ring = createSignalRing(leads.length, Math.ceil((longest + KEPT_BESIDE) * fs), start);
  const signals = leads.map((lead) => ({ lead, unit: 'mV', fs }));
  const beats: BeatStream | null =
    beatModel && createBeatStream(beatModel.card.input, fs, ring, chooseLeads(signals, beatModel.card.input));

  const lane = createBeatLane({
    fs,
    judge: beatModel && createStreamJudge(beatModel),
    certainFrom: options.certainFrom ?? beatModel?.card.calibration.leastProbability ?? 0,
    alerts,
    keptS: RHYTHM_STRETCH + 60,
  });
  const rhythmSeries = rhythmNet && createKeptWindows(rhythmNet, fs);
  const attackSeries = attackNet && createKeptWindows(attackNet, fs);
  const tellAttack = attackSeries && createAttackAlarm(attackSeries, alerts, fs);
  const tellRhythm = rhythmNet === null && attackNet === null ? null : createRhythmTeller(alerts, fs);

  // What is asked, in order; of each kind what was not taken yet, and what was taken and not answered.
  const steps: BeatStep[] = [];
  const rhythmSteps: WindowAsk[] = [];
  const attackSteps: WindowAsk[] = [];
  const open = { beats: [] as BeatAsk[], rhythm: [] as WindowAsk[], attacks: [] as WindowAsk[] };
  const asked = { beats: [] as BeatAsk[], rhythm: [] as WindowAsk[], attacks: [] as WindowAsk[] };

  /** Beats that were found and are not final; which beat of the stream the first of them is. */
  const unsure: FoundBeat[] = [];
  let firstUnsure = 0;
  /** Beats of the last window. */
  let recent: number[] = [];
  let ended = false;
  /** Samples heard at the last windows that were told. */
  let attacksTold = resume?.attacks ?? resume?.heard ?? start;
  let rhythmTold = resume?.rhythm ?? resume?.heard ?? start;

  function ask(beat: number, found: FoundBeat, final: boolean): BeatAsk {
    const input = beats && beat >= beats.oldest ? beats.input(beat) : null;
    return { beat, found, final, input, logits: null };
  }

  /** The beats whose class may be told for good now. */
  function finalAsks(all: boolean): BeatAsk[] {
    const asks: BeatAsk[] = [];
    const late = ring.end - FINAL_AFTER_S * fs;
    while (unsure.length > 0 && (all || unsure.length > finalAfter || unsure[0].sample < late)) {
      asks.push(ask(firstUnsure, unsure[0], true));
      unsure.shift();
      firstUnsure++;
    }
    return asks;
  }

  function step(found: readonly FoundBeat[], second: Second | null, all = false): void {
    for (const beat of found) {
      beats?.add(beat.sample, beat.rr);
      unsure.push(beat);
      recent.push(beat.sample);
    }
    const fresh = found.map((beat, i) =>
      ask(firstUnsure + unsure.length - found.length + i, beat, beats === null),
    );
    // Without a network nothing of a beat will change.
    if (beats === null) {
      firstUnsure += unsure.length;
      unsure.length = 0;
    }
    const asks = [...fresh, ...finalAsks(all)];
    for (const one of asks) if (one.input !== null) open.beats.push(one);
    steps.push({ at: ring.end, asks, second });
    if (second !== null) askWindows();
  }

  const windows = {
    rhythm: windowSchedule(rhythmNet ?? attackNet, RHYTHM_HOP, phase, fs, start),
    attacks: windowSchedule(attackNet, VENTRICULAR_HOP, phase, fs, start),
  };

  /** The windows that have been heard, and those whose beats are known. */
  function askWindows(): void {
    const settled = ring.end - feed.latency;
    const { begin } = feed;
    for (const from of windows.attacks?.due(ring.end, begin) ?? []) {
      const window = windowAt(from, attackNet as WindowNetwork);
      const one: WindowAsk = { start: from, at: ring.end, settled, begin, window, probabilities: null };
      attackSteps.push(one);
      open.attacks.push(one);
    }
    for (const from of windows.rhythm?.due(settled, begin) ?? []) {
      const window = rhythmNet && windowAt(from, rhythmNet);
      const one: WindowAsk = { start: from, at: ring.end, settled, begin, window, probabilities: null };
      rhythmSteps.push(one);
      if (window !== null) open.rhythm.push(one);
    }
    recent = recent.filter((sample) => sample >= ring.begin);
  }

  function windowAt(from: number, network: WindowNetwork): SignalWindow {
    const to = from + Math.round(network.windowS * fs);
    return {
      leads: leads.map((_, lead) => ring.copy(lead, from, to)),
      names: leads,
      fs,
      beats: recent.filter((sample) => sample >= from && sample < to).map((sample) => sample - from),
    };
  }

  const feed = createSignalFeed(
    {
      fs,
      leads: leads.length,
      ring,
      samplesAfter: beats?.samplesAfter ?? 0,
      restS: Math.min(alerts.asystoleS, alerts.restlessAsystoleS),
    },
    { tick: (found, second) => step(found, second) },
  );

  /** Whether an event was told before the stream was taken up again. */
  function wasTold(event: StreamEvent): boolean {
    if (resume === undefined) return false;
    if (event.kind === 'rhythm') return event.at <= (resume.rhythm ?? resume.heard);
    if (event.kind === 'alert') {
      if (event.alert === 'atrial-fibrillation') return event.at <= (resume.rhythm ?? resume.heard);
      if (event.alert === 'ventricular-fibrillation-or-tachycardia')
        return event.at <= (resume.attacks ?? resume.heard);
      // Beats may be settled a hop sooner than before: rather twice than never.
      return event.at <= resume.heard - SAME_ALERT * fs;
    }
    if (event.kind !== 'beat') return event.at <= resume.heard;
    return event.sample <= (event.final ? resume.lastFinal : resume.lastBeat) + SAME_BEAT * fs;
  }

  const isAnswered = (one: BeatAsk) => one.input === null || one.logits !== null;

  async function drain(): Promise<StreamEvent[]> {
    const events: StreamEvent[] = [];
    while (steps.length > 0 && steps[0].asks.every(isAnswered)) {
      const next = steps.shift() as BeatStep;
      events.push(...lane.take(next));
    }
    while (attackSteps.length > 0 && attackSteps[0].probabilities !== null) {
      const next = attackSteps.shift() as WindowAsk;
      attackSeries?.take(next);
      attacksTold = Math.max(attacksTold, next.at);
      if (tellAttack) events.push(...tellAttack(next.at));
    }
    while (rhythmSteps.length > 0 && tellRhythm !== null) {
      const [next] = rhythmSteps;
      const isReady =
        (next.window === null || next.probabilities !== null) &&
        (steps.length === 0 || steps[0].at > next.at) &&
        (attackSteps.length === 0 || attackSteps[0].at > next.at);
      if (!isReady) break;
      rhythmSteps.shift();
      rhythmSeries?.take(next);
      rhythmTold = Math.max(rhythmTold, next.at);
      const sources = {
        records: lane.records,
        unreadable: lane.unreadable,
        rhythm: rhythmSeries,
        ventricular: attackSeries,
        isClassified: beatModel !== null,
      };
      events.push(...(await tellRhythm(sources, next)));
    }
    return resume === undefined ? events : events.filter((event) => !wasTold(event));
  }

  return {
    fs,
    leads,
    push(chunk) {
      if (ended) throw new EcgError('bad-shape', 'stream: samples after the end; create another analyzer');
      const length = chunk[0]?.length ?? 0;
      if (chunk.length !== leads.length || chunk.some((lead) => lead.length !== length))
        throw new EcgError(
          'bad-shape',
          `stream: expected ${leads.length} leads of one length, got lengths ${chunk.map((lead) => lead.length).join(', ') || 'none'}`,
        );
      if (length > 0) feed.push(chunk);
    },
    gap(samples) {
      if (ended) throw new EcgError('bad-shape', 'stream: a gap after the end; create another analyzer');
      if (!(Number.isSafeInteger(samples) && samples >= 0))
        throw new EcgError('bad-option', `stream: a gap of ${samples} samples, expected a whole number`);
      feed.gap(samples);
    },
    end() {
      if (ended) return;
      feed.end();
      step([], null, true);
      ended = true;
    },
    get heard() {
      return ring.end;
    },
    get waiting() {
      const counts = [open, asked].map(
        ({ beats: b, rhythm, attacks }) => b.length + rhythm.length + attacks.length,
      );
      return counts[0] + counts[1];
    },
    resumePoint: () => ({
      heard: Math.max(start, lane.at, resume?.heard ?? 0),
      lastBeat: Math.max(lane.lastBeat, resume?.lastBeat ?? -1),
      lastFinal: Math.max(lane.lastFinal, resume?.lastFinal ?? -1),
      attacks: attacksTold,
      rhythm: rhythmTold,
    }),
    take(limits) {
      const most = { ...LIMITS, ...limits };
      const takeFrom = <T>(from: T[], to: T[], n: number): T[] => {
        const taken = from.splice(0, Math.min(from.length, n));
        to.push(...taken);
        return taken;
      };
      const own = takeFrom(open.beats, asked.beats, most.beats);
      const rhythm = takeFrom(open.rhythm, asked.rhythm, most.rhythm);
      const attacks = takeFrom(open.attacks, asked.attacks, most.ventricular);
      return {
        beats: own.length,
        waves: joined(own.map(({ input }) => input?.waves ?? new Float32Array(0))),
        features: joined(own.map(({ input }) => input?.features ?? new Float32Array(0))),
        rhythm: rhythm.map(({ window }) => window as SignalWindow),
        ventricular: attacks.map(({ window }) => window as SignalWindow),
      };
    },
    giveBack() {
      open.beats.unshift(...asked.beats.splice(0));
      open.rhythm.unshift(...asked.rhythm.splice(0));
      open.attacks.unshift(...asked.attacks.splice(0));
    },
    settle(requests: StreamRequests, answers: StreamAnswers) {
      asked.beats.splice(0, requests.beats).forEach((one, i) => {
        one.logits = answers.beats.slice(i * KINDS, (i + 1) * KINDS);
      });
      const give = (list: WindowAsk[], n: number, found: Float32Array) => {
        const kinds = n === 0 ? 0 : found.length / n;
        list.splice(0, n).forEach((one, i) => {
          one.probabilities = found.slice(i * kinds, (i + 1) * kinds);
        });
      };
      give(asked.rhythm, requests.rhythm.length, answers.rhythm);
      give(asked.attacks, requests.ventricular.length, answers.ventricular);
      return drain();
    },
  };
}

/** Says which windows are due, each once. */
interface WindowSchedule {
  /**
   * First samples of the windows that end by `heard` and were not due before.
   * @param begin  no window reaches before it
   */
  due(heard: number, begin: number): number[];
}

/** Windows every `hop` s of the stream, put off by a part of it; null without a network. */
function windowSchedule(
  network: WindowNetwork | null,
  hop: number,
  phase: number,
  fs: number,
  start: number,
): WindowSchedule | null {
  if (network === null) return null;
  const length = Math.round(network.windowS * fs);
  const startOf = (k: number) => Math.round((k + phase) * hop * fs);
  let next = Math.max(0, Math.ceil(start / (hop * fs) - phase));
  return {
    due(heard, begin) {
      const found: number[] = [];
      for (; startOf(next) + length <= heard; next++) if (startOf(next) >= begin) found.push(startOf(next));
      return found;
    },
  };
}

function checkOptions({
  fs,
  leads,
  start = 0,
  phase = 0,
  finalAfterBeats = FINAL_AFTER,
}: StreamOptions): void {
  const faults: string[] = [];
  if (!(fs >= 100 && fs <= 100_000)) faults.push(`fs is ${fs}, expected 100 to 100000 Hz`);
  if (leads.length === 0) faults.push('no leads, name at least one');
  if (!(Number.isSafeInteger(start) && start >= 0)) faults.push(`start is ${start}, expected a whole number`);
  if (!(phase >= 0 && phase < 1)) faults.push(`phase is ${phase}, expected 0 to below 1`);
  if (!(Number.isInteger(finalAfterBeats) && finalAfterBeats >= 0 && finalAfterBeats <= 100))
    faults.push(`finalAfterBeats is ${finalAfterBeats}, expected a whole number from 0 to 100`);
  if (faults.length > 0) throw new EcgError('bad-option', `stream: ${faults.join('; ')}`);
}
