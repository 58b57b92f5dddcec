import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { edfBytes, type TestFile } from '../../../tests/edf-bytes.js';
import { describeWithShared, sharedDir } from '../../../tests/shared-data.js';
import { EcgError, type Recording } from '../../core/index.js';
import { open } from '../open.js';
import { memorySource } from '../source.js';

const openBytes = (bytes: Uint8Array) => open(memorySource('rec.edf', bytes));

async function readAll(file: TestFile): Promise<Recording> {
  const reader = await openBytes(edfBytes(file));
  return reader.read();
}

async function faultOf(bytes: Uint8Array): Promise<string> {
  const error = await openBytes(bytes).then(
    () => undefined,
    (e: unknown) => e,
  );
  expect(error).toBeInstanceOf(EcgError);
  return `${(error as EcgError).code}: ${(error as EcgError).message}`;
}

/** 2 records of 1 s: an ECG of 4 Hz in µV, 0.5 µV a step, and a pressure of 2 Hz. */
const two: TestFile = {
  records: 2,
  duration: '1',
  patient: 'MCH-0234567 F 02-MAY-1951 Haagse_Harry',
  signals: [
    {
      label: 'ECG II',
      unit: 'uV',
      physical: ['-500', '500'],
      digital: ['-1000', '1000'],
      perRecord: 4,
      stored: [0, 1000, -1000, 2, 100, 200, 300, 400],
    },
    {
      label: 'ABP',
      unit: 'mmHg',
      physical: ['0', '200'],
      digital: ['0', '100'],
      perRecord: 2,
      stored: [40, 50, 60, 70],
    },
  ],
};

const ecg = two.signals[0] as TestFile['signals'][number];
const stamp = (onset: string, ...more: string[]) => `${onset}\x14\x14\0${more.join('')}`;

