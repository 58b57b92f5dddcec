import { describe, expect, it } from 'vitest';
import { createRandom, EcgError } from '../../core/index.js';
import { isBeat } from '../label-maps.js';
import type { Disturbance, SynthesisScript } from '../synthesis/script.js';
import { synthesize } from '../synthesis/synthesize.js';
import { createBeatDetector, detectBeats } from './detect-beats.js';

const script: SynthesisScript = {
  id: 'beats',
  segments: [
    { rhythm: 'sinus', seconds: 60, heartRateBpm: 72, events: [{ at: 20, beats: 'VNNVVNNA' }] },
    { rhythm: 'af', seconds: 60, heartRateBpm: 130 },
    { rhythm: 'paced', seconds: 60, heartRateBpm: 60, events: [{ at: 30, beats: '--' }] },
  ],
};

function recording(fs: number, disturbances: readonly Disturbance[] = [], leads = ['II', 'V5'], of = script) {
  const { signals, annotations } = synthesize({ ...of, disturbances }, { fs, seed: 5, leads });
  const beats = annotations.filter((a) => isBeat(a.symbol)).map((a) => a.sample / fs);
  return { leads: signals.map((s) => s.samples), beats };
}

/** Beats of either list without a partner in the other within `window` s. */
function differences(found: ArrayLike<number>, fs: number, beats: readonly number[], window = 0.1): number {
  const times = Array.from(found, (s) => s / fs);
  const lonely = (list: readonly number[], others: readonly number[]) =>
    list.filter((x) => !others.some((y) => Math.abs(x - y) <= window)).length;
  return lonely(times, beats) + lonely(beats, times);
}

const white: Disturbance = { kind: 'white', amplitudeMv: 0.03 };

