import { breatheWhenDue, firstAtOrAfter } from '../../core/index.js';
import { stLevels, type WaveMarks, waveAreas } from '../../ecg/index.js';
import type { Look } from './slice.js';

/** What the waves of each beat measure in one lead; columns of one entry a beat, NaN where unknown. */
export interface LeadLevels {
  readonly lead: string;
  /** mV. */
  readonly st: Float32Array;
  /** Net areas, mV·ms. */
  readonly areas: { readonly p: Float32Array; readonly qrs: Float32Array; readonly t: Float32Array };
}

/** Measures ST levels and areas of waves in every lead, slice by slice, where the waves are marked already. */
export function surveyLevels(
  marks: WaveMarks,
  rr: Float64Array,
  names: readonly string[],
): { readonly look: Look; readonly levels: readonly LeadLevels[] } {
  const n = rr.length;
  const unknown = () => new Float32Array(n).fill(Number.NaN);
  const levels = names.map((lead) => ({
    lead,
    st: unknown(),
    areas: { p: unknown(), qrs: unknown(), t: unknown() },
  }));
  const look: Look = async ({ from, to, offset, leads, fs, beats }) => {
    const first = firstAtOrAfter(beats, from);
    const last = firstAtOrAfter(beats, to);
    for (const [i, { st, areas }] of levels.entries()) {
      const slice = { samples: leads[i], offset, fs };
      st.set(stLevels(slice, marks, rr, first, last), first);
      areas.p.set(waveAreas(slice, marks.pOnset, marks.pOffset, first, last), first);
      areas.qrs.set(waveAreas(slice, marks.qrsOnset, marks.qrsOffset, first, last), first);
      areas.t.set(waveAreas(slice, marks.tOnset, marks.tOffset, first, last), first);
      await breatheWhenDue();
    }
  };
  return { look, levels };
}