describe('EDF', () => {
  it('gives mV, other units as they are, and each signal at its own rate', async () => {
    // By hand: digital −1000…1000 over −500…500 µV is 0.5 µV a step; 0…100 over 0…200 mmHg is 2 mmHg a step.
    const recording = await readAll(two);
    expect(recording.fs).toBe(4);
    expect(recording.length).toBe(8);
    expect(recording.startTime).toBe('2004-03-02T05:06:07');
    expect(recording.signals.map(({ lead, unit, fs }) => [lead, unit, fs])).toEqual([
      ['ECG II', 'mV', 4],
      ['ABP', 'mmHg', 2],
    ]);
    const mV = [0, 0.5, -0.5, 0.001, 0.05, 0.1, 0.15, 0.2];
    expect([...(recording.signals[0]?.samples ?? [])]).toEqual(mV.map(Math.fround));
    expect([...(recording.signals[1]?.samples ?? [])]).toEqual([80, 100, 120, 140]);
    expect(recording.signals[0]?.adc).toEqual({ gain: 2000, baseline: 0, zero: 0, bits: 11 });
    expect(recording.notes).toEqual(['patient: MCH-0234567 F 02-MAY-1951 Haagse_Harry']);
    expect(recording.warnings).toEqual([]);
  });

  it('reads a slice as it reads the whole', async () => {
    const reader = await openBytes(edfBytes(two));
    const slice = await reader.read({ from: 2, to: 6, signals: [1, 0] });
    expect([slice.offset, slice.length]).toEqual([2, 4]);
    expect([...(slice.signals[0]?.samples ?? [])]).toEqual([100, 120]);
    expect([...(slice.signals[1]?.samples ?? [])]).toEqual([-0.5, 0.001, 0.05, 0.1].map(Math.fround));
    await expect(reader.read({ from: 9 })).rejects.toThrow('no range within 0…8');
    await expect(reader.read({ signals: [2] })).rejects.toThrow('there is no signal 2');
    await expect(reader.read({}, { signal: { aborted: true } })).rejects.toThrow('cancelled');
    await reader.close();
    await expect(reader.read()).rejects.toThrow('is closed');
  });

  it('reads any slice of many small records and of one large record alike', async () => {
    const stored = Array.from({ length: 600 }, (_, i) => ((i * 7919) % 2001) - 1000);
    const many = edfBytes({ ...two, records: 150, signals: [{ ...ecg, stored }] });
    const one = edfBytes({
      ...two,
      records: 1,
      duration: '150',
      signals: [{ ...ecg, perRecord: 600, stored }],
    });
    const readers = [await openBytes(many), await openBytes(one)];
    await fc.assert(
      fc.asyncProperty(fc.nat(600), fc.nat(600), async (a, b) => {
        const [from, to] = [Math.min(a, b), Math.max(a, b)];
        for (const reader of readers) {
          const samples = (await reader.read({ from, to })).signals[0]?.samples ?? [];
          expect([...samples]).toEqual(stored.slice(from, to).map((x) => Math.fround(x * 0.0005)));
        }
      }),
      { seed: 1, numRuns: 60 },
    );
  });

  it('never holds a record that is larger than a block', async () => {
    // One record of a little over 1 MiB; the test sees every read.
    const perRecord = 2 ** 19 + 5;
    const stored = Array.from({ length: perRecord }, (_, i) => (i % 2001) - 1000);
    const bytes = edfBytes({
      ...two,
      records: 1,
      duration: '3600',
      signals: [{ ...ecg, perRecord, stored }],
    });
    let largest = 0;
    const plain = memorySource('big.edf', bytes);
    const reader = await open({
      ...plain,
      read: (offset, length) => {
        largest = Math.max(largest, length);
        return plain.read(offset, length);
      },
    });
    const slice = await reader.read({ from: perRecord - 3 });
    expect([...(slice.signals[0]?.samples ?? [])]).toEqual(
      stored.slice(-3).map((x) => Math.fround(x * 0.0005)),
    );
    const whole = await reader.read();
    expect(largest).toBeLessThanOrEqual(2 ** 19);
    expect(whole.signals[0]?.samples[perRecord - 1]).toBe(slice.signals[0]?.samples[2]);
  });

  it('turns a signal over when the physical minimum stands above the maximum', async () => {
    const recording = await readAll({ ...two, signals: [{ ...ecg, physical: ['500', '-500'] }] });
    expect([...(recording.signals[0]?.samples ?? [])].slice(0, 3)).toEqual([0, -0.5, 0.5]);
  });

  it.each([
    ['equal physical limits', { physical: ['5', '5'] }],
    ['equal digital limits', { digital: ['5', '5'] }],
    ['digital limits the wrong way round', { digital: ['9', '-9'] }],
    ['a limit that is no number', { physical: ['x', '5'] }],
  ] as const)('gives ADC units and says so: %s', async (_, change) => {
    const recording = await readAll({ ...two, signals: [{ ...ecg, ...change }] });
    expect(recording.signals[0]?.unit).toBe('adu');
    expect([...(recording.signals[0]?.samples ?? [])]).toEqual(ecg.stored);
    expect(recording.warnings.join()).toContain('cannot be laid over');
  });

  it('derives the number of records where the header does not know it', async () => {
    const recording = await readAll({ ...two, statedRecords: '-1' });
    expect(recording.length).toBe(8);
    expect(recording.warnings.join()).toContain('the size of the file makes 2');
  });

  it('reads a truncated file up to its last byte', async () => {
    const bytes = edfBytes(two);
    // Without the last 8 of 24 data bytes: record 1 keeps 2 of its 4 ECG samples and no pressure.
    const recording = await (await openBytes(bytes.subarray(0, bytes.length - 8))).read();
    expect([...(recording.signals[0]?.samples ?? [])].slice(4)).toEqual(
      [0.05, 0.1, Number.NaN, Number.NaN].map(Math.fround),
    );
    expect([...(recording.signals[1]?.samples ?? [])]).toEqual([80, 100, Number.NaN, Number.NaN]);
    expect(recording.warnings.join()).toContain('1.33 of 2 data records');
  });

  it('says what is odd and reads on', async () => {
    const odd = { ...two, statedHeaderBytes: '512', date: '31.02.04', patient: 'J\xfcrgen' };
    const recording = await readAll(odd);
    expect(recording.warnings.join()).toContain('The header says it is 512 bytes long; 2 signals make 768');
    expect(recording.warnings.join()).toContain('is no date and time');
    expect(recording.startTime).toBeUndefined();
    expect(recording.notes).toEqual(['patient: Jürgen']);
    expect(recording.signals[0]?.samples[1]).toBe(0.5);
  });

  it.each([
    ['01.01.85', '', '1985-01-01T05:06:07'],
    ['01.01.84', '', '2084-01-01T05:06:07'],
    ['02.03.22', 'Startdate 02-MAR-1922 X X X', '1922-03-02T05:06:07'],
    ['01.01.85', 'Startdate X X X X', undefined],
  ])('dates %s %s', async (date, recording, expected) => {
    expect((await readAll({ ...two, date, recording })).startTime).toBe(expected);
  });

  it.each([
    ['no signals', { ...two, signals: [] }, /number of signals is "0"/],
    ['no samples', { ...two, signals: [{ ...ecg, perRecord: 0 }] }, /has "0" samples a record/],
    ['duration', { ...two, duration: 'abc' }, /duration of a data record is "abc"/],
    ['zero duration', { ...two, duration: '0' }, /no sampling frequency/],
    ['impossible rate', { ...two, duration: '1e-9' }, /is impossible/],
    ['no records', { ...two, records: 0 }, /no data record after the header/],
  ] as const)('refuses a header that makes no recording: %s', async (_, file, message) => {
    const fault = await faultOf(edfBytes(file));
    expect(fault).toMatch(/^bad-format: edf/);
    expect(fault).toMatch(message);
  });

  it('refuses a header that is cut short', async () => {
    expect(await faultOf(edfBytes(two).subarray(0, 200))).toContain('cut short after 200 of 256 bytes');
    expect(await faultOf(edfBytes(two).subarray(0, 700))).toContain('takes 768 bytes, the file has 700');
  });
});

