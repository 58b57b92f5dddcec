import { readdirSync, readFileSync } from 'node:fs';
import { beforeAll, expect, it } from 'vitest';
import {
  type AnnotatedRecord,
  compareReports,
  readGoldenRecords,
  writeReports,
} from '../experiments/ec57-golden/reports.js';
import { BEAT_CLASSES, type BeatClass } from '../src/core/index.js';
import { beatClassOf, EC57_MAP, type LabelMap, LITERATURE_MAP } from '../src/ecg/index.js';
import { compareBeats, DS1, DS2, MITDB } from '../src/evaluation/index.js';
import { describeWithShared, sharedDir } from './shared-data.js';

// Expected: what the WFDB software's bxb, rxr, epicmp and sumstats print (golden/README.md has the commands).
const reports = `${sharedDir}/golden/ec57/reports`;

describeWithShared.each(['qrs', 'sim'])('EC57 reports of annotator %s', (annotator) => {
  let records: AnnotatedRecord[];
  let written: Map<string, string>;
  const names = () => readdirSync(reports).filter((name) => name.startsWith(`${annotator}.`));

  beforeAll(() => {
    records = readGoldenRecords(sharedDir, annotator);
    written = writeReports(records, annotator);
  });

  it('are the reference programs’, number for number and byte for byte', () => {
    expect(names()).toHaveLength(15);
    for (const name of names()) {
      const { differing, lines } = compareReports(
        readFileSync(`${reports}/${name}`, 'utf8'),
        written.get(name) ?? '',
      );
      expect(lines, name).toEqual([]);
      expect(differing, name).toBe(0);
    }
  });

  it('notice one beat moved, and one episode, flutter or shutdown left out', () => {
    const without = (record: string, symbol: string) => (r: AnnotatedRecord) =>
      r.record === record ? { ...r, test: r.test.filter((a) => a.symbol !== symbol) } : r;
    const moved = (r: AnnotatedRecord) =>
      r.record === '100'
        ? {
            ...r,
            test: r.test
              .map((a, i) => (i === 1500 ? { ...a, sample: a.sample + 55 } : a))
              .sort((a, b) => a.sample - b.sample),
          }
        : r;
    const again = writeReports(
      records.map(moved).map(without('219', '+')).map(without('207', '[')).map(without('105', '~')),
      annotator,
    );
    const differing = names().filter(
      (name) =>
        compareReports(readFileSync(`${reports}/${name}`, 'utf8'), again.get(name) ?? '').differing > 0,
    );
    // gqrs marks beats alone, so nothing but the moved beat is disturbed there.
    const beats = ['bxb-beats', 'bxb-beats-from0', 'bxb-matrix'];
    const others = ['bxb-shutdown', 'rxr-sve-runs', 'epicmp-af', 'epicmp-vf'];
    for (const name of annotator === 'sim' ? [...beats, ...others] : beats) {
      expect(differing, name).toContain(`${annotator}.${name}.txt`);
    }
  });
});

describeWithShared('The protocols of mitdb', () => {
  const N = (records: readonly string[], map: LabelMap, from = 0) => {
    const counts = { N: 0, S: 0, V: 0, F: 0, Q: 0 } as Record<BeatClass, number>;
    for (const r of goldens.filter((g) => records.includes(g.record))) {
      for (const { sample, symbol } of r.reference) {
        const beatClass = beatClassOf(symbol, map);
        if (beatClass !== undefined && sample >= from) counts[beatClass]++;
      }
    }
    return BEAT_CLASSES.map((c) => counts[c]);
  };
  let goldens: AnnotatedRecord[];
  beforeAll(() => {
    goldens = readGoldenRecords(sharedDir, 'sim');
  });

  it('hold the beats of each class that issue 2 and the literature count', () => {
    // Origin: issue 2, section 4, measured there on the publisher's annotations.
    expect(N(DS1, LITERATURE_MAP)).toEqual([45866, 944, 3788, 415, 8]);
    expect(N(DS2, LITERATURE_MAP)).toEqual([44259, 1837, 3221, 388, 7]);
    expect(N(MITDB, LITERATURE_MAP)).toEqual([90631, 2781, 7236, 803, 8043]);
    expect(N(DS2, EC57_MAP)).toEqual([44046, 2050, 3221, 388, 7]);
  });

  it('hold the beats from 5:00 on that the field’s tables count', () => {
    // Origin: field.md, section 1.
    expect(N(DS2, LITERATURE_MAP, 108_000)).toEqual([36926, 1608, 2686, 288, 7]);
    expect(N(DS2, EC57_MAP, 108_000)).toEqual([36713, 1821, 2686, 288, 7]);
  });

  it('put 1382 supraventricular beats of DS2 into record 232', () => {
    expect(N(['232'], LITERATURE_MAP)[1]).toBe(1382);
  });

  it('find every reference beat in the reference itself', () => {
    const record = goldens.find((g) => g.record === '232')!;
    const self = compareBeats(record.reference, record.reference, {
      record: '232',
      fs: 360,
      from: 0,
      map: LITERATURE_MAP,
    });
    expect(BEAT_CLASSES.map((c) => self.matrix[c][c])).toEqual(N(['232'], LITERATURE_MAP));
    expect(self.missed).toEqual([]);
    expect(self.extra).toEqual([]);
    expect(self.timing.meanAbsoluteMs).toBe(0);
  });
});
