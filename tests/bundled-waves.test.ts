import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isQrs, type SynthesisScript, synthesize, WAVE_MARKS, type WaveMarks } from '../src/ecg/index.js';
import { openFile } from '../src/formats/node.js';
import { loadWaveModel, readWaveCard, type SignalWindow, type WaveModel } from '../src/models/index.js';
import { readBundledModel } from '../src/models/node.js';
import { createNativeRuntime, createWasmRuntime } from '../src/nn/node.js';
import { describeWithShared, sharedDir } from './shared-data.js';

let model: WaveModel;
beforeAll(async () => {
  model = await loadWaveModel(await readBundledModel('waves'), await createNativeRuntime({ threads: 1 }));
});
afterAll(() => model.close());

const SINUS: SynthesisScript = {
  id: 'sinus',
  segments: [{ rhythm: 'sinus', seconds: 20, heartRateBpm: 60 }],
};

function windowOf(
  script: SynthesisScript,
  fs: number,
  leads: readonly string[] = ['II', 'V5'],
  seed = 7,
  symbol = 'N',
): SignalWindow {
  const { signals, annotations } = synthesize(script, { fs, seed, leads });
  return {
    leads: signals.map(({ samples }) => samples),
    names: leads,
    fs,
    beats: annotations.filter((each) => each.symbol === symbol).map(({ sample }) => sample),
  };
}

/** ms from the R peak, mean over the beats that have the mark, without the first and the last; NaN without any. */
function meanFromR(marks: WaveMarks, { beats, fs }: SignalWindow): Record<string, number> {
  return Object.fromEntries(
    WAVE_MARKS.map((mark) => {
      const found: number[] = [];
      for (let i = 1; i < beats.length - 1; i++) {
        const distance = marks[mark][i] - beats[i];
        if (!Number.isNaN(distance)) found.push((1000 * distance) / fs);
      }
      return [mark, found.reduce((sum, x) => sum + x, 0) / found.length];
    }),
  );
}

/** Share of the beats, without the first and the last, that have the mark. */
function shareWith(marks: WaveMarks, mark: keyof WaveMarks): number {
  const inner = marks[mark].subarray(1, marks[mark].length - 1);
  return inner.filter((sample) => !Number.isNaN(sample)).length / inner.length;
}

/**
 * The generator's waves at 60 a minute, by hand from its Gaussians (morphology.ts): an edge lies where the outermost
 * one is 2.2 standard deviations from its peak, a height of 9 %. P: −74° and −64° of the cycle, 25 ms wide; QRS: −27 and
 * +27 ms, 9 and 12 ms wide; T: 84° and 104°, 67 and 38 ms wide. Annotators begin T later than that: it rises slowly.
 */
const TRUE_MS = {
  pOnset: [-262, 25],
  pPeak: [-192, 15],
  pOffset: [-122, 25],
  qrsOnset: [-47, 15],
  qrsOffset: [53, 15],
  tPeak: [275, 25],
  tOffset: [372, 35],
} as const;

/** Marks whose mean is further from the generator's wave than its tolerance. */
function wrongMarks(means: Record<string, number>): string[] {
  return Object.entries(TRUE_MS).flatMap(([mark, [ms, tolerance]]) =>
    Math.abs(means[mark] - ms) <= tolerance ? [] : [`${mark} ${means[mark].toFixed(0)} not ${ms}`],
  );
}

