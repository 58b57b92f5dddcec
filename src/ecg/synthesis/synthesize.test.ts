import { describe, expect, it } from 'vitest';
import type { Recording } from '../../core/index.js';
import { addGaussian } from './disturbance.js';
import { holterScript } from './holter-script.js';
import { createMorphologies } from './morphology.js';
import { placeWave } from './render.js';
import { sampleReader } from './sample-recording.js';
import { scheduleBeats } from './schedule.js';
import type { RhythmSegment, SynthesisScript } from './script.js';
import { substream } from './substream.js';
import { synthesize, synthesizeReader } from './synthesize.js';

const script = (segment: Partial<RhythmSegment>, rest: Partial<SynthesisScript> = {}): SynthesisScript => ({
  id: 'test',
  segments: [{ rhythm: 'sinus', seconds: 60, heartRateBpm: 60, ...segment }],
  ...rest,
});
const II = { fs: 250, seed: 3, leads: ['II'] };
const beats = (r: { annotations: Recording['annotations'] }) =>
  r.annotations.filter((a) => a.symbol !== '+' && a.symbol !== '~');
const intervals = (r: Recording) => {
  const b = beats(r);
  return b.slice(1).map((beat, i) => (beat.sample - b[i]!.sample) / r.fs);
};
const mean = (x: readonly number[]) => x.reduce((a, b) => a + b, 0) / x.length;
const deviation = (x: readonly number[]) => {
  const m = mean(x);
  return Math.sqrt(mean(x.map((v) => (v - m) ** 2)));
};

describe('the model', () => {
  // Oracle: McSharry's equations with the angular velocity in front and no leak, integrated by Runge–Kutta
  // over one cycle of T = 0.8 s; the paper scales angles and widths by sqrt(h/60) = 1/sqrt(T).
  const period = 0.8;
  const waves = createMorphologies(substream(1, 2))
    .get('N')!
    .filter((w) => w.followsRate);
  const amplitude = (i: number) => 0.2 + 0.1 * i;
  function integrate(scale: number): Float64Array {
    const fs = 1000;
    const omega = (2 * Math.PI) / period;
    const slope = (theta: number) =>
      waves.reduce((sum, wave, i) => {
        const d = theta - wave.at * scale;
        const b = wave.width * scale;
        return sum - ((amplitude(i) * omega * d) / b ** 2) * Math.exp(-0.5 * (d / b) ** 2);
      }, 0);
    const z = new Float64Array(period * fs);
    let value = 0;
    for (let i = 0; i < z.length; i++) {
      z[i] = value;
      const theta = -Math.PI + (omega * i) / fs;
      const h = 1 / fs;
      value += (h / 6) * (slope(theta) + 4 * slope(theta + (omega * h) / 2) + slope(theta + omega * h));
    }
    return z;
  }
  const closed = new Float64Array(period * 1000);
  waves.forEach((wave, i) => {
    const [at, width] = placeWave(wave, Math.sqrt(period), Math.sqrt(period), 1000);
    addGaussian(closed, 1000, -400, at, width, amplitude(i));
  });
  const distance = (z: Float64Array) => Math.max(...z.map((v, i) => Math.abs(v - closed[i]!)));

  it('is the solution of its differential equations', () => {
    expect(distance(integrate(1 / Math.sqrt(period)))).toBeLessThan(1e-3);
  });
  it('would not pass with waves that do not follow the rate', () => {
    expect(distance(integrate(1))).toBeGreaterThan(1e-2);
  });

  it('obeys Einthoven: I + III = II', () => {
    const r = synthesize(script({ events: [{ at: 10, beats: 'V' }] }), { ...II, leads: ['I', 'II', 'III'] });
    const [one, two, three] = r.signals.map((s) => s.samples);
    const worst = two!.reduce((w, v, i) => Math.max(w, Math.abs(v - one![i]! - three![i]!)), 0);
    expect(worst).toBeLessThan(1e-5);
    expect(Math.max(...two!)).toBeGreaterThan(0.5);
  });
});

