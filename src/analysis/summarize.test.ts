import { parse } from 'valibot';
import { describe, expect, it } from 'vitest';
import {
  AnalysisSchema,
  BEAT_CLASSES,
  type BeatClass,
  type RecordingInfo,
  UNCERTAIN_REASONS,
} from '../core/index.js';
import { rrIntervals } from '../ecg/index.js';
import type { Beats } from './beats.js';
import { findGroups, findPeriodic } from './ectopic-groups.js';
import { extremeRates, meanRate } from './heart-rate.js';
import { type Findings, summarize } from './summarize.js';
import { joinUnreadable, readableSamples } from './unreadable.js';

const FS = 100;
const OPTIONS = { pauseS: 2, certainFrom: 0.8, rateBeats: 8 };

/** Beats from a word: a class letter each, in lower case when uncertain, and s to the next (0.8 unless told). */
function beatsOf(word: string, intervals: Readonly<Record<number, number>> = {}): Beats {
  const letters = [...word];
  let t = 1;
  const samples = letters.map((_, i) => {
    if (i > 0) t += intervals[i] ?? 0.8;
    return Math.round(t * FS);
  });
  return {
    samples: Float64Array.from(samples),
    labels: {
      classes: Uint8Array.from(letters, (l) => BEAT_CLASSES.indexOf(l.toUpperCase() as BeatClass)),
      probabilities: Float32Array.from(letters, (l) => (l === l.toUpperCase() ? 0.95 : 0.5)),
      uncertain: Uint8Array.from(letters, (l) => (l === l.toUpperCase() ? 0 : 1)),
    },
  };
}

function findings(beats: Beats, rest: Partial<Findings> = {}): Findings {
  const info: RecordingInfo = {
    id: 'r',
    format: 'synthetic',
    fs: FS,
    length: (beats.samples.at(-1) ?? 0) + 100,
    signals: [{ lead: 'II', unit: 'mV', fs: FS }],
    annotations: [],
    gaps: [],
    notes: [],
    warnings: ['odd file'],
  };
  return {
    info,
    analysed: ['II'],
    models: [{ role: 'beats', id: 'm', version: '1', sha256: 'a'.repeat(64) }],
    options: OPTIONS,
    beats,
    disturbed: new Set(),
    irregular: [],
    unreadable: [],
    rhythms: null,
    waves: null,
    quality: null,
    leadCheck: null,
    warnings: ['odd result'],
    ...rest,
  };
}
const analyse = (word: string, intervals?: Readonly<Record<number, number>>) =>
  summarize(findings(beatsOf(word, intervals)));

// Every expected number below is counted by hand from the word beside it.
describe('ectopy', () => {
  it('counts singles, couplets and runs', async () => {
    const { ectopy, classes } = await analyse('NVNNVVNNNVVVNNVVVVVNSNSSNF');
    expect(ectopy!.ventricular).toMatchObject({ beats: 11, singles: 1, couplets: 1, runs: 2, runBeats: 8 });
    expect(ectopy!.ventricular.share).toBeCloseTo(11 / 26, 12);
    expect(ectopy!.supraventricular).toMatchObject({ beats: 3, singles: 1, couplets: 1, runs: 0 });
    expect(ectopy!.supraventricular.longestRun).toBeNull();
    expect(classes).toEqual({ N: 11, S: 3, V: 11, F: 1, Q: 0 });
  });

  it('finds the longest and the fastest run', async () => {
    // Four beats 0.5 s apart are 120 a minute; three beats 0.4 s apart are 150.
    const { ectopy } = await analyse('NVVVVNVVVN', { 2: 0.5, 3: 0.5, 4: 0.5, 7: 0.4, 8: 0.4 });
    expect(ectopy!.ventricular.longestRun!.beats).toBe(4);
    expect(ectopy!.ventricular.fastestRun!.beats).toBe(3);
    expect(ectopy!.ventricular.fastestRun!.bpm).toBeCloseTo(150, 9);
    const run = (await analyse('NVVVVN', { 2: 0.5, 3: 0.5, 4: 0.5 })).episodes[0]!;
    expect(run).toMatchObject({ type: 'ventricular-run', beats: 4, from: 180, to: 330, uncertain: false });
    expect(run.bpm).toBeCloseTo(120, 9);
  });

  it('leaves uncertain beats out of the certain counts, and a group with one of them', async () => {
    const { ectopy, uncertain, episodes } = await analyse('NVNvNVVNVvNVVVNVvVN');
    expect(ectopy!.ventricular).toMatchObject({ beats: 12, singles: 2, couplets: 2, runs: 2, runBeats: 6 });
    // Certain are: V, VV, V of Vv, VVV, two of VvV = 9 beats out of 16; one single, one couplet, one run whole.
    expect(ectopy!.ventricular.certain).toMatchObject({
      beats: 9,
      singles: 1,
      couplets: 1,
      runs: 1,
      runBeats: 3,
    });
    expect(ectopy!.ventricular.certain.share).toBeCloseTo(9 / 16, 12);
    expect(uncertain).toEqual({ beats: 3, share: 3 / 19, reasons: [{ reason: 'low-confidence', beats: 3 }] });
    expect(episodes.filter((e) => e.uncertain).map((e) => e.probability)).toEqual([0.5, 0.5]);
  });

  it('knows bigeminy and trigeminy by three cycles, not by two', async () => {
    const count = async (word: string) => {
      const { bigeminy, trigeminy } = (await analyse(word)).ectopy!.ventricular;
      return [bigeminy, trigeminy];
    };
    expect(await count('NVNVNVN')).toEqual([1, 0]);
    expect(await count('NVNVN')).toEqual([0, 0]);
    expect(await count('NNVNNVNNVN')).toEqual([0, 1]);
    expect(await count('NNVNNVNN')).toEqual([0, 0]);
    expect(await count('NVNVNVNNVNVNVN')).toEqual([2, 0]);
    // A couplet is no cycle of bigeminy.
    expect(await count('NVNVVNVN')).toEqual([0, 0]);
    const wanted = BEAT_CLASSES.indexOf('V');
    const beats = beatsOf('NVNVNVNVN');
    const rr = rrIntervals(beats.samples, FS, []);
    const groups = await findGroups(beats.labels!.classes, wanted, rr);
    expect(await findPeriodic(groups, rr, 2, 3)).toEqual([{ first: 1, last: 7, cycles: 4 }]);
  });

  it('breaks groups where the recording cannot be read', async () => {
    const whole = findings(beatsOf('NVVVVN'));
    const cut = await summarize({ ...whole, unreadable: [{ from: 270, to: 300, reason: 'gap' }] });
    expect((await summarize(whole)).ectopy!.ventricular).toMatchObject({ runs: 1, couplets: 0 });
    expect(cut.ectopy!.ventricular).toMatchObject({ runs: 0, couplets: 2 });
  });
});