describe('the bundled network of waves', () => {
  it.each([128, 250, 360, 500, 1000])('marks known waves at %i Hz', async (fs) => {
    const window = windowOf(SINUS, fs);
    const marks = await model.delineate(window);
    for (const mark of WAVE_MARKS) expect(shareWith(marks, mark), mark).toBeGreaterThan(0.95);
    expect(wrongMarks(meanFromR(marks, window))).toEqual([]);
    // The tolerances see a signal that is 40 ms off.
    const late = { ...window, beats: Array.from(window.beats, (sample) => sample - Math.round(0.04 * fs)) };
    expect(wrongMarks(meanFromR(await model.delineate(late), late))).toHaveLength(7);
  });

  it('marks waves of an inverted and of a noisy lead, and in a window of 2 s', async () => {
    const window = windowOf(SINUS, 250, ['II']);
    const inverted = { ...window, leads: [window.leads[0].map((x) => -x)] };
    expect(wrongMarks(meanFromR(await model.delineate(inverted), inverted))).toEqual([]);
    const disturbances = [
      { kind: 'white' as const, amplitudeMv: 0.02 },
      { kind: 'wander' as const, amplitudeMv: 0.3 },
    ];
    const noisy = windowOf({ ...SINUS, disturbances }, 250, ['II']);
    expect(wrongMarks(meanFromR(await model.delineate(noisy), noisy))).toEqual([]);
    const from = 1250;
    const short = {
      ...window,
      leads: [window.leads[0].slice(from, from + 500)],
      beats: Array.from(window.beats, (sample) => sample - from).filter(
        (sample) => sample >= 0 && sample < 500,
      ),
    };
    const marks = await model.delineate(short);
    expect([...marks.qrsOnset].filter((sample) => !Number.isNaN(sample))).toHaveLength(short.beats.length);
  });

  it('marks no P wave before ventricular and paced beats', async () => {
    const events = [3.5, 8.5, 13.5].map((at) => ({ at, beats: 'V' }));
    const script = {
      id: 'v',
      segments: [{ rhythm: 'sinus' as const, seconds: 20, heartRateBpm: 60, events }],
    };
    const { signals, annotations } = synthesize(script, { fs: 250, seed: 7, leads: ['II', 'V5'] });
    const beats = annotations.filter(({ symbol }) => symbol === 'N' || symbol === 'V');
    const marks = await model.delineate({
      leads: signals.map(({ samples }) => samples),
      names: ['II', 'V5'],
      fs: 250,
      beats: beats.map(({ sample }) => sample),
    });
    const withP = (wanted: string) =>
      beats.flatMap(({ symbol }, i) => (symbol === wanted ? [!Number.isNaN(marks.pOnset[i])] : []));
    expect(withP('V')).toEqual([false, false, false]);
    const normal = withP('N').slice(1, -1);
    expect(normal.filter((has) => has).length / normal.length).toBeGreaterThan(0.85);
    // A ventricular complex is broader.
    const widths = (wanted: string) =>
      beats.flatMap(({ symbol }, i) => (symbol === wanted ? [marks.qrsOffset[i] - marks.qrsOnset[i]] : []));
    expect(Math.min(...widths('V'))).toBeGreaterThan(1.2 * Math.max(...widths('N').slice(1, -1)));
    const paced = windowOf(
      { id: 'p', segments: [{ rhythm: 'paced', seconds: 20, heartRateBpm: 70 }] },
      250,
      undefined,
      7,
      '/',
    );
    expect(shareWith(await model.delineate(paced), 'pOnset')).toBeLessThan(0.15);
  });

  it('gives the same marks whatever the gain', async () => {
    const window = windowOf(SINUS, 250);
    const one = await model.delineate(window);
    const ten = await model.delineate({
      ...window,
      leads: window.leads.map((lead) => lead.map((x) => 10 * x)),
    });
    for (const mark of WAVE_MARKS)
      ten[mark].forEach((sample, i) => {
        expect(Math.abs(sample - one[mark][i])).toBeLessThan(0.05);
      });
  });

  it('gives a beat the same marks in a long and in a short window', async () => {
    const long = windowOf(
      { id: 'long', segments: [{ rhythm: 'sinus', seconds: 120, heartRateBpm: 70 }] },
      250,
    );
    const whole = await model.delineate(long);
    const [from, to] = [12_000, 17_000];
    const inside = Array.from(long.beats).flatMap((sample, i) => (sample >= from && sample < to ? [i] : []));
    const part = await model.delineate({
      ...long,
      leads: long.leads.map((lead) => lead.slice(from, to)),
      beats: inside.map((i) => long.beats[i] - from),
    });
    inside.slice(2, -2).forEach((i, k) => {
      for (const mark of WAVE_MARKS) {
        // 8 ms: the network sees other neighbours.
        expect(Math.abs(part[mark][k + 2] + from - whole[mark][i]), mark).toBeLessThan(2);
      }
    });
  });

  it('marks nothing in a flat line or where nothing was recorded', async () => {
    for (const value of [0, 0.7, Number.NaN]) {
      const marks = await model.delineate({
        leads: [new Float32Array(2500).fill(value)],
        names: ['II'],
        fs: 250,
        beats: [500, 1000],
      });
      for (const mark of WAVE_MARKS) expect([...marks[mark]]).toEqual([Number.NaN, Number.NaN]);
    }
    // A lead that fell off does not harm the other.
    const window = windowOf(SINUS, 250, ['II']);
    const two = {
      ...window,
      leads: [window.leads[0], new Float32Array(window.leads[0].length).fill(Number.NaN)],
    };
    expect(await model.delineate(two)).toEqual(await model.delineate(window));
    // Nor does one that was recorded for half of the time.
    const both = windowOf(SINUS, 250);
    const half = both.leads[1].map((x, i) => (i > 2500 ? Number.NaN : x));
    const marks = await model.delineate({ ...both, leads: [both.leads[0], half] });
    expect(shareWith(marks, 'pOnset')).toBe(1);
    expect(wrongMarks(meanFromR(marks, both))).toEqual([]);
  });

  it('says what it cannot delineate', async () => {
    const lead = new Float32Array(499);
    const give = (leads: Float32Array[]) =>
      model.delineate({ leads, names: ['I', 'II'], fs: 250, beats: [] });
    await expect(give([lead])).rejects.toMatchObject({ code: 'too-short' });
    await expect(give([])).rejects.toMatchObject({ code: 'bad-shape' });
    await expect(give([lead, new Float32Array(600)])).rejects.toMatchObject({ code: 'bad-shape' });
  });

  it('reproduces its golden vectors on the WebAssembly runtime too, and agrees beyond them', async () => {
    const web = await loadWaveModel(await readBundledModel('waves'), await createWasmRuntime());
    const window = windowOf(SINUS, 250);
    const [a, b] = [await model.delineate(window), await web.delineate(window)];
    for (const mark of WAVE_MARKS)
      a[mark].forEach((sample, i) => {
        expect(Math.abs(sample - b[mark][i])).toBeLessThan(0.05);
      });
    await web.close();
  });

  it('is small, and a quarter of that in integers, which agree within 10 ms', async () => {
    const bytes = await readBundledModel('waves');
    expect(bytes.length).toBeLessThan(1.5e6);
    const integers = await readFile(new URL('../models/int8/waves.onnx', import.meta.url));
    expect(integers.length).toBeLessThan(0.35 * bytes.length);
    expect(readWaveCard(integers)).toMatchObject({ quantised: true, name: 'waves' });
    const small = await loadWaveModel(integers, await createNativeRuntime({ threads: 1 }));
    const window = windowOf(SINUS, 250);
    const [a, b] = [await model.delineate(window), await small.delineate(window)];
    const [means, others] = [meanFromR(a, window), meanFromR(b, window)];
    for (const mark of WAVE_MARKS) expect(Math.abs(means[mark] - others[mark]), mark).toBeLessThan(10);
    await small.close();
  });
});