describe('detectBeats', () => {
  it('finds the beats of a synthetic recording at any rate', () => {
    for (const fs of [100, 128, 250, 360, 500, 512.508, 1000]) {
      const { leads, beats } = recording(fs, [white]);
      expect(differences(detectBeats(leads, fs), fs, beats)).toBeLessThanOrEqual(1);
      // Negative control: beats moved by 150 ms are none of them.
      const moved = detectBeats(leads, fs).map((s) => s + 0.15 * fs);
      expect(differences(moved, fs, beats)).toBeGreaterThan(beats.length);
    }
  });
  it('needs one lead only, of either polarity, in any unit', () => {
    const fs = 250;
    const { leads, beats } = recording(fs, [white]);
    for (const lead of leads)
      for (const factor of [1, -1, 1000, 1e-3])
        expect(differences(detectBeats([lead.map((x) => x * factor)], fs), fs, beats)).toBeLessThan(
          0.03 * beats.length,
        );
  });
  it('is not misled by leads that are flat, off or noisy for a while, or drowned', () => {
    const fs = 250;
    const wrong: readonly (readonly Disturbance[])[] = [
      [{ kind: 'lead-off', leads: ['II'] }],
      [{ kind: 'lead-off', leads: ['II'], from: 40, to: 100 }],
      [{ kind: 'emg', amplitudeMv: 1, leads: ['V5'], from: 30, to: 90 }],
      [{ kind: 'motion', amplitudeMv: 4, leads: ['II'], from: 30, to: 60 }],
    ];
    for (const disturbances of wrong) {
      const { leads, beats } = recording(fs, [white, ...disturbances]);
      expect(differences(detectBeats(leads, fs), fs, beats)).toBeLessThan(0.03 * beats.length);
    }
  });
  it('tells a QRS from a T wave twice as high, on one lead', () => {
    const fs = 250;
    const wave = (t: number, width: number) => Math.exp(-0.5 * (t / width) ** 2);
    const beats = Array.from({ length: 38 }, (_, i) => 1 + i * 0.97);
    const lead = new Float32Array(40 * fs);
    for (const b of beats)
      for (let i = Math.round((b - 0.5) * fs); i < (b + 0.6) * fs; i++) {
        const t = i / fs - b;
        lead[i] = lead[i]! + wave(t, 0.009) - 0.6 * wave(t - 0.024, 0.009) + 2 * wave(t - 0.3, 0.04);
      }
    expect(differences(detectBeats([lead], fs), fs, beats)).toBe(0);
  });
  it('gives no beat in a gap, and goes on behind it', () => {
    const fs = 250;
    const { leads, beats } = recording(fs, [white, { kind: 'gap', from: 70, to: 80 }]);
    const found = detectBeats(leads, fs);
    expect([...found].filter((s) => s > 70 * fs && s < 80 * fs)).toEqual([]);
    const outside = beats.filter((b) => b < 70 || b > 80);
    expect(differences(found, fs, outside)).toBeLessThanOrEqual(1);
  });
  it('keeps up with any rate, from 20 to 220 a minute, and with a sudden change', () => {
    const fs = 250;
    for (const rates of [[20], [40], [150], [200], [220], [70, 210, 50]]) {
      const segments = rates.map((heartRateBpm) => ({ rhythm: 'sinus' as const, seconds: 40, heartRateBpm }));
      const { leads, beats } = recording(fs, [], ['II'], { id: 'rates', segments });
      expect(differences(detectBeats(leads, fs), fs, beats), rates.join()).toBeLessThanOrEqual(2);
    }
  });
  it('finds every beat of short fast ventricular runs, which are no noise', () => {
    for (const heartRateBpm of [60, 75, 90])
      for (const leads of [['II'], ['MLII', 'V1']]) {
        const events = Array.from({ length: 20 }, (_, k) => ({ at: 20 + 13 * k, beats: 'VVVVVV' }));
        const of = {
          id: 'runs',
          segments: [{ rhythm: 'sinus' as const, seconds: 300, heartRateBpm, events }],
        };
        const { leads: signals, beats } = recording(250, [{ kind: 'white', amplitudeMv: 0.02 }], leads, of);
        expect(differences(detectBeats(signals, 250), 250, beats, 0.15)).toBe(0);
      }
  });
  it('finds the beats of 5 s', () => {
    const fs = 300;
    const { leads, beats } = recording(fs, [white], ['I']);
    const short = leads.map((lead) => lead.subarray(10 * fs, 15 * fs));
    const within = beats.filter((b) => b > 10.1 && b < 14.9).map((b) => b - 10);
    const found = [...detectBeats(short, fs)].filter((s) => s > 0.1 * fs && s < 4.9 * fs);
    expect(within.length).toBeGreaterThan(4);
    expect(differences(found, fs, within)).toBe(0);
  });
  it('finds nothing in nothing', () => {
    const fs = 250;
    for (const seconds of [0, 0.01, 1, 3600])
      expect(detectBeats([new Float32Array(seconds * fs)], fs)).toEqual(new Float64Array(0));
    expect(detectBeats([new Float32Array(fs * 60).fill(Number.NaN)], fs)).toEqual(new Float64Array(0));
  });
  it('outlives noise, infinities and rails', () => {
    const random = createRandom(2);
    const fs = 250;
    const noise = (of: (i: number) => number) => Float32Array.from({ length: 120 * fs }, (_, i) => of(i));
    const leads = [
      ...Array.from({ length: 9 }, () => noise(() => random.normal())),
      noise((i) => (i % 7 === 0 ? Number.POSITIVE_INFINITY : 1e38 * random.normal())),
      noise((i) => (Math.floor(i / 100) % 2 === 0 ? 5 : -5)),
      noise(() => (random.next() < 0.5 ? Number.NaN : random.normal())),
    ];
    const found = detectBeats(leads, fs);
    for (let i = 1; i < found.length; i++) expect(found[i]!).toBeGreaterThan(found[i - 1]!);
    // Refractory period: never more than five a second.
    expect(found.length).toBeLessThan(5 * 120);
  });
  it('says what is wrong with its input', () => {
    const lead = new Float32Array(1000);
    for (const fs of [99, 0, -360, Number.NaN, Number.POSITIVE_INFINITY])
      expect(() => detectBeats([lead], fs)).toThrow(/fs must lie in 100/);
    expect(() => detectBeats([], 250)).toThrow(EcgError);
    expect(() => detectBeats([lead, lead.subarray(1)], 250)).toThrow(/one length, got lengths 1000, 999/);
  });
});