describe('EDF+', () => {
  it('keeps the gaps of EDF+D as time and NaN, with annotations at their true times', async () => {
    // Records of 1 s begin at 0.5, 1.5 and 5.5 s after 05:06:07: 3 s are missing after 2 s of data, 12 samples of 4 Hz.
    const file: TestFile = {
      ...two,
      reserved: 'EDF+D',
      records: 3,
      signals: [
        { ...ecg, stored: [0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22] },
        { ...(two.signals[1] as typeof ecg), stored: [1, 2, 3, 4, 5, 6] },
      ],
      annotations: {
        perRecord: 30,
        texts: [
          stamp('+0.5', '+1\x14start\x14\0'),
          stamp('+1.5', '+5.75\x152\x14beats\x14again@@ECG II\x14\0'),
          stamp('+5.5', '+3\x14in the gap\x14\0'),
        ],
      },
    };
    const recording = await readAll(file);
    expect(recording.startTime).toBe('2004-03-02T05:06:07.500');
    expect(recording.length).toBe(24);
    expect(recording.gaps).toEqual([{ from: 8, to: 20 }]);
    const expected = [0, 2, 4, 6, 8, 10, 12, 14, ...Array(12).fill(Number.NaN), 16, 18, 20, 22];
    expect([...(recording.signals[0]?.samples ?? [])]).toEqual(expected.map((x) => Math.fround(x * 0.0005)));
    expect([...(recording.signals[1]?.samples ?? [])]).toEqual([
      2,
      4,
      6,
      8,
      ...Array(6).fill(Number.NaN),
      10,
      12,
    ]);
    expect(recording.signals).toHaveLength(2);
    expect(recording.annotations).toEqual([
      { sample: 2, symbol: '"', aux: 'start' },
      { sample: 10, symbol: '"', aux: 'in the gap' },
      { sample: 21, symbol: '"', aux: 'beats (2 s)' },
      { sample: 21, symbol: '"', aux: 'again (2 s)', channel: 0 },
    ]);
    expect(recording.warnings).toEqual([]);

    const slice = await (await openBytes(edfBytes(file))).read({ from: 6, to: 22 });
    expect(slice.gaps).toEqual([{ from: 2, to: 14 }]);
    expect(slice.annotations.map(({ sample }) => sample)).toEqual([4, 15, 15]);
    expect(slice.signals[0]?.samples[15]).toBe(Math.fround(18 * 0.0005));
  });

  it('does not take the rounding of record times for gaps', async () => {
    // Records of 1/3 s at 3 decimals.
    const texts = ['+0', '+0.333', '+0.667', '+1'].map((onset) => stamp(onset));
    const stored = Array.from({ length: 16 }, (_, i) => i);
    const recording = await readAll({
      ...two,
      reserved: 'EDF+D',
      records: 4,
      duration: '0.333333',
      signals: [{ ...ecg, stored }],
      annotations: { perRecord: 8, texts },
    });
    expect(recording.gaps).toEqual([]);
    expect(recording.length).toBe(16);
  });

  it('keeps a gap that a file called continuous hides, and says so', async () => {
    const recording = await readAll({
      ...two,
      reserved: 'EDF+C',
      annotations: { perRecord: 8, texts: [stamp('+0'), stamp('+3')] },
    });
    expect(recording.gaps).toEqual([{ from: 4, to: 12 }]);
    expect(recording.warnings.join()).toContain('the gaps are kept');
  });

  it('says so when records overlap, lack a time or hold no annotations', async () => {
    const recording = await readAll({
      ...two,
      reserved: 'EDF+C',
      records: 3,
      signals: [{ ...ecg, stored: [...ecg.stored, 1, 2, 3, 4] }],
      annotations: { perRecord: 8, texts: [stamp('+0'), stamp('+0'), 'rubbish'] },
    });
    expect(recording.length).toBe(12);
    expect(recording.gaps).toEqual([]);
    expect(recording.warnings.join()).toContain('1 data records say they begin before');
    expect(recording.warnings.join()).toContain('1 of 3 data records do not say');
    expect(recording.warnings.join()).toContain('1 stretches of the annotation channel');
    const without = await readAll({ ...two, reserved: 'EDF+D' });
    expect(without.warnings.join()).toContain('holds no annotation channel');
  });
});