describe('rates', () => {
  it('are 60 over the mean interval', async () => {
    const { heartRate } = await analyse('NNNNNNNNNNN');
    expect(heartRate.meanBpm).toBeCloseTo(75, 9);
    expect(heartRate.slowest!.bpm).toBeCloseTo(75, 9);
  });
  it('find the slowest and fastest window, with its place', async () => {
    // Twelve intervals of 0.8 s, then eight of 1.2 s (50 a minute), then eight of 0.5 s (120 a minute).
    const slow = Object.fromEntries(Array.from({ length: 8 }, (_, i) => [13 + i, 1.2]));
    const fast = Object.fromEntries(Array.from({ length: 8 }, (_, i) => [21 + i, 0.5]));
    const { heartRate, beats } = await analyse('N'.repeat(29), { ...slow, ...fast });
    expect(heartRate.slowest!.bpm).toBeCloseTo(50, 9);
    expect(heartRate.slowest!.from).toBe(beats.sample[12]);
    expect(heartRate.fastest!.bpm).toBeCloseTo(120, 9);
    expect(heartRate.fastest!.to).toBe(beats.sample[28]);
    expect(heartRate.meanBpm).toBeCloseTo((60 * 28) / (12 * 0.8 + 8 * 1.2 + 8 * 0.5), 9);
  });
  it('never use an interval across a stretch that cannot be read', async () => {
    const beats = beatsOf('NNNNNN', { 3: 60 });
    const unreadable = [{ from: 300, to: 6000, reason: 'flat' as const }];
    const rr = rrIntervals(beats.samples, FS, unreadable);
    expect([...rr].map((x) => (Number.isNaN(x) ? null : x))).toEqual([null, 0.8, 0.8, null, 0.8, 0.8]);
    expect(meanRate(rr)).toBeCloseTo(75, 9);
    expect(await extremeRates(rr, 3)).toEqual({ slowest: null, fastest: null });
    const analysis = await summarize({ ...findings(beats), unreadable });
    expect(analysis.pauses).toMatchObject({ count: 0, longestS: null });
    expect(analysis.heartRate.longestRr!.seconds).toBeCloseTo(0.8, 9);
    // Negative control: without the stretch the same beats hold a pause of a minute.
    expect((await summarize(findings(beats))).pauses).toMatchObject({ count: 1, longestS: 60 });
  });
  it('are null without beats', async () => {
    const analysis = await summarize(findings(beatsOf('')));
    expect(analysis.heartRate).toEqual({ meanBpm: null, slowest: null, fastest: null, longestRr: null });
    expect(analysis.ectopy!.ventricular).toMatchObject({ beats: 0, share: null });
    expect(analysis.uncertain).toEqual({ beats: 0, share: null, reasons: [] });
  });
});

describe('pauses', () => {
  it('reach the threshold or do not', async () => {
    const pauses = async (s: number) => (await analyse('NNNN', { 2: s })).pauses;
    expect(await pauses(2)).toMatchObject({ count: 1, longestS: 2 });
    expect(await pauses(1.99)).toMatchObject({ count: 0, longestS: null });
  });
  it('count as certain between beats that are some, where no beat can hide', async () => {
    const beats = beatsOf('NNnnNNN', { 1: 3, 4: 2.5, 6: 2.2 });
    // The beat before the second pause lies in noise; that only the class of another is open does not matter.
    beats.labels!.uncertain[3] = 1 + UNCERTAIN_REASONS.indexOf('noise');
    expect((await summarize(findings(beats))).pauses).toEqual({
      count: 3,
      longestS: 3,
      certain: { count: 2, longestS: 3 },
    });
    expect((await summarize({ ...findings(beats), disturbed: new Set([1]) })).pauses.certain).toEqual({
      count: 1,
      longestS: 2.2,
    });
  });
});

