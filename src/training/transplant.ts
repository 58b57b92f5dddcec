import { BEAT_CLASSES, type Random } from '../core/index.js';
import {
  centreLikeness,
  type InputContract,
  type InputShape,
  type SpanBeats,
  writeLikeness,
} from '../models/index.js';
import type { BeatRows } from './augment.js';
import type { BeatSet } from './dataset.js';
import type { Sampler } from './sampler.js';
import { prematureRatios } from './synthetic-rhythm.js';

const N = BEAT_CLASSES.indexOf('N');
/** Draws before giving up on finding a normal beat. */
const TRIES = 20;

/** A normal beat of the set, among whose neighbours a ventricular beat can be put; undefined when none turns up. */
export function drawHost(set: BeatSet, sampler: Sampler, random: Random): number | undefined {
  for (let i = 0; i < TRIES; i++) {
    const beat = sampler.draw(random);
    if (set.label[beat] === N) return beat;
  }
  return undefined;
}

/**
 * Puts a ventricular beat in the place of a host's normal beat: its shape against the host's template, among the
 * host's neighbours, mostly at a premature time. Patients with ventricular beats are few; their beats meet all
 * patients' rhythms this way.
 *
 * @param rows      of the host beat, as `writeBeat` wrote them with the same shift
 * @param donor     span of the ventricular beat, and its index there
 * @param host      span of the host beat
 * @param shift     grid samples by which the window is off centre
 */
export function transplantBeat(
  rows: BeatRows,
  donor: { readonly span: SpanBeats; readonly beat: number },
  host: SpanBeats,
  contract: InputContract,
  shape: InputShape,
  shift: number,
  random: Random,
): void {
  const leads = contract.leads.count;
  const { length } = donor.span;
  // The donor's leads may be exchanged: where its ectopic focus lies is not the host's matter.
  const swap = leads === 2 && random.next() < 0.3;
  const from = (lead: number): number => donor.beat * leads + (swap ? 1 - lead : lead);
  const window = new Float32Array(leads * length);
  const present = new Uint8Array(leads);
  const presentHost = rows.features.subarray(shape.groups.present.from, shape.groups.present.to);
  for (let lead = 0; lead < leads; lead++) {
    const own = from(lead);
    present[lead] = donor.span.present[own] * presentHost[lead];
    window.set(donor.span.windows.subarray(own * length, (own + 1) * length), lead * length);
    presentHost[lead] = present[lead];
  }
  const offset = donor.span.peak - shape.peak + shift;
  for (let lead = 0; lead < leads; lead++) {
    const wave = lead * shape.length;
    const difference = wave + leads * shape.length;
    for (let k = 0; k < shape.length; k++) {
      const x = present[lead] === 1 ? window[lead * length + offset + k] : 0;
      rows.waves[wave + k] = x;
      if (contract.template.difference) {
        rows.waves[difference + k] = present[lead] === 1 ? x - host.template[lead * length + offset + k] : 0;
      }
    }
  }
  writeOwnLikeness(rows, window, present, host, contract, shape);
  if (random.next() < 0.85) {
    const { from: first, to } = shape.groups.ratios;
    prematureRatios(rows.features.subarray(first, to), contract.rr.reach, random);
  }
}

/** The likeness of the beat itself, compared with the host's template. */
function writeOwnLikeness(
  { features }: BeatRows,
  window: Float32Array,
  present: Uint8Array,
  host: SpanBeats,
  contract: InputContract,
  shape: InputShape,
): void {
  if (contract.likeness === null) return;
  const figures = new Float32Array(shape.likenessPerBeat);
  writeLikeness(window, present, host.template, 1, host.length, host.peak, contract, figures);
  centreLikeness(figures, shape.likenessPerBeat, present, host.likenessOffset, contract.leads.count);
  const { reach } = contract.likeness;
  figures.forEach((value, figure) => {
    features[shape.groups.likeness.from + figure * (2 * reach + 1) + reach] = value;
  });
}