describeWithShared('on recordings of another database', () => {
  /** Share of the beats of ten minutes of a record of mitdb that have a P wave; of normal beats in one rhythm. */
  async function shareWithP(record: string, fromMinute: number): Promise<number> {
    const reader = await openFile(`${sharedDir}/data/mitdb/${record}`);
    const { fs } = reader.info;
    let [beatsSeen, withP] = [0, 0];
    for (let minute = fromMinute; minute < fromMinute + 10; minute++) {
      const { signals, annotations } = await reader.read({
        from: minute * 60 * fs,
        to: (minute + 1) * 60 * fs,
      });
      const beats = annotations.filter(({ symbol }) => isQrs(symbol));
      const marks = await model.delineate({
        leads: signals.map(({ samples }) => samples),
        names: signals.map(({ lead }) => lead),
        fs,
        beats: beats.map(({ sample }) => sample),
      });
      beats.forEach(({ symbol }, i) => {
        if (symbol !== 'N' || i === 0 || i === beats.length - 1) return;
        beatsSeen++;
        if (!Number.isNaN(marks.pOnset[i])) withP++;
      });
    }
    await reader.close();
    return withP / beatsSeen;
  }

  it('finds P waves in sinus rhythm and none in atrial fibrillation', async () => {
    // 101: sinus rhythm throughout; its V1 shows hardly a P wave. 203: fibrillation and flutter throughout.
    expect(await shareWithP('101', 5)).toBeGreaterThan(0.9);
    expect(await shareWithP('203', 5)).toBeLessThan(0.1);
  });
});