describe('slices', () => {
  it('are the same bits as the whole', async () => {
    const reader = sampleReader();
    const whole = await reader.read({ from: 0, to: 30_000 });
    const [from, to] = [8191, 20_011];
    const slice = await reader.read({ from, to, signals: [1] });
    expect(slice.signals[0]!.samples).toEqual(whole.signals[1]!.samples.slice(from, to));
    expect(slice.annotations).toEqual(
      whole.annotations
        .filter((a) => a.sample >= from && a.sample < to)
        .map((a) => ({ ...a, sample: a.sample - from })),
    );
  });
  it('change with the seed', () => {
    const other = synthesize(script({}), { ...II, seed: 4 });
    expect(synthesize(script({}), II).signals).toEqual(synthesize(script({}), II).signals);
    expect(other.signals).not.toEqual(synthesize(script({}), II).signals);
  });
  it('hold the same beats at any sampling frequency', () => {
    const slow = synthesize(script({ events: [{ at: 20, beats: 'V' }] }), II);
    const fast = synthesize(script({ events: [{ at: 20, beats: 'V' }] }), { ...II, fs: 977 });
    expect(beats(slow).length).toBe(beats(fast).length);
    beats(slow).forEach((beat, i) => {
      expect(Math.abs(beat.sample / 250 - beats(fast)[i]!.sample / 977)).toBeLessThan(1 / 250);
    });
  });
  it('refuse a closed reader, a stray range and a stray signal', async () => {
    const reader = synthesizeReader(script({}), II);
    await expect(reader.read({ from: -1 })).rejects.toThrow(/range -1/);
    await expect(reader.read({ signals: [1] })).rejects.toThrow(/no signal 1/);
    await expect(reader.read({}, { signal: { aborted: true } })).rejects.toThrow(/cancelled/);
    await reader.close();
    await expect(reader.read()).rejects.toThrow(/closed/);
  });
});

describe('rhythms', () => {
  // Sinus cycles here are 1 s ± 3.5 %, so sums of two are within 10 % of 2 s in all but one case in 1e4.
  const around = (word: string, extra: Partial<RhythmSegment> = {}) => {
    const r = synthesize(script({ events: [{ at: 20, beats: word }], ...extra }), II);
    const list = beats(r);
    const at = list.findIndex((b) => b.symbol !== 'N');
    return { list, at, time: (i: number) => list[i]!.sample / r.fs };
  };

  it('keep the sinus clock through a ventricular beat: a compensatory pause', () => {
    const { list, at, time } = around('V');
    expect(list[at]!.symbol).toBe('V');
    expect(Math.abs(time(at + 1) - time(at - 1) - 2)).toBeLessThan(0.2);
    expect(time(at) - time(at - 1)).toBeLessThan(0.7);
  });
  it('start the clock anew at an atrial beat: an incomplete pause', () => {
    const { at, time } = around('A');
    expect(time(at + 1) - time(at - 1)).toBeLessThan(1.85);
    expect(time(at + 1) - time(at - 1)).toBeGreaterThan(1.55);
  });
  it('follow the words of the script', () => {
    const text = (word: string) =>
      around(word)
        .list.map((b) => b.symbol)
        .join('');
    expect(text('VNVNVN')).toMatch(/^N+VNVNVN+$/);
    expect(text('VVVVV')).toMatch(/^N+VVVVVN+$/);
    expect(text('AAA')).toMatch(/^N+AAAN+$/);
    expect(text('-j')).toMatch(/^N+jN+$/);
  });
  it('make a pause of the beats that fail', () => {
    const r = synthesize(script({ events: [{ at: 20, beats: '--' }] }), II);
    expect(Math.abs(Math.max(...intervals(r)) - 3)).toBeLessThan(0.3);
  });
  it('are irregular in fibrillation only', () => {
    const spread = (rhythm: 'sinus' | 'af') => {
      const rr = intervals(synthesize(script({ rhythm, seconds: 300 }), II));
      return deviation(rr) / mean(rr);
    };
    expect(spread('af')).toBeGreaterThan(0.18);
    expect(spread('sinus')).toBeLessThan(0.06);
  });
  it('are named in the annotations, runs too', () => {
    const r = synthesize(
      {
        id: 'x',
        segments: [
          { rhythm: 'sinus', seconds: 30, heartRateBpm: 70, events: [{ at: 10, beats: 'VVVV' }] },
          { rhythm: 'af', seconds: 30, heartRateBpm: 100 },
          { rhythm: 'paced', seconds: 10, heartRateBpm: 70 },
        ],
      },
      II,
    );
    expect(r.annotations.filter((a) => a.symbol === '+').map((a) => a.aux)).toEqual([
      '(N',
      '(VT',
      '(N',
      '(AFIB',
      '(P',
    ]);
    expect(beats(r).at(-2)!.symbol).toBe('/');
  });
  it('never beat before the ventricle can', () => {
    const { times } = scheduleBeats(holterScript(3), 5);
    expect(Math.min(...times.slice(1).map((t, i) => t - times[i]!))).toBeGreaterThan(0.25);
  });
});

