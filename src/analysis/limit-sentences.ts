import type { RecordingInfo, UnreadableStretch } from '../core/index.js';
import { countUnreadable, readableSamples } from './unreadable.js';

/** What a reader of the result must know before believing it, a sentence each. */
export function limitSentences(
  info: Pick<RecordingInfo, 'fs' | 'length'>,
  unreadable: readonly UnreadableStretch[],
  samples: Float64Array,
  classified: boolean,
): string[] {
  const beats = samples.length;
  const out: string[] = [];
  const readable = readableSamples(unreadable, 0, info.length);
  const share = readable / info.length;
  const seconds = readable / info.fs;
  if (share === 0) out.push('Nothing in this recording can be read: no lead carries a usable signal.');
  else if (share < 0.5) out.push(`Only ${Math.round(share * 100)} % of the recording can be read.`);
  if (share > 0 && beats === 0) out.push('No beats were found, though the signal can be read.');
  const lost = countUnreadable(samples, unreadable);
  if (lost > 0)
    out.push(
      `${lost} of ${beats} beats lie where the signal cannot be read: no rate and no certain count rests on them.`,
    );
  if (share > 0 && beats > 0 && seconds < 10)
    out.push(`Only ${seconds.toFixed(1)} s can be read: rates and counts rest on ${beats} beats.`);
  if (classified && beats > 0 && beats < 20)
    out.push(
      `With ${beats} beats the network has little to compare each beat with; its classes are less reliable.`,
    );
  return out;
}
