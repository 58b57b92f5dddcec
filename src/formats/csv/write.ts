import { EcgError, type Recording } from '../../core/index.js';
import { shortestFloat } from '../float.js';

/** Characters that are handed over at a time. */
const CHUNK = 2 ** 18;

/**
 * The recording as CSV text, in pieces: metadata lines with `#`, then a row a sample with its number in front.
 *
 * `open` reads it back with the same samples, fs, units, inner gaps, start time and notes; rows inside gaps are left
 * out, NaN is an empty cell. A CSV has no place for annotations: write them as WFDB or JSON.
 *
 * @throws EcgError `unsupported` when signals have different sampling frequencies
 */
export function* writeCsv(recording: Recording): Generator<string, void, void> {
  const other = recording.signals.find(({ fs }) => fs !== recording.fs);
  if (other !== undefined) {
    throw new EcgError(
      'unsupported',
      `csv: signal ${other.lead} has ${other.fs} Hz and the recording ${recording.fs} Hz; a table has one rate, write JSON`,
    );
  }
  const notes = recording.notes.map((note) => `# note: ${note.replace(/\s+/g, ' ').trim()}\n`).join('');
  const start = recording.startTime === undefined ? '' : `# start: ${recording.startTime}\n`;
  const names = recording.signals.map(({ lead, unit }) => quoted(unit === '' ? lead : `${lead} (${unit})`));
  let text = `# fs: ${recording.fs} Hz\n${start}${notes}${['sample', ...names].join(',')}\n`;
  let gap = 0;
  for (let i = 0; i < recording.length; i++) {
    while (gap < recording.gaps.length && i >= (recording.gaps[gap]?.to ?? 0)) gap++;
    const here = recording.gaps[gap];
    if (here !== undefined && i >= here.from) {
      i = here.to - 1;
      continue;
    }
    text += String(recording.offset + i);
    for (const { samples } of recording.signals) {
      const value = samples[i] as number;
      text += Number.isFinite(value) ? `,${shortestFloat(value)}` : ',';
    }
    text += '\n';
    if (text.length > CHUNK) {
      yield text;
      text = '';
    }
  }
  yield text;
}

function quoted(name: string): string {
  return /[",\n'#]/.test(name) ? `"${name.replace(/["\r\n]+/g, ' ')}"` : name;
}
