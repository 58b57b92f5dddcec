// Measures models/quality.onnx on patients and noise it has not seen; writes results.json and tables.md.
//   npx tsx experiments/quality/run.ts [--data FOLDER]
// FOLDER holds mitdb, svdb, vfdb, cinc2017 and nstdb; the folder `ectopy data get` fills when omitted. Two minutes.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { Annotation } from '../../src/core/index.js';
import { createQualityMeter, findLeadFaults, rhythmSpans } from '../../src/ecg/index.js';
import { auditSplit, curveAreas, DS1, DS2, evaluateExamples } from '../../src/evaluation/index.js';
import { datasetRecords, datasetsFolder } from '../../src/formats/datasets/node.js';
import { loadQualityModel, type QualityModel } from '../../src/models/index.js';
import { createRuntime } from '../../src/nn/node.js';
import { cleanStretches, qualitySideOf, secondRatios } from '../../src/training/index.js';
import {
  KIND_NAMES,
  KINDS,
  type NoiseKind,
  RATIOS,
  readNoises,
  readWhole,
  stress,
} from '../noise-stress/stress.js';
import { formatQualityTables } from './tables.js';

const here = fileURLToPath(new URL('.', import.meta.url));
const models = fileURLToPath(new URL('../../models/', import.meta.url));
const { values } = parseArgs({ options: { data: { type: 'string' } } });
const dataFolder = values.data ?? datasetsFolder();
const { data } = JSON.parse(readFileSync(`${here}config.json`, 'utf8'));

/** Seconds of one patient, one kind of noise and one ratio. */
export interface Judged {
  readonly patient: string;
  readonly kind: NoiseKind;
  readonly snrDb: number;
  readonly isNoisy: boolean;
  readonly probability: number;
  readonly int8: number;
  readonly byRule: boolean;
}

const started = performance.now();
const runtime = await createRuntime({ threads: 1 });
const open = async (file: string) => loadQualityModel(readFileSync(file), runtime);
const model = await open(`${models}quality.onnx`);
const small = existsSync(`${models}int8/quality.onnx`) ? await open(`${models}int8/quality.onnx`) : model;
const noisesAt = await readNoises(dataFolder);

const judged: Judged[] = [];
for (const name of DS2) {
  const id = `mitdb/${name}`;
  const recording = await readWhole(`${dataFolder}/${id}`);
  const { fs, annotations, length } = recording;
  const clean = recording.signals.map((_, l) => cleanStretches(annotations, l, length));
  for (const kind of KINDS) {
    for (const snrDb of RATIOS) {
      const { leads, qrs, spans } = stress(recording, noisesAt(fs), kind, snrDb);
      for (const [l, lead] of leads.entries()) {
        const added = lead.map((x, i) => x - recording.signals[l].samples[i]);
        const ratios = secondRatios(added, fs, qrs[l], data.band);
        const probability = await model.noisiness(lead, fs);
        const int8 = await small.noisiness(lead, fs);
        const rule = await ruleSeconds(lead, fs);
        for (const { from, to } of spans) {
          for (let s = Math.ceil(from / fs); (s + 1) * fs <= to; s++) {
            const isNoisy = ratios[s] <= data.noisyUpTo;
            if (!isNoisy && ratios[s] < data.goodFrom) continue;
            const [begin, end] = [s * fs, (s + 1) * fs];
            if (!clean[l].some((stretch) => stretch.from <= begin && end <= stretch.to)) continue;
            judged.push({
              patient: name === '202' ? 'mitdb/201' : id,
              kind,
              snrDb,
              isNoisy,
              probability: probability[s],
              int8: int8[s],
              byRule: rule[s] === 1,
            });
          }
        }
      }
    }
  }
  console.log(`${id}: ${((performance.now() - started) / 1000).toFixed(0)} s`);
}

/** Seconds that the meter without a network finds noisy. */
async function ruleSeconds(lead: Float32Array, fs: number): Promise<Uint8Array> {
  const meter = createQualityMeter({ fs, leads: 1 });
  meter.push([lead]);
  const seconds = new Uint8Array(Math.floor(lead.length / fs));
  for (const { from, to, reason } of await meter.finish())
    if (reason === 'noise') seconds.fill(1, Math.round(from / fs), Math.round(to / fs));
  return seconds;
}

