// Measures models/quality.onnx on patients and noise it has not seen; writes results.json and tables.md.
//   npx tsx experiments/quality/run.ts [--data FOLDER]
// FOLDER holds mitdb, svdb, vfdb, cinc2017 and nstdb; the folder `ectopy data get` fills when omitted. Two minutes.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { Recording } from '../../src/core/index.js';
import { createQualityMeter, findLeadFaults } from '../../src/ecg/index.js';
import { auditSplit, curveAreas, DS1, DS2, evaluateExamples } from '../../src/evaluation/index.js';
import { datasetRecords, datasetsFolder } from '../../src/formats/datasets/node.js';
import { loadQualityModel, type QualityModel } from '../../src/models/index.js';
import { createRuntime } from '../../src/nn/node.js';
import { cleanStretches, secondRatios } from '../../src/training/index.js';
import {
  KIND_NAMES,
  KINDS,
  type NoiseKind,
  RATIOS,
  readNoises,
  readWhole,
  stress,
} from '../noise-stress/stress.js';
import { checkAsRecorded, checkCinc, checkNstdb, checkVfdb } from './outside.js';
import { formatQualityTables } from './tables.js';

const here = fileURLToPath(new URL('.', import.meta.url));
const models = fileURLToPath(new URL('../../models/', import.meta.url));
const { values } = parseArgs({ options: { data: { type: 'string' } } });
const dataFolder = values.data ?? datasetsFolder();
const { data } = JSON.parse(readFileSync(`${here}config.json`, 'utf8'));

/** s of each record. */
const CROP = 780;

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
  const recording = cropped(await readWhole(`${dataFolder}/${id}`));
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

/** The first thirteen minutes, two noisy stretches, for the sake of time. */
function cropped(recording: Recording): Recording {
  const length = Math.min(recording.length, Math.round(CROP * recording.fs));
  return {
    ...recording,
    length,
    annotations: recording.annotations.filter(({ sample }) => sample < length),
    signals: recording.signals.map((signal) => ({ ...signal, samples: signal.samples.slice(0, length) })),
  };
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
    (j) => j.probability > model.noisyAbove,
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

/** s of computing for 24 h of two leads at 250 Hz: one thread, of the processor, whatever else runs beside it. */
async function measureSpeed(of: QualityModel) {
  const { signals } = await readWhole(`${dataFolder}/vfdb/418`);
  const lead = new Float32Array(4 * 3600 * 250);
  for (let i = 0; i < lead.length; i++) lead[i] = signals[0].samples[i % signals[0].samples.length];
  const cost = async (work: () => Promise<unknown>) => {
    const before = process.cpuUsage();
    await work();
    const { user, system } = process.cpuUsage(before);
    return (12 * (user + system)) / 1e6;
  };
  await of.judge(lead.subarray(0, 600 * 250), 250);
  return {
    seconds: await cost(() => of.judge(lead, 250)),
    ofWhichRules: await cost(() => findLeadFaults(lead, 250)),
  };
}

const int8 = figures(
  judged,
  (j) => j.int8 > model.noisyAbove,
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
    cinc2017: await checkCinc(model, dataFolder, data),
    nstdb: await checkNstdb(model, dataFolder, data, noisesAt),
    vfdb: await checkVfdb(model, dataFolder, data),
    mitdbDs2: await checkAsRecorded(model, dataFolder, 'mitdb', DS2),
    svdb: await checkAsRecorded(model, dataFolder, 'svdb', await datasetRecords('svdb', dataFolder)),
  },
  speed24h2Leads: { fp32: await measureSpeed(model), int8: await measureSpeed(small) },
  seconds: 0,
};
results.seconds = Math.round((performance.now() - started) / 1000);
export type QualityResults = typeof results;
writeFileSync(`${here}results.json`, `${JSON.stringify(results, null, 1)}\n`);
writeFileSync(`${here}tables.md`, formatQualityTables(results, KIND_NAMES));
console.log(JSON.stringify({ ...results, perPatient: undefined, byRatio: undefined }, null, 1));
