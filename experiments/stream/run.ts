// A live stream beside the analysis of the whole recording, what deciding sooner costs, and how soon alerts come.
//   npx tsx experiments/stream/run.ts [--data FOLDER]
// FOLDER holds mitdb, svdb and vfdb (`ectopy data get mitdb`). Writes results.json and tables.md. Fifteen minutes.
// The networks were trained on these patients: only agreement is claimed, not accuracy.
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { recordNames } from '../../benchmarks/qrs/score.js';
import { analysisModels, analyze, type StreamModels } from '../../src/analysis/index.js';
import { quantile } from '../../src/core/index.js';
import { DS1 } from '../../src/evaluation/index.js';
import { datasetsFolder } from '../../src/formats/datasets/node.js';
import { openFile } from '../../src/formats/node.js';
import { loadModelSet } from '../../src/models/node.js';
import { type Agreement, compareBeats } from './agreement.js';
import { falseAlerts, markedAttacks, markedRests, timesToAlert } from './alarms.js';
import { scoreLags } from './detector.js';
import { hearRecording } from './hear.js';
import { formatTables } from './tables.js';

const { values } = parseArgs({ options: { data: { type: 'string' } } });
const data = values.data ?? datasetsFolder();
const here = fileURLToPath(new URL('.', import.meta.url));
/** Every so many records of svdb. */
const EVERY_SVDB = 8;
/** Beats that follow before a class is final. */
const AFTER = [0, 2, 5, 10, 20];
/** Records for which those are compared. */
const EVERY_DS1 = 3;

const set = await loadModelSet({ models: ['beats', 'rhythm', 'ventricular'] });
const models: StreamModels = set;
const svdb = recordNames(`${data}/svdb`).filter((_, i) => i % EVERY_SVDB === 0);
const records = [
  ...DS1.map((record) => `mitdb/${record}`),
  ...svdb.map((record) => `svdb/${record}`),
  ...recordNames(`${data}/vfdb`).map((record) => `vfdb/${record}`),
];

/** One recording as it was heard. */
interface Heard {
  readonly record: string;
  readonly seconds: number;
  readonly beats: Agreement;
  readonly attacks: readonly number[];
  /** By alerts of runs, rates and rest as well. */
  readonly anyAlert: readonly number[];
  readonly falseAttacks: { readonly all: number; readonly certain: number };
  readonly falseRests: { readonly all: number; readonly certain: number };
}

const GRAVE = [
  'ventricular-fibrillation-or-tachycardia',
  'ventricular-run',
  'asystole',
  'tachycardia',
  'bradycardia',
];
const heard: Heard[] = [];
const after = AFTER.map((finalAfterBeats) => ({ finalAfterBeats, both: 0, same: 0 }));
for (const record of records) {
  const reader = await openFile(`${data}/${record}`);
  const { fs, length, annotations } = reader.info;
  const events = await hearRecording(reader, models);
  const whole = await analyze(reader, analysisModels(set));
  const attacks = markedAttacks(annotations, length);
  const one: Heard = {
    record,
    seconds: length / fs,
    beats: compareBeats(events, whole, fs),
    attacks: timesToAlert(events, attacks, fs),
    anyAlert: timesToAlert(events, attacks, fs, GRAVE),
    falseAttacks: falseAlerts(events, GRAVE[0], attacks, fs),
    falseRests: falseAlerts(events, 'asystole', markedRests(annotations, fs), fs),
  };
  heard.push(one);
  if (record.startsWith('mitdb/') && DS1.indexOf(record.slice(6)) % EVERY_DS1 === 0)
    for (const row of after) {
      const own = await hearRecording(reader, { beats: set.beats }, { finalAfterBeats: row.finalAfterBeats });
      const { both, sameFinal } = compareBeats(own, whole, fs);
      row.both += both;
      row.same += sameFinal;
    }
  await reader.close();
  const { both, sameFinal, sameFirst } = one.beats;
  console.log(
    `${record}: ${both} beats, final ${(sameFinal / both).toFixed(4)}, first ${(sameFirst / both).toFixed(4)}`,
  );
}
await set.close();
const lags = [...(await scoreLags(`${data}/mitdb`, 'mitdb')), ...(await scoreLags(`${data}/svdb`, 'svdb'))];

const sum = (list: readonly Heard[], of: (one: Heard) => number) =>
  list.reduce((all, one) => all + of(one), 0);
