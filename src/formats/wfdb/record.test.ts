import { describe, expect, it } from 'vitest';
import { createRandom, EcgError, type Progress } from '../../core/index.js';
import { type ByteSource, memorySource } from '../source.js';
import { writeAnnotations } from './annotation-writer.js';
import { openWfdb, resolveWfdbHeader } from './record.js';

const bytes = (text: string) => new TextEncoder().encode(text);

/** Little-endian 16-bit samples. */
const int16 = (...values: number[]) => new Uint8Array(Int16Array.from(values).buffer);

/** The record of a header text and the files beside it. */
function record(header: string, files: Record<string, Uint8Array> = {}): ByteSource {
  const siblings = new Map(Object.entries(files));
  siblings.set('r.hea', bytes(header));
  return memorySource('r.hea', siblings.get('r.hea')!, siblings);
}

async function read(header: string, files: Record<string, Uint8Array> = {}) {
  const reader = await openWfdb(record(header, files));
  return reader.read();
}

const same = (a: Int32Array, b: Int32Array) => a.length === b.length && a.every((value, i) => value === b[i]);

async function faultOf(task: Promise<unknown>): Promise<string> {
  const error = await task.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(EcgError);
  return `${(error as EcgError).code}: ${(error as EcgError).message}`;
}

const samplesOf = (recording: { signals: readonly { samples: Float32Array }[] }) =>
  recording.signals.map(({ samples }) => [...samples]);

