import { parse } from 'valibot';
import { describe, expect, it } from 'vitest';
import {
  type Analysis,
  AnalysisSchema,
  BEAT_CLASSES,
  type BeatClass,
  createRandom,
  type Gap,
  type Progress,
  type RecordingReader,
  UNCERTAIN_REASONS,
} from '../core/index.js';
import { sampleReader, synthesizeReader } from '../ecg/index.js';
import { analyze } from './analyze.js';
import type { BeatClassifier } from './classifier.js';
import { collectStrips } from './collect-strips.js';

const CLASS_OF: Readonly<Record<string, BeatClass>> = { N: 'N', j: 'N', A: 'S', a: 'S', V: 'V', F: 'F' };

/** A classifier that knows the answer: the annotation nearest to each beat, within 150 ms; otherwise Q at 0.3. */
const oracle: BeatClassifier = {
  identity: { id: 'oracle', version: '1', sha256: '0'.repeat(64) },
  leastProbability: 0.8,
  async classify(reader, beats, options) {
    const truth = reader.info.annotations.filter((a) => a.symbol in CLASS_OF);
    const probabilities = new Float32Array(5 * beats.length);
    const classes = Array.from(beats, (beat, i): BeatClass => {
      const near = truth.find((a) => Math.abs(a.sample - beat) <= 0.15 * reader.info.fs);
      const found = near === undefined ? 'Q' : CLASS_OF[near.symbol];
      probabilities[5 * i + BEAT_CLASSES.indexOf(found)] = near === undefined ? 0.3 : 0.97;
      return found;
    });
    options?.onProgress?.({ stage: 'classify', done: beats.length, total: beats.length });
    return { classes, probabilities, uncertain: classes.map(() => undefined) };
  },
};

/** A recording held in memory. */
function readerOf(
  fs: number,
  leads: Readonly<Record<string, Float32Array>>,
  unit = 'mV',
  gaps: Gap[] = [],
): RecordingReader {
  const names = Object.keys(leads);
  const length = leads[names[0]].length;
  const info = {
    id: 'r',
    format: 'test',
    fs,
    length,
    signals: names.map((lead) => ({ lead, unit, fs })),
    annotations: [],
    gaps,
    notes: [],
    warnings: [],
  };
  return {
    info,
    read: async ({ from = 0, to = length, signals = names.map((_, i) => i) } = {}) => ({
      ...info,
      offset: from,
      length: to - from,
      signals: signals.map((i) => ({ ...info.signals[i], samples: leads[names[i]].slice(from, to) })),
    }),
    close: async () => {},
  };
}
const noise = (seconds: number, fs: number, seed: number) => {
  const random = createRandom(seed);
  return Float32Array.from({ length: seconds * fs }, () => random.normal());
};
const nothing = (analysis: Analysis) => {
  expect(parse(AnalysisSchema, analysis)).toEqual(analysis);
  expect(analysis.quality.analysableShare).toBe(0);
  expect(analysis.heartRate).toEqual({ meanBpm: null, slowest: null, fastest: null, longestRr: null });
  expect(analysis.pauses.count).toBe(0);
  expect(analysis.warnings.join(' ')).toMatch(/Nothing in this recording can be read/);
};

