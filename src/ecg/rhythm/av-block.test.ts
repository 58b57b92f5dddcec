import { describe, expect, it } from 'vitest';
import { createWaveMarks } from '../waves/wave-marks.js';
import { type ConductionMarks, findAvBlock } from './av-block.js';

const fs = 500;

/** What the atria and the ventricles do, s: each P wave with the PR interval after which its beat comes, or none. */
function conducted(schedule: readonly (readonly [p: number, pr: number | null])[]): ConductionMarks {
  const leading = schedule.flatMap(([p, pr]) => (pr === null ? [] : [[p, p + pr] as const]));
  const marks = createWaveMarks(leading.length);
  leading.forEach(([p], i) => {
    marks.pPeak[i] = p * fs;
  });
  return {
    beats: Float64Array.from(leading, ([, beat]) => beat * fs),
    pWaves: Float64Array.from(schedule, ([p]) => p * fs),
    marks,
    fs,
    unreadable: [],
  };
}

/** P waves every `pp` s; the PR of each by its place, null where it is blocked. */
const rhythm = (n: number, pp: number, pr: (k: number) => number | null) =>
  conducted(Array.from({ length: n }, (_, k) => [1 + k * pp, pr(k)] as const));

/** Even P waves and even beats on their own; each beat is given the last P wave in the 0.6 s before it. */
function dissociated(pp: number, rr: number, seconds: number): ConductionMarks {
  const pWaves = Float64Array.from({ length: Math.floor(seconds / pp) }, (_, k) => (0.3 + k * pp) * fs);
  const beats = Float64Array.from({ length: Math.floor(seconds / rr) }, (_, k) => (0.5 + k * rr) * fs);
  const marks = createWaveMarks(beats.length);
  beats.forEach((beat, i) => {
    const own = pWaves.findLast((p) => p < beat && beat - p < 0.6 * fs);
    if (own !== undefined) marks.pPeak[i] = own;
  });
  return { beats, pWaves, marks, fs, unreadable: [] };
}

const found = async (input: ConductionMarks) =>
  (await findAvBlock(input)).map(({ rhythm, from, to }) => [rhythm, from / fs, (to - 1) / fs]);

const names = async (input: ConductionMarks) => (await found(input)).map(([name]) => name);

