import { describe, expect, it } from 'vitest';
import type { RecordingReader, UnreadableStretch } from '../../core/index.js';
import { createWaveMarks } from '../../ecg/index.js';
import type { SignalWindow } from '../../models/index.js';
import type { AnalysisModels } from '../models.js';
import { surveyRecording } from './survey.js';
import { windowStarts } from './windows.js';

const FS = 50;
const card = { name: 'stand-in', version: '0' };
const loaded = <T>(network: T) => ({ network, sha256: '0'.repeat(64) });

/** A recording whose first lead holds each sample's own index, its second lead the negative, both in "mV". */
function countingReader(length: number, fs = FS): RecordingReader {
  const info = {
    id: 'counting',
    format: 'test',
    fs,
    length,
    signals: ['I', 'II', 'III'].map((lead) => ({ lead, unit: 'mV', fs })),
    annotations: [],
    gaps: [],
    notes: [],
    warnings: [],
  };
  return {
    info,
    read: async ({ from = 0, to = length, signals = [0, 1, 2] } = {}) => ({
      ...info,
      offset: from,
      length: to - from,
      signals: signals.map((i) => ({
        ...info.signals[i]!,
        samples: Float32Array.from({ length: to - from }, (_, k) => (i === 1 ? -1 : 1) * (from + k)),
      })),
    }),
    close: async () => {},
  };
}
const everySecond = (length: number, fs = FS) =>
  Float64Array.from({ length: Math.floor(length / fs) }, (_, i) => Math.round((i + 0.5) * fs));
const none: UnreadableStretch[] = [];

describe('windowStarts', () => {
  it('covers a recording to its last sample, one window where it is shorter', () => {
    expect([...windowStarts(100, 30, 10)]).toEqual([0, 10, 20, 30, 40, 50, 60, 70]);
    expect([...windowStarts(105, 30, 10)]).toEqual([0, 10, 20, 30, 40, 50, 60, 70, 75]);
    expect([...windowStarts(20, 20, 10)]).toEqual([0]);
  });
});

// 17 min and a bit: four slices of 240 s and a rest.
const LENGTH = Math.round((17 * 60 + 3.3) * FS);

