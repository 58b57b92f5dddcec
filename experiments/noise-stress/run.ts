// The noise stress curve of beat detection and classification, and what the quality network makes of it.
//   npx tsx experiments/noise-stress/run.ts [--data FOLDER] [--records mitdb/106,svdb/800]
// FOLDER holds mitdb, svdb and nstdb; the folder `ectopy data get` fills when omitted. Some five minutes of one core.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { createBeatClassifier } from '../../src/analysis/index.js';
import { type Annotation, BEAT_CLASSES } from '../../src/core/index.js';
import { beatClassOf, detectBeats, EC57_MAP, isQrs, LITERATURE_MAP } from '../../src/ecg/index.js';
import {
  addCounts,
  type ClassCounts,
  classStatistics,
  compareBeats,
  countClasses,
} from '../../src/evaluation/index.js';
import { datasetsFolder } from '../../src/formats/datasets/node.js';
import { openFile } from '../../src/formats/node.js';
import { loadBeatModel, loadQualityModel } from '../../src/models/index.js';
import { readBundledModel } from '../../src/models/node.js';
import { createRuntime } from '../../src/nn/node.js';
import { secondRatios } from '../../src/training/index.js';
import { createBorder } from './border.js';
import { drawCurves } from './draw-curves.js';
import {
  KIND_NAMES,
  KINDS,
  type NoiseKind,
  RATIOS,
  readerOf,
  readNoises,
  readWhole,
  stress,
} from './stress.js';
import type { Detected, StressPoint, StressRow } from './stress-point.js';
import { formatStressTables } from './tables.js';

/**
 * Some records of DS1, and four of svdb's, chosen for the sake of time; among them those of DS1 that hold
 * most S beats (209), V beats (119, 208) and runs (223). DS2 is not touched.
 */
const RECORDS =
  'mitdb/106 mitdb/112 mitdb/119 mitdb/124 mitdb/208 mitdb/209 mitdb/223 svdb/800 svdb/820 svdb/844 svdb/868'.split(
    ' ',
  );

const here = fileURLToPath(new URL('.', import.meta.url));
const { values } = parseArgs({ options: { data: { type: 'string' }, records: { type: 'string' } } });
const dataFolder = values.data ?? datasetsFolder();
const records = values.records?.split(',') ?? RECORDS;

const none = (): Detected => ({ hits: 0, missed: 0, extra: 0 });
const started = performance.now();
const runtime = await createRuntime({ threads: 1 });
const beatBytes = await readBundledModel('beats');
const sha256 = createHash('sha256').update(beatBytes).digest('hex');
const beatModel = await loadBeatModel(beatBytes, runtime);
const classifier = createBeatClassifier(beatModel, sha256);
const qualityBytes = await readBundledModel('quality');
const quality = await loadQualityModel(qualityBytes, runtime);
const noisesAt = await readNoises(dataFolder);
const { band } = JSON.parse(readFileSync(`${here}../quality/config.json`, 'utf8')).data;
const border = createBorder();

// A missing record shows before the first is worked on.
for (const id of records) await (await openFile(`${dataFolder}/${id}`)).close();

const points: StressPoint[] = [];
const cases: (readonly [NoiseKind | 'none', number | null])[] = [
  ['none', null],
  ...KINDS.flatMap((kind) => RATIOS.map((snrDb) => [kind, snrDb] as const)),
];
for (const [kind, snrDb] of cases)
  points.push({
    kind,
    snrDb,
    standard: none(),
    noisy: none(),
    judgedGood: none(),
    seconds: 0,
    unreadable: 0,
    counts: countClasses([], []),
    countsGood: countClasses([], []),
  });

