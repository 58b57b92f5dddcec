import { describe, expect, it } from 'vitest';
import { EcgError } from '../../core/index.js';
import { memorySource } from '../source.js';
import { openWfdb } from './record.js';

const int16 = (...values: number[]) => new Uint8Array(Int16Array.from(values).buffer);

/** A record of header texts and signal files; the master is `m.hea`. */
function record(files: Record<string, string | Uint8Array>) {
  const siblings = new Map(
    Object.entries(files).map(([name, body]) => [
      name,
      typeof body === 'string' ? new TextEncoder().encode(body) : body,
    ]),
  );
  return memorySource('m.hea', siblings.get('m.hea')!, siblings);
}

const NONE = Number.NaN;

describe('multi-segment records', () => {
  const fixed = {
    'm.hea': 'm/3 2 100 7 08:00:00 01/01/2001\na 3\n~ 2\nb 2\n',
    'a.hea': 'a 2 100 3\na.dat 16 1 12 0 1 6 0 I\na.dat 16 1 12 0 10 60 0 II\n',
    'a.dat': int16(1, 10, 2, 20, 3, 30),
    // The second segment has its own gain: 2 ADC units a millivolt.
    'b.hea': 'b 2 100 2\nb.dat 16 2 12 0 8 18 0 I\nb.dat 16 2 12 0 80 180 0 II\n',
    'b.dat': int16(8, 80, 10, 100),
  };

  it('joins a fixed layout, with gaps kept as time', async () => {
    const reader = await openWfdb(record(fixed));
    expect(reader.info).toMatchObject({ id: 'm', length: 7, gaps: [{ from: 3, to: 5 }], warnings: [] });
    const { signals, warnings } = await reader.read();
    expect([...signals[0].samples]).toEqual([1, 2, 3, NONE, NONE, 4, 5]);
    expect([...signals[1].samples]).toEqual([10, 20, 30, NONE, NONE, 40, 50]);
    expect(warnings).toEqual([]);
  });

  it('reads slices across its borders', async () => {
    const reader = await openWfdb(record(fixed));
    const whole = [...(await reader.read()).signals[1].samples];
    for (let from = 0; from <= 7; from++) {
      for (let to = from; to <= 7; to++) {
        const slice = await reader.read({ from, to, signals: [1] });
        expect([...slice.signals[0].samples]).toEqual(whole.slice(from, to));
      }
    }
    expect((await reader.read({ from: 4 })).gaps).toEqual([{ from: 0, to: 1 }]);
  });

  it('joins a variable layout by the names of the signals', async () => {
    const reader = await openWfdb(
      record({
        'm.hea': 'm/4 3 100 6\nl 0\na 2\n~ 1\nb 3\n',
        'l.hea':
          'l 3 100 0\n~ 0 100(0)/mV 12 0 0 0 0 II\n~ 0 100(0)/mmHg 12 0 0 0 0 ABP\n~ 0 100/mV 12 0 0 0 0 V\n',
        'a.hea': 'a 1 100 2\na.dat 16 1/mmHg 12 0 7 15 0 ABP\n',
        'a.dat': int16(7, 8),
        'b.hea': 'b 2 100 3\nb.dat 16 10/mV 12 0 50 120 0 V\nb.dat 16 1/mV 12 0 1 6 0 II\n',
        'b.dat': int16(50, 1, 40, 2, 30, 3),
      }),
    );
    expect(reader.info.signals.map(({ lead, unit }) => [lead, unit])).toEqual([
      ['II', 'mV'],
      ['ABP', 'mmHg'],
      ['V', 'mV'],
    ]);
    expect(reader.info.gaps).toEqual([{ from: 2, to: 3 }]);
    const { signals, warnings } = await reader.read();
    expect(signals.map(({ samples }) => [...samples])).toEqual([
      [NONE, NONE, NONE, 1, 2, 3],
      [7, 8, NONE, NONE, NONE, NONE],
      [NONE, NONE, NONE, 5, 4, 3],
    ]);
    expect(warnings).toEqual([]);
  });

  it('checks the checksum of each segment', async () => {
    const reader = await openWfdb(record({ ...fixed, 'b.dat': int16(8, 80, 10, 101) }));
    expect((await reader.read()).warnings).toEqual([expect.stringContaining('signal 1 of b.hea')]);
  });

  it('keeps the place of a truncated segment', async () => {
    const reader = await openWfdb(record({ ...fixed, 'a.dat': int16(1, 10) }));
    expect(reader.info.gaps).toEqual([{ from: 1, to: 5 }]);
    expect([...(await reader.read()).signals[0].samples]).toEqual([1, NONE, NONE, NONE, NONE, 4, 5]);
    expect(reader.info.warnings).toHaveLength(1);
  });

  it('reads more segments than it keeps open', async () => {
    const files: Record<string, string | Uint8Array> = { 'm.hea': 'm/9 1 100 9\n' };
    for (let k = 0; k < 9; k++) {
      files['m.hea'] += `s${k} 1\n`;
      files[`s${k}.hea`] = `s${k} 1 100 1\ns${k}.dat 16 1 12 0 ${k} ${k} 0 I\n`;
      files[`s${k}.dat`] = int16(k);
    }
    const reader = await openWfdb(record(files));
    for (let round = 0; round < 2; round++) {
      expect([...(await reader.read()).signals[0].samples]).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
    }
  });

  it.each([
    ['a missing segment', { 'b.hea': undefined }, 'not-found', 'b.hea is missing'],
    ['a missing signal file', { 'b.dat': undefined }, 'not-found', 'b.dat is missing'],
    ['segments of segments', { 'b.hea': 'b/1 2 100 2\nc 2\n' }, 'unsupported', 'segments itself'],
    ['another frequency', { 'b.hea': 'b 2 200 2\nb.dat 16\nb.dat 16\n' }, 'bad-format', '200 Hz'],
    ['another number of signals', { 'b.hea': 'b 1 100 2\nb.dat 16\n' }, 'bad-format', '1 signals'],
    ['nothing but gaps', { 'm.hea': 'm/1 1 100 5\n~ 5\n' }, 'bad-format', 'gaps'],
    [
      'an impossible length',
      { 'm.hea': 'm/2 1 100 5\na 9007199254740991\n~ 9007199254740991\n' },
      'bad-format',
      'impossible',
    ],
  ])('refuses %s', async (_, change, code, part) => {
    const files: Record<string, string | Uint8Array> = { ...fixed };
    for (const [name, body] of Object.entries(change)) {
      if (body === undefined) delete files[name];
      else files[name] = body;
    }
    const error = await openWfdb(record(files)).then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(EcgError);
    expect(error).toMatchObject({ code, message: expect.stringContaining(part) });
  });
});