describe('openWfdb', () => {
  it('gives millivolts: (ADC units − baseline) / gain, in each voltage', async () => {
    const recording = await read(
      [
        'r 4 100 2 12:30:00 01/02/2003',
        'r.dat 16 200(10)/mV 12 0 210 220 0 I',
        'r.dat 16 0.5(0)/uV 12 0 100 -400 0 II',
        'r.dat 16 2000/V 12 100 300 500 0 III',
        'r.dat 16 20(-5)/mmHg 12 0 15 30 0 ABP',
        '# a note',
      ].join('\n'),
      { 'r.dat': int16(210, 100, 300, 15, 10, -500, 200, 15) },
    );
    expect(samplesOf(recording)).toEqual([
      [1, 0],
      // 100 / 0.5 = 200 µV = 0.2 mV.
      [Math.fround(0.2), -1],
      // Without a baseline the ADC zero is one: (300 − 100) / 2000 V = 0.1 V = 100 mV.
      [100, 50],
      [1, 1],
    ]);
    expect(recording.signals.map(({ unit }) => unit)).toEqual(['mV', 'mV', 'mV', 'mmHg']);
    expect(recording.signals[1].adc).toEqual({ gain: 500, baseline: 0, zero: 0, bits: 12 });
    expect(recording.startTime).toBe('2003-02-01T12:30:00');
    expect(recording.notes).toEqual(['a note']);
    expect(recording.warnings).toEqual([]);
  });

  it('takes a gain of 200 where none is given, and says so', async () => {
    const recording = await read('r 2 100 1\nr.dat 16 0 12 0 20 20 0 I\nr.dat 16\n', {
      'r.dat': int16(20, 40),
    });
    expect(samplesOf(recording)).toEqual([[Math.fround(0.1)], [Math.fround(0.2)]]);
    expect(recording.warnings).toHaveLength(2);
    expect(recording.warnings[0]).toContain('signal 0 (I) has no calibration');
  });

  it('takes 250 Hz where no frequency is given, and says so', async () => {
    const source = () => record('r 1\nr.dat 16 200\n', { 'r.dat': int16(1, 2) });
    const reader = await openWfdb(source());
    expect(reader.info).toMatchObject({ fs: 250, length: 2 });
    expect(reader.info.warnings[0]).toContain('250 Hz');
    expect((await openWfdb(source(), { fs: 500 })).info).toMatchObject({ fs: 500, warnings: [] });
  });

  it('gives NaN for the invalid code and keeps its neighbours', async () => {
    const recording = await read('r 1 100 3\nr.dat 16 1\n', { 'r.dat': int16(-32767, -32768, 32767) });
    expect(samplesOf(recording)).toEqual([[-32767, Number.NaN, 32767]]);
    // 212: 0x800 is invalid, 0x801 is −2047.
    const packed = await read('r 1 100 2\nr.dat 212 1\n', { 'r.dat': Uint8Array.of(0x00, 0x88, 0x01) });
    expect(samplesOf(packed)).toEqual([[Number.NaN, -2047]]);
  });

  it('sums first differences from the initial value, wherever a read begins', async () => {
    // 200,000 samples of +1 and −1: sample n is 5 + (n even ? 1 : 0); checked against the running sum.
    const length = 200_000;
    const differences = Uint8Array.from({ length }, (_, n) => (n % 2 === 0 ? 1 : 255));
    const header = `r 1 100 ${length}\nr.dat 8 1 10 0 5 0 0 x\n`;
    const reader = await openWfdb(record(header, { 'r.dat': differences }));
    for (const from of [199_990, 0, 65_535, 131_072, 65_530, 70_001]) {
      const [values] = samplesOf(await reader.read({ from, to: from + 10 }));
      expect(values).toEqual(Array.from({ length: 10 }, (_, k) => 5 + ((from + k) % 2 === 0 ? 1 : 0)));
    }
  });

  it('starts at a byte offset', async () => {
    const recording = await read('r 1 100 2\nr.mat 16+3 1\n', {
      'r.mat': Uint8Array.from([9, 9, 9, ...int16(7, 8)]),
    });
    expect(samplesOf(recording)).toEqual([[7, 8]]);
  });

  it('shifts a skewed signal, whose tail is then unknown', async () => {
    const recording = await read('r 2 100 4\nr.dat 16 1\nr.dat 16:1 1\n', {
      'r.dat': int16(1, 90, 2, 10, 3, 20, 4, 30),
    });
    // header(5): sample n of a signal of skew 1 is stored in frame n + 1.
    expect(samplesOf(recording)).toEqual([
      [1, 2, 3, 4],
      [10, 20, 30, Number.NaN],
    ]);
  });

  it('reads several samples a frame, at the rate of the fastest ECG lead', async () => {
    const header =
      'r 3 100 3\nr.dat 16x2 1/mV 12 0 1 0 0 II\nr.dat 16 1/mmHg 12 0 7 0 0 ABP\nr.dat 16x4 1/mmHg 12 0 0 0 0 x\n';
    const frames = [1, 2, 7, 0, 1, 2, 3, 3, 4, 8, 4, 5, 6, 7, 5, 6, 9, 8, 9, 10, 11];
    const annotations = writeAnnotations([{ sample: 2, symbol: 'N' }]);
    const fine = writeAnnotations([{ sample: 25, symbol: 'V' }], { fs: 1000 });
    const reader = await openWfdb(
      record(header, { 'r.dat': int16(...frames), 'r.atr': annotations, 'r.fine': fine }),
      {
        annotators: ['atr', 'fine'],
      },
    );
    expect(reader.info).toMatchObject({ fs: 200, length: 6 });
    expect(reader.info.signals.map(({ fs }) => fs)).toEqual([200, 100, 400]);
    // Frame 2 is 20 ms, sample 4 at 200 Hz; tick 25 at 1000 Hz is 25 ms, sample 5.
    expect(reader.info.annotations.map(({ sample }) => sample)).toEqual([4, 5]);
    expect(samplesOf(await reader.read())).toEqual([
      [1, 2, 3, 4, 5, 6],
      [7, 8, 9],
      [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11],
    ]);
    const slice = await reader.read({ from: 2, to: 5 });
    expect(slice).toMatchObject({ offset: 2, length: 3 });
    expect(slice.annotations.map(({ sample }) => sample)).toEqual([2]);
    expect(slice.signals[0].samples).toEqual(Float32Array.of(3, 4, 5));
    expect(slice.signals[2].samples).toEqual(Float32Array.of(4, 5, 6, 7, 8, 9));
  });

  it('reads signals of several files, one twice', async () => {
    const recording = await read('r 3 100 2\na.dat 16 1\nb.dat 80 1\na.dat 16+4 1\n', {
      'a.dat': int16(1, 2, 3, 4),
      'b.dat': Uint8Array.of(128, 129),
    });
    expect(samplesOf(recording)).toEqual([
      [1, 2],
      [0, 1],
      [3, 4],
    ]);
  });

  it.each([8, 16, 24, 32, 61, 80, 160, 212, 310, 311])(
    'gives the same samples in slices, in format %i',
    async (format) => {
      // Odd numbers of samples a frame, so that frames begin within a block; more samples than one chunk holds.
      const random = createRandom(format);
      const data = Uint8Array.from({ length: 250_000 }, () => random.integer(256));
      const header = `r 3 100 0\nr.dat ${format}x3+5 1\nr.dat ${format}:2 1\nr.dat ${format}x3 1\n`;
      const whole = await (await openWfdb(record(header, { 'r.dat': data }))).readAdc();
      const reader = await openWfdb(record(header, { 'r.dat': data }));
      const { length } = reader.info;
      for (let k = 0; k < 40; k++) {
        const from = random.integer(length);
        const to = Math.min(length, from + random.integer(k % 8 === 0 ? length : 20));
        const slice = await reader.readAdc({ from, to });
        // Signal 1 has a third of the samples: those whose time lies nearest.
        const bounds = [
          [from, to],
          [Math.round(from / 3), Math.round(to / 3)],
          [from, to],
        ];
        slice.forEach((each, i) => {
          expect(same(each, whole[i].subarray(bounds[i][0], bounds[i][1]))).toBe(true);
        });
      }
    },
  );

  it('reads the signals that are asked for, in that order', async () => {
    const reader = await openWfdb(
      record('r 3 100 2\nr.dat 16 1\nr.dat 16 1\nr.dat 16 1\n', { 'r.dat': int16(1, 2, 3, 4, 5, 6) }),
    );
    expect(samplesOf(await reader.read({ signals: [2, 0, 2] }))).toEqual([
      [3, 6],
      [1, 4],
      [3, 6],
    ]);
    expect(await reader.readAdc({ from: 1, signals: [1] })).toEqual([Int32Array.of(5)]);
  });

  it('reads a record of annotations alone', async () => {
    const files = { 'r.atr': writeAnnotations([{ sample: 70, symbol: 'V' }]) };
    const recording = await read('r 0 360 650000\n# no signals\n', files);
    expect(recording).toMatchObject({ fs: 360, length: 650000, signals: [], warnings: [] });
    expect(recording.annotations).toEqual([{ sample: 70, symbol: 'V' }]);
  });
});

