import { readFileSync } from 'node:fs';
import { beforeAll, expect, it } from 'vitest';
import {
  createWaveMarks,
  frontalAxis,
  measureIntervals,
  spreadOf,
  type WaveMarks,
  waveAreas,
} from '../src/ecg/index.js';
import { readAnnotations } from '../src/formats/index.js';
import { openFile } from '../src/formats/node.js';
import { describeWithShared, sharedDir } from './shared-data.js';

/** Column triples of `WaveMarks` by the symbol of the wave's peak. */
const COLUMNS = {
  p: ['pOnset', 'pPeak', 'pOffset'],
  t: ['tOnset', 'tPeak', 'tOffset'],
} as const;

/** The cardiologists' marks of one lead, a beat each: the P wave before, the QRS, the T wave after. */
function marksOf(path: string): WaveMarks {
  const list = readAnnotations(readFileSync(path));
  const waves = list.flatMap(({ symbol, sample }, k) =>
    list[k - 1]?.symbol === '(' && list[k + 1]?.symbol === ')'
      ? [{ symbol, at: [list[k - 1]!.sample, sample, list[k + 1]!.sample] as const }]
      : [],
  );
  const complexes = waves.flatMap(({ symbol }, k) => (symbol === 'N' ? [k] : []));
  const marks = createWaveMarks(complexes.length);
  complexes.forEach((k, beat) => {
    [marks.qrsOnset[beat], , marks.qrsOffset[beat]] = waves[k]!.at;
    for (const [neighbour, symbol] of [[waves[k - 1], 'p'] as const, [waves[k + 1], 't'] as const])
      if (neighbour?.symbol === symbol)
        COLUMNS[symbol].forEach((column, j) => {
          marks[column][beat] = neighbour.at[j]!;
        });
  });
  return marks;
}

describeWithShared('measures by the cardiologists’ marks of ludb', () => {
  const axes = new Map<string, number[]>();
  const pr = new Map<boolean, number[]>();
  const qrs = new Map<boolean, number[]>();

  beforeAll(async () => {
    const add = <K>(map: Map<K, number[]>, key: K, value: number | null | undefined) => {
      if (value !== null && value !== undefined) map.set(key, [...(map.get(key) ?? []), value]);
    };
    for (let id = 1; id <= 200; id++) {
      const path = `${sharedDir}/data/ludb/data/${id}`;
      const reader = await openFile(path);
      const { signals, notes, fs, length } = await reader.read();
      await reader.close();
      const text = notes.join('\n');
      const areas = ['i', 'avf'].map((name) => {
        const marks = marksOf(`${path}.${name}`);
        const samples = signals.find(({ lead }) => lead === name)!.samples;
        return (
          spreadOf(waveAreas({ samples, offset: 0, fs }, marks.qrsOnset, marks.qrsOffset))?.median ?? NaN
        );
      });
      const category = /Electric axis of the heart: (left|horizontal|normal|vertical)/i.exec(text)?.[1];
      if (category) add(axes, category.toLowerCase(), frontalAxis(['I', 'aVF'], areas));
      const intervals = measureIntervals(marksOf(`${path}.ii`), { fs, length, unreadable: [] });
      add(pr, /^I degree AV block/im.test(text), spreadOf(intervals.prMs)?.median);
      add(
        qrs,
        /complete (left|right) bundle branch block/i.test(text) && !/incomplete/i.test(text),
        spreadOf(intervals.qrsMs)?.median,
      );
    }
  }, 60_000);

  const median = (values: readonly number[] | undefined) => spreadOf(Float64Array.from(values ?? []))!.median;

  it('orders the frontal axes as they were named', () => {
    const [left, horizontal, normal, vertical] = ['left', 'horizontal', 'normal', 'vertical'].map((name) =>
      median(axes.get(name)),
    );
    // Left axis deviation lies above 0°, the others follow clockwise; normal is 30° to 69°.
    expect(left).toBeLessThan(0);
    expect(horizontal).toBeGreaterThan(0);
    expect(normal).toBeGreaterThan(30);
    expect(normal).toBeLessThan(69);
    expect(horizontal).toBeLessThan(normal!);
    expect(vertical).toBeGreaterThan(normal!);
  });

  it('gives bundle-branch blocks their wide QRS and first-degree block its long PR, the others normal ones', () => {
    // Complete bundle-branch block: 120 ms and more (Surawicz et al., J. Am. Coll. Cardiol. 53:976–981, 2009).
    expect(median(qrs.get(true))).toBeGreaterThanOrEqual(120);
    expect(median(qrs.get(false))).toBeLessThan(110);
    // PR of sinus rhythm: 120 to 200 ms.
    expect(median(pr.get(false))).toBeGreaterThan(120);
    expect(median(pr.get(false))).toBeLessThan(200);
    // First-degree block is a PR of over 200 ms.
    expect(median(pr.get(true))).toBeGreaterThan(200);
  });
});
