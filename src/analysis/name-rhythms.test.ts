import { describe, expect, it } from 'vitest';
import { rrIntervals } from '../ecg/index.js';
import { nameRhythms, type RhythmEvidence } from './name-rhythms.js';
import { fibrillatingStretches, rateRhythms, stretchesWithoutP, tallyRhythms } from './rhythms.js';
import { windowStarts } from './survey/windows.js';

const FS = 100;
const LENGTH = 600 * FS;

/** Windows of so many seconds, each with the probabilities at its middle, s. */
function series(classes: string[], windowS: number, hopS: number, at: (middle: number) => number[]) {
  const starts = windowStarts(LENGTH, windowS * FS, hopS * FS);
  const probabilities = Float32Array.from([...starts].flatMap((start) => at(start / FS + windowS / 2)));
  return { classes, starts, length: windowS * FS, probabilities };
}
const SINUS = [0.95, 0.02, 0.02, 0.01];
const FIBRILLATION = [0.02, 0.95, 0.02, 0.01];
const rhythm = (at: (middle: number) => number[]) => series(['N', 'A', 'O', '~'], 30, 10, at);
const ventricular = (at: (middle: number) => number[]) => series(['other', 'VT', 'VF'], 5, 2.5, at);
const calm = ventricular(() => [1, 0, 0]);

/** Beats every `rr` s, all N and certain, and what else a recording of ten minutes shows. */
function evidence(
  more: Partial<RhythmEvidence> = {},
  rrS: (t: number) => number = () => 0.8,
): RhythmEvidence {
  const times: number[] = [];
  for (let t = 0.5; t < 600; t += rrS(t)) times.push(Math.round(t * FS));
  const samples = more.beats?.samples ?? Float64Array.from(times);
  const n = samples.length;
  const labels = {
    classes: new Uint8Array(n),
    probabilities: new Float32Array(n).fill(0.99),
    uncertain: new Uint8Array(n),
  };
  return {
    info: { fs: FS, length: LENGTH },
    beats: { samples, labels },
    rr: rrIntervals(samples, FS, more.unreadable ?? []),
    unreadable: [],
    disturbed: new Set(),
    rhythm: rhythm(() => SINUS),
    ventricular: calm,
    marks: null,
    pWaves: null,
    ...more,
  };
}
const names = async (of: RhythmEvidence) => (await nameRhythms(of))!.map((episode) => episode.rhythm);