describe('the analysis of the sample', () => {
  it('finds what its script says', async () => {
    const reader = sampleReader();
    const seen: Progress[] = [];
    const analysis = await analyze(reader, { beats: oracle }, { onProgress: (p) => seen.push(p) });
    expect(parse(AnalysisSchema, analysis)).toEqual(analysis);
    // The script: a run of seven V, couplets NVV and VV, bigeminy, trigeminy; a run of seven A; two sinus beats
    // that fail at 58 a minute (a pause of three cycles); 29 V and 14 A in all.
    const { ectopy, pauses, quality, heartRate } = analysis;
    expect(ectopy!.ventricular).toMatchObject({
      beats: 29,
      singles: 18,
      couplets: 2,
      runs: 1,
      bigeminy: 1,
      trigeminy: 1,
    });
    expect(ectopy!.ventricular.longestRun!.beats).toBe(7);
    expect(ectopy!.supraventricular).toMatchObject({ beats: 14, runs: 1, couplets: 1 });
    expect(pauses.count).toBe(1);
    expect(Math.abs(pauses.longestS! - (3 * 60) / 58)).toBeLessThan(0.15);
    expect(Math.abs(heartRate.meanBpm! - 77)).toBeLessThan(2);
    // 35 s of motion and muscle noise, 12 s of a lead come off, to the second.
    expect(quality.unreadable.map((u) => u.reason)).toEqual(['noise', 'flat']);
    expect(Math.abs(quality.analysableS - (1800 - 35 - 12))).toBeLessThanOrEqual(3);
    // Six minutes of atrial fibrillation, known to half a window of 32 beats at either end.
    expect(analysis.irregular!.stretches).toHaveLength(1);
    expect(Math.abs(analysis.irregular!.seconds - 360)).toBeLessThan(25);
    expect(seen.at(-1)).toMatchObject({ stage: 'classify' });
    const detect = seen.filter((p) => p.stage === 'detect').map((p) => p.done);
    expect(detect).toEqual([...detect].sort((a, b) => a - b));
    expect(detect.at(-1)).toBe(reader.info.length);
  });

  it('leaves supraventricular beats open where intervals follow no pattern', async () => {
    const afterThird: BeatClassifier = {
      ...oracle,
      async classify(reader, beats, options) {
        const found = await oracle.classify(reader, beats, options);
        const classes = found.classes.map((c, i): BeatClass => (i % 9 === 4 && c === 'N' ? 'S' : c));
        const probabilities = new Float32Array(5 * beats.length);
        classes.forEach((c, i) => {
          probabilities[5 * i + BEAT_CLASSES.indexOf(c)] = 0.97;
        });
        return { classes, probabilities, uncertain: found.uncertain };
      },
    };
    const { beats, irregular } = await analyze(sampleReader(), { beats: afterThird });
    const [{ from, to }] = irregular!.stretches;
    const code = 1 + UNCERTAIN_REASONS.indexOf('irregular-rhythm');
    let inside = 0;
    beats.sample.forEach((sample, i) => {
      const isOpen = beats.uncertain![i] === code;
      expect(isOpen).toBe(beats.class![i] === 'S' && sample >= from && sample <= to);
      if (isOpen) inside++;
    });
    expect(inside).toBeGreaterThan(50);
  });

  it('gives every event its strip', async () => {
    const reader = sampleReader();
    const analysis = await analyze(reader, { beats: oracle });
    const strips = await collectStrips(reader, analysis);
    expect(strips.map((s) => s.eventId)).toEqual(analysis.events.map((e) => e.id));
    analysis.events.forEach((event, i) => {
      const strip = strips[i];
      expect(strip.leads.map((l) => [l.lead, l.samples.length])).toEqual([
        ['MLII', 2500],
        ['V1', 2500],
      ]);
      expect(strip.from).toBeLessThanOrEqual(event.from);
      expect(strip.from + 2500).toBeGreaterThan(event.from);
    });
    const run = strips[0];
    const whole = await reader.read({ from: run.from, to: run.from + 2500, signals: [0] });
    expect(run.leads[0].samples).toEqual(whole.signals[0].samples);
  });

  it('finds beats and rates without a model, and leaves the classes open', async () => {
    const analysis = await analyze(sampleReader(), {});
    expect(parse(AnalysisSchema, analysis)).toEqual(analysis);
    expect(analysis).toMatchObject({ models: [], classes: null, ectopy: null, uncertain: null });
    expect(Math.abs(analysis.heartRate.meanBpm! - 77)).toBeLessThan(2);
  });
});

describe('recordings that cannot be read', () => {
  it('a flat line of an hour', async () => {
    nothing(await analyze(readerOf(250, { II: new Float32Array(3600 * 250).fill(0.2) }), { beats: oracle }));
  });
  it('twelve leads of noise', async () => {
    const leads = Object.fromEntries(Array.from({ length: 12 }, (_, i) => [`L${i}`, noise(60, 250, i)]));
    const analysis = await analyze(readerOf(250, leads), { beats: oracle });
    nothing(analysis);
    expect(analysis.warnings.join(' ')).toMatch(/in 4 of 12 leads: L0, L1, L2, L3/);
    // Whatever the detector takes for a beat in noise is at least not called certain.
    expect(analysis.beats.uncertain!.every((code) => code !== 0)).toBe(true);
  });
  it('nothing but invalid samples', async () => {
    nothing(await analyze(readerOf(250, { II: new Float32Array(7500).fill(Number.NaN) }), { beats: oracle }));
  });
});

