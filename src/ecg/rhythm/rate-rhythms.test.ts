import { describe, expect, it } from 'vitest';
import { BEAT_CLASSES } from '../../core/index.js';
import { pacedEpisodes } from './paced-rhythm.js';
import { sinusRateEpisodes, supraventricularTachycardias, ventricularRuns } from './rate-rhythms.js';
import type { RhythmBeats } from './rhythm-beats.js';

/** Beats at 100 Hz from sample 0, an interval in ms before each but the first; 0 is an interval nobody knows, of 1 s. */
function beatsOf(intervals: readonly number[], classes = ''): RhythmBeats {
  const samples = [0];
  for (const ms of intervals) samples.push(samples[samples.length - 1] + (ms === 0 ? 100 : ms / 10));
  return {
    samples,
    rr: [Number.NaN, ...intervals.map((ms) => (ms === 0 ? Number.NaN : ms / 1000))],
    classes: samples.map((_, i) => BEAT_CLASSES.indexOf((classes[i] ?? 'N') as 'N')),
  };
}
const times = (count: number, ms: number) => new Array<number>(count).fill(ms);
const spans = (episodes: readonly { from: number; to: number; rhythm: string }[]) =>
  episodes.map(({ from, to, rhythm }) => [from, to, rhythm]);

describe('sinusRateEpisodes', () => {
  it('is a rate beyond the limit for as long as it takes', () => {
    // 25 intervals of 1.25 s, 48 a minute: 31.25 s. Of 24: 30 s. Of 23: 28.75 s.
    expect(spans(sinusRateEpisodes(beatsOf(times(25, 1250))))).toEqual([[0, 3126, 'sinus-bradycardia']]);
    expect(sinusRateEpisodes(beatsOf(times(24, 1250)))).toHaveLength(1);
    expect(sinusRateEpisodes(beatsOf(times(23, 1250)))).toEqual([]);
    // 50 a minute is none; by the old definition it is.
    expect(sinusRateEpisodes(beatsOf(times(40, 1200)))).toEqual([]);
    expect(sinusRateEpisodes(beatsOf(times(40, 1200)), { bradycardiaBpm: 60 })).toHaveLength(1);
    expect(spans(sinusRateEpisodes(beatsOf(times(60, 590))))).toEqual([[0, 3541, 'sinus-tachycardia']]);
    expect(sinusRateEpisodes(beatsOf(times(60, 600)))).toEqual([]);
  });

  it('is not broken by an early beat and its pause, but by an unknown interval', () => {
    const early = [...times(30, 500), 350, 650, ...times(30, 500)];
    expect(sinusRateEpisodes(beatsOf(early))).toHaveLength(1);
    expect(sinusRateEpisodes(beatsOf([...times(40, 500), 0, ...times(40, 500)]))).toEqual([]);
  });
});

describe('ventricularRuns', () => {
  it('are three beats above 100 a minute', () => {
    const run = beatsOf([800, 500, 500, 500, 900], 'NNVVVN');
    expect(spans(ventricularRuns(run))).toEqual([[130, 231, 'ventricular-tachycardia']]);
    expect(ventricularRuns(beatsOf([800, 500, 500, 500, 900], 'NNVVNN'))).toEqual([]);
    expect(ventricularRuns(run, { leastBeats: 4 })).toEqual([]);
    // Idioventricular: 600 ms is 100 a minute, not above it.
    expect(ventricularRuns(beatsOf([800, 500, 600, 600, 900], 'NNVVVN'))).toEqual([]);
    // An interval nobody knows: two beats and one.
    expect(ventricularRuns(beatsOf([800, 500, 500, 0, 900], 'NNVVVN'))).toEqual([]);
  });

  it('are uncertain when one of their beats is', () => {
    const run = beatsOf([800, 500, 500, 500, 900], 'NNVVVN');
    expect(ventricularRuns({ ...run, uncertain: [0, 0, 0, 1, 0, 0] })[0]).toMatchObject({
      uncertain: true,
      reason: 'uncertain beat',
    });
    expect(ventricularRuns({ ...run, uncertain: [1, 1, 0, 0, 0, 1] })[0]).toMatchObject({ uncertain: false });
  });
});

describe('supraventricularTachycardias', () => {
  it('are runs of early beats', () => {
    const run = beatsOf([800, 400, 400, 400, 400, 900], 'NNSSSSN');
    expect(spans(supraventricularTachycardias(run))).toEqual([[120, 241, 'supraventricular-tachycardia']]);
    expect(supraventricularTachycardias(run, { leastBeats: 5 })).toEqual([]);
    expect(supraventricularTachycardias(run, { leastBpm: 150 })).toEqual([]);
  });

  it('begin abruptly, are regular and not ventricular where the class does not tell them', () => {
    const abrupt = [...times(8, 800), ...times(10, 400), ...times(4, 800)];
    // From the beat before the first short interval, at 6400 ms, over ten intervals of 400.
    expect(spans(supraventricularTachycardias(beatsOf(abrupt)))).toEqual([
      [640, 1041, 'supraventricular-tachycardia'],
    ]);
    // Negative controls: a gradual onset, fewer than eight intervals, irregular ones, ventricular beats.
    const gradual = [...times(8, 800), 740, 680, 620, 570, 530, 495, ...times(10, 400)];
    expect(supraventricularTachycardias(beatsOf(gradual))).toEqual([]);
    expect(supraventricularTachycardias(beatsOf([...times(8, 800), ...times(7, 400), 800]))).toEqual([]);
    const irregular = [...times(8, 800), 400, 300, 480, 310, 450, 300, 470, 330, 460, 300];
    expect(supraventricularTachycardias(beatsOf(irregular))).toEqual([]);
    expect(supraventricularTachycardias(beatsOf(abrupt, 'NNNNNNNNNVVVVVVVVVV'))).toEqual([]);
  });

  it('that are found both ways are one', () => {
    const abrupt = [...times(8, 800), ...times(10, 400), ...times(4, 800)];
    expect(spans(supraventricularTachycardias(beatsOf(abrupt, 'NNNNNNNNNSSSSNNNNNN')))).toEqual([
      [640, 1041, 'supraventricular-tachycardia'],
    ]);
  });
});

describe('pacedEpisodes', () => {
  const paced = (text: string) => [...text].map((c) => (c === 'p' ? 1 : 0));
  const find = (text: string) => spans(pacedEpisodes(beatsOf(times(text.length - 1, 1000)), paced(text)));

  it('are five paced beats in a row, and no fewer', () => {
    expect(find('nnnnnnpppppnnnnnn')).toEqual([[600, 1001, 'paced']]);
    expect(find('nnnnnnppppnnnnnnn')).toEqual([]);
  });

  it('hold fused and inhibited beats where most are paced', () => {
    expect(find('ppnpppnnppppnpp')).toEqual([[0, 1401, 'paced']]);
    expect(find('pnnpnnpnnpnnpnn')).toEqual([]);
  });

  it('end at an interval nobody knows', () => {
    const beats = beatsOf([...times(6, 1000), 0, ...times(6, 1000)]);
    expect(spans(pacedEpisodes(beats, paced('pppppppppppppp')))).toEqual([
      [0, 601, 'paced'],
      [700, 1301, 'paced'],
    ]);
  });
});
