import { describe, expect, it } from 'vitest';
import { EcgError } from '../../core/index.js';
import { looksLikeHeader, parseHeader } from './header.js';

const bytes = (text: string) => new TextEncoder().encode(text);
const parse = (text: string) => parseHeader(bytes(text), 'x.hea');

/** The error of a header, as `code: message`. */
function faultOf(text: string): string {
  try {
    parse(text);
  } catch (error) {
    expect(error).toBeInstanceOf(EcgError);
    return `${(error as EcgError).code}: ${(error as EcgError).message}`;
  }
  return 'none';
}

describe('parseHeader', () => {
  // The examples of header(5) in the WFDB Applications Guide, and what its text says of them.
  it('reads the header of record 100', () => {
    const header = parse(
      '100 2 360 650000 0:0:0 0/0/0\n100.dat 212 200 11 1024 995 -22131 0 MLII\n100.dat 212 200 11 1024 1011 20052 0 V5\n# 69 M 1085 1629 x1\n# Aldomet, Inderal\n',
    );
    expect(header).toMatchObject({ record: '100', fs: 360, length: 650000, signalCount: 2 });
    expect(header.signals[1]).toEqual({
      file: '100.dat',
      format: 212,
      samplesPerFrame: 1,
      skew: 0,
      byteOffset: 0,
      gain: 200,
      bits: 11,
      zero: 1024,
      initial: 1011,
      checksum: 20052,
      description: 'V5',
    });
    expect(header.notes).toEqual(['69 M 1085 1629 x1', 'Aldomet, Inderal']);
  });

  it('reads every optional field', () => {
    const header = parse(
      '#wfdb 10.7\nrec-1 1 250.5/12.5(-3) 1000 13:05:09.25 25/04/1989\r\nrec.dat 16x4:9+512 2.5e1(-7)/mmHg 12 3 4 5 0 ABP, left arm\r\n',
    );
    expect(header).toMatchObject({
      fs: 250.5,
      counterFs: 12.5,
      baseCounter: -3,
      time: '13:05:09.25',
      date: '1989-04-25',
    });
    expect(header.signals[0]).toMatchObject({
      format: 16,
      samplesPerFrame: 4,
      // 9 samples are 2.25 frames, and the library rounds to whole frames.
      skew: 2,
      byteOffset: 512,
      gain: 25,
      baseline: -7,
      unit: 'mmHg',
      description: 'ABP, left arm',
    });
    expect(header.notes).toEqual([]);
  });

  it('fills in nothing that a short header leaves out', () => {
    expect(parse('r 1\nr.dat 16\n')).toEqual({
      record: 'r',
      signalCount: 1,
      signals: [{ file: 'r.dat', format: 16, samplesPerFrame: 1, skew: 0, byteOffset: 0 }],
      notes: [],
      warnings: [],
    });
  });

  it('reads a multi-segment header', () => {
    const header = parse('multi/3 2 500 45\na_layout 0\na1 30\n~ 15\n');
    expect(header.segments).toEqual([
      { name: 'a_layout', length: 0 },
      { name: 'a1', length: 30 },
      { name: '~', length: 15 },
    ]);
    expect(header.signals).toEqual([]);
  });

  it('takes a start that is none for a warning', () => {
    const header = parse('E00001 0 500 5000 05-Feb-2020 11:39:16\n');
    expect(header.time).toBeUndefined();
    expect(header.warnings).toHaveLength(1);
  });

  it.each([
    ['', 'bad-format: wfdb: x.hea is empty'],
    ['# only a remark', 'bad-format: wfdb: x.hea is empty'],
    ['100', 'bad-format: wfdb: the record line needs'],
    ['100 -1', 'bad-format: wfdb: the number of signals'],
    ['100 1e3', 'bad-format: wfdb: the number of signals'],
    ['100 1000000 360 10', 'bad-format: wfdb: 1000000 signals are impossible'],
    ['100 2 360 10\na.dat 16', 'bad-format: wfdb: the record line announces 2 signals'],
    ['100 0 0', 'bad-format: wfdb: the sampling frequency'],
    ['100 0 -360', 'bad-format: wfdb: the sampling frequency'],
    ['100 0 NaN', 'bad-format: wfdb: the sampling frequency'],
    ['100 0 1e99', 'bad-format: wfdb: the sampling frequency'],
    ['100 0 360 9007199254740993', 'bad-format: wfdb: the number of samples'],
    ['100 1 360 10\na.dat', 'bad-format: wfdb: a signal line needs'],
    ['100 1 360 10\na.dat 99', 'unsupported: wfdb: signal format 99 is not supported'],
    ['100 1 360 10\na.dat 16x0', 'bad-format: wfdb: 0 samples a frame'],
    ['100 1 360 10\na.dat 16 1/0/0(', 'none'],
    ['100 1 360 10\na.dat 16 inf', 'bad-format: wfdb: the gain'],
    ['100 1 360 10\na.dat 16 200(x)', 'bad-format: wfdb: the gain'],
    ['100 1 360 10\n../a.dat 16', 'unsupported: wfdb: "../a.dat" lies outside'],
    ['100 1 360 10\n- 16', 'unsupported: wfdb: signals on the standard input'],
    ['100/2 1 360 10\na 5', 'bad-format: wfdb: the record line announces 2 segments'],
    ['100/1000000 1 360 10', 'bad-format: wfdb: 1000000 segments are impossible'],
    ['100/0 1 360 10', 'bad-format: wfdb: a record of 0 segments'],
  ])('judges %j', (text, expected) => {
    expect(faultOf(text)).toContain(expected);
  });

  it.each([
    ['slashes', '/'.repeat(1_000_000)],
    ['digits', `r 1 ${'1'.repeat(1_000_000)}x`],
    ['digits of a gain', `r 1 100 5\nr.dat 16 ${'1'.repeat(1_000_000)}x`],
    ['fields', `r 1 100 5\n${'a '.repeat(500_000)}\u2028`],
    ['spaces', `r 1 100 5\nr.dat${' '.repeat(1_000_000)}\u2028 x`],
    ['points', `r 1 ${'1.'.repeat(500_000)}`],
  ])('fails at once on a megabyte of %s', (_, hostile) => {
    const start = performance.now();
    expect(faultOf(hostile)).not.toBe('none');
    expect(performance.now() - start).toBeLessThan(1000);
  });

  it('names the line of a fault', () => {
    expect(faultOf('100 2 360 10\n\na.dat 16\n# note\nb.dat 99\n')).toContain('(x.hea, line 5)');
  });
});

describe('looksLikeHeader', () => {
  it.each([
    '100 2 360 650000\n100.dat 212 200 11 1024 995 -22131 0 MLII',
    '#wfdb 10.7\n\nr 1\r\nr.dat 16',
    'm/2 1 100 20\nm1 10\n~ 10',
    'onlyannotations 0 360 1000',
    'A05908 1 300 9000 06:18:00 1/07/2000 \r\nA05908.mat 16+24 1000/mV 16 0 -88 0 0 ECG \r\n',
  ])('knows %j', (text) => expect(looksLikeHeader(bytes(text))).toBe(true));

  it.each([
    '',
    '1 2 3\n4 5 6\n',
    '1,2\n3,4\n',
    '0.1 16 200\n0.2 16 200\n',
    'time 2 lead\n1 16 2',
    '{"fs": 360}',
    'r 1 360\nr.dat 99\n',
    'r 1 360\nr.dat 16\n\0',
  ])('does not take %j for one', (text) => expect(looksLikeHeader(bytes(text))).toBe(false));
});