describe('findAvBlock', () => {
  it('finds nothing where every P wave is conducted', async () => {
    expect(await findAvBlock(rhythm(60, 0.8, () => 0.16))).toEqual([]);
    // First-degree block, and sinus bradycardia at 40 a minute.
    expect(await findAvBlock(rhythm(60, 0.9, () => 0.34))).toEqual([]);
    expect(await findAvBlock(rhythm(40, 1.5, () => 0.18))).toEqual([]);
    // Sinus arrhythmia between 0.7 and 1.3 s.
    let at = 1;
    const breathing = Array.from({ length: 60 }, (_, k) => {
      at += 1 + 0.3 * Math.sin(k);
      return [at, 0.16] as const;
    });
    expect(await findAvBlock(conducted(breathing))).toEqual([]);
  });

  it('finds a single dropped beat, from the beat before to the beat after, as uncertain', async () => {
    // P every 0.8 s from 1 s on, PR 0.16; the 11th P wave at 9.0 s is blocked: beats at 8.36 and 9.96 s.
    const [episode, ...more] = await findAvBlock(rhythm(30, 0.8, (k) => (k === 10 ? null : 0.16)));
    expect(more).toEqual([]);
    expect(episode).toMatchObject({ rhythm: 'av-block-2', probability: null, uncertain: true });
    expect(episode!.from / fs).toBeCloseTo(8.36, 9);
    expect((episode!.to - 1) / fs).toBeCloseTo(9.96, 9);
  });

  it('finds Wenckebach periods 4:3 as one certain episode', async () => {
    const wenckebach = [0.18, 0.26, 0.3, null] as const;
    const episodes = await findAvBlock(rhythm(40, 0.75, (k) => wenckebach[k % 4]!));
    expect(episodes.map(({ rhythm, uncertain }) => [rhythm, uncertain])).toEqual([['av-block-2', false]]);
    // From the third beat, the one before the first blocked P wave at 1 + 3 · 0.75: 1 + 2 · 0.75 + 0.3.
    expect(episodes[0]!.from / fs).toBeCloseTo(2.8, 9);
  });

  it('finds 2:1 and 3:1 conduction, as second-degree and not as third', async () => {
    // The beats: 2:1 every 1.66 s as in record 231 of mitdb.
    expect(await found(rhythm(40, 0.83, (k) => (k % 2 === 0 ? 0.2 : null)))).toEqual([
      ['av-block-2', expect.closeTo(1.2, 9), expect.closeTo(1 + 38 * 0.83 + 0.2, 9)],
    ]);
    expect(await names(rhythm(60, 0.6, (k) => (k % 3 === 0 ? 0.2 : null)))).toEqual(['av-block-2']);
  });

  it('does not take a premature blocked P wave, a pause without P wave or a T wave for a dropped beat', async () => {
    const early = rhythm(30, 0.8, (k) => (k === 10 ? null : 0.16));
    early.pWaves[10]! -= 0.25 * fs;
    expect(await findAvBlock(early)).toEqual([]);
    const silent = rhythm(30, 0.8, (k) => (k === 10 ? null : 0.16));
    expect(await findAvBlock({ ...silent, pWaves: silent.pWaves.filter((_, k) => k !== 10) })).toEqual([]);
    const slow = rhythm(30, 1.3, () => 0.16);
    const withT = Float64Array.from([...slow.pWaves, ...slow.beats.map((beat) => beat + 0.3 * fs)]).sort();
    expect(await findAvBlock({ ...slow, pWaves: withT })).toEqual([]);
  });

  it('finds dissociation: P waves every 0.7 s, beats every 1.6 s', async () => {
    // 1.6 / 0.7 = 2.29 cycles: the beats fall everywhere into the PP cycle.
    const [episode, ...more] = await findAvBlock(dissociated(0.7, 1.6, 60));
    expect(more).toEqual([]);
    expect(episode).toMatchObject({ rhythm: 'av-block-3', uncertain: false });
    expect(episode!.from / fs).toBeCloseTo(0.5, 9);
    expect((episode!.to - 1) / fs).toBeGreaterThan(55);
  });

  it('finds dissociation where every fifth P wave hides', async () => {
    const input = dissociated(0.7, 1.6, 60);
    const seen = { ...input, pWaves: input.pWaves.filter((_, k) => k % 5 !== 2) };
    expect(await names(seen)).toContain('av-block-3');
  });

  it('does not call beats of over 60 a minute, uneven ones, or P waves without order dissociated', async () => {
    expect(await names(dissociated(0.7, 0.9, 60))).not.toContain('av-block-3');
    const uneven = dissociated(0.7, 1.6, 60);
    uneven.beats.forEach((beat, i) => {
      uneven.beats[i] = beat + (i % 2) * 0.3 * fs;
    });
    expect(await names(uneven)).not.toContain('av-block-3');
    const wild = dissociated(0.7, 1.6, 60);
    wild.pWaves.forEach((p, k) => {
      wild.pWaves[k] = p + 0.3 * fs * Math.sin(7 * k);
    });
    expect(await names({ ...wild, pWaves: wild.pWaves.sort() })).not.toContain('av-block-3');
  });

  it('looks at nothing over what cannot be read, and at nothing without beats', async () => {
    const input = rhythm(30, 0.8, (k) => (k === 10 ? null : 0.16));
    expect(await findAvBlock({ ...input, unreadable: [{ from: 8.9 * fs, to: 9 * fs }] })).toEqual([]);
    expect(await findAvBlock(conducted([]))).toEqual([]);
  });
});
