// How many supraventricular beats a network finds where they are a few, half or most of a recording: synthetic
// recordings, R peaks given. A patient can have more ectopic than normal beats; this asks without any test set.
//   npx tsx experiments/beats/majority.ts [MODEL.onnx …]     the built-in network when omitted
import { readFileSync } from 'node:fs';
import { beatClassOf, LITERATURE_MAP, synthesizeReader } from '../../src/ecg/index.js';
import { classifyBeats, loadBeatModel, prepareInput } from '../../src/models/index.js';
import { readBundledModel } from '../../src/models/node.js';
import { createNativeRuntime } from '../../src/nn/node.js';

const run = (beats: number) => 'A'.repeat(beats);
/** Words of the generator that begin at random, how often an hour in all, and the sinus rate between them. */
const RHYTHMS = [
  { name: 'single beats and short runs', words: [run(1), run(2), run(3)], anHour: 270, heartRateBpm: 70 },
  { name: 'runs of 5 to 12', words: [run(5), run(8), run(12)], anHour: 390, heartRateBpm: 60 },
  { name: 'runs of 14 to 30', words: [run(14), run(20), run(30)], anHour: 390, heartRateBpm: 55 },
  { name: 'bigeminy', words: ['AN'.repeat(10)], anHour: 600, heartRateBpm: 65 },
];
const SEEDS = [1, 2, 3, 4];

const files = process.argv.slice(2);
const models =
  files.length > 0
    ? files.map((file) => ({ name: file, bytes: readFileSync(file) }))
    : [{ name: 'built-in', bytes: await readBundledModel('beats') }];
const runtime = await createNativeRuntime({ threads: 1 });
for (const { name, bytes } of models) {
  const model = await loadBeatModel(bytes, runtime);
  console.log(`${name}: ${model.card.name} ${model.card.version}`);
  for (const rhythm of RHYTHMS) {
    let [beats, ectopic, found, called] = [0, 0, 0, 0];
    for (const seed of SEEDS) {
      const { words, anHour, heartRateBpm } = rhythm;
      const eventsPerHour = Object.fromEntries(words.map((word) => [word, anHour / words.length]));
      const reader = synthesizeReader(
        {
          id: 'majority',
          segments: [{ rhythm: 'sinus', seconds: 1800, heartRateBpm, eventsPerHour }],
          disturbances: [
            { kind: 'white', amplitudeMv: 0.01 },
            { kind: 'wander', amplitudeMv: 0.1 },
          ],
        },
        { fs: 250, seed, leads: ['MLII', 'V1'] },
      );
      const truth = reader.info.annotations.filter(({ symbol }) => beatClassOf(symbol, LITERATURE_MAP));
      const samples = Float64Array.from(truth, ({ sample }) => sample);
      const { classes } = await classifyBeats(model, prepareInput(reader, samples, model.card.input));
      truth.forEach(({ symbol }, i) => {
        const isEctopic = beatClassOf(symbol, LITERATURE_MAP) === 'S';
        beats++;
        if (isEctopic) ectopic++;
        if (classes[i] === 'S') called++;
        if (isEctopic && classes[i] === 'S') found++;
      });
    }
    const percent = (part: number, whole: number) => `${((100 * part) / whole).toFixed(1)} %`;
    console.log(
      `  ${rhythm.name.padEnd(28)} ${percent(ectopic, beats)} of the beats; found ${percent(found, ectopic)}, right ${percent(found, called)}`,
    );
  }
  await model.close();
}
