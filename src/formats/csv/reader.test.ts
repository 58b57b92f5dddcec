import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EcgError, type Recording } from '../../core/index.js';
import { open } from '../open.js';
import { memorySource, type OpenOptions } from '../source.js';

const encode = (text: string) => new TextEncoder().encode(text);
const openText = (text: string, options?: OpenOptions) =>
  open(memorySource('rec.csv', encode(text)), options);

async function readText(text: string, options?: OpenOptions): Promise<Recording> {
  return (await openText(text, options)).read();
}

async function faultOf(text: string, options?: OpenOptions): Promise<string> {
  const error = await openText(text, options).then(
    () => undefined,
    (e: unknown) => e,
  );
  expect(error).toBeInstanceOf(EcgError);
  return `${(error as EcgError).code}: ${(error as EcgError).message}`;
}

const samplesOf = (recording: Recording, signal = 0) => [...(recording.signals[signal]?.samples ?? [])];
const float = (values: readonly number[]) => values.map(Math.fround);
const rows = (n: number, row: (i: number) => string) =>
  Array.from({ length: n }, (_, i) => row(i)).join('\n');

describe('CSV', () => {
  it.each([
    ['comma', 'I,II\n0.1,-0.2\n0.3,-0.4\n0.5,-0.6\n'],
    ['semicolon', 'I;II\n0.1;-0.2\n0.3;-0.4\n0.5;-0.6\n'],
    ['semicolon and decimal comma', 'I;II\n0,1;-0,2\n0,3;-0,4\n0,5;-0,6\n'],
    ['tab', 'I\tII\n0.1\t-0.2\n0.3\t-0.4\n0.5\t-0.6\n'],
    ['tab and decimal comma', 'I\tII\n0,1\t-0,2\n0,3\t-0,4\n0,5\t-0,6\n'],
    ['blanks', 'I    II\n  0.1  -0.2\n  0.3  -0.4\n  0.5  -0.6\n'],
    ['blanks and decimal comma', 'I II\n0,1 -0,2\n0,3 -0,4\n0,5 -0,6\n'],
    ['CR LF', 'I,II\r\n0.1,-0.2\r\n0.3,-0.4\r\n0.5,-0.6\r\n'],
    ['CR', 'I,II\r0.1,-0.2\r0.3,-0.4\r0.5,-0.6\r'],
    ['no line feed at the end', 'I,II\n0.1,-0.2\n0.3,-0.4\n0.5,-0.6'],
    ['byte order mark', '\ufeffI,II\n0.1,-0.2\n0.3,-0.4\n0.5,-0.6\n'],
    ['quotes', '"I","II"\n"0.1","-0.2"\n"0.3","-0.4"\n"0.5","-0.6"\n'],
    ['quoted decimal commas', '"I","II"\n"0,1","-0,2"\n"0,3","-0,4"\n"0,5","-0,6"\n'],
    ['blanks around', 'I, II\n0.1, -0.2\n0.3, -0.4\n0.5, -0.6\n'],
    ['blank lines and comments', '# made by hand\n\nI,II\n0.1,-0.2\n\n# pause\n0.3,-0.4\n0.5,-0.6\n\n'],
    ['exponents and the true minus', 'I,II\n1e-1,\u22120.2\n3E-1,\u22120.4\n.5,\u22120.6\n'],
  ])('reads %s', async (_, text) => {
    const recording = await readText(text, { fs: 250, unit: 'mV' });
    expect(recording.signals.map(({ lead, unit }) => [lead, unit])).toEqual([
      ['I', 'mV'],
      ['II', 'mV'],
    ]);
    expect(samplesOf(recording, 0)).toEqual(float([0.1, 0.3, 0.5]));
    expect(samplesOf(recording, 1)).toEqual(float([-0.2, -0.4, -0.6]));
    expect([recording.fs, recording.length]).toEqual([250, 3]);
    expect(recording.warnings).toEqual([]);
  });

  it('reads a table without a header', async () => {
    const recording = await readText('0.1,2\n0.3,4\n0.2,6\n', { fs: 100, unit: 'mV', columns: [1] });
    expect(recording.signals.map(({ lead }) => lead)).toEqual(['column 1']);
    expect(samplesOf(recording)).toEqual([2, 4, 6]);
  });

  it.each([
    ['MLII (mV)', 1],
    ['MLII [uV]', 1e-3],
    ['MLII (µV)', 1e-3],
    ['MLII (μV)', 1e-3],
    ['MLII_V', 1e3],
    ['MLII mV', 1],
  ])('reads the unit of %s', async (header, factor) => {
    const recording = await readText(`${header}\n1\n2\n3\n`, { fs: 100 });
    expect(recording.signals[0]?.lead).toBe('MLII');
    expect(samplesOf(recording)).toEqual(float([1, 2, 3].map((x) => x * factor)));
    expect(recording.warnings).toEqual([]);
  });

  it('reads a µ in Latin-1', async () => {
    const bytes = Uint8Array.from('MLII (\xb5V)\n1000\n2000\n', (c) => c.charCodeAt(0));
    const recording = await (await open(memorySource('a.csv', bytes), { fs: 100 })).read();
    expect(samplesOf(recording)).toEqual([1, 2]);
  });

  it("reads PhysioNet's export with its two header lines", async () => {
    // Layout: rdsamp -c -H -v -pe; 360 Hz at three decimals.
    const text = `'Elapsed time','MLII','V5'\n'hh:mm:ss.mmm','mV','mV'\n${rows(
      721,
      (i) =>
        `'0:0${Math.floor(i / 360)}.${String(Math.round((i % 360) / 0.36)).padStart(3, '0')}',-0.${i},0.5`,
    )}\n`;
    const recording = await readText(text);
    expect(recording.fs).toBe(360);
    expect(recording.signals.map(({ lead, unit }) => [lead, unit])).toEqual([
      ['MLII', 'mV'],
      ['V5', 'mV'],
    ]);
    expect(recording.gaps).toEqual([]);
    expect(samplesOf(recording)[720]).toBe(Math.fround(-0.72));
    expect(recording.warnings).toEqual([]);
  });

  it('reads names in fixed columns and behind #', async () => {
    const line = (i: number) =>
      `     0:0${Math.floor(i / 360)}.${String(Math.round((i % 360) / 0.36)).padStart(3, '0')}  -0.1${i}  -0.5`;
    const fixed = `   Elapsed time          MLII            V5\n   hh:mm:ss.mmm          (mV)          (mV)\n${rows(720, line)}\n`;
    const recording = await readText(fixed);
    expect([recording.fs, recording.length]).toEqual([360, 720]);
    expect(recording.signals.map(({ lead, unit }) => [lead, unit])).toEqual([
      ['MLII', 'mV'],
      ['V5', 'mV'],
    ]);
    const commented = await readText('# made by a program, in 2020\n# I (mV), II (mV)\n1,2\n3,4\n5,6\n', {
      fs: 250,
    });
    expect(commented.signals.map(({ lead }) => lead)).toEqual(['I', 'II']);
    expect(samplesOf(commented, 1)).toEqual([2, 4, 6]);
  });

  it('takes an even first column as a signal when it contradicts fs', async () => {
    const text = `${rows(20, (i) => `${i * 0.125},${900 - i}`)}\n`;
    expect((await readText(text, { fs: 250, unit: 'uV' })).signals).toHaveLength(2);
    expect(
      (await readText(`${rows(20, (i) => `${i * 0.004},${900 - i}`)}\n`, { fs: 250, unit: 'uV' })).signals,
    ).toHaveLength(1);
  });

  it('refuses a table lying on its side', async () => {
    const row = `${rows(100, (i) => String(i / 100)).replaceAll('\n', ',')}\n`;
    expect(await faultOf(row.repeat(3), { fs: 250 })).toMatch(
      /^unsupported: .*100 columns and 3 rows.*turn it over/,
    );
  });

  it('reads raw ADC units with a gain, and asks for what is missing', async () => {
    const text = `'sample #','MLII','V5'\n${rows(10, (i) => `${i},${995 + 20 * i},1011`)}\n`;
    const recording = await readText(text, { fs: 360, unit: 'adc', gain: 200 });
    expect(samplesOf(recording).slice(0, 2)).toEqual(float([4.975, 5.075]));
    expect(recording.signals).toHaveLength(2);
    expect(await faultOf(text, { unit: 'adc', gain: 200 })).toMatch(
      /^bad-option: .*sampling frequency, pass fs/,
    );
    expect(await faultOf(text, { fs: 360 })).toMatch(/^bad-option: .*spans 995…1175, pass unit/);
    expect(await faultOf(text, { fs: 360, unit: 'adc' })).toMatch(/^bad-option: .*pass gain/);
    expect(await faultOf(text, { fs: 360, unit: 'adc', gain: 0 })).toMatch(
      /^bad-option: .*gain 0 is impossible/,
    );
    expect(await faultOf(text, { fs: -1, unit: 'mV' })).toMatch(/^bad-option: .*fs -1 Hz is impossible/);
  });

  it('takes plausible values without a unit as mV, with a warning', async () => {
    const recording = await readText('ECG\n-0.5\n1.5\n0\n', { fs: 100 });
    expect(recording.warnings).toEqual(['The unit of ECG is not stated; it is taken as mV.']);
  });

  it('chooses columns by name and index, in their order', async () => {
    const text = 'time (s),I,II,note\n0,1,2,a\n0.01,3,4,b\n0.02,5,6,c\n';
    const recording = await readText(text, { columns: ['II', 1], unit: 'mV' });
    expect(recording.signals.map(({ lead }) => lead)).toEqual(['II', 'I']);
    expect(samplesOf(recording)).toEqual([2, 4, 6]);
    expect((await readText(text, { unit: 'mV' })).warnings).toEqual(['Columns of text are left out: note.']);
    expect(await faultOf(text, { columns: ['V9'] })).toMatch(
      /^bad-option: .*"V9", choose from: 0 time, 1 I, 2 II, 3 note/,
    );
    expect(await faultOf(text, { columns: ['note'] })).toMatch(/^bad-option: .*holds text/);
  });

  it('keeps other units and nameless units apart from ECG', async () => {
    const recording = await readText('ECG (mV),ABP (mmHg),label\n1,80,0\n2,81,1\n3,82,1\n', { fs: 100 });
    expect(recording.signals.map(({ lead, unit }) => [lead, unit])).toEqual([
      ['ECG', 'mV'],
      ['ABP', 'mmHg'],
      ['label', ''],
    ]);
  });

  it('counts empty, NaN and unreadable cells', async () => {
    const recording = await readText('I (mV),II (mV)\n1,2\n,3\nNaN,4\noops,5\n6\n7,8\n', { fs: 100 });
    expect(samplesOf(recording, 0)).toEqual([1, Number.NaN, Number.NaN, Number.NaN, 6, 7]);
    expect(samplesOf(recording, 1)).toEqual([2, 3, 4, 5, Number.NaN, 8]);
    expect(recording.warnings).toEqual([
      '3 empty or NaN cells are NaN samples.',
      '1 cells are no numbers and NaN samples, the first "oops" in row 4.',
      '1 of 6 rows do not have 2 columns.',
    ]);
  });

  it('refuses what is no table', async () => {
    expect(await faultOf('Dear doctor,\nmy heart skips.\nYours, 1\n')).toMatch(
      /^unsupported: .*text that begins/,
    );
    expect(await faultOf('<?xml version="1.0"?>\n<digits>\n1 2 3\n4 5 6\n7 8 9\n')).toMatch(
      /^unsupported: .*XML/,
    );
    expect(await faultOf('%PDF-1.4\n1 0 obj\n')).toMatch(/^unsupported: .*PDF/);
  });

  it('points from the heartbeat table to its reader', async () => {
    const row = `${rows(187, () => '0.5').replaceAll('\n', ',')},1.0\n`;
    expect(await faultOf(row.repeat(5))).toMatch(/^unsupported: .*one heartbeat a row.*readHeartbeatCsv/);
  });
});