describe('annotations', () => {
  it('stand on the largest deflection of each QRS', () => {
    const r = synthesize(script({ seconds: 120, events: [{ at: 20, beats: 'NVNANFNNa' }] }), II);
    const x = r.signals[0]!.samples;
    for (const { sample } of beats(r).slice(1, -1)) {
      let best = sample;
      for (let i = sample - 15; i <= sample + 15; i++) if (Math.abs(x[i]!) > Math.abs(x[best]!)) best = i;
      // The T wave under a premature beat may move the largest sample by one or two.
      expect(Math.abs(best - sample)).toBeLessThanOrEqual(2);
    }
  });
});

describe('disturbances', () => {
  const quiet = synthesize(script({}), II).signals[0]!.samples;
  const added = (disturbances: SynthesisScript['disturbances']) => {
    const r = synthesize(script({}, { disturbances: disturbances! }), II);
    return { r, x: Array.from(r.signals[0]!.samples, (v, i) => v - quiet[i]!) };
  };

  it('have the size the script says', () => {
    // 15,000 samples: the deviation's standard error is 0.6 %.
    expect(deviation(added([{ kind: 'white', amplitudeMv: 0.1 }]).x)).toBeCloseTo(0.1, 2);
    const mains = added([{ kind: 'mains', amplitudeMv: 0.1, mainsHz: 50 }]).x;
    // A sinusoid's deviation is amplitude / sqrt 2; it repeats every 5 samples at 250 Hz.
    expect(deviation(mains.slice(250, -250))).toBeCloseTo(0.1 * Math.SQRT1_2, 3);
    expect(mains[1000]! - mains[1005]!).toBeCloseTo(0, 5);
  });
  it('leave the rest alone', () => {
    const { x, r } = added([{ kind: 'motion', amplitudeMv: 1, from: 20, to: 30 }]);
    expect(Math.max(...x.slice(0, 5000).map(Math.abs))).toBe(0);
    expect(Math.max(...x.slice(5000, 7500).map(Math.abs))).toBeGreaterThan(0.3);
    expect(r.annotations.filter((a) => a.symbol === '~').map((a) => a.sample)).toEqual([5000, 7500]);
  });
  it('make flat lines and gaps', () => {
    const r = synthesize(
      script(
        {},
        {
          disturbances: [
            { kind: 'lead-off', from: 10, to: 20 },
            { kind: 'gap', from: 40, to: 45 },
          ],
        },
      ),
      II,
    );
    const x = r.signals[0]!.samples;
    expect(new Set(x.slice(2500, 5000))).toEqual(new Set([0]));
    expect(r.gaps).toEqual([{ from: 10_000, to: 11_250 }]);
    expect(x.slice(10_000, 11_250).every(Number.isNaN)).toBe(true);
    expect(beats(r).some((b) => b.sample >= 10_000 && b.sample < 11_250)).toBe(false);
  });
});

describe('faults of a script', () => {
  it('are all reported at once', () => {
    const bad = () =>
      synthesize(script({ heartRateBpm: 900, events: [{ at: 1, beats: 'Vx' }] }), {
        fs: 3,
        seed: 1,
        leads: ['V9'],
      });
    expect(bad).toThrow(/fs is 3.*lead V9.*heartRateBpm is 900.*"Vx"/);
  });
});