const figures = (some: readonly Judged[], isFound: (j: Judged) => boolean, score?: (j: Judged) => number) => {
  const noisy = some.filter((j) => j.isNoisy);
  const good = some.filter((j) => !j.isNoisy);
  const share = (of: readonly Judged[], found: boolean) =>
    of.length === 0 ? null : of.filter((j) => isFound(j) === found).length / of.length;
  const area =
    score &&
    curveAreas(
      some.map(score),
      some.map((j) => j.isNoisy),
    ).roc;
  return {
    noisy: noisy.length,
    good: good.length,
    sensitivity: share(noisy, true),
    specificity: share(good, false),
    auroc: area === undefined || Number.isNaN(area) ? null : area,
  };
};
const byNetwork = (some: readonly Judged[]) =>
  figures(
    some,
    (j) => j.probability > 0.5,
    (j) => j.probability,
  );
const perPatient = (some: readonly Judged[]) => {
  const rows = [...new Set(some.map((j) => j.patient))].map((patient) => ({
    patient,
    ...byNetwork(some.filter((j) => j.patient === patient)),
  }));
  return rows.sort((a, b) => (a.patient < b.patient ? -1 : 1));
};

const patients = [...new Set(judged.map((j) => j.patient))];
const report = evaluateExamples({
  classes: ['good', 'noisy'],
  labels: judged.map((j) => (j.isNoisy ? 1 : 0)),
  probabilities: Float32Array.from(judged.flatMap((j) => [1 - j.probability, j.probability])),
  groups: judged.map((j) => patients.indexOf(j.patient)),
  patients,
  split: auditSplit('trained on DS1, ludb, ptbxl, cinc2017 → DS2', {
    train: DS1.filter((name) => name !== '201' && name !== '118').map((name) => `mitdb/${name}`),
    test: DS2.map((name) => `mitdb/${name}`),
  }),
  bootstrap: { seed: 1 },
  by: 'patient',
});
const noisyClass = report.perClass[1];

/** Share of a lead's seconds that are judged noisy among those chosen. */
const shareNoisy = (codes: Uint8Array, chosen: (s: number) => boolean) => {
  let noisy = 0;
  let all = 0;
  codes.forEach((code, s) => {
    if (!chosen(s)) return;
    all++;
    if (code === 1) noisy++;
  });
  return { noisy, all };
};

/** cinc2017: a whole record of class ~ against the others, by its mean noisiness. */
async function checkCinc() {
  const reference = new Map(
    readFileSync(`${dataFolder}/cinc2017/REFERENCE-v3.csv`, 'utf8')
      .split(/\r?\n/)
      .filter((line) => line !== '')
      .map((line) => line.split(',') as [string, string]),
  );
  const scores: number[] = [];
  const isNoise: boolean[] = [];
  const classes: string[] = [];
  for (const name of await datasetRecords('cinc2017', dataFolder)) {
    const label = reference.get(name.slice(name.lastIndexOf('/') + 1));
    const patient = `cinc2017/${name}`;
    // Of the others, those of the test side alone.
    if (label === undefined || (label !== '~' && qualitySideOf(patient, data.validation) !== 'test'))
      continue;
    const { signals, fs } = await readWhole(`${dataFolder}/cinc2017/${name}`);
    const noisiness = await model.noisiness(signals[0].samples, fs);
    scores.push(noisiness.reduce((sum, p) => sum + (p > 0.5 ? 1 : 0), 0) / Math.max(1, noisiness.length));
    isNoise.push(label === '~');
    classes.push(label);
  }
  const share = (label: string, of: (share: number) => boolean) => {
    const own = scores.filter((_, i) => classes[i] === label);
    return own.filter(of).length / own.length;
  };
  return {
    records: Object.fromEntries(['N', 'A', 'O', '~'].map((c) => [c, classes.filter((x) => x === c).length])),
    auroc: curveAreas(scores, isNoise).roc,
    halfNoisy: Object.fromEntries(['N', 'A', 'O', '~'].map((c) => [c, share(c, (x) => x > 0.5)])),
    meanShare: Object.fromEntries(
      ['N', 'A', 'O', '~'].map((c) => {
        const own = scores.filter((_, i) => classes[i] === c);
        return [c, own.reduce((sum, x) => sum + x, 0) / own.length];
      }),
    ),
  };
}