for (const id of records) {
  const recording = await readWhole(`${dataFolder}/${id}`);
  const { fs, annotations } = recording;
  const beats = annotations.filter(({ symbol }) => isQrs(symbol));
  const peaks = Float64Array.from(beats, ({ sample }) => sample);
  const noises = noisesAt(fs);
  for (const [p, [kind, snrDb]] of cases.entries()) {
    const stressed = stress(recording, noises, kind === 'none' ? 'bw' : kind, snrDb ?? 0);
    const leads = kind === 'none' ? recording.signals.map(({ samples }) => samples) : stressed.leads;
    const isNoisy = (sample: number) => stressed.spans.some(({ from, to }) => sample >= from && sample < to);
    const judged = await Promise.all(leads.map((lead) => quality.judge(lead, fs)));
    const isGood = (sample: number) => judged.some((codes) => codes[Math.floor(sample / fs)] === 0);
    const found: Annotation[] = Array.from(detectBeats(leads, fs), (sample) => ({ sample, symbol: 'N' }));
    const { pairs, missed, extra } = compareBeats(annotations, found, {
      record: id,
      fs,
      from: 300,
      map: EC57_MAP,
    });
    const point = points[p] as { -readonly [K in keyof StressPoint]: StressPoint[K] };
    const tally = (samples: readonly number[], what: keyof Detected) => {
      for (const sample of samples) {
        point.standard[what]++;
        if (!isNoisy(sample)) continue;
        point.noisy[what]++;
        if (isGood(sample)) point.judgedGood[what]++;
      }
    };
    tally(
      pairs.map(({ reference }) => annotations[reference].sample),
      'hits',
    );
    tally(
      missed.map((i) => annotations[i].sample),
      'missed',
    );
    tally(
      extra.map((i) => found[i].sample),
      'extra',
    );
    for (let s = 0; s < Math.floor(recording.length / fs); s++) {
      if (!isNoisy((s + 0.5) * fs)) continue;
      point.seconds++;
      if (!isGood((s + 0.5) * fs)) point.unreadable++;
    }
    if (kind !== 'none') {
      const ratios = leads.map((lead, l) =>
        secondRatios(
          lead.map((x, i) => x - recording.signals[l].samples[i]),
          fs,
          stressed.qrs[l],
          band,
        ),
      );
      const wrong = new Set(
        [...missed.map((i) => annotations[i].sample), ...extra.map((i) => found[i].sample)].map((sample) =>
          Math.floor(sample / fs),
        ),
      );
      for (let s = 0; s < ratios[0].length; s++)
        if (isNoisy((s + 0.5) * fs)) border.add(kind, Math.max(...ratios.map((own) => own[s])), wrong.has(s));
    }
    const { classes } = await classifier.classify(readerOf(recording, leads), peaks);
    const scored = beats.flatMap(({ sample, symbol }, i) =>
      isNoisy(sample) && beatClassOf(symbol, LITERATURE_MAP) !== undefined ? [i] : [],
    );
    const count = (chosen: readonly number[]) =>
      countClasses(
        chosen.map((i) => BEAT_CLASSES.indexOf(beatClassOf(beats[i].symbol, LITERATURE_MAP)!)),
        chosen.map((i) => BEAT_CLASSES.indexOf(classes[i])),
      );
    point.counts = addCounts([point.counts, count(scored)]);
    point.countsGood = addCounts([point.countsGood, count(scored.filter((i) => isGood(beats[i].sample)))]);
  }
  console.log(`${id}: ${((performance.now() - started) / 1000).toFixed(0)} s`);
}

const share = ({ hits, missed, extra }: Detected) => ({
  sensitivity: hits / (hits + missed),
  positivePredictivity: hits / (hits + extra),
});
const f1 = (counts: ClassCounts) => {
  const { macroF1, classes } = classStatistics(counts);
  return { macroF1, N: classes.N.f1, S: classes.S.f1, V: classes.V.f1 };
};
const rows: StressRow[] = points.map((point) => ({
  kind: point.kind,
  snrDb: point.snrDb,
  standard: share(point.standard),
  noisy: share(point.noisy),
  judgedGood: share(point.judgedGood),
  unreadable: point.unreadable / point.seconds,
  classification: f1(point.counts),
  classificationGood: f1(point.countsGood),
}));

const results = {
  command: 'npx tsx experiments/noise-stress/run.ts',
  date: new Date().toISOString().slice(0, 10),
  commit: execFileSync('git', ['rev-parse', 'HEAD'], { cwd: here, encoding: 'utf8' }).trim(),
  models: {
    beats: { name: beatModel.card.name, version: beatModel.card.version, sha256 },
    quality: { name: quality.card.name, version: quality.card.version },
  },
  records,
  split: 'mitdb DS1 and svdb, no record of DS2; the beat network was trained on these patients',
  seconds: Math.round((performance.now() - started) / 1000),
  band,
  border: border.rows(),
  rows,
};
writeFileSync(`${here}results.json`, `${JSON.stringify(results, null, 1)}\n`);
writeFileSync(`${here}tables.md`, formatStressTables(results, KIND_NAMES));
writeFileSync(`${here}curves.svg`, drawCurves(rows, KIND_NAMES));
await beatModel.close();
await quality.close();