describe('createBeatDetector', () => {
  it('gives the same beats whatever the slices', () => {
    const fs = 360;
    const { leads } = recording(fs, [white, { kind: 'gap', from: 50, to: 53 }]);
    const whole = detectBeats(leads, fs);
    const random = createRandom(9);
    for (const most of [7, 1000, 20_000]) {
      const detector = createBeatDetector({ fs, leads: 2 });
      const found: number[] = [];
      for (let at = 0; at < leads[0]!.length; ) {
        const n = random.integer(most) + (most === 7 ? 0 : 1);
        found.push(...detector.push(leads.map((lead) => lead.subarray(at, at + n))));
        at += n;
      }
      found.push(...detector.flush());
      expect(Float64Array.from(found)).toEqual(whole);
    }
  });
  it('keeps its latency, once it has learned', () => {
    const fs = 250;
    const { leads } = recording(fs, [white]);
    const detector = createBeatDetector({ fs, leads: 2 });
    const slice = 25;
    let count = 0;
    for (let at = 0; at + slice <= leads[0]!.length; at += slice) {
      const found = detector.push(leads.map((lead) => lead.subarray(at, at + slice)));
      const now = ((at + slice) / fs) * 1000;
      if (now < detector.learningMs) expect(found).toEqual([]);
      for (const sample of found) {
        count++;
        const allowed = Math.max(detector.learningMs, (sample / fs) * 1000 + detector.latencyMs);
        expect(now).toBeLessThanOrEqual(allowed + (1000 * slice) / fs);
      }
    }
    expect(count).toBeGreaterThan(200);
    expect(detector.latencyMs).toBeLessThan(5000);
  });
  it('forgets a level that no longer holds', () => {
    const fs = 250;
    const { leads, beats } = recording(fs, [white]);
    // From 60 s on a tenth of the amplitude: lost for the relearning time at most.
    const faded = leads.map((lead) => lead.map((x, i) => (i < 60 * fs ? x : 0.1 * x)));
    const found = detectBeats(faded, fs);
    const lost = beats.filter((b) => !found.some((s) => Math.abs(s / fs - b) < 0.1));
    for (const b of lost) expect(b > 59 && b < 70).toBe(true);
  });
  it('takes nothing after the end', () => {
    const detector = createBeatDetector({ fs: 250, leads: 1 });
    detector.flush();
    expect(detector.flush()).toEqual([]);
    expect(() => detector.push([new Float32Array(1)])).toThrow(/after the end/);
  });
});

describe('a detector that decides sooner', () => {
  const fs = 250;
  const { leads, beats } = recording(fs, [white]);

  /** Beats with how many samples had been heard when each was given out. */
  function heard(decideAfterS: number | undefined) {
    const options = decideAfterS === undefined ? {} : { decideAfterS };
    const detector = createBeatDetector({ fs, leads: leads.length, ...options });
    const found: { readonly sample: number; readonly at: number }[] = [];
    for (let at = 0; at < leads[0]!.length; at += 25)
      for (const sample of detector.push(leads.map((x) => x.subarray(at, at + 25))))
        found.push({ sample, at: Math.min(leads[0]!.length, at + 25) });
    const learned = (detector.learningMs / 1000) * fs;
    const delays = found.filter(({ sample }) => sample > learned).map(({ sample, at }) => (at - sample) / fs);
    return { samples: [...found.map(({ sample }) => sample), ...detector.flush()], delays, detector };
  }

  it('finds the beats within the time it says', () => {
    for (const lag of [0.4, 1]) {
      const { samples, delays, detector } = heard(lag);
      expect(differences(samples, fs, beats)).toBeLessThanOrEqual(0.01 * beats.length);
      expect(1000 * Math.max(...delays)).toBeLessThanOrEqual(detector.latencyMs + 100);
    }
    expect(heard(0.4).detector.latencyMs).toBeLessThan(1250);
    // Negative control: the usual one does not.
    expect(Math.max(...heard(undefined).delays)).toBeGreaterThan(2);
  });
  it('is the usual one at the usual lag', () => {
    expect(heard(2).samples).toEqual(heard(undefined).samples);
  });
  it('refuses a lag that leaves the R peak without its surroundings, or beyond the usual', () => {
    for (const decideAfterS of [0.1, 3, Number.NaN])
      expect(() => createBeatDetector({ fs, leads: 1, decideAfterS })).toThrow(/decideAfterS is/);
  });
});
