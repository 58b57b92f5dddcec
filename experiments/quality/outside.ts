// What the quality network says of recordings and noise that nothing was trained on.
import { readFileSync } from 'node:fs';
import type { Annotation } from '../../src/core/index.js';
import { rhythmSpans } from '../../src/ecg/index.js';
import { curveAreas } from '../../src/evaluation/index.js';
import { datasetRecords } from '../../src/formats/datasets/node.js';
import type { QualityModel } from '../../src/models/index.js';
import { qualitySideOf, secondRatios } from '../../src/training/index.js';
import { type Noises, readWhole, stress } from '../noise-stress/stress.js';

/** How seconds are labelled: a part of the recipe's data. */
export interface QualityLabels {
  readonly band: { readonly low: number; readonly high: number };
  readonly noisyUpTo: number;
  readonly goodFrom: number;
  readonly validation: readonly string[];
}

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
export async function checkCinc(model: QualityModel, dataFolder: string, data: QualityLabels) {
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
    scores.push(
      noisiness.reduce((sum, p) => sum + (p > model.noisyAbove ? 1 : 0), 0) / Math.max(1, noisiness.length),
    );
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
export async function checkNstdb(
  model: QualityModel,
  dataFolder: string,
  data: QualityLabels,
  noisesAt: (fs: number) => Noises,
) {
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
    return {
      seconds: own.length,
      calledNoisy: own.filter((r) => r.probability > model.noisyAbove).length / own.length,
    };
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
    quiet: {
      seconds: quiet.length,
      calledNoisy: quiet.filter((p) => p > model.noisyAbove).length / quiet.length,
    },
    auroc: curveAreas(
      told.map((r) => r.probability),
      told.map((r) => r.isNoisy),
    ).roc,
  };
}

/** vfdb: its NOISE, and what must not be taken for noise. */
export async function checkVfdb(model: QualityModel, dataFolder: string, data: QualityLabels) {
  const groups = new Map<string, { noisy: number; all: number }>();
  for (const name of await datasetRecords('vfdb', dataFolder)) {
    if (qualitySideOf(`vfdb/${name}`, data.validation) !== 'test') continue;
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
export async function checkAsRecorded(
  model: QualityModel,
  dataFolder: string,
  database: string,
  records: readonly string[],
) {
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
