import fc from 'fast-check';
import { parse } from 'valibot';
import { describe, expect, it } from 'vitest';
import {
  type Analysis,
  AnalysisSchema,
  BEAT_CLASSES,
  type BeatChange,
  type Correction,
  type RhythmEpisode,
} from '../core/index.js';
import { rrIntervals, synthesizeReader } from '../ecg/index.js';
import { analyze } from './analyze.js';
import type { Beats } from './beats.js';
import { correct } from './correct.js';
import { findIrregular } from './irregular.js';
import { type Findings, summarize } from './summarize.js';
import { joinUnreadable } from './unreadable.js';

const FS = 200;

/** A beat as a slow, obvious account keeps it. */
interface Beat {
  sample: number;
  kind: number;
  probability: number;
  doubt: number;
}

const correction = (revision: number, changes: Correction['changes']): Correction => ({
  revision,
  at: '2026-01-01T00:00:00.000Z',
  by: 'local',
  comment: null,
  changes,
});

async function findingsOf(
  beats: readonly Beat[],
  length: number,
  rest: Partial<Findings>,
): Promise<Findings> {
  const own: Beats & { labels: NonNullable<Beats['labels']> } = {
    samples: Float64Array.from(beats, (b) => b.sample),
    labels: {
      classes: Uint8Array.from(beats, (b) => b.kind),
      probabilities: Float32Array.from(beats, (b) => b.probability),
      uncertain: Uint8Array.from(beats, (b) => b.doubt),
    },
  };
  const unreadable = rest.unreadable ?? [];
  return {
    info: {
      id: 'any',
      format: 'test',
      fs: FS,
      length,
      signals: [{ lead: 'II', unit: 'mV', fs: FS }],
      annotations: [],
      gaps: [],
      notes: ['a note'],
      warnings: ['odd file'],
    },
    analysed: ['II'],
    models: [{ role: 'beats', id: 'any', version: '1', sha256: 'a'.repeat(64) }],
    options: { pauseS: 2, certainFrom: 0.8, rateBeats: 8 },
    beats: own,
    disturbed: new Set(),
    irregular: await findIrregular(own.samples, own.labels, rrIntervals(own.samples, FS, unreadable)),
    unreadable,
    warnings: [],
    rhythms: null,
    waves: null,
    quality: null,
    leadCheck: null,
    ...rest,
  };
}

/** What the changes make of the beats, by searching the list for each. */
function applied(beats: readonly Beat[], changes: readonly BeatChange[]): Beat[] {
  let list = beats.map((beat) => ({ ...beat }));
  for (const change of changes) {
    list = list.filter((beat) => beat.sample !== change.sample);
    if (change.kind !== 'remove')
      list.push({
        sample: change.sample,
        kind: BEAT_CLASSES.indexOf(change.class!),
        probability: 1,
        doubt: 0,
      });
    list.sort((a, b) => a.sample - b.sample);
  }
  return list;
}

