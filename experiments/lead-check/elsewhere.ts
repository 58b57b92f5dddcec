// What the lead check says of recordings of other kinds: mitdb (48 Holter tapes), cinc2017 (held between the hands).
//   npx tsx experiments/lead-check/elsewhere.ts [FOLDER]
// FOLDER holds mitdb and cinc2017; where `ectopy data get` puts them when omitted.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { checkLeads, detectBeats, LITERATURE_MAP } from '../../src/ecg/index.js';
import { averageBeats } from '../../src/ecg/leads/average-beat.js';
import { beatZones } from '../../src/ecg/leads/beat-zones.js';
import { waveSizes } from '../../src/ecg/leads/wave-sizes.js';
import { datasetRecords, datasetsFolder, openFile } from '../../src/formats/node.js';

const here = fileURLToPath(new URL('.', import.meta.url));
/** Minutes of a tape that are looked at, one at a time. */
const MINUTES = [1, 10, 20];

const folder = process.argv[2] ?? datasetsFolder();
const tapes: { record: string; minute: number; inverted: string[]; swap: string | null }[] = [];
let minutes = 0;
for (const record of await datasetRecords('mitdb', folder)) {
  const reader = await openFile(`${folder}/mitdb/${record}`);
  for (const minute of MINUTES) {
    const { fs } = reader.info;
    const { signals, annotations } = await reader.read({
      from: 60 * minute * fs,
      to: 60 * (minute + 1) * fs,
    });
    const beats = annotations
      .filter(({ symbol }) => LITERATURE_MAP.symbols.N.includes(symbol))
      .map(({ sample }) => sample);
    const leads = signals.map(({ samples }) => samples);
    const { inverted, swap } = checkLeads({ leads, names: signals.map(({ lead }) => lead), fs, beats });
    minutes++;
    if (inverted.length > 0 || swap !== null) tapes.push({ record, minute, inverted, swap });
  }
  await reader.close();
}

const labels = new Map(
  readFileSync(`${folder}/cinc2017/REFERENCE-v3.csv`, 'utf8')
    .trim()
    .split('\n')
    .map((line) => line.trim().split(',') as [string, string]),
);
const hands: Record<string, { records: number; inverted: number; negativeP: number; negativeT: number }> = {};
for (const path of await datasetRecords('cinc2017', folder)) {
  const record = path.slice(path.lastIndexOf('/') + 1);
  const reader = await openFile(`${folder}/cinc2017/${path}`);
  const { signals, fs } = await reader.read();
  await reader.close();
  const leads = signals.slice(0, 1).map(({ samples }) => samples);
  const beats = detectBeats(leads, fs);
  hands[labels.get(record) ?? '?'] ??= { records: 0, inverted: 0, negativeP: 0, negativeT: 0 };
  const row = hands[labels.get(record) ?? '?']!;
  row.records++;
  if (checkLeads({ leads, names: [signals[0]!.lead], fs, beats }).inverted.length === 0) continue;
  const [average] = averageBeats(leads, beats, fs);
  const { p, t } = waveSizes(average!, beatZones([average!], 0.8));
  row.inverted++;
  if (p < 0) row.negativeP++;
  if (t < 0) row.negativeT++;
}
const result = { mitdb: { minutes, found: tapes }, cinc2017: hands };
writeFileSync(`${here}results-elsewhere.json`, `${JSON.stringify(result, null, 2)}\n`);
console.log(JSON.stringify(result, null, 2));
