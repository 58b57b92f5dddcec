import { breatheWhenDue, LEAD_QUALITIES } from '../../core/index.js';
import type { QualityNetwork } from '../models.js';
import type { Look } from './slice.js';

/** How good each second of each lead is. */
export interface LeadQuality {
  readonly lead: string;
  /** Indices into `LEAD_QUALITIES`, one a whole second of the recording. */
  readonly seconds: Uint8Array;
}

/** s before and behind a slice that the network sees as well. */
const MARGIN = 4;

/** Gives the quality network every lead, slice by slice; slices begin at whole seconds. */
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
    const begin = Math.max(0, first - MARGIN);
    const end = Math.min(whole, Math.round(to / fs) + MARGIN);
    const last = Math.min(whole, to === length ? whole : Math.round(to / fs));
    for (const [i, { seconds }] of leads.entries()) {
      const x = signals[i].subarray(Math.round(begin * fs) - offset, Math.round(end * fs) - offset);
      const codes = await network.judge(x, fs);
      seconds.set(codes.subarray(first - begin, Math.max(first, last) - begin), first);
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