describe.each([false, true])('the survey of a recording, overlapping %s', (overlap) => {
  it('gives every window its own samples and beats, over the ends of slices too', async () => {
    const seen: SignalWindow[] = [];
    const rhythm = {
      card,
      windowS: 30,
      classes: ['a', 'b'],
      classify: async (windows: readonly SignalWindow[]) => {
        seen.push(...windows);
        return Float32Array.from(windows.flatMap(({ leads }) => [leads[0]![0]!, 0]));
      },
    };
    const beats = everySecond(LENGTH);
    const survey = await surveyRecording(
      countingReader(LENGTH),
      { samples: beats, unreadable: none, signals: [0, 1] },
      { rhythm: loaded(rhythm) },
      { overlap },
    );
    const { starts, probabilities, length } = survey.rhythm!;
    expect(length).toBe(30 * FS);
    expect(starts.at(-1)! + length).toBe(LENGTH);
    // The stand-in says each window's first sample, which is its index.
    expect([...starts]).toEqual([...probabilities].filter((_, i) => i % 2 === 0));
    seen.forEach((window, w) => {
      const from = starts[w]!;
      expect(window.names).toEqual(['I', 'II']);
      expect(window.leads[0]!.length).toBe(30 * FS);
      expect(window.leads[0]!.at(-1)).toBe(from + 30 * FS - 1);
      expect(window.leads[1]![0]! + from).toBe(0);
      expect(Array.from(window.beats, (b) => b + from)).toEqual(
        [...beats].filter((b) => b >= from && b < from + 30 * FS),
      );
    });
    expect(survey).toMatchObject({ ventricular: null, marks: null, levels: null, quality: null });
  });

  it('puts the waves of every beat where they are in the recording, once', async () => {
    const asked: number[] = [];
    const waves = {
      card,
      delineate: async ({ beats, leads }: SignalWindow) => {
        const marks = createWaveMarks(beats.length);
        const from = leads[0]![0]!;
        asked.push(leads[0]!.length);
        for (let i = 0; i < beats.length; i++) {
          marks.qrsOnset[i] = beats[i]! - 2;
          marks.qrsOffset[i] = beats[i]! + 3;
        }
        return { ...marks, pWaves: Float64Array.from(beats, (b) => b - 8).filter((p) => p + from >= 0) };
      },
    };
    const beats = everySecond(LENGTH);
    const { marks, levels, pWaves } = await surveyRecording(
      countingReader(LENGTH),
      { samples: beats, unreadable: none, signals: [0] },
      { waves: loaded(waves) },
      { overlap },
    );
    expect([...marks!.qrsOnset]).toEqual(Array.from(beats, (b) => b - 2));
    expect([...marks!.qrsOffset]).toEqual(Array.from(beats, (b) => b + 3));
    expect(marks!.pPeak.every(Number.isNaN)).toBe(true);
    expect([...pWaves!]).toEqual(Array.from(beats, (b) => b - 8));
    // Every lead of so short a recording is measured; a ramp of 1 mV a sample gives its ST level by hand:
    // mean around J + 80 ms less the mean of the 40 ms before the QRS.
    expect(levels!.map(({ lead }) => lead)).toEqual(['I', 'II', 'III']);
    const [up, down] = [levels![0]!.st, levels![1]!.st];
    const middle = beats.length >> 1;
    expect(up[middle]).toBeGreaterThan(5);
    expect(down[middle]).toBeCloseTo(-up[middle]!, 3);
    // 30 s and 2 s on either side, up to half as much again where a slice is not divided evenly.
    expect(Math.max(...asked)).toBeLessThanOrEqual(49 * FS + 1);
  });

  it('asks for the quality of every whole second once', async () => {
    // A second of the ramp is known by its first sample.
    const quality = {
      card,
      judge: async (lead: Float32Array, fs: number) =>
        Uint8Array.from({ length: Math.floor(lead.length / fs) }, (_, s) =>
          Math.round(Math.abs(lead[Math.round(s * fs)]!) / fs) % 100 === 7 ? 1 : 0,
        ),
    };
    const survey = await surveyRecording(
      countingReader(LENGTH),
      { samples: everySecond(LENGTH), unreadable: none, signals: [1, 2] },
      { quality: loaded(quality) },
      { overlap },
    );
    expect(survey.quality!.map(({ lead }) => lead)).toEqual(['I', 'II', 'III']);
    for (const { seconds } of survey.quality!) {
      expect(seconds.length).toBe(Math.floor(LENGTH / FS));
      expect([...seconds.keys()].filter((s) => seconds[s] === 1)).toEqual(
        [...seconds.keys()].filter((s) => s % 100 === 7),
      );
    }
  });

  it('reads nothing without networks, and stops when cancelled', async () => {
    const reader = countingReader(LENGTH);
    const surveyed = { samples: everySecond(LENGTH), unreadable: none, signals: [0] };
    let reads = 0;
    const counting = {
      ...reader,
      read: (...args: Parameters<RecordingReader['read']>) => {
        reads++;
        return reader.read(...args);
      },
    };
    await surveyRecording(counting, surveyed, {}, { overlap });
    expect(reads).toBe(0);
    const judge = async () => new Uint8Array(0);
    const models: AnalysisModels = { quality: loaded({ card, judge }) };
    const signal = { aborted: true };
    await expect(surveyRecording(counting, surveyed, models, { overlap, signal })).rejects.toMatchObject({
      code: 'cancelled',
    });
  });

  it('refuses a network that does not answer for all it was given', async () => {
    const rhythm = { card, windowS: 30, classes: ['a', 'b'], classify: async () => new Float32Array(1) };
    await expect(
      surveyRecording(
        countingReader(LENGTH),
        { samples: everySecond(LENGTH), unreadable: none, signals: [0] },
        { rhythm: loaded(rhythm) },
        { overlap },
      ),
    ).rejects.toMatchObject({ code: 'bad-shape' });
  });
});