/** Any beats, stretches and changes that fit them. */
const anything = fc
  .record({
    beats: fc.array(
      fc.record({
        gap: fc.integer({ min: 20, max: 900 }),
        kind: fc.nat(4),
        // Not the doubts whether there is a beat at all: a pause beside one stays doubtful, see below.
        doubt: fc.constantFrom(0, 0, 1, 4, 5, 6, 7, 8),
        probability: fc.float({ min: 0, max: 1, noNaN: true }),
      }),
      { maxLength: 120 },
    ),
    holes: fc.array(
      fc.record({ skip: fc.integer({ min: 1, max: 9000 }), size: fc.integer({ min: 1, max: 4000 }) }),
      { maxLength: 4 },
    ),
    rhythms: fc.array(fc.nat(13), { minLength: 1, maxLength: 5 }),
    steps: fc.array(
      fc.record({ what: fc.constantFrom('relabel', 'add', 'remove'), where: fc.nat(), kind: fc.nat(4) }),
      { minLength: 1, maxLength: 20 },
    ),
  })
  .map(({ beats, holes, steps, rhythms }) => {
    let at = 0;
    const list = beats.map(({ gap, ...rest }) => {
      at += gap;
      return { sample: at, ...rest };
    });
    const length = at + 400;
    let edge = 0;
    const stretches = holes.map(({ skip, size }) => {
      const from = edge + skip;
      edge = from + size;
      return { from, to: edge, reason: 'flat' as const };
    });
    let now: readonly Beat[] = list;
    const changes: BeatChange[] = [];
    for (const { what, where, kind } of steps) {
      const beatClass = BEAT_CLASSES[kind]!;
      const free = where % length;
      let change: BeatChange;
      if (what === 'add' || now.length === 0) {
        if (now.some(({ sample }) => sample === free)) continue;
        change = { kind: 'add', sample: free, class: beatClass };
      } else {
        const { sample } = now[where % now.length]!;
        change =
          what === 'remove' ? { kind: 'remove', sample } : { kind: 'relabel', sample, class: beatClass };
      }
      changes.push(change);
      now = applied(now, [change]);
    }
    const names = ['sinus', 'atrial-fibrillation', 'other', 'sinus-tachycardia'] as const;
    return {
      list,
      length,
      changes,
      unreadable: joinUnreadable([], stretches, length),
      // Rhythms of networks: those told by beats are looked at by hand below.
      rhythms: rhythms.map(
        (name, i): RhythmEpisode => ({
          from: Math.floor((length * i) / rhythms.length),
          to: Math.floor((length * (i + 1)) / rhythms.length),
          rhythm: names[name % names.length]!,
          probability: 0.9,
          uncertain: false,
          reason: null,
        }),
      ),
    };
  });

/** All but what says that it was corrected, and sentences that count beats. */
function figuresOf({ corrections, warnings, ...rest }: Analysis): Omit<Analysis, 'corrections' | 'warnings'> {
  return rest;
}