describe('openWfdb, where a record is at fault', () => {
  const good = 'r 1 100 4\nr.dat 16 1 12 0 1 10 0 I\n';

  it('keeps quiet when initial value and checksum hold, also over slices', async () => {
    const reader = await openWfdb(record(good, { 'r.dat': int16(1, 2, 3, 4) }));
    for (const [from, to] of [
      [0, 2],
      [1, 3],
      [2, 4],
    ])
      expect((await reader.read({ from, to })).warnings).toEqual([]);
  });

  it.each([
    ['a changed sample', good, int16(1, 2, 3, 5), ['checksum']],
    ['a changed first sample', good, int16(2, 1, 3, 4), ['begins with 2']],
    ['a wrong checksum', good.replace(' 10 0 I', ' 11 0 I'), int16(1, 2, 3, 4), ['checksum']],
    ['a checksum of 0, which states nothing', good.replace(' 10 0 I', ' 0 0 I'), int16(1, 2, 3, 4), []],
    ['a checksum without its sign', good.replace(' 10 0 I', ' 65535 0 I'), int16(1, -2, 3, -3), []],
  ])('judges %s', async (_, header, samples, parts) => {
    const { warnings } = await read(header, { 'r.dat': samples });
    expect(warnings).toHaveLength(parts.length);
    parts.forEach((part, k) => {
      expect(warnings[k]).toContain(part);
    });
  });

  it('tells of a checksum once all samples were read, in whatever slices', async () => {
    const reader = await openWfdb(record(good, { 'r.dat': int16(1, 2, 3, 5) }));
    expect((await reader.read({ from: 0, to: 3 })).warnings).toEqual([]);
    expect((await reader.read({ from: 1, to: 4 })).warnings).toHaveLength(1);
  });

  it('reads what a truncated file holds', async () => {
    const header = 'r 2 100 4\nr.dat 16 1 12 0 1 0 0 I\ns.dat 16 1 12 0 9 0 0 II\n';
    const recording = await read(header, { 'r.dat': int16(1, 2, 3).subarray(0, 5), 's.dat': int16(9, 8, 7) });
    expect(recording.length).toBe(3);
    expect(samplesOf(recording)).toEqual([
      [1, 2, Number.NaN],
      [9, 8, 7],
    ]);
    expect(recording.warnings).toEqual([
      'r.dat is truncated: it holds 2 of 4 samples a signal, the rest is missing',
      's.dat is truncated: it holds 3 of 4 samples a signal, the rest is missing',
    ]);
  });

  it.each([
    [
      'a missing signal file',
      'r 1 100 4\nr.dat 16\n',
      {},
      'not-found: wfdb: the signal file r.dat is missing',
    ],
    [
      'an empty one',
      'r 1 100 4\nr.dat 16\n',
      { 'r.dat': int16() },
      'bad-format: wfdb: r.dat holds no whole sample',
    ],
    [
      'two formats of one file',
      'r 2 100 4\nr.dat 16\nr.dat 212\n',
      { 'r.dat': int16(1) },
      'bad-format: wfdb: r.dat is given two formats',
    ],
    [
      'a FLAC format of no FLAC file',
      'r 1 100 4\nr.dat 516\n',
      { 'r.dat': int16(1) },
      'bad-format: wfdb: r.dat is no FLAC stream',
    ],
  ])('refuses %s', async (_, header, files, expected) => {
    expect(await faultOf(openWfdb(record(header, files as Record<string, Uint8Array>)))).toContain(expected);
  });

  it('does not believe a header that claims more than its files hold', async () => {
    const reader = await openWfdb(
      record('r 1 100 1000000000000000\nr.dat 16x1000000 1\n', { 'r.dat': new Uint8Array(2_000_000) }),
    );
    expect(reader.info.length).toBe(1_000_000);
    const none = await openWfdb(record('r 0 100 1000000000000000\n'));
    expect(none.info.length).toBe(1e15);
    expect(
      await faultOf(openWfdb(record('r 1 100 9\nr.dat 8x1000000 1\n', { 'r.dat': int16(1) }))),
    ).toContain('no whole sample');
  });

  it('asks for a named annotator but does without atr', async () => {
    const files = {
      'r.dat': int16(1, 2, 3, 4),
      'r.atr': new Uint8Array(1024).fill(0xff).fill(0, 0, 1).fill(78, 1, 2),
    };
    expect(await faultOf(openWfdb(record(good, files), { annotators: ['qrs'] }))).toContain(
      'not-found: wfdb: the annotation file r.qrs',
    );
    expect(await faultOf(openWfdb(record(good, files), { annotators: ['atr'] }))).toContain('unsupported');
    expect((await openWfdb(record(good, files))).info.warnings[0]).toContain('r.atr is left out');
  });

  it('refuses ranges outside, and reads after closing', async () => {
    const reader = await openWfdb(record(good, { 'r.dat': int16(1, 2, 3, 4) }));
    expect(await faultOf(reader.read({ from: 5 }))).toContain('bad-option');
    expect(await faultOf(reader.read({ signals: [1] }))).toContain('bad-option');
    await reader.close();
    expect(await faultOf(reader.read())).toContain('closed');
  });

  it('reports progress and can be cancelled', async () => {
    const length = 400_000;
    const source = record(`r 1 100 ${length}\nr.dat 16 1\n`, { 'r.dat': new Uint8Array(2 * length) });
    const reader = await openWfdb(source);
    const steps: Progress[] = [];
    const signal = { aborted: false };
    await reader.read({}, { onProgress: (step) => steps.push(step) });
    expect(steps.length).toBeGreaterThan(2);
    expect(steps.at(-1)).toEqual({ stage: 'read', done: length, total: length });
    const cancelled = reader.read({}, { signal, onProgress: () => Object.assign(signal, { aborted: true }) });
    expect(await faultOf(cancelled)).toContain('cancelled');
  });
});

describe('resolveWfdbHeader', () => {
  it('finds the header of any file of a record', async () => {
    const siblings = new Map([['100.hea', bytes('100 0')]]);
    for (const name of ['100.dat', '100.atr', '100']) {
      expect((await resolveWfdbHeader(memorySource(name, bytes('x'), siblings)))?.name).toBe('100.hea');
    }
    expect(await resolveWfdbHeader(memorySource('200.dat', bytes('x'), siblings))).toBeUndefined();
  });
});
