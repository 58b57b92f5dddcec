// How far explanations of the beat network can be trusted; writes results.json, tables.md and beats.svg.
//   npx tsx experiments/explain/run.ts [--data FOLDER] [--model FILE] [--per-class N] [--quick]
// FOLDER holds mitdb and svdb; ECTOPY_DATA or the folder `ectopy data get` fills when omitted. DS2 is not read.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { DS1, patientOf } from '../../src/evaluation/index.js';
import { beatInputs } from '../../src/explain/index.js';
import { datasetsFolder } from '../../src/formats/datasets/node.js';
import { loadBeatModel } from '../../src/models/index.js';
import { weightDepths } from '../../src/nn/index.js';
import { createNativeRuntime } from '../../src/nn/node.js';
import { type ExplainedBeat, gatherBeats } from './gather.js';
import { measureMethods, measureRandomised } from './measure.js';
import { drawExamples } from './picture.js';
import { writeTables } from './tables.js';

const here = fileURLToPath(new URL('.', import.meta.url));
const root = fileURLToPath(new URL('../..', import.meta.url));
const { values } = parseArgs({
  options: {
    data: { type: 'string' },
    model: { type: 'string', default: `${root}models/beats.onnx` },
    'per-class': { type: 'string', default: '2' },
    quick: { type: 'boolean', default: false },
  },
});
const data = values.data ?? datasetsFolder();
const started = performance.now();
const network = new Uint8Array(readFileSync(values.model));
const runtime = await createNativeRuntime({ threads: 1 });
const model = await loadBeatModel(network, runtime);
const inputs = beatInputs(model.card.input);

// The development half of mitdb, and svdb. 201 is of the patient of DS2's 202.
const svdb = Array.from({ length: 100 }, (_, i) => `svdb/${800 + i}`).filter((id) =>
  existsSync(`${data}/${id}.hea`),
);
const mitdb = DS1.filter((record) => record !== '201').map((record) => `mitdb/${record}`);
const records = [...svdb, ...mitdb].filter((_, i) => !values.quick || i % 8 === 0);
const beats: ExplainedBeat[] = [];
for (const id of records)
  beats.push(...(await gatherBeats(id, `${data}/${id}`, model, Number(values['per-class']))));
const seconds = () => `${((performance.now() - started) / 1000).toFixed(0)} s`;
console.log(`${seconds()}: ${beats.length} beats of ${new Set(beats.map((b) => b.patient)).size} patients`);

const { curves, shares } = await measureMethods(runtime, network, model.card, inputs, beats, (done) => {
  if (done % 50 === 0) console.log(`${seconds()}: ${done} beats explained`);
});
// One beat of each class and patient is enough to see whether weights matter.
const one = beats.filter(
  (beat, i) =>
    beat.class !== 'N' &&
    beats.findIndex((other) => other.patient === beat.patient && other.class === beat.class) === i,
);
const sample = one.filter((_, i) => i % Math.max(1, Math.floor(one.length / 48)) === 0);
const deepest = Math.max(...weightDepths(network).values());
const depths = Array.from({ length: deepest }, (_, i) => i + 1);
const randomised = await measureRandomised(runtime, network, model.card, sample, depths);
console.log(`${seconds()}: weights shuffled at ${deepest} depths, ${sample.length} beats`);

const trained = new Set(
  model.card.data.training.flatMap(({ database, records: own }) =>
    own.map((record) => patientOf(`${database}/${record}`)),
  ),
);
const patients = new Set(beats.map(({ patient }) => patient));
const context = {
  model: `${model.card.name} ${model.card.version}`,
  records: records.length,
  patients: patients.size,
  inTraining: [...patients].filter((patient) => trained.has(patient)).length,
};
const { results, tables } = writeTables({ curves, shares, randomised, inputs, context });
writeFileSync(`${here}results.json`, `${JSON.stringify(results, null, 1)}\n`);
writeFileSync(`${here}tables.md`, tables);
writeFileSync(`${here}beats.svg`, await drawExamples(runtime, network, model.card, inputs, beats));
await model.close();
console.log(`${seconds()}: results.json, tables.md, beats.svg`);
