import type { Annotation } from '../../../core/index.js';
import { QUALITY_CHANGE, rhythmSpans } from '../../../ecg/index.js';

/** A stretch of samples; `to` is exclusive. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/**
 * The stretches in which the experts found a lead clean.
 *
 * A quality mark's subtype holds a bit a lead: bit k when lead k is noisy, bit k + 4 when it cannot be read; −1 that
 * no lead can. Before the first mark all leads are clean.
 *
 * @param annotations  ascending
 * @param lead         index of the signal
 * @param length       samples
 *
 * Source: the WFDB Programmer's Guide, on NOISE annotations.
 */
export function cleanStretches(annotations: readonly Annotation[], lead: number, length: number): Stretch[] {
  const stretches: Stretch[] = [];
  const bits = (1 << lead) | (1 << (lead + 4));
  let from = 0;
  let isClean = true;
  for (const { sample, symbol, subtype = 0 } of annotations) {
    if (symbol !== QUALITY_CHANGE) continue;
    const next = (subtype & bits) === 0;
    if (isClean && !next && sample > from) stretches.push({ from, to: sample });
    if (!isClean && next) from = sample;
    isClean = next;
  }
  if (isClean && length > from) stretches.push({ from, to: length });
  return stretches;
}

/** Ventricular tachycardia, flutter, fibrillation, and asystole. */
const LETHAL = new Set(['VT', 'VFL', 'VF', 'VFIB', 'ASYS']);

/** The stretches of rhythms that a judge of noise must not take for it. */
export function lethalStretches(annotations: readonly Annotation[], length: number): Stretch[] {
  return rhythmSpans(annotations, length).flatMap(({ rhythm, from, to }) =>
    LETHAL.has(rhythm) && to > from ? [{ from, to }] : [],
  );
}
