import { breatheWhenDue, LEAD_QUALITIES } from '../../core/index.js';
import type { QualityNetwork } from '../models.js';
import type { Look } from './slice.js';

/** How good each second of each lead is. */
export interface LeadQuality {
  readonly lead: string;
  /** Indices into `LEAD_QUALITIES`, one a whole second of the recording. */
  readonly seconds: Uint8Array;
}

/** Gives the quality network every lead, slice by slice. */
export function surveyQuality(
  network: QualityNetwork,
  names: readonly string[],
  recording: { readonly fs: number; readonly length: number },
): { readonly look: Look; readonly finish: () => LeadQuality[] } {
  const { fs, length } = recording;
  const whole = Math.floor(length / fs);
  const leads = names.map((lead) => ({ lead, seconds: new Uint8Array(whole) }));
  const look: Look = async ({ from, to, offset, leads: signals }) => {
    const first = Math.round(from / fs);
    for (const [i, { seconds }] of leads.entries()) {
      const codes = await network.judge(signals[i].subarray(from - offset, to - offset), fs);
      seconds.set(codes.subarray(0, whole - first), first);
      await breatheWhenDue();
    }
  };
  return { look, finish: () => leads };
}

/** The quality of a lead as an analysis holds it: a letter a second, and how many of each. */
export function tallyLead({ lead, seconds }: LeadQuality) {
  const counts = { good: 0, noisy: 0, flat: 0, clipped: 0 };
  const letters = Array.from(seconds, (code) => {
    const quality = LEAD_QUALITIES[code];
    counts[quality]++;
    return quality[0];
  });
  return { lead, seconds: letters.join(''), ...counts };
}
