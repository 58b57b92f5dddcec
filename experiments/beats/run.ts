// Trains the beat networks of the DS1 benchmark and scores each once on DS2; writes results.json, tables.md and
// models/beats-ds1.onnx.
//   npx tsx experiments/beats/run.ts [--data FOLDER] [--run FOLDER]… [--no-score]
// FOLDER of --data holds mitdb and svdb; ECTOPY_DATA or the folder `ectopy data get` fills when omitted.
// --run takes the networks of a finished or interrupted run of one of the recipes instead of training them anew.
// Each scoring is a use of the test set and is counted in ds2-uses.json.
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { VERSION } from '../../src/core/index.js';
import { formatClassReport, formatDoubtReport } from '../../src/evaluation/index.js';
import { datasetsFolder } from '../../src/formats/datasets/node.js';
import { addTestMetrics, readModelCard } from '../../src/models/index.js';
import { readBeatRecipe, scoreTest, trainBeats } from '../../src/training/node.js';
import { detectedFigures } from './detected.js';
import { doubtOnRecords } from './doubt.js';
import { beatResults, type Figure, figureOf } from './results.js';

const here = fileURLToPath(new URL('.', import.meta.url));
const root = fileURLToPath(new URL('../..', import.meta.url));
const { values } = parseArgs({
  options: {
    data: { type: 'string' },
    run: { type: 'string', multiple: true, default: [] },
    'no-score': { type: 'boolean', default: false },
  },
});
const dataFolder = values.data ?? datasetsFolder();

/** The benchmark's own recipe first: patients disjoint, and the only one with figures of its own doubt. */
const TRACKS = [
  { file: 'config.json', prefix: 'beats.ds2' },
  { file: 'standard-split.json', prefix: 'beats.ds2.standard' },
  { file: 'with-svdb.json', prefix: 'beats.ds2.with-svdb' },
] as const;

const nameOf = (file: string): string => (JSON.parse(readFileSync(file, 'utf8')) as { name: string }).name;
const runs = new Map(values.run.map((folder) => [nameOf(join(folder, 'config.json')), folder]));

const figures: Figure[] = [];
const tracks: Record<string, unknown> = {};
const tables: string[] = [];
let uses = 0;
for (const { file, prefix } of TRACKS) {
  const recipe = await readBeatRecipe(`${here}${file}`);
  const resume = runs.get(recipe.name);
  const started = performance.now();
  const trained = await trainBeats({
    recipe,
    dataFolder,
    cacheFolder: `${root}.cache/training`,
    runsFolder: `${root}runs`,
    ...(resume !== undefined && { resume }),
    workers: 2,
    software: `ectopy ${VERSION}`,
    onEvent: (event) => {
      if (event.kind !== 'epoch') return;
      const { epoch, loss, validation } = event.figures;
      const shown = Object.entries(validation).map(([name, x]) => `${name} ${x.toFixed(3)}`);
      console.log(`${event.run}: epoch ${epoch} of ${event.epochs}, loss ${loss.toFixed(4)}`, ...shown);
    },
  });
  console.log(`${trained.folder}: ${((performance.now() - started) / 60_000).toFixed(1)} min`);
  console.log('cross-validation', trained.crossValidation.figures);
  console.log('validation', trained.validation?.figures);
  if (values['no-score']) continue;

  const scores = await scoreTest({
    model: trained.model,
    runFolder: trained.folder,
    dataFolder,
    usesFile: `${here}ds2-uses.json`,
  });
  uses = scores.uses;
  const card = readModelCard(trained.model);
  const results = beatResults(prefix, scores, trained, card);
  figures.push(...results.figures, ...detectedFigures(prefix, scores));
  tracks[recipe.name] = results.track;
  const released = scores.networks[0].reports;
  tables.push(`## ${recipe.name}\n\n${Object.values(released).map(formatClassReport).join('\n')}`);
  if (prefix !== TRACKS[0].prefix) continue;

  const ids = scores.predictions.map(({ id }) => id);
  const doubt = await doubtOnRecords(trained.model, ids, dataFolder);
  const { reliability, riskCoverage } = doubt;
  const about = `${released['given literature'].context.split.title}, R peaks given, literature map, released model`;
  const risk = (coverage: number): number =>
    riskCoverage.risk.find((row) => row.coverage === coverage)?.risk ?? Number.NaN;
  figures.push(
    figureOf('beats.ds2.ece', reliability.ece, `${about}, 15 bins`),
    figureOf('beats.ds2.risk-at-100', risk(1), about),
    figureOf('beats.ds2.risk-at-90', risk(0.9), `${about}, the surest 90 % of the beats`),
  );
  tables.push(`## Doubt of ${recipe.name}\n\n${formatDoubtReport(doubt)}`);
  tracks['doubt'] = doubt;
  // The released file carries its own test figures.
  const metrics = results.figures
    .filter(({ id }) => id.startsWith('beats.ds2.released.'))
    .map(({ id, value, interval, unit, split }) => ({
      id,
      value,
      ...(interval !== undefined && { interval: [...interval] as [number, number] }),
      unit,
      split,
    }));
  mkdirSync(`${root}models`, { recursive: true });
  writeFileSync(`${root}models/beats-ds1.onnx`, addTestMetrics(trained.model, metrics));
  copyFileSync(`${trained.folder}/seed-${card.training.seeds[0]}/curve.svg`, `${here}curve.svg`);
}

if (!values['no-score']) {
  writeFileSync(`${here}results.json`, `${JSON.stringify({ figures, uses, tracks }, null, 1)}\n`);
  writeFileSync(
    `${here}tables.md`,
    `# The beat networks on DS2\n\nReleased models (mean of their networks). DS2 has been scored ${uses} times in all.\n\n${tables.join('\n\n')}`,
  );
  for (const { id, value, interval } of figures) console.log(id, value, interval ?? '');
  console.log(`DS2 has been scored ${uses} time(s)`);
}
