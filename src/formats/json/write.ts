import type { Recording } from '../../core/index.js';
import { shortestFloat } from '../float.js';

/** Characters that are handed over at a time. */
const CHUNK = 2 ** 18;

/**
 * The recording as JSON text, in pieces: its fields as they are, samples as arrays of numbers with null for NaN.
 *
 * `open` reads it back as it was, annotations and gaps included; only where a slice began in a longer recording, and
 * what was odd about the file it came from, are not kept.
 */
export function* writeJson(recording: Recording): Generator<string, void, void> {
  const { id, fs, length, startTime, notes, gaps, annotations } = recording;
  const head = JSON.stringify({ id, fs, length, startTime, notes, gaps, annotations });
  let text = `${head.slice(0, -1)},"signals":[`;
  for (const [index, { samples, lead, unit, fs: own, adc }] of recording.signals.entries()) {
    const described = JSON.stringify({ lead, unit, fs: own, adc });
    text += `${index === 0 ? '' : ','}\n${described.slice(0, -1)},"samples":[`;
    for (let i = 0; i < samples.length; i++) {
      const value = samples[i] as number;
      text += `${i === 0 ? '' : ','}${Number.isFinite(value) ? shortestFloat(value) : 'null'}`;
      if (text.length > CHUNK) {
        yield text;
        text = '';
      }
    }
    text += ']}';
  }
  yield `${text}]}\n`;
}