describe('unreadable stretches', () => {
  it('are joined, cut and counted once', () => {
    const joined = joinUnreadable(
      [
        { from: 100, to: 200, reason: 'gap' },
        { from: 320, to: 330, reason: 'gap' },
        { from: 900, to: 950, reason: 'gap' },
      ],
      [
        { from: 90, to: 300, reason: 'flat' },
        { from: 300, to: 350, reason: 'flat' },
        { from: 910, to: 920, reason: 'noise' },
        { from: 990, to: 2000, reason: 'noise' },
      ],
      1000,
    );
    expect(joined).toEqual([
      { from: 90, to: 100, reason: 'flat' },
      { from: 100, to: 200, reason: 'gap' },
      { from: 200, to: 320, reason: 'flat' },
      { from: 320, to: 330, reason: 'gap' },
      { from: 330, to: 350, reason: 'flat' },
      { from: 900, to: 950, reason: 'gap' },
      { from: 990, to: 1000, reason: 'noise' },
    ]);
    // 10 + 100 + 120 + 10 + 20 + 50 + 10 = 320 samples that cannot be read.
    expect(readableSamples(joined, 0, 1000)).toBe(680);
    expect(readableSamples(joined, 150, 160)).toBe(0);
    expect(readableSamples(joined, 340, 400)).toBe(50);
  });
});

describe('a recording of a month full of noise', () => {
  it('is joined in time that grows with it', () => {
    const every = (step: number, size: number, n: number) =>
      Array.from({ length: n }, (_, i) => ({
        from: i * step,
        to: i * step + size,
        reason: 'noise' as const,
      }));
    const joined = joinUnreadable(every(1000, 10, 100_000), every(300, 100, 300_000), 1e8);
    expect(joined.length).toBeGreaterThan(300_000);
    for (let i = 1; i < joined.length; i++)
      if (joined[i]!.from < joined[i - 1]!.to) throw new Error(`overlap at ${i}`);
  });
});

describe('hours', () => {
  it('give each beat to the hour it lies in', async () => {
    const beats = beatsOf('NNVS', { 2: 3600 });
    const { hours } = await summarize({
      ...findings(beats),
      unreadable: [{ from: 200, to: 180_200, reason: 'gap' }],
    });
    expect(hours.map((h) => [h.from, h.to, h.beats, h.ventricular, h.supraventricular, h.pauses])).toEqual([
      [0, 360_000, 2, 0, 0, 0],
      [360_000, 360_360, 2, 1, 1, 0],
    ]);
    expect(hours[0]!.analysableShare).toBeCloseTo(0.5, 9);
    expect(hours[0]!.meanBpm).toBeCloseTo(75, 9);
  });
});

describe('events', () => {
  it('come in the order of the rule', async () => {
    const { events, episodes } = await analyse('NVVNNVVVNVNVNVNNSNNSSSNNVVVVN', { 4: 2.5, 6: 0.4, 7: 0.4 });
    const kinds = events.map((e) => e.kind);
    expect(kinds.slice(0, 5)).toEqual([
      'ventricular-run',
      'ventricular-run',
      'pause',
      'supraventricular-run',
      'ventricular-couplet',
    ]);
    // The longer run first, though it is slower and later.
    expect(episodes[events[0]!.episode!]!.beats).toBe(4);
    expect(kinds).toContain('ventricular-bigeminy');
    expect(kinds).not.toContain('longest-rr');
    expect(events.map((e) => e.id)).toEqual(events.map((_, i) => `event-${i + 1}`));
  });
  it('prefer certain ones', async () => {
    const { events, episodes } = await analyse('NVVvVNNVVVNN');
    expect(episodes[events[0]!.episode!]!.beats).toBe(3);
  });
});

describe('the analysis', () => {
  it('fits its schema and survives JSON', async () => {
    const analysis = await analyse('NVNvNVVNSN');
    expect(parse(AnalysisSchema, JSON.parse(JSON.stringify(analysis)))).toEqual(analysis);
    expect(analysis.warnings).toEqual(['odd file', 'odd result']);
    expect(analysis.beats.class).toBe('NVNVNVVNSN');
    expect(analysis.beats.uncertain).toEqual([0, 0, 0, 1, 0, 0, 0, 0, 0, 0]);
  });
  it('says nothing of classes without a model', async () => {
    const beats = { samples: beatsOf('NNNN').samples, labels: null };
    const analysis = await summarize({ ...findings(beats), models: [], irregular: null });
    expect(parse(AnalysisSchema, analysis)).toEqual(analysis);
    expect(analysis).toMatchObject({ classes: null, ectopy: null, uncertain: null, irregular: null });
    expect(analysis.heartRate.meanBpm).toBeCloseTo(75, 9);
  });
});