describe('a corrected analysis', () => {
  it('equals the analysis of the corrected beats from the start', async () => {
    await fc.assert(
      fc.asyncProperty(anything, async ({ list, length, changes, unreadable, rhythms }) => {
        const rest = { unreadable, rhythms };
        const found = await summarize(await findingsOf(list, length, rest));
        const expected = await summarize(await findingsOf(applied(list, changes), length, rest));
        // As it comes from a file, in one correction or one a change.
        const read = parse(AnalysisSchema, JSON.parse(JSON.stringify(found)));
        const atOnce = await correct(read, [correction(1, changes)]);
        const oneByOne = await correct(
          read,
          changes.map((change, i) => correction(i + 1, [change])),
        );
        expect(figuresOf(atOnce)).toEqual(figuresOf(expected));
        expect(figuresOf(oneByOne)).toEqual(figuresOf(expected));
        expect(parse(AnalysisSchema, JSON.parse(JSON.stringify(atOnce)))).toEqual(atOnce);
        expect(atOnce.corrections).toEqual([correction(1, changes)]);
      }),
      { seed: 11, numRuns: 200 },
    );
  });

  it('is the analysis itself without corrections, and in all numbers when they were undone', async () => {
    await fc.assert(
      fc.asyncProperty(anything, async ({ list, length, changes, unreadable, rhythms }) => {
        const found = await summarize(await findingsOf(list, length, { unreadable, rhythms }));
        expect(await correct(found, [])).toBe(found);
        const undone = [correction(1, changes), correction(2, [{ kind: 'undo', revision: 1 }])];
        const { corrections, ...figures } = await correct(found, undone);
        expect(figures).toEqual(found);
        expect(corrections).toEqual(undone);
        // An undo is undone: the changes hold again.
        const again = [...undone, correction(3, [{ kind: 'undo', revision: 2 }])];
        expect(figuresOf(await correct(found, again))).toEqual(
          figuresOf(await correct(found, [correction(1, changes)])),
        );
      }),
      { seed: 12, numRuns: 60 },
    );
  });

  it('has the same numbers when sure beats are relabelled and back', async () => {
    const beats = [...'NNVNNNSNNVVNNN'].map((letter, i) => ({
      sample: 200 + i * 160,
      kind: BEAT_CLASSES.indexOf(letter as 'N'),
      probability: 1,
      doubt: 0,
    }));
    const found = await summarize(await findingsOf(beats, 4000, {}));
    const away = beats.map(({ sample }) => ({ kind: 'relabel' as const, sample, class: 'F' as const }));
    const back = beats.map(({ sample, kind }) => ({
      kind: 'relabel' as const,
      sample,
      class: BEAT_CLASSES[kind]!,
    }));
    const there = await correct(found, [correction(1, away)]);
    expect(there.classes).toEqual({ N: 0, S: 0, V: 0, F: 14, Q: 0 });
    const again = await correct(found, [correction(1, away), correction(2, back)]);
    expect(figuresOf(again)).toEqual(figuresOf(found));
  });

  it('counts by hand: a couplet becomes a run, a removed beat a pause', async () => {
    const beats = [...'NNVVNNNN'].map((letter, i) => ({
      sample: 200 + i * 200,
      kind: BEAT_CLASSES.indexOf(letter as 'N'),
      probability: 0.9,
      doubt: 0,
    }));
    const found = await summarize(await findingsOf(beats, 4000, {}));
    expect(found.ectopy!.ventricular).toMatchObject({ beats: 2, couplets: 1, runs: 0 });
    expect(found.pauses.count).toBe(0);
    const corrected = await correct(found, [
      correction(1, [
        { kind: 'relabel', sample: 1000, class: 'V' },
        { kind: 'remove', sample: 1400 },
      ]),
    ]);
    expect(corrected.ectopy!.ventricular).toMatchObject({ beats: 3, couplets: 0, runs: 1, runBeats: 3 });
    expect(corrected.pauses).toMatchObject({ count: 1, longestS: 2, certain: { count: 1 } });
    expect(corrected.beats).toMatchObject({ count: 7, class: 'NNVVVNN' });
    expect(corrected.beats.probability).toEqual([0.9, 0.9, 0.9, 0.9, 1, 0.9, 0.9]);
  });

  it('doubts a rhythm that was told by a beat that was corrected, and no other', async () => {
    const beats = [...'NNVVVVNNNN'].map((letter, i) => ({
      sample: 200 + i * 100,
      kind: BEAT_CLASSES.indexOf(letter as 'N'),
      probability: 0.9,
      doubt: 0,
    }));
    const of = (from: number, to: number, rhythm: RhythmEpisode['rhythm'], probability: number | null) => ({
      from,
      to,
      rhythm,
      probability,
      uncertain: false,
      reason: null,
    });
    const rhythms = [
      of(0, 400, 'sinus', 0.9),
      of(400, 701, 'ventricular-tachycardia', null),
      of(701, 2000, 'sinus', 0.9),
    ];
    const found = await summarize(await findingsOf(beats, 2000, { rhythms }));
    const relabel = (sample: number) =>
      correct(found, [correction(1, [{ kind: 'relabel', sample, class: 'N' }])]);
    expect((await relabel(500)).rhythms!.map(({ uncertain, reason }) => [uncertain, reason])).toEqual([
      [false, null],
      [true, 'beats in it were corrected'],
      [false, null],
    ]);
    expect((await relabel(800)).rhythms!.map(({ uncertain }) => uncertain)).toEqual([false, false, false]);
  });

  it('keeps the doubt of a pause in which a beat may hide, whatever its beats are called', async () => {
    const beats = [200, 400, 1000, 1200].map((sample) => ({ sample, kind: 0, probability: 1, doubt: 0 }));
    const certain = async (disturbed: ReadonlySet<number>, changes: Correction['changes']) => {
      const found = await summarize(await findingsOf(beats, 2000, { disturbed }));
      return (await correct(found, [correction(1, changes)])).pauses;
    };
    const relabel = { kind: 'relabel', sample: 1000, class: 'V' } as const;
    expect(await certain(new Set([2]), [relabel])).toMatchObject({ count: 1, certain: { count: 0 } });
    expect(await certain(new Set(), [relabel])).toMatchObject({ count: 1, certain: { count: 1 } });
    // Indices of beats shift when one is added before.
    const add = { kind: 'add', sample: 300, class: 'N' } as const;
    expect(await certain(new Set([2]), [add])).toMatchObject({ count: 1, certain: { count: 0 } });
  });

  it('tells what does not fit: beats that are not there or there already, classes where there are none', async () => {
    const beats = [200, 400].map((sample) => ({ sample, kind: 0, probability: 1, doubt: 0 }));
    const found = await summarize(await findingsOf(beats, 1000, {}));
    const refused = (changes: Correction['changes'], message: RegExp) =>
      expect(correct(found, [correction(1, changes)])).rejects.toMatchObject({
        code: 'bad-option',
        message: expect.stringMatching(message),
      });
    await refused([{ kind: 'relabel', sample: 399, class: 'V' }], /no beat.*200 and 400/);
    await refused([{ kind: 'remove', sample: 401 }], /no beat/);
    await refused([{ kind: 'add', sample: 400, class: 'V' }], /already/);
    await refused([{ kind: 'add', sample: 1000, class: 'V' }], /1000 samples/);
    await refused([{ kind: 'add', sample: 500 }], /give one of N, S, V, F, Q/);
    await refused([{ kind: 'undo', revision: 1 }], /undoes revision 1/);
    const twice: Correction['changes'] = [
      { kind: 'remove', sample: 400 },
      { kind: 'remove', sample: 400 },
    ];
    await refused(twice, /no beat/);
    const corrected = await correct(found, [correction(1, [{ kind: 'remove', sample: 400 }])]);
    await expect(correct(corrected, [])).rejects.toMatchObject({ code: 'bad-option' });
  });

  it('leaves out what fits no beat of an analysis made anew, and says so', async () => {
    const beats = [200, 400, 600].map((sample) => ({ sample, kind: 0, probability: 1, doubt: 0 }));
    const found = await summarize(await findingsOf(beats, 1000, {}));
    const list = [
      correction(1, [
        { kind: 'relabel', sample: 401, class: 'V' },
        { kind: 'relabel', sample: 600, class: 'V' },
      ]),
    ];
    const corrected = await correct(found, list, { strictFrom: 2 });
    expect(corrected.beats.class).toBe('NNV');
    expect(corrected.warnings.at(-1)).toMatch(/left out: relabel at sample 401\./);
    await expect(correct(found, list, { strictFrom: 1 })).rejects.toMatchObject({ code: 'bad-option' });
  });

  it('serves recordings whose beats were not classified: beats come and go, classes do not', async () => {
    const reader = synthesizeReader(
      { id: 'r', segments: [{ rhythm: 'sinus', seconds: 30, heartRateBpm: 60 }] },
      { fs: 250, seed: 1, leads: ['II'] },
    );
    const found = await analyze(reader, {});
    const [, second] = found.beats.sample;
    const corrected = await correct(found, [correction(1, [{ kind: 'remove', sample: second! }])]);
    expect(corrected.beats.count).toBe(found.beats.count - 1);
    expect(corrected.beats.class).toBeNull();
    // One beat a second, so that one that is gone leaves two seconds.
    expect(corrected.heartRate.longestRr!.seconds).toBeCloseTo(2, 0);
    await expect(
      correct(found, [correction(1, [{ kind: 'relabel', sample: second!, class: 'V' }])]),
    ).rejects.toMatchObject({ code: 'bad-option', message: expect.stringMatching(/not classified/) });
  });
});