describe('CSV time column', () => {
  const values = (n: number, time: (i: number) => string, header = 'time') =>
    `${header},ECG (mV)\n${rows(n, (i) => `${time(i)},${i}`)}\n`;

  it.each([
    ['seconds', 'time (s)', (i: number) => (i / 250).toFixed(3), 250],
    ['seconds at 360 Hz, three decimals', 'time (s)', (i: number) => (i / 360).toFixed(3), 360],
    ['seconds at 360 Hz, two decimals', 'time (s)', (i: number) => (i / 360).toFixed(2), 360],
    ['seconds of a watch', 'time (s)', (i: number) => (i / 512.508).toFixed(6), 512.508],
    ['milliseconds', 'time [ms]', (i: number) => String(i * 4), 250],
    ['milliseconds by name', 'ms', (i: number) => String(i * 2), 500],
    [
      'clock',
      'time',
      (i: number) =>
        `0:${String(Math.floor(i / 6000)).padStart(2, '0')}:${((i % 6000) / 100).toFixed(2).padStart(5, '0')}`,
      100,
    ],
    [
      'ISO',
      'timestamp',
      (i: number) => new Date(Date.UTC(2020, 4, 18, 23, 59, 55) + i * 5).toISOString(),
      200,
    ],
    [
      'ISO with blank and zone',
      'timestamp',
      (i: number) =>
        `${new Date(Date.UTC(2020, 4, 18) + i * 5).toISOString().slice(0, -1).replace('T', ' ')}+02:00`,
      200,
    ],
  ])('reads fs from %s', async (_, header, time, fs) => {
    const recording = await readText(values(2000, time, header));
    expect(recording.fs).toBe(fs);
    expect(recording.gaps).toEqual([]);
    expect(recording.length).toBe(2000);
    expect(samplesOf(recording)[1999]).toBe(1999);
    expect(recording.warnings).toEqual([]);
  });

  it.each([
    ['s', (i: number) => (i / 250).toFixed(3), 250],
    ['ms', (i: number) => String(i * 4), 250],
    ['s since 1970', (i: number) => (1589816891 + i / 250).toFixed(3), 250],
  ])('guesses %s where nobody says, with a warning', async (unit, time, fs) => {
    const recording = await readText(values(500, time));
    expect(recording.fs).toBe(fs);
    expect(recording.warnings.join()).toContain(`are taken as ${unit.split(' ')[0]}.`);
  });

  it('knows the start of ISO times', async () => {
    const text = values(10, (i) => new Date(Date.UTC(2020, 4, 18, 15, 48, 11, 250) + i * 5).toISOString());
    expect((await readText(text)).startTime).toBe('2020-05-18T15:48:11.250');
  });

  it('goes on over midnight', async () => {
    const clock = (i: number) =>
      new Date(Date.UTC(2020, 4, 18, 23, 59, 59) + i * 10).toISOString().slice(11, -1);
    const recording = await readText(values(300, clock));
    expect([recording.fs, recording.length, recording.gaps.length]).toEqual([100, 300, 0]);
    expect(recording.warnings).toEqual([]);
  });

  it('keeps gaps as time and NaN', async () => {
    // 100 rows at 100 Hz, then 5 s later 100 more: rows 0.00…0.99, 5.99…6.98, so samples 100…598 are missing.
    const recording = await readText(
      values(200, (i) => ((i < 100 ? i : i + 499) / 100).toFixed(2), 'time (s)'),
    );
    expect(recording.fs).toBe(100);
    expect(recording.length).toBe(699);
    expect(recording.gaps).toEqual([{ from: 100, to: 599 }]);
    const samples = samplesOf(recording);
    expect([samples[99], samples[100], samples[598], samples[599], samples[698]]).toEqual([
      99,
      Number.NaN,
      Number.NaN,
      100,
      199,
    ]);
  });

  it('takes the even clock of several', async () => {
    // A strap's logger: the phone's clock stands still for each packet of 73 samples, the sensor's runs at 130 Hz.
    const head = 'Phone timestamp;sensor timestamp [ns];timestamp [ms];ecg [uV]';
    const phone = (i: number) =>
      new Date(Date.UTC(2022, 0, 1) + Math.floor(i / 73) * 560).toISOString().slice(0, -1);
    const line = (i: number) =>
      `${phone(i)};${599616001234567000n + BigInt(Math.round((i * 1e9) / 130))};${(i * 1000) / 130};${i}`;
    const recording = await readText(`${head}\n${rows(1300, line)}\n`);
    expect(recording.signals.map(({ lead }) => lead)).toEqual(['ecg']);
    expect(recording.fs).toBeCloseTo(130, 5);
    expect(recording.gaps).toEqual([]);
    expect(recording.warnings).toEqual([]);
  });

  it('keeps gaps of a sample counter', async () => {
    const text = `sample,ECG (mV)\n${rows(20, (i) => `${i < 10 ? i : i + 5},${i}`)}\n`;
    const recording = await readText(text, { fs: 250 });
    expect(recording.gaps).toEqual([{ from: 10, to: 15 }]);
    expect(recording.length).toBe(25);
    expect(samplesOf(recording)[15]).toBe(10);
  });

  it('says so when a given fs contradicts the times, or they run backwards', async () => {
    const text = values(500, (i) => (i / 250).toFixed(3), 'time (s)');
    expect((await readText(text, { fs: 360 })).warnings).toEqual([
      'The time column makes 250 Hz; 360 Hz is used.',
    ]);
    const back = values(500, (i) => ((i < 250 ? i : i - 100) / 250).toFixed(3), 'time (s)');
    const recording = await readText(back);
    expect(recording.warnings).toEqual([
      'The time column runs backwards 1 times; rows follow directly there.',
    ]);
    expect([recording.fs, recording.length]).toEqual([250, 500]);
  });

  it('refuses an irregular time column', async () => {
    // Hand-made steps of 4 and 12 ms by turns.
    const text = values(2000, (i) => ((Math.floor(i / 2) * 16 + (i % 2) * 4) / 1000).toFixed(3), 'time (s)');
    expect(await faultOf(text)).toMatch(/^unsupported: .*irregular/);
  });
});

