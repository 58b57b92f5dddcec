import { describe, expect, it } from 'vitest';
import { createRandom } from '../../core/index.js';
import { parseStrictly } from '../strict.js';
import {
  createRhythmWindow,
  RHYTHM_WINDOW,
  RhythmWindowSchema,
  rhythmWindowLayout,
} from './rhythm-window.js';

const layout = rhythmWindowLayout(RHYTHM_WINDOW);
const [rows, length] = layout.shape;

/** A lead of bumps: a P wave, a narrow QRS and a T wave around each R peak, with a little noise; mV. */
function leadOf(times: readonly number[], seconds: number, fs: number): Float32Array {
  const waves = [
    [-0.16, 0.02, 0.1],
    [0, 0.012, 1],
    [0.28, 0.04, 0.25],
  ];
  return Float32Array.from({ length: Math.round(seconds * fs) }, (_, k) =>
    times.reduce(
      (sum, time) =>
        sum +
        waves.reduce(
          (s, [at, width, height]) => s + height * Math.exp(-(((k / fs - time - at) / width) ** 2) / 2),
          0,
        ),
      0.05 * Math.sin((2 * Math.PI * 0.7 * k) / fs),
    ),
  );
}

const random = createRandom(2);
const times = [0.5];
while (times[times.length - 1] < 29) times.push(times[times.length - 1] + 0.7 + 0.3 * random.next());

function exampleOf(lead: Float32Array, fs: number, own: readonly number[] = times): Float32Array {
  const out = new Float32Array(rows * length);
  createRhythmWindow(RHYTHM_WINDOW).write(
    lead,
    fs,
    own.map((time) => time * fs),
    out,
    0,
  );
  return out;
}

const distance = (a: Float32Array, b: Float32Array) =>
  Math.sqrt(a.reduce((sum, x, i) => sum + (x - b[i]) ** 2, 0) / a.length);

describe('createRhythmWindow', () => {
  const lead = leadOf(times, 30, 250);
  const example = exampleOf(lead, 250);

  it('gives the lead in heights of its beats, the intervals and the beats', () => {
    const [first, second, third] = times;
    const at = (row: number, time: number) => example[row * length + Math.round(100 * time)];
    expect(at(0, third)).toBeGreaterThan(0.9);
    expect(at(0, third)).toBeLessThan(1.1);
    const mean = (times[times.length - 1] - first) / (times.length - 1);
    expect(at(1, (first + second) / 2)).toBeCloseTo(Math.log((second - first) / mean), 5);
    expect(at(2, (second + third) / 2)).toBeCloseTo(Math.log((third - second) / (second - first)), 5);
    expect(example.subarray(3 * length, 4 * length).reduce((sum, x) => sum + x, 0)).toBe(times.length);
    expect(at(3, third)).toBe(1);
    expect(at(4, (first + second) / 2)).toBeLessThan(0.05);
    expect(example.subarray(5 * length, 6 * length).every((x) => x === 1)).toBe(true);
    // The typical beat follows the figures: its R peak is 1, its P wave a tenth of it.
    const beat = 6 * length + layout.figures;
    expect(example[beat + 32]).toBeCloseTo(1, 1);
    expect(example[beat + 32 - 16] - example[beat + 32 - 24]).toBeGreaterThan(0.05);
  });

  it('does not depend on gain, offset and polarity', () => {
    const other = exampleOf(
      lead.map((x) => -7.3 * x + 40),
      250,
    );
    expect(distance(example, other)).toBeLessThan(1e-3);
    // Negative control: another beat missing changes more than that.
    expect(distance(example, exampleOf(lead, 250, times.toSpliced(5, 1)))).toBeGreaterThan(1e-2);
  });

  it('is nearly the same at any rate', () => {
    for (const fs of [128, 360, 1000])
      expect(distance(example, exampleOf(leadOf(times, 30, fs), fs)), `${fs} Hz`).toBeLessThan(0.03);
    expect(
      distance(
        example,
        exampleOf(
          leadOf(
            times.map((t) => t * 0.98),
            30,
            360,
          ),
          360,
        ),
      ),
    ).toBeGreaterThan(0.06);
  });

  it('repeats a short stretch, and masks what is invalid', () => {
    const short = exampleOf(
      lead.subarray(0, 2500),
      250,
      times.filter((t) => t < 10),
    );
    expect(short[100]).toBe(short[1100]);
    expect(short[3 * length + 50]).toBe(1);
    expect(short[3 * length + 1050]).toBe(1);
    const holed = exampleOf(
      lead.map((x, k) => (k >= 1000 && k < 2000 ? Number.NaN : x)),
      250,
    );
    expect(holed.some(Number.isNaN)).toBe(false);
    const mask = holed.subarray(5 * length, 6 * length);
    expect([mask[399], mask[401], mask[799], mask[801]]).toEqual([1, 0, 0, 1]);
  });

  it('takes whatever comes: a flat lead, no beats, one sample, all invalid', () => {
    for (const [odd, own] of [
      [new Float32Array(7500), times],
      [new Float32Array(7500).fill(3), []],
      [lead, []],
      [lead.subarray(0, 1), []],
      [new Float32Array(0), []],
      [new Float32Array(7500).fill(Number.NaN), times],
    ] as const) {
      const found = exampleOf(odd, 250, own);
      expect(found.every(Number.isFinite)).toBe(true);
      expect(found.every((x) => Math.abs(x) <= RHYTHM_WINDOW.clip.figure)).toBe(true);
    }
    expect(
      exampleOf(new Float32Array(7500).fill(3), 250, [])
        .subarray(0, length)
        .every((x) => x === 0),
    ).toBe(true);
  });
});

describe('RhythmWindowSchema', () => {
  it('names what does not fit', () => {
    const parse = (change: object) => () =>
      parseStrictly(RhythmWindowSchema, { ...RHYTHM_WINDOW, ...change }, 'input');
    expect(parse({})).not.toThrow();
    expect(parse({ band: { low: 0.5, high: 60, order: 2 } })).toThrow(/band\.high below fs/);
    expect(parse({ window: 2 })).toThrow(/one row/);
    expect(parse({ leads: 2 })).toThrow(/leads/);
  });
});