describe('odd recordings', () => {
  const sinus = (seconds: number, fs = 250, leads = ['II']) =>
    synthesizeReader(
      {
        id: 'sinus',
        segments: [{ rhythm: 'sinus', seconds, heartRateBpm: 60 }],
        disturbances: [{ kind: 'white', amplitudeMv: 0.01 }],
      },
      { fs, seed: 2, leads },
    );

  it('of five seconds: an analysis, and how little it rests on', async () => {
    const analysis = await analyze(sinus(5), { beats: oracle });
    expect(analysis.beats.count).toBe(5);
    expect(analysis.warnings.join(' ')).toMatch(/Only 5\.0 s can be read.*5 beats/);
    expect(Math.abs(analysis.heartRate.meanBpm! - 60)).toBeLessThan(4);
    expect(analysis.heartRate.slowest).toBeNull();
  });
  it('too short, too slow, without an ECG: an error that says what to do', async () => {
    await expect(analyze(sinus(1.5), { beats: oracle })).rejects.toMatchObject({
      code: 'too-short',
      message: 'analyze sinus: 1.50 s long, at least 2 s are needed',
    });
    await expect(analyze(sinus(60, 64), { beats: oracle })).rejects.toMatchObject({
      code: 'unsupported',
      message: /64 Hz is too low/,
    });
    const pressure = readerOf(250, { ABP: noise(60, 250, 1) }, 'mmHg');
    await expect(analyze(pressure, { beats: oracle })).rejects.toMatchObject({
      code: 'unsupported',
      message: /ABP \[mmHg\]/,
    });
  });
  it('with a gap: no interval and no pause across it', async () => {
    const reader = synthesizeReader(
      {
        id: 'gap',
        segments: [{ rhythm: 'sinus', seconds: 120, heartRateBpm: 60 }],
        disturbances: [
          { kind: 'white', amplitudeMv: 0.01 },
          { kind: 'gap', from: 50.3, to: 70.7 },
        ],
      },
      { fs: 250, seed: 2, leads: ['II'] },
    );
    const { beats, pauses, quality, heartRate } = await analyze(reader, { beats: oracle });
    expect(pauses.count).toBe(0);
    expect(heartRate.longestRr!.seconds).toBeLessThan(1.2);
    expect(beats.sample.some((s) => s >= 50.3 * 250 && s < 70.7 * 250)).toBe(false);
    expect(quality.unreadable.find((u) => u.reason === 'gap')).toEqual({
      from: 12_575,
      to: 17_675,
      reason: 'gap',
    });
    expect(Math.abs(quality.analysableS - 99.6)).toBeLessThan(1.1);
  });
  it('of twelve leads: those are used that differ most', async () => {
    const leads = ['I', 'II', 'III', 'aVR', 'aVL', 'aVF', 'V1', 'V2', 'V3', 'V4', 'V5', 'V6'];
    const analysis = await analyze(sinus(20, 250, leads), {});
    expect(analysis.recording.analysed).toEqual(['I', 'II', 'V1', 'V5']);
    expect(analysis.beats.count).toBe(20);
  });
  it('stop when asked', async () => {
    let reads = 0;
    const signal = {
      get aborted() {
        reads++;
        return reads > 3;
      },
    };
    await expect(analyze(sinus(3600), { beats: oracle }, { signal })).rejects.toMatchObject({
      code: 'cancelled',
    });
  });
  it('refuse options out of range, all at once', async () => {
    await expect(analyze(sinus(10), {}, { pauseS: 0, certainFrom: 2, rateBeats: 1.5 })).rejects.toThrow(
      /pauseS is 0.*certainFrom is 2.*rateBeats is 1\.5/,
    );
  });
});
