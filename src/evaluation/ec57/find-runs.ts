import { type Annotation, firstWhere } from '../../core/index.js';
import {
  beatClassOf,
  EC57_MAP,
  FLUTTER_BEGIN,
  FLUTTER_END,
  QUALITY_CHANGE,
  RHYTHM_CHANGE,
} from '../../ecg/index.js';
import { startsShutdown } from './beat-sequence.js';

/** Ectopic beats in a row: ventricular (`V`, fusion beats included) or supraventricular (`S`). */
export type RunKind = 'V' | 'S';

/** A row of ectopic beats; `beats` starts at `LONG_RUN` where it begins with a rhythm that is one long run. */
export interface Run {
  readonly from: number;
  readonly to: number;
  readonly beats: number;
}

/** From this number of beats on, a run is long; a rhythm of ectopic beats counts as one whatever its length. */
export const LONG_RUN = 6;

const ATRIAL_RHYTHMS = new Set(['(AFIB', '(AFL']);

/** What happens on the time axis, as far as runs are concerned. */
type Event =
  | { readonly kind: 'ectopic' | 'other'; readonly sample: number }
  /** `rhythm` is atrial fibrillation or flutter (of S runs), ventricular flutter (of V runs). */
  | { readonly kind: 'rhythm' | 'shutdown'; readonly sample: number; readonly on: boolean };

/** One annotator's events of one kind of run, ready to be searched. */
export interface RunTrack {
  readonly kind: RunKind;
  readonly events: readonly Event[];
  /** What holds before each event, and after the last. */
  readonly states: readonly State[];
}

interface State {
  readonly rhythm: boolean;
  readonly shutdown: boolean;
}

/**
 * The events of an annotator that make and break runs of one kind.
 *
 * In atrial fibrillation and flutter an N beat is supraventricular. Flutter waves are not beats: they neither
 * make nor break a run.
 */
export function runTrack(annotations: readonly Annotation[], kind: RunKind): RunTrack {
  const events: Event[] = [];
  let atrial = false;
  let shutdown = false;
  for (const annotation of annotations) {
    const { sample, symbol } = annotation;
    if (symbol === RHYTHM_CHANGE) {
      const on = ATRIAL_RHYTHMS.has(annotation.aux ?? '');
      if (kind === 'S' && on !== atrial) events.push({ kind: 'rhythm', sample, on });
      atrial = on;
    } else if (symbol === FLUTTER_BEGIN || symbol === FLUTTER_END) {
      if (kind === 'V') events.push({ kind: 'rhythm', sample, on: symbol === FLUTTER_BEGIN });
    } else if (symbol === QUALITY_CHANGE) {
      const on = startsShutdown(annotation);
      if (on || shutdown) events.push({ kind: 'shutdown', sample, on });
      shutdown = on;
    } else {
      const label = beatClassOf(symbol, EC57_MAP);
      if (label === undefined) continue;
      const ectopic =
        kind === 'V' ? label === 'V' || label === 'F' : label === 'S' || (atrial && label === 'N');
      events.push({ kind: ectopic ? 'ectopic' : 'other', sample });
    }
  }
  return { kind, events, states: statesOf(events) };
}

/**
 * The runs of at least two beats from a sample on.
 *
 * A rhythm that begins while no run is in progress begins one of `LONG_RUN` beats at the beat before it; so
 * does the start of the period inside such a rhythm of the atria. A shutdown ends a run.
 */
export function findRuns(track: RunTrack, from: number, to = Infinity): Run[] {
  const runs: Run[] = [];
  let beats = 0;
  let first = 0;
  let last = 0;
  let lastBeat = from;
  let rhythm = false;
  let started = false;
  const end = () => {
    if (beats > 1) runs.push({ from: first, to: last, beats });
    beats = 0;
  };
  const begin = (sample: number) => {
    beats = LONG_RUN;
    first = last = sample;
  };
  for (const event of track.events) {
    if (event.sample >= to) break;
    const before = event.sample < from;
    if (!before && !started) {
      started = true;
      if (rhythm && track.kind === 'S') begin(from);
    }
    if (event.kind === 'rhythm') {
      rhythm = event.on;
      if (event.on && beats === 0 && !before) begin(lastBeat);
    } else if (event.kind === 'shutdown') {
      if (!before) end();
    } else {
      lastBeat = event.sample;
      if (before) continue;
      if (event.kind === 'ectopic') {
        if (beats === 0) first = event.sample;
        beats++;
        last = event.sample;
      } else {
        end();
      }
    }
  }
  end();
  return runs;
}

/**
 * The most ectopic beats in a row inside a window, both ends included; at least `LONG_RUN` where the rhythm
 * holds in the window and no shutdown does.
 */
export function longestRun({ events, states }: RunTrack, from: number, to: number): number {
  let i = firstAt(events, from);
  let { rhythm, shutdown } = states[i]!;
  let longest = 0;
  let beats = 0;
  for (; i < events.length && events[i]!.sample <= to; i++) {
    const { kind } = events[i]!;
    beats = kind === 'ectopic' ? beats + 1 : kind === 'rhythm' ? beats : 0;
    longest = Math.max(longest, beats);
    rhythm ||= states[i + 1]!.rhythm;
    shutdown ||= states[i + 1]!.shutdown;
  }
  return rhythm && !shutdown ? Math.max(longest, LONG_RUN) : longest;
}

function statesOf(events: readonly Event[]): State[] {
  const states: State[] = [{ rhythm: false, shutdown: false }];
  for (const event of events) {
    const { rhythm, shutdown } = states.at(-1)!;
    states.push({
      rhythm: event.kind === 'rhythm' ? event.on : rhythm,
      shutdown: event.kind === 'shutdown' ? event.on : shutdown,
    });
  }
  return states;
}

/** Index of the first event at a sample or after it, by halving. */
function firstAt(events: readonly Event[], sample: number): number {
  return firstWhere(events.length, (i) => events[i]!.sample >= sample);
}