/** Records of the noise stress test database with recorded electrode motion, by the ratio of each second. */
async function checkNstdb() {
  const clean = await readWhole(`${dataFolder}/mitdb/118`);
  const rows: { ratio: number; probability: number }[] = [];
  const quiet: number[] = [];
  for (const name of ['118e00', '118e_6']) {
    const noisy = await readWhole(`${dataFolder}/nstdb/${name}`);
    const { qrs, spans } = stress(clean, noisesAt(clean.fs), 'bw', 0);
    for (const [l, { samples, fs }] of noisy.signals.entries()) {
      const ratios = secondRatios(
        samples.map((x, i) => x - clean.signals[l].samples[i]),
        fs,
        qrs[l],
        data.band,
      );
      const probability = await model.noisiness(samples, fs);
      for (let s = 0; s < ratios.length; s++) {
        const inside = spans.some(({ from, to }) => s * fs >= from && (s + 1) * fs <= to);
        const outside = spans.every(({ from, to }) => (s + 3) * fs <= from || (s - 2) * fs >= to);
        if (inside) rows.push({ ratio: ratios[s], probability: probability[s] });
        else if (outside) quiet.push(probability[s]);
      }
    }
  }
  const of = (from: number, to: number) => {
    const own = rows.filter(({ ratio }) => ratio > from && ratio <= to);
    return { seconds: own.length, calledNoisy: own.filter((r) => r.probability > 0.5).length / own.length };
  };
  const { noisyUpTo, goodFrom } = data;
  const told = [
    ...rows.filter((r) => r.ratio <= noisyUpTo).map((r) => ({ ...r, isNoisy: true })),
    ...quiet.map((probability) => ({ ratio: 99, probability, isNoisy: false })),
    ...rows.filter((r) => r.ratio >= goodFrom).map((r) => ({ ...r, isNoisy: false })),
  ];
  return {
    noisy: of(Number.NEGATIVE_INFINITY, noisyUpTo),
    between: of(noisyUpTo, goodFrom),
    good: of(goodFrom, Number.POSITIVE_INFINITY),
    quiet: { seconds: quiet.length, calledNoisy: quiet.filter((p) => p > 0.5).length / quiet.length },
    auroc: curveAreas(
      told.map((r) => r.probability),
      told.map((r) => r.isNoisy),
    ).roc,
  };
}

/** vfdb: its NOISE, and what must not be taken for noise. */
async function checkVfdb() {
  const groups = new Map<string, { noisy: number; all: number }>();
  for (const name of await datasetRecords('vfdb', dataFolder)) {
    const { signals, fs, annotations, length } = await readWhole(`${dataFolder}/vfdb/${name}`);
    const codes = await Promise.all(signals.map(({ samples }) => model.judge(samples, fs)));
    const both = codes[0].map((code, s) => (codes.every((own) => own[s] === 1) ? 1 : code === 1 ? 0 : code));
    for (const { rhythm, from, to } of rhythmSpans(annotations as Annotation[], length)) {
      const group = /^(VF|VFIB|VFL)$/.test(rhythm)
        ? 'VF, VFL'
        : rhythm === 'NOISE'
          ? 'NOISE'
          : rhythm === 'VT'
            ? 'VT'
            : rhythm === 'ASYS'
              ? 'ASYS'
              : 'other';
      const inside = (s: number) => s * fs >= from && (s + 1) * fs <= to;
      for (const [what, own] of [
        [`${group}, one lead`, codes[0]],
        [`${group}, both leads`, both],
      ] as const) {
        const { noisy, all } = shareNoisy(own, inside);
        const sum = groups.get(what) ?? { noisy: 0, all: 0 };
        groups.set(what, { noisy: sum.noisy + noisy, all: sum.all + all });
      }
    }
  }
  return Object.fromEntries(
    [...groups].sort().map(([name, { noisy, all }]) => [name, { seconds: all, calledNoisy: noisy / all }]),
  );
}

