import type { Annotation } from '../../../core/index.js';
import { FLUTTER_BEGIN, FLUTTER_END, rhythmSpans } from '../../../ecg/index.js';
import { VENTRICULAR_CLASSES } from '../../../models/index.js';

const OTHER = VENTRICULAR_CLASSES.indexOf('other');
const VT = VENTRICULAR_CLASSES.indexOf('VT');
const VF = VENTRICULAR_CLASSES.indexOf('VF');

/** The rhythms that are none of `other`; ventricular flutter stands with fibrillation, idioventricular rhythm is no tachycardia. */
const CLASS_OF: Readonly<Record<string, number>> = { VT, VF, VFIB: VF, VFL: VF };

/** In mitdb and vfdb: too noisy for the annotator to name a rhythm. */
const NOISE = 'NOISE';

/** A window that is an example. */
export interface LabelledWindow {
  /** First sample of the recording. */
  readonly from: number;
  /** Index into `VENTRICULAR_CLASSES`. */
  readonly label: number;
}

/**
 * The windows at a hop from the recording's begin that are of one class from their first sample to their last.
 *
 * Neighbouring rhythms of one class make one stretch. Windows that hold a change of class are no examples, nor are
 * those in noise, in which nobody could name the rhythm, or before the first rhythm is named.
 *
 * @param annotations  ascending
 * @param length       samples of the recording
 * @param window       samples of a window; `hop` of the way from one to the next; need not be whole
 */
export function labelVentricularWindows(
  annotations: readonly Annotation[],
  length: number,
  window: number,
  hop: number,
): LabelledWindow[] {
  const windows: LabelledWindow[] = [];
  const spans = classSpans(annotations, length);
  let s = 0;
  for (let w = 0; Math.round(w * hop) + window <= length; w++) {
    const from = Math.round(w * hop);
    while (s < spans.length && spans[s].to <= from) s++;
    const span = spans[s];
    if (span !== undefined && span.from <= from && from + window <= span.to)
      windows.push({ from, label: span.label });
  }
  return windows;
}

/** A stretch in samples, `to` exclusive. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** The stretches that the annotators called noise. */
export function noiseSpans(annotations: readonly Annotation[], length: number): Span[] {
  return rhythmSpans(annotations, length).filter(({ rhythm }) => rhythm === NOISE);
}

/** The stretches of ventricular tachycardia, fibrillation and flutter; where one follows another they are one. */
export function ventricularSpans(annotations: readonly Annotation[], length: number): Span[] {
  const joined: Span[] = [];
  for (const { from, to, label } of classSpans(annotations, length)) {
    const last = joined[joined.length - 1];
    if (label === OTHER) continue;
    if (last !== undefined && last.to === from) joined[joined.length - 1] = { from: last.from, to };
    else joined.push({ from, to });
  }
  return joined;
}

interface ClassSpan extends Span {
  readonly label: number;
}

/** Stretches of one class, noise left out; flutter marked by `[` and `]` is `VF` whatever rhythm is named beside it. */
function classSpans(annotations: readonly Annotation[], length: number): ClassSpan[] {
  const spans: ClassSpan[] = [];
  const push = (from: number, to: number, label: number): void => {
    const last = spans[spans.length - 1];
    if (to <= from) return;
    if (last !== undefined && last.to === from && last.label === label)
      spans[spans.length - 1] = { ...last, to };
    else spans.push({ from, to, label });
  };
  const flutter = flutterSpans(annotations, length);
  for (const { rhythm, from, to } of rhythmSpans(annotations, length)) {
    if (rhythm === NOISE) continue;
    const label = CLASS_OF[rhythm] ?? OTHER;
    let at = from;
    for (const mark of flutter) {
      if (mark.to <= at || mark.from >= to) continue;
      push(at, mark.from, label);
      push(Math.max(at, mark.from), Math.min(mark.to, to), VF);
      at = Math.min(mark.to, to);
    }
    push(at, to, label);
  }
  return spans;
}

function flutterSpans(annotations: readonly Annotation[], length: number): Span[] {
  const spans: Span[] = [];
  let from: number | undefined;
  for (const { sample, symbol } of annotations) {
    if (symbol === FLUTTER_BEGIN) from ??= sample;
    else if (symbol === FLUTTER_END && from !== undefined) {
      spans.push({ from, to: sample });
      from = undefined;
    }
  }
  if (from !== undefined) spans.push({ from, to: length });
  return spans;
}
