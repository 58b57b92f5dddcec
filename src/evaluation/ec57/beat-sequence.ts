import type { Annotation, BeatClass } from '../../core/index.js';
import {
  beatClassOf,
  FLUTTER_BEGIN,
  FLUTTER_END,
  FLUTTER_WAVE,
  type LabelMap,
  QUALITY_CHANGE,
} from '../../ecg/index.js';

/** A beat as the comparison sees it. */
interface SequenceBeat {
  readonly sample: number;
  /** `O` for a flutter wave: a QRS of no class. */
  readonly label: BeatClass | 'O';
  /** Index into the annotations it came from. */
  readonly index: number;
  /** False when a shutdown or ventricular flutter lies between this beat and the one before. */
  readonly rrValid: boolean;
}

/** A stretch of samples, both ends included. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** One annotator's beats, and where it was blind. */
export interface BeatSequence {
  /** Ascending; beats inside ventricular flutter are left out, as the protocol wants. */
  readonly beats: readonly SequenceBeat[];
  readonly flutter: readonly Stretch[];
  readonly shutdown: readonly Stretch[];
}

/** True when a quality mark says that analysis is suspended: bits 4 and 5 of its subtype are set. */
export function startsShutdown(annotation: Annotation): boolean {
  return annotation.symbol === QUALITY_CHANGE && ((annotation.subtype ?? 0) & 0x30) === 0x30;
}

/**
 * One annotator's beats with the stretches in which beats are not expected.
 *
 * A shutdown lasts from a suspending quality mark to the next other quality mark. Where a beat comes first,
 * the lone mark stands for the gap between the beats around it, less one match window on either side.
 *
 * @param annotations  ascending in `sample`
 * @param matchWindow  samples
 *
 * Source: bxb(1) of the WFDB Applications Guide, on both conventions of marking shutdown.
 */
export function beatSequence(
  annotations: readonly Annotation[],
  map: LabelMap,
  matchWindow: number,
): BeatSequence {
  const beats: SequenceBeat[] = [];
  const flutter: Stretch[] = [];
  const shutdown: Stretch[] = [];
  let flutterFrom: number | undefined;
  let shutdownFrom: number | undefined;
  let rrValid = true;
  let last = -matchWindow;
  annotations.forEach((annotation, index) => {
    const { sample, symbol } = annotation;
    if (flutterFrom !== undefined) {
      // Nothing between the brackets counts, a mark of signal quality neither.
      if (symbol !== FLUTTER_END) return;
      flutter.push({ from: flutterFrom, to: sample });
      flutterFrom = undefined;
    } else if (symbol === FLUTTER_BEGIN) {
      flutterFrom = sample;
      rrValid = false;
    } else if (symbol === QUALITY_CHANGE) {
      if (startsShutdown(annotation)) {
        shutdownFrom ??= sample;
        rrValid = false;
      } else if (shutdownFrom !== undefined) {
        shutdown.push({ from: shutdownFrom, to: sample });
        shutdownFrom = undefined;
      }
    } else {
      const label = symbol === FLUTTER_WAVE ? 'O' : beatClassOf(symbol, map);
      if (label === undefined) return;
      if (shutdownFrom !== undefined) {
        shutdown.push({ from: last + matchWindow, to: sample - matchWindow });
        shutdownFrom = undefined;
      }
      beats.push({ sample, label, index, rrValid: rrValid && beats.length > 0 });
      rrValid = true;
      last = sample;
    }
  });
  if (flutterFrom !== undefined) flutter.push({ from: flutterFrom, to: Number.MAX_SAFE_INTEGER });
  if (shutdownFrom !== undefined) shutdown.push({ from: shutdownFrom, to: Number.MAX_SAFE_INTEGER });
  return { beats, flutter, shutdown };
}

/** True when a sample lies in one of the stretches. */
export function lies(sample: number, stretches: readonly Stretch[]): boolean {
  return stretches.some(({ from, to }) => from <= sample && sample <= to);
}