/** Recordings as they are: how many seconds of each lead are called noisy, flat, clipped. */
async function checkAsRecorded(database: string, records: readonly string[]) {
  let leads = 0;
  const counts = [0, 0, 0, 0];
  for (const name of records) {
    const { signals, fs } = await readWhole(`${dataFolder}/${database}/${name}`);
    for (const { samples } of signals) {
      leads++;
      for (const code of await model.judge(samples, fs)) counts[code]++;
    }
  }
  const all = counts.reduce((a, b) => a + b, 0);
  return { leads, seconds: all, noisy: counts[1] / all, flat: counts[2] / all, clipped: counts[3] / all };
}

/** s for 24 h of two leads at 250 Hz, one thread. */
async function measureSpeed(of: QualityModel) {
  const { signals } = await readWhole(`${dataFolder}/vfdb/418`);
  const hour = new Float32Array(3600 * 250);
  for (let i = 0; i < hour.length; i++) hour[i] = signals[0].samples[i % signals[0].samples.length];
  await of.judge(hour.subarray(0, 60_000), 250);
  const begin = performance.now();
  for (let i = 0; i < 4; i++) await of.judge(hour, 250);
  const network = performance.now();
  for (let i = 0; i < 4; i++) await findLeadFaults(hour, 250);
  return {
    seconds: (12 * (network - begin)) / 1000,
    ofWhichRules: (12 * (performance.now() - network)) / 1000,
  };
}

const int8 = figures(
  judged,
  (j) => j.int8 > 0.5,
  (j) => j.int8,
);
const results = {
  command: 'npx tsx experiments/quality/run.ts',
  date: new Date().toISOString().slice(0, 10),
  commit: execFileSync('git', ['rev-parse', 'HEAD'], { cwd: here, encoding: 'utf8' }).trim(),
  model: {
    name: model.card.name,
    version: model.card.version,
    bytes: readFileSync(`${models}quality.onnx`).length,
  },
  labels: { band: data.band, noisyUpTo: data.noisyUpTo, goodFrom: data.goodFrom },
  split: report.split.title,
  all: {
    seconds: judged.length,
    patients: report.patients,
    sensitivity: noisyClass.sensitivity,
    specificity: noisyClass.specificity,
    accuracy: report.accuracy,
    macroF1: report.macroF1,
    auroc: noisyClass.rocArea,
    ece: report.reliability.ece,
  },
  int8: {
    ...int8,
    bytes: existsSync(`${models}int8/quality.onnx`)
      ? readFileSync(`${models}int8/quality.onnx`).length
      : null,
  },
  rule: figures(judged, (j) => j.byRule),
  byKind: KINDS.map((kind) => ({ kind, ...byNetwork(judged.filter((j) => j.kind === kind)) })),
  byKindRule: KINDS.map((kind) => ({
    kind,
    ...figures(
      judged.filter((j) => j.kind === kind),
      (j) => j.byRule,
    ),
  })),
  byRatio: KINDS.flatMap((kind) =>
    RATIOS.map((snrDb) => ({
      kind,
      snrDb,
      ...byNetwork(judged.filter((j) => j.kind === kind && j.snrDb === snrDb)),
    })),
  ),
  perPatient: perPatient(judged),
  outside: {
    cinc2017: await checkCinc(),
    nstdb: await checkNstdb(),
    vfdb: await checkVfdb(),
    mitdbDs2: await checkAsRecorded('mitdb', DS2),
    svdb: await checkAsRecorded('svdb', await datasetRecords('svdb', dataFolder)),
  },
  speed24h2Leads: { fp32: await measureSpeed(model), int8: await measureSpeed(small) },
  seconds: 0,
};
results.seconds = Math.round((performance.now() - started) / 1000);
export type QualityResults = typeof results;
writeFileSync(`${here}results.json`, `${JSON.stringify(results, null, 1)}\n`);
writeFileSync(`${here}tables.md`, formatQualityTables(results, KIND_NAMES));
console.log(JSON.stringify({ ...results, perPatient: undefined, byRatio: undefined }, null, 1));