describe('BDF', () => {
  it('reads 24-bit samples', async () => {
    // By hand: ±2^23 over ±262144 µV is 1/32 µV a step (BioSemi's own resolution is 31.25 nV).
    const bdf: TestFile = {
      ...two,
      kind: 'bdf',
      reserved: 'BDF+D',
      signals: [
        {
          ...ecg,
          physical: ['-262144', '262144'],
          digital: ['-8388608', '8388608'],
          stored: [0, 32, -32, 8388607, -8388608, 65536, -65536, 1],
        },
      ],
      annotations: { perRecord: 8, texts: [stamp('+0'), stamp('+2', '+2.5\x14ü\x14\0')] },
    };
    const recording = await readAll(bdf);
    expect(recording.format).toBe('bdf');
    const steps = [0, 32, -32, 8388607, ...Array(4).fill(Number.NaN), -8388608, 65536, -65536, 1];
    expect([...(recording.signals[0]?.samples ?? [])]).toEqual(steps.map((x) => Math.fround(x / 32000)));
    expect(recording.annotations).toEqual([{ sample: 10, symbol: '"', aux: 'ü' }]);
  });
});

describeWithShared('EDF+ of annotations alone', () => {
  it('holds every onset of test_edfann.edf', async () => {
    const bytes = new Uint8Array(readFileSync(`${sharedDir}/data/formats/wfdb-python/test_edfann.edf`));
    const reader = await openBytes(bytes);
    const { fs, signals, annotations, notes, warnings } = reader.info;
    // Origin: Python, re.findall(rb'\+([\d.]+)\x15([\d.]+)\x14([^\x14]+)\x14\x00', bytes[512:]): their number, and the
    // sum of their onsets in hundredths of a second.
    const number = 856;
    const sum = 1095258217;
    expect(fs).toBe(100);
    expect(signals).toEqual([]);
    expect(annotations).toHaveLength(number);
    expect(annotations.reduce((total, { sample }) => total + sample, 0)).toBe(sum);
    expect(annotations[2]).toEqual({ sample: 3343, symbol: '"', aux: 'Lights off@@EEG F4-A1' });
    expect(annotations.at(-1)?.sample).toBe(2561874);
    expect(notes).toContain('start time of day: 23:59:30');
    expect(warnings).toEqual([]);
    expect((await reader.read()).annotations).toHaveLength(number);
  });
});