const databases = ['mitdb', 'svdb', 'vfdb'].map((database) => {
  const own = heard.filter(({ record }) => record.startsWith(`${database}/`));
  const count = (key: 'whole' | 'stream' | 'both' | 'sameFinal' | 'sameFirst' | 'sameCertainty') =>
    sum(own, ({ beats }) => beats[key]);
  const certain = (kind: 'N' | 'S' | 'V', what: 'final' | 'first') =>
    sum(own, ({ beats }) => beats.certain[kind][what]) / sum(own, ({ beats }) => beats.certain[kind].of);
  const delays = Float64Array.from(own.flatMap(({ beats }) => beats.delays)).sort();
  return {
    database,
    records: own.length,
    days: sum(own, ({ seconds }) => seconds) / 86_400,
    beats: count('whole'),
    equalBeats: (2 * count('both')) / (count('whole') + count('stream')),
    finalAgreement: count('sameFinal') / count('both'),
    firstAgreement: count('sameFirst') / count('both'),
    sameCertainty: count('sameCertainty') / count('both'),
    vSensitivity: certain('V', 'final'),
    sSensitivity: certain('S', 'final'),
    vFirst: certain('V', 'first'),
    sFirst: certain('S', 'first'),
    delayMedianS: quantile(delays, 0.5),
    delayP99S: quantile(delays, 0.99),
    falseAttacks: sum(own, (one) => one.falseAttacks.all),
    falseCertainAttacks: sum(own, (one) => one.falseAttacks.certain),
    falseRests: sum(own, (one) => one.falseRests.all),
    falseCertainRests: sum(own, (one) => one.falseRests.certain),
  };
});
const byTime = (times: readonly number[]) => ({
  attacks: times.length,
  within10: times.filter((s) => s <= 10).length / times.length,
  never: times.filter((s) => s === Number.POSITIVE_INFINITY).length,
  medianS: quantile(Float64Array.from(times).sort(), 0.5),
  p95S: quantile(Float64Array.from(times.filter(Number.isFinite)).sort(), 0.95),
});
const vfdb = heard.filter(({ record }) => record.startsWith('vfdb/'));
const attacks = {
  windows: byTime(vfdb.flatMap((one) => one.attacks)),
  any: byTime(vfdb.flatMap((one) => one.anyAlert)),
};

const command = 'npx tsx experiments/stream/run.ts';
const date = new Date().toISOString().slice(0, 10);
const figure = (id: string, value: number, unit: string, split: string) => ({
  id,
  value: Number(value.toFixed(5)),
  unit,
  split,
  command,
  date,
});
const [mitdb] = databases;
const ds1 = 'mitdb DS1, 22 records, training patients: agreement with the whole recording, not accuracy';
const lagOf = (database: string) => lags.filter((row) => row.database === database).at(-1) ?? lags[0];
const figures = [
  figure('stream.final-agreement', mitdb.finalAgreement, 'fraction', ds1),
  figure('stream.first-agreement', mitdb.firstAgreement, 'fraction', ds1),
  figure('stream.equal-beats', mitdb.equalBeats, 'fraction', ds1),
  figure('stream.v-sensitivity', mitdb.vSensitivity, 'fraction', ds1),
  figure('stream.s-sensitivity', mitdb.sSensitivity, 'fraction', ds1),
  figure('stream.detector-delay-p99-s', mitdb.delayP99S, 's', 'mitdb DS1, samples from R peak to telling'),
  ...['mitdb', 'svdb'].flatMap((database) => {
    const { sensitivity, positivePredictivity, lagS } = lagOf(database);
    const of = `${database}, all records from 5:00, decided after ${lagS} s`;
    return [
      figure(`stream.detector-${database}-se`, sensitivity, 'percent', of),
      figure(`stream.detector-${database}-ppv`, positivePredictivity, 'percent', of),
    ];
  }),
  figure(
    'stream.attack-alert-median-s',
    attacks.windows.medianS,
    's',
    'vfdb, marked VT, flutter and VF of 10 s and more',
  ),
  figure('stream.attack-alert-p95-s', attacks.windows.p95S, 's', 'vfdb, of those that were told'),
  figure('stream.attack-alert-within-10s', attacks.windows.within10, 'fraction', 'vfdb'),
  figure(
    'stream.false-attacks-per-day',
    mitdb.falseAttacks / mitdb.days,
    'per day',
    'mitdb DS1, nothing marked within 15 s',
  ),
  figure(
    'stream.false-asystoles-per-day',
    mitdb.falseRests / mitdb.days,
    'per day',
    'mitdb DS1, no marked interval of 4 s',
  ),
];
const results = {
  figures,
  databases,
  lags,
  after: after.map(({ finalAfterBeats, both, same }) => ({ finalAfterBeats, agreement: same / both })),
  attacks,
  records: heard.map(({ record, beats: { delays: _, ...beats }, ...rest }) => ({
    record,
    ...rest,
    attacks: rest.attacks.map((s) => (Number.isFinite(s) ? Number(s.toFixed(2)) : null)),
    anyAlert: rest.anyAlert.map((s) => (Number.isFinite(s) ? Number(s.toFixed(2)) : null)),
    beats,
  })),
};
writeFileSync(`${here}results.json`, `${JSON.stringify(results, null, 1)}\n`);
writeFileSync(`${here}tables.md`, formatTables(results));
for (const { id, value, unit } of figures) console.log(id, value, unit);