describe("a watch's export", () => {
  const english = [
    'Name,Jane Doe',
    'Date of Birth,1980-01-01 00:00:00',
    'Recorded Date,2020-05-18 15:48:11 +0200',
    'Classification,Sinus Rhythm',
    'Symptoms,',
    'Software Version,1.90',
    'Device,"Watch6,2"',
    'Sample Rate,512.508 hertz',
    '',
    '',
    'Lead,Lead I',
    'Unit,µV',
    '',
  ];
  const german = [
    'Name;Jane Doe',
    'Aufgezeichnet am;2020-05-18 15:48:11 +0200',
    'Klassifizierung;Sinusrhythmus',
    'Gerät;"Watch6,2"',
    'Messrate;512,508 Hertz',
    '',
    'Ableitung;Ableitung I',
    'Einheit;µV',
    '',
  ];
  it.each([
    ['English', english, ['-19.339', '1000.5', '250', '-0.125', '12']],
    ['English with a comma behind', english, ['-19.339,', '1000.5,', '250,', '-0.125,', '12,']],
    [
      'German, quoted values',
      german.map((line) => line.replace(';', ',').replace('512,508 Hertz', '"512,508 Hertz"')),
      ['"-19,339"', '"1000,5"', '"250"', '"-0,125"', '"12"'],
    ],
    ['German, semicolons', german, ['-19,339', '1000,5', '250', '-0,125', '12']],
    ['German, semicolons behind', german, ['-19,339;', '1000,5;', '250;', '-0,125;', '12;']],
  ])('reads %s', async (_, head, data) => {
    const recording = await readText(`${[...head, ...data].join('\n')}\n`);
    expect(recording.fs).toBe(512.508);
    expect(recording.startTime).toBe('2020-05-18T15:48:11');
    expect(recording.signals.map(({ unit }) => unit)).toEqual(['mV']);
    expect(recording.signals[0]?.lead).toMatch(/^(Lead|Ableitung) I$/);
    // By hand: µV over 1000.
    expect(samplesOf(recording)).toEqual(float([-0.019339, 1.0005, 0.25, -0.000125, 0.012]));
    expect(recording.notes.join('\n')).toMatch(
      /(Classification: Sinus Rhythm|Klassifizierung: Sinusrhythmus)/,
    );
    expect(recording.warnings).toEqual([]);
  });
});