describe('nameRhythms', () => {
  it('covers the recording without holes or overlap', async () => {
    const found = (await nameRhythms(
      evidence({
        rhythm: rhythm((t) => (t > 200 && t < 400 ? FIBRILLATION : SINUS)),
        unreadable: [{ from: 45_000, to: 47_000, reason: 'flat' }],
      }),
    ))!;
    expect(found[0]!.from).toBe(0);
    expect(found.at(-1)!.to).toBe(LENGTH);
    for (let i = 1; i < found.length; i++) expect(found[i]!.from).toBe(found[i - 1]!.to);
    expect(found.map((episode) => episode.rhythm)).toContain('unreadable');
  });

  it('is sinus rhythm, slow or fast by its rate, and nothing else, where nothing is', async () => {
    expect(await names(evidence())).toEqual(['sinus']);
    expect(await names(evidence({}, () => 1.4))).toContain('sinus-bradycardia');
    expect(await names(evidence({}, () => 0.5))).toContain('sinus-tachycardia');
    expect(await names(evidence({}, () => 0.9))).not.toContain('sinus-bradycardia');
  });

  it('lets ventricular fibrillation go before what else is said there', async () => {
    const fibrillates = ventricular((t) => (t > 300 && t < 340 ? [0.02, 0.03, 0.95] : [1, 0, 0]));
    // The rhythm network, which has never seen it, calls it noise; the detector finds no beats.
    const noise = rhythm((t) => (t > 290 && t < 350 ? [0.02, 0.02, 0.02, 0.94] : SINUS));
    const samples = evidence().beats.samples.filter((s) => s < 30_000 || s > 34_000);
    const found = (await nameRhythms(
      evidence({
        ventricular: fibrillates,
        rhythm: noise,
        beats: { samples, labels: null },
        rr: rrIntervals(samples, FS, []),
      }),
    ))!;
    const attack = found.find((episode) => episode.rhythm === 'ventricular-fibrillation')!;
    // A window of 5 s answers for its middle, 2.5 s to the next.
    expect(Math.abs(attack.from / FS - 300)).toBeLessThanOrEqual(2.5);
    expect(Math.abs(attack.to / FS - 340)).toBeLessThanOrEqual(2.5);
    expect(attack.uncertain).toBe(false);
    expect(found.map((episode) => episode.rhythm)).not.toContain('asystole');
    expect(fibrillatingStretches(found)).toEqual([{ from: attack.from, to: attack.to }]);
  });

  it('finds asystole where no beat is and nothing fibrillates, unsure where a beat may hide', async () => {
    const samples = evidence().beats.samples.filter((s) => s < 30_000 || s > 30_700);
    const rr = rrIntervals(samples, FS, []);
    const still = { beats: { samples, labels: null }, rr };
    const found = (await nameRhythms(evidence(still)))!.find((e) => e.rhythm === 'asystole')!;
    expect(found).toMatchObject({ uncertain: false });
    const beat = samples.findIndex((s) => s > 30_000);
    expect([found.from, found.to]).toEqual([samples[beat - 1], samples[beat]]);
    const hiding = (await nameRhythms(evidence({ ...still, disturbed: new Set([beat]) })))!;
    expect(hiding.find((e) => e.rhythm === 'asystole')).toMatchObject({ uncertain: true });
  });

  it('tells atrial fibrillation, in which supraventricular beats cannot be told', async () => {
    // Intervals that follow no pattern, as fibrillation needs them.
    const uneven = (t: number) => (t > 200 && t < 400 ? 0.5 + 0.45 * Math.abs(Math.sin(t * t)) : 0.8);
    const found = (await nameRhythms(
      evidence({ rhythm: rhythm((t) => (t > 200 && t < 400 ? FIBRILLATION : SINUS)) }, uneven),
    ))!;
    expect(found.map((episode) => episode.rhythm)).toContain('atrial-fibrillation');
    const [stretch] = stretchesWithoutP(found);
    expect(Math.abs(stretch!.from / FS - 200)).toBeLessThanOrEqual(15);
    expect(Math.abs(stretch!.to / FS - 400)).toBeLessThanOrEqual(15);
    expect(stretchesWithoutP((await nameRhythms(evidence()))!)).toEqual([]);
  });

  it('says nothing without a network, and only what it can without that of rhythms', async () => {
    expect(await nameRhythms(evidence({ rhythm: null, ventricular: null }))).toBeNull();
    const found = (await nameRhythms(evidence({ rhythm: null })))!;
    expect(found).toMatchObject([{ rhythm: 'other', uncertain: true, probability: null }]);
    expect(found[0]!.reason).toMatch(/no network/);
  });
});

describe('the burden of rhythms', () => {
  it('adds up to the recording, with rates from the intervals inside', async () => {
    const samples = Float64Array.from({ length: 100 }, (_, i) => (i < 50 ? i * 100 : 5000 + (i - 50) * 50));
    const rr = rrIntervals(samples, 100, []);
    const plain = { probability: null, uncertain: false, reason: null };
    const episodes = [
      { from: 0, to: 5000, rhythm: 'sinus' as const, ...plain },
      { from: 5000, to: 7000, rhythm: 'sinus-tachycardia' as const, ...plain, uncertain: true },
      { from: 7000, to: 8000, rhythm: 'sinus' as const, ...plain },
    ];
    const rated = await rateRhythms(episodes, samples, rr);
    // 60 s / 1 s and 60 s / 0.5 s.
    expect(rated.map(({ bpm }) => bpm)).toEqual([60, 120, 120]);
    expect(rated.map(({ beats }) => beats)).toEqual([50, 40, 10]);
    const burden = tallyRhythms(rated, samples, rr, { fs: 100, length: 8000 });
    expect(burden.map(({ rhythm }) => rhythm)).toEqual(['sinus', 'sinus-tachycardia']);
    expect(burden.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 12);
    // 49 intervals of 1 s and 9 of 0.5 s in sinus rhythm.
    // 20 s of tachycardia between do not end the episode; 40 s would.
    expect(burden[0]).toMatchObject({ episodes: 1, seconds: 60, longestS: 80, certainSeconds: 60 });
    const later = rated.map((e) => (e.from === 7000 ? { ...e, from: 9000, to: 10_000 } : e));
    const apart = tallyRhythms(later, samples, rr, { fs: 100, length: 10_000 });
    expect(apart[0]).toMatchObject({ episodes: 2, longestS: 50 });
    expect(burden[0]!.meanBpm).toBeCloseTo((60 * 58) / 53.5, 9);
    expect(burden[1]).toMatchObject({ seconds: 20, certainSeconds: 0 });
  });
});
