import type { Annotation, StreamAlert, StreamEvent } from '../../src/core/index.js';
import { isBeat, mergeStretches, rhythmClassOf, rhythmSpans } from '../../src/ecg/index.js';

/** s: shorter attacks are runs. */
const LEAST_ATTACK = 10;
/** s around a marked attack or pause in which an alert is none too many. */
const BESIDE = 15;
/** s without a marked beat. */
const STILL = 4;

/** A stretch in samples. */
interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** Marked ventricular tachycardia, flutter and fibrillation. */
export function markedAttacks(annotations: readonly Annotation[], length: number): Stretch[] {
  const spans = rhythmSpans(annotations, length).filter(({ rhythm }) => {
    const found = rhythmClassOf(rhythm);
    return found === 'ventricular-tachycardia' || found === 'ventricular-fibrillation';
  });
  return mergeStretches(spans, []);
}

/** Stretches between marked beats of 4 s and more. */
export function markedRests(annotations: readonly Annotation[], fs: number): Stretch[] {
  const beats = annotations.filter(({ symbol }) => isBeat(symbol)).map(({ sample }) => sample);
  return beats.flatMap((to, i) =>
    i > 0 && to - beats[i - 1] >= STILL * fs ? [{ from: beats[i - 1], to }] : [],
  );
}

const ATTACK = 'ventricular-fibrillation-or-tachycardia';
const alertsOf = (events: readonly StreamEvent[], kinds: readonly string[]) =>
  events.filter((event): event is StreamAlert => event.kind === 'alert' && kinds.includes(event.alert));

/** When each attack of 10 s and more was told: s from its mark, 0 where the alert was on; infinite where never. */
export function timesToAlert(
  events: readonly StreamEvent[],
  attacks: readonly Stretch[],
  fs: number,
  kinds: readonly string[] = [ATTACK],
): number[] {
  const alerts = alertsOf(events, kinds);
  return attacks
    .filter(({ from, to }) => to - from >= LEAST_ATTACK * fs)
    .map(({ from, to }) => {
      const on = new Set<string>();
      for (const { at, state, alert } of alerts) {
        if (at > to + LEAST_ATTACK * fs) break;
        if (at >= from && state === 'begin') return (at - from) / fs;
        if (at < from && state === 'begin') on.add(alert);
        else if (at < from && state === 'end') on.delete(alert);
        if (at >= from && on.size > 0) return 0;
      }
      return on.size > 0 ? 0 : Number.POSITIVE_INFINITY;
    });
}

/** Alerts that begin where nothing of the kind is marked: all of them, and the certain ones. */
export function falseAlerts(
  events: readonly StreamEvent[],
  kind: string,
  marked: readonly Stretch[],
  fs: number,
): { readonly all: number; readonly certain: number } {
  const isFalse = ({ from, at }: StreamAlert) =>
    !marked.some((stretch) => stretch.from - BESIDE * fs <= at && stretch.to + BESIDE * fs >= from);
  const begun = alertsOf(events, [kind]).filter(({ state }) => state === 'begin');
  const wrong = begun.filter(isFalse);
  // An alert that becomes certain is told again.
  const all = new Set(wrong.map(({ from }) => from));
  const certain = new Set(wrong.filter(({ uncertain }) => !uncertain).map(({ from }) => from));
  return { all: all.size, certain: certain.size };
}
