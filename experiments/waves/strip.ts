import { detectBeats, markWaves, WAVE_MARKS } from '../../src/ecg/index.js';
import type { WaveChunkInput, WaveDecoding } from '../../src/models/index.js';
import type { PredictedRecord } from '../../src/training/index.js';

/** What is shown: sinus bradycardia, a pacemaker that sets in, atrial fibrillation. */
const SHOWN = [
  { id: 'ludb/1', lead: 'ii' },
  { id: 'ludb/8', lead: 'v2' },
  { id: 'ludb/38', lead: 'v5' },
] as const;

const [WIDTH, ROW, LEFT, TOP] = [1000, 190, 16, 44];
/** Of the network's waves; the reference's are bars of the same colour below. */
const COLOURS = { p: '#2f7d4f', qrs: '#b3541e', t: '#1b6ca8' } as const;
/** s that are shown, from. */
const [FROM, SECONDS] = [2, 6];

/**
 * A picture of single leads as networks that had not seen them mark them, the annotators' waves as bars below.
 *
 * @throws Error when a record that is shown is missing
 */
export function drawStrip(
  predicted: readonly PredictedRecord[],
  input: WaveChunkInput,
  decoding: WaveDecoding,
): string {
  const height = TOP + SHOWN.length * ROW + 8;
  const parts = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}" font-family="sans-serif" font-size="13">`,
    '<title>Waves as the network marks them, and as LUDB’s annotators did</title>',
    `<rect width="${WIDTH}" height="${height}" fill="#fff"/>`,
    ...legend(),
  ];
  for (const [row, { id, lead }] of SHOWN.entries()) {
    const found = predicted.find(({ record }) => record.id === id);
    const index = found?.record.leads.findIndex(({ name }) => name.toLowerCase() === lead) ?? -1;
    if (found === undefined || index < 0) throw new Error(`there is no lead ${lead} of ${id}`);
    parts.push(...drawRow(found, index, input, decoding, TOP + row * ROW));
  }
  return `${[...parts, '</svg>'].join('\n')}\n`;
}

function legend(): string[] {
  const entries = [
    ['P wave', COLOURS.p],
    ['QRS complex', COLOURS.qrs],
    ['T wave', COLOURS.t],
  ];
  return [
    ...entries.flatMap(([text, colour], i) => [
      `<rect x="${LEFT + 110 * i}" y="14" width="14" height="14" fill="${colour}" opacity=".3"/>`,
      `<text x="${LEFT + 20 + 110 * i}" y="26">${text}</text>`,
    ]),
    `<text x="${LEFT + 350}" y="26" fill="#555">shaded: found in this lead alone, tick: peak; bars: the reference</text>`,
  ];
}

function drawRow(
  { record, leads }: PredictedRecord,
  index: number,
  { fs: grid }: WaveChunkInput,
  decoding: WaveDecoding,
  top: number,
): string[] {
  const { fs } = record;
  const { signal, name, waves } = record.leads[index];
  const beats = detectBeats([signal], fs).map((sample) => (sample * grid) / fs);
  const { probabilities, signal: onGrid } = leads[index];
  const marks = markWaves(probabilities, [onGrid], beats, grid, decoding);
  for (const mark of WAVE_MARKS) for (let i = 0; i < beats.length; i++) marks[mark][i] *= fs / grid;
  const x = (sample: number) => LEFT + ((sample / fs - FROM) / SECONDS) * (WIDTH - 2 * LEFT);
  const shown = signal.subarray(FROM * fs, (FROM + SECONDS) * fs);
  const [low, high] = [Math.min(...shown), Math.max(...shown)];
  const [upper, lower] = [top + 30, top + ROW - 34];
  const y = (mv: number) => lower - ((mv - low) / (high - low)) * (lower - upper);
  const inside = (sample: number) => sample >= FROM * fs && sample <= (FROM + SECONDS) * fs;
  const parts = [`<text x="${LEFT}" y="${top + 18}" font-weight="600">${record.id}, lead ${name}</text>`];
  for (let beat = 0; beat < beats.length; beat++) {
    for (const wave of ['p', 'qrs', 't'] as const) {
      const [onset, offset] = [marks[`${wave}Onset`][beat], marks[`${wave}Offset`][beat]];
      if (!inside(onset) || !inside(offset)) continue;
      parts.push(
        `<rect x="${x(onset).toFixed(1)}" y="${upper}" width="${(x(offset) - x(onset)).toFixed(1)}" height="${lower - upper}" fill="${COLOURS[wave]}" opacity=".22"/>`,
      );
      if (wave === 'qrs') continue;
      const peak = x(marks[`${wave}Peak`][beat]).toFixed(1);
      parts.push(
        `<line x1="${peak}" x2="${peak}" y1="${upper}" y2="${upper + 8}" stroke="${COLOURS[wave]}" stroke-width="2"/>`,
      );
    }
  }
  for (const { wave, onset, offset } of waves) {
    if (!inside(onset) || !inside(offset)) continue;
    const colour = COLOURS[wave.toLowerCase() as keyof typeof COLOURS];
    parts.push(
      `<rect x="${x(onset).toFixed(1)}" y="${lower + 6}" width="${(x(offset) - x(onset)).toFixed(1)}" height="6" fill="${colour}"/>`,
    );
  }
  const path: string[] = [];
  // 250 points a second are more than the picture's pixels.
  for (let i = 0; i < shown.length; i += fs / 250)
    path.push(`${x(FROM * fs + i).toFixed(1)},${y(shown[i]).toFixed(0)}`);
  parts.push(`<polyline points="${path.join(' ')}" fill="none" stroke="#222" stroke-width="1.2"/>`);
  return parts;
}
