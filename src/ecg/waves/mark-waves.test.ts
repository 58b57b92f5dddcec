import { describe, expect, it } from 'vitest';
import { assignWaves } from './assign-waves.js';
import { markWaves } from './mark-waves.js';
import { wavePeak } from './wave-peak.js';

const wave = (onset: number, offset: number, certainty = 1) => ({ onset, offset, certainty });

describe('assignWaves', () => {
  it('gives each beat the P wave before, the complex around and the T wave after it', () => {
    const waves = {
      P: [wave(20, 30), wave(120, 130)],
      QRS: [wave(36, 45), wave(136, 145)],
      T: [wave(60, 80), wave(160, 180)],
    };
    expect(assignWaves(waves, [40, 140], 100)).toEqual([
      { P: waves.P[0], QRS: waves.QRS[0], T: waves.T[0] },
      { P: waves.P[1], QRS: waves.QRS[1], T: waves.T[1] },
    ]);
  });

  it('leaves a beat without a wave it does not have', () => {
    // A premature beat: no P wave between the T wave before and its complex.
    const waves = { P: [wave(20, 30)], QRS: [wave(36, 45), wave(96, 112)], T: [wave(60, 80)] };
    const [, premature] = assignWaves(waves, [40, 100], 100);
    expect(premature).toEqual({ QRS: waves.QRS[1] });
    // Nor a complex further off than 100 ms.
    expect(assignWaves({ P: [], QRS: [wave(50, 60)], T: [] }, [40], 100)[0].QRS).toEqual(wave(50, 60));
    expect(assignWaves({ P: [], QRS: [wave(51, 60)], T: [] }, [40], 100)[0].QRS).toBeUndefined();
  });

  it('takes the P wave next to the complex: one that is not conducted leads no beat', () => {
    const waves = { P: [wave(50, 60), wave(100, 110)], QRS: [wave(116, 125)], T: [] };
    expect(assignWaves(waves, [120], 100)[0].P).toEqual(wave(100, 110));
    // 0.6 s before the complex is the furthest.
    const far = (onset: number) => assignWaves({ ...waves, P: [wave(onset, onset + 10)] }, [120], 100)[0].P;
    expect(far(56)).toBeDefined();
    expect(far(55)).toBeUndefined();
  });

  it('takes the most certain of two T waves, and none of the next beat', () => {
    const T = [wave(50, 60, 0.7), wave(64, 80, 0.9), wave(160, 180, 1)];
    expect(assignWaves({ P: [], QRS: [], T }, [40, 140], 100)[0].T).toEqual(T[1]);
    expect(assignWaves({ P: [], QRS: [], T: T.slice(2) }, [40, 140], 100)[0].T).toBeUndefined();
  });

  it('gives a complex to the nearer of two beats', () => {
    const found = assignWaves({ P: [], QRS: [wave(45, 52)], T: [] }, [40, 54], 100);
    expect(found.map(({ QRS }) => QRS !== undefined)).toEqual([false, true]);
  });
});

describe('wavePeak', () => {
  const bump = Float32Array.from({ length: 21 }, (_, i) => 1 - ((i - 10.3) / 10) ** 2);

  it('is where a parabola has its top, whichever way up', () => {
    // The distance from the chord has its extremum where a parabola is parallel to the chord: in the middle.
    expect(wavePeak([bump], 5, 15)).toBeCloseTo(10, 5);
    expect(wavePeak([bump.map((x) => -x)], 5, 15)).toBeCloseTo(10, 5);
    expect(wavePeak([bump], 5, 17)).not.toBeCloseTo(10, 1);
  });

  it('follows the lead that shows the wave', () => {
    const early = Float32Array.from({ length: 21 }, (_, i) => (i === 7 ? 1 : 0));
    const late = Float32Array.from({ length: 21 }, (_, i) => (i === 12 ? 0.2 : 0));
    expect(wavePeak([early, late], 4, 16)).toBeCloseTo(7, 5);
    expect(wavePeak([late], 4, 16)).toBeCloseTo(12, 5);
  });

  it('is the middle of a straight stretch', () => {
    expect(wavePeak([new Float32Array(20)], 4, 9)).toBe(6.5);
  });
});

describe('markWaves', () => {
  it('writes the marks of each beat, NaN for what it has not', () => {
    const shares = (...stretches: [number, number][]) =>
      Float32Array.from({ length: 100 }, (_, i) => (stretches.some(([a, b]) => i >= a && i <= b) ? 1 : 0));
    const rule = { certainty: 0.6, shortest: 0.03, gap: 0.02 };
    const lead = Float32Array.from({ length: 100 }, (_, i) => (i === 24 ? 1 : i === 73 ? -1 : 0));
    const marks = markWaves(
      { P: shares([20, 29]), QRS: shares([36, 45]), T: shares([60, 80]) },
      [lead],
      [40],
      100,
      { P: rule, QRS: rule, T: rule },
    );
    expect(Object.fromEntries(Object.entries(marks).map(([name, [value]]) => [name, value]))).toEqual({
      pOnset: 19.5,
      pPeak: 24,
      pOffset: 29.5,
      qrsOnset: 35.5,
      qrsOffset: 45.5,
      tOnset: 59.5,
      tPeak: 73,
      tOffset: 80.5,
    });
    const without = markWaves({ P: shares(), QRS: shares(), T: shares() }, [lead], [40], 100, {
      P: rule,
      QRS: rule,
      T: rule,
    });
    expect(Object.values(without).every(([value]) => Number.isNaN(value))).toBe(true);
  });
});
