import { describe, expect, it } from 'vitest';
import { type VentricularOptions, ventricularEpisodes } from './ventricular-episodes.js';

/** Windows of 5 s every 2.5 s at 100 Hz: probabilities of VT and of VF, in tenths; `-` cannot be read. */
function episodes(vt: string, vf = '.'.repeat(vt.length), options: Partial<VentricularOptions> = {}) {
  const tenths = (text: string, w: number) =>
    text[w] === '-' ? Number.NaN : text[w] === '.' ? 0 : Number(text[w]) / 10;
  const probabilities = [...vt].flatMap((_, w) => {
    const [t, f] = [tenths(vt, w), tenths(vf, w)];
    return [1 - t - f, t, f];
  });
  return ventricularEpisodes(
    { starts: Array.from(vt, (_, w) => 250 * w), length: 500, classes: ['other', 'VT', 'VF'], probabilities },
    { fs: 100, enter: 0.5, stay: 0.3, leastS: 3, certainFrom: 0.75, ...options },
  );
}
const spans = (...args: Parameters<typeof episodes>) =>
  episodes(...args).map(({ from, to, rhythm }) => [
    from,
    to,
    rhythm === 'ventricular-tachycardia' ? 'VT' : 'VF',
  ]);

describe('ventricularEpisodes', () => {
  it('lasts from half-way before the first window to half-way behind the last', () => {
    // Windows 2 and 3 have their middles at 750 and 1000; half-way to the middles of 1 and 4: 625 and 1125.
    expect(spans('..99...')).toEqual([[625, 1125, 'VT']]);
    // At the ends of the series, to the windows' own ends.
    expect(spans('99...')).toEqual([[0, 625, 'VT']]);
    expect(spans('...99')).toEqual([[875, 1500, 'VT']]);
    expect(spans('.......')).toEqual([]);
  });

  it('goes on while windows stay probable, and needs one that enters', () => {
    expect(spans('.3453.')).toEqual([[375, 1375, 'VT']]);
    expect(spans('.3443.')).toEqual([]);
    // Negative control: 0.2 ends it, and of two halves each needs its own.
    expect(spans('.352553.')).toEqual([
      [375, 875, 'VT'],
      [1125, 1875, 'VT'],
    ]);
  });

  it('drops what answers for less than the least time', () => {
    // One window answers for 2.5 s.
    expect(spans('..9...')).toEqual([]);
    expect(spans('..9...', undefined, { leastS: 2.5 })).toEqual([[625, 875, 'VT']]);
  });

  it('ends before a window that cannot be read', () => {
    expect(spans('.99-99.')).toEqual([
      [375, 875, 'VT'],
      [1125, 1625, 'VT'],
    ]);
  });

  it('ends where windows are missing, with the last one', () => {
    const series = {
      starts: [0, 250, 500, 2000, 2250],
      length: 500,
      classes: ['VF', 'VT', 'other'],
      probabilities: Array.from({ length: 5 }, () => [0.9, 0.1, 0]).flat(),
    };
    expect(ventricularEpisodes(series, { fs: 100 }).map(({ from, to }) => [from, to])).toEqual([
      [0, 1000],
      [2000, 2750],
    ]);
  });

  it('is divided where tachycardia becomes fibrillation, both parts long enough', () => {
    // Six windows of tachycardia, then four of fibrillation; windows 5 and 6 meet half-way, at 1625.
    expect(spans('999999....', '......9999')).toEqual([
      [0, 1625, 'VT'],
      [1625, 2750, 'VF'],
    ]);
    // One window in between is no part of its own.
    expect(spans('999.999', '...9...')).toEqual([[0, 2000, 'VT']]);
    expect(spans('9999...', '....9..')).toEqual([[0, 1375, 'VT']]);
  });

  it('is uncertain where its windows are not probable on average', () => {
    const [sure] = episodes('..8899..');
    expect(sure).toMatchObject({ uncertain: false, reason: null });
    expect(sure.probability).toBeCloseTo(0.85, 12);
    const [unsure] = episodes('..6699..', '..1.....', { certainFrom: 0.78 });
    // (0.6 + 0.1 + 0.6 + 0.9 + 0.9) / 4
    expect(unsure).toMatchObject({ uncertain: true, reason: 'low-confidence' });
    expect(unsure.probability).toBeCloseTo(0.775, 12);
  });

  it('is uncertain where the one arrhythmia is little more probable than the other', () => {
    // Both parts sum to 0.9 in each window; tachycardia has 0.6 / 0.9 of it, or 0.7 / 0.9.
    const kind = (vt: string, vf: string) => episodes(vt, vf)[0];
    expect(kind('..666..', '..333..')).toMatchObject({
      rhythm: 'ventricular-tachycardia',
      uncertain: true,
      reason: 'tachycardia or fibrillation',
    });
    expect(kind('..777..', '..222..')).toMatchObject({ uncertain: false, reason: null });
    expect(kind('..222..', '..777..')).toMatchObject({
      rhythm: 'ventricular-fibrillation',
      uncertain: false,
    });
  });
});