describe('CSV metadata', () => {
  it('does not take another frequency for the sampling frequency', async () => {
    const lines = 'Heart Rate,72\nLow Pass,40 Hz\nMains,50 Hz\nSample Rate,300 Hz\n\nI (mV)\n1\n2\n3\n';
    expect((await readText(lines)).fs).toBe(300);
    expect(await faultOf(lines.replace('Sample Rate,300 Hz\n', ''))).toMatch(/^bad-option: .*pass fs/);
    expect(
      await faultOf(lines.replace('Sample Rate', 'Rate A').replace('Heart Rate,72', 'Rate B,100 Hz')),
    ).toMatch(/pass fs/);
    expect((await readText(lines.replace('Sample Rate', 'サンプルレート'))).fs).toBe(300);
  });
});

describe('CSV slices', () => {
  it('reads any slice as it reads the whole, without holding the file', async () => {
    const n = 20_000;
    const text = `time (s),ECG (mV)\n${rows(n, (i) => `${((i < 9000 ? i : i + 50) / 200).toFixed(3)},${(i * 7919) % 1000}`)}\n`;
    const bytes = encode(text);
    const plain = memorySource('a.csv', bytes);
    const reads: number[] = [];
    const reader = await open({
      ...plain,
      read: (offset, length) => {
        reads.push(offset);
        return plain.read(offset, length);
      },
    });
    const whole = samplesOf(await reader.read());
    expect(whole).toHaveLength(n + 50);
    await fc.assert(
      fc.asyncProperty(fc.nat(n + 50), fc.nat(2000), async (from, length) => {
        const to = Math.min(n + 50, from + length);
        expect(samplesOf(await reader.read({ from, to }))).toEqual(whole.slice(from, to));
      }),
      { seed: 2, numRuns: 40 },
    );
    reads.length = 0;
    await reader.read({ from: n - 10 });
    // The last mark lies 16384 rows into the file, far behind its beginning.
    expect(Math.min(...reads)).toBeGreaterThan(bytes.length / 2);
  });
});
