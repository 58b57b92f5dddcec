import type { StreamAlert, StreamAlertKind, StreamEvent } from '../../core/index.js';
import { createAlarm } from './alarm.js';
import type { AlertOptions } from './alert-options.js';
import { type BeatRecord, classAt } from './beat-record.js';
import type { Second } from './signal-feed.js';

/** Alerts that follow from beats, intervals and rest. */
export interface BeatAlerts {
  /** After beats have been told, or have become final. */
  afterBeats(records: readonly BeatRecord[], fresh: number, at: number): StreamEvent[];
  afterSecond(records: readonly BeatRecord[], second: Second, at: number): StreamEvent[];
}

/** Beats of the longest run that is looked at. */
const LONGEST_RUN = 64;

/** No alert yet. */
export function createBeatAlerts(options: AlertOptions, fs: number): BeatAlerts {
  const calm = Math.round(options.calmS * fs);
  const alarmOf = (kind: StreamAlertKind) => createAlarm(kind, calm);
  const asystole = alarmOf('asystole');
  const leadsOff = alarmOf('leads-off');
  const tachycardia = alarmOf('tachycardia');
  const bradycardia = alarmOf('bradycardia');
  const run = alarmOf('ventricular-run');
  let isFast = false;
  let isSlow = false;

  /** Mean rate of the last beats, NaN where fewer follow each other without a break. */
  function rateOf(records: readonly BeatRecord[], beats: number): number {
    let sum = 0;
    for (let k = 1; k < beats; k++) {
      const record = records[records.length - k];
      if (record === undefined || !(record.rr > 0)) return Number.NaN;
      sum += record.rr;
    }
    return (60 * (beats - 1)) / sum;
  }

  function rates(records: readonly BeatRecord[], at: number): StreamAlert[] {
    const { rateHysteresisBpm: back, tachycardiaBeats, bradycardiaBeats } = options;
    const fast = rateOf(records, tachycardiaBeats);
    const slow = rateOf(records, bradycardiaBeats);
    isFast = fast > options.tachycardiaBpm - (isFast ? back : 0);
    isSlow = slow < options.bradycardiaBpm + (isSlow ? back : 0);
    const cause = (found: boolean, bpm: number, beats: number) =>
      found
        ? {
            from: records[records.length - beats].sample,
            uncertain: false,
            detail: { bpm: Math.round(bpm) },
          }
        : null;
    return [
      ...tachycardia.update(cause(isFast, fast, tachycardiaBeats), at),
      ...bradycardia.update(cause(isSlow, slow, bradycardiaBeats), at),
    ];
  }

  function pauses(records: readonly BeatRecord[], fresh: number, at: number): StreamAlert[] {
    const found: StreamAlert[] = [];
    for (let i = records.length - fresh; i < records.length; i++) {
      const { sample, rr } = records[i];
      if (!(rr >= options.pauseS)) continue;
      found.push({
        kind: 'alert',
        alert: 'pause',
        state: 'once',
        uncertain: false,
        detail: { seconds: Math.round(rr * 1000) / 1000 },
        from: sample - Math.round(rr * fs),
        at,
      });
    }
    return found;
  }

  /** The run of ventricular beats that the newest beat belongs to. */
  function runNow(records: readonly BeatRecord[], at: number) {
    let n = 0;
    let seconds = 0;
    let uncertain = false;
    while (n < Math.min(records.length, LONGEST_RUN)) {
      const record = records[records.length - 1 - n];
      const { beatClass, uncertain: doubt } = classAt(record, at);
      if (beatClass !== 'V') break;
      n++;
      uncertain ||= doubt !== null;
      if (!(record.rr > 0)) break;
      seconds += record.rr;
    }
    if (n < options.runBeats) return null;
    const first = records[records.length - n];
    // The interval before the run's first beat is not of it.
    if (first.rr > 0) seconds -= first.rr;
    const bpm = (60 * (n - 1)) / seconds;
    if (!(bpm > options.runBpm)) return null;
    return { from: first.sample, uncertain, detail: { beats: n, bpm: Math.round(bpm) } };
  }

  return {
    afterBeats(records, fresh, at) {
      if (records.length === 0) return [];
      return [
        ...pauses(records, fresh, at),
        ...(fresh > 0 ? rates(records, at) : []),
        ...run.update(runNow(records, at), at),
      ];
    },
    afterSecond(records, second, at) {
      const { rest, state, from } = second;
      const isStill =
        rest !== null && rest.seconds >= (rest.isCalm ? options.asystoleS : options.restlessAsystoleS);
      const isOff = state === 'flat' || state === 'invalid';
      const isStale = records.length === 0 || records[records.length - 1].sample < at - calm;
      return [
        ...asystole.update(
          isStill
            ? {
                from: rest.from,
                uncertain: !rest.isCalm,
                detail: { seconds: Math.round(rest.seconds * 10) / 10 },
              }
            : null,
          at,
        ),
        ...leadsOff.update(isOff ? { from, uncertain: false, detail: { state } } : null, at),
        // Without beats no run and no rate goes on.
        ...(isStale
          ? [...run.update(null, at), ...tachycardia.update(null, at), ...bradycardia.update(null, at)]
          : []),
      ];
    },
  };
}
