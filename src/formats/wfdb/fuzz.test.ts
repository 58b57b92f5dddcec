import { describe, expect, it } from 'vitest';
import { createRandom, EcgError, type Random } from '../../core/index.js';
import { memorySource } from '../source.js';
import { readAnnotationFile } from './annotation-reader.js';
import { writeAnnotations } from './annotation-writer.js';
import { openWfdb } from './record.js';
import { writeWfdb } from './record-writer.js';

type Files = Map<string, Uint8Array>;

const text = (value: string) => new TextEncoder().encode(value);

/** Honest records of each kind, to be damaged. */
function honest(random: Random): Files[] {
  const samples = Float32Array.from({ length: 700 }, () => random.normal());
  const annotations = Array.from({ length: 50 }, (_, i) => ({
    sample: 13 * i,
    symbol: 'NVA+"'[i % 5],
    ...(i % 7 === 0 && { aux: '(AFIB', subtype: -1, channel: 1, num: 3 }),
  }));
  const plain = (format: 16 | 212): Files =>
    writeWfdb(
      {
        ...{ id: 'r', format: 'synthetic', fs: 250, length: 700, annotations, gaps: [], offset: 0 },
        ...{ notes: ['a note'], warnings: [], startTime: '2020-01-01T10:00:00' },
        signals: ['I', 'II'].map((lead) => ({ lead, unit: 'mV', fs: 250, samples })),
      },
      { format },
    );
  const packed = new Uint8Array(3000).map(() => random.integer(256));
  const every = [8, 16, 24, 32, 61, 80, 160, 212, 310, 311].map(
    (format, i) => `d${i} ${format}x2:1+3 10(2)/uV 12 0 1 2 0 s${i}`,
  );
  const flac = Uint8Array.from(
    Buffer.from(
      'ZkxhQ4AAACIAUABQAABWAABoAA+kcAAAAKA1c8qIGIc5HVKF94nOnHX5//huIgBPABlWEADJemHaRl/94RroS8l6YdpGX/3hGuhLyXph2kZf/eEa6EvJemHaRl/94RroS8l6YAAUVgAIYf4f+H/h/4f+gEwKQhCEIQgH/h/47Nv/+G4iAU8AGUAQAN2kZf/eEa6EvJemHaRl/94RroS8l6YdpGX/3hGuhLyXph2kZf/eEa6EvJemHaRgACic8GBJJJJAkkkkkwAJqqqqqqAkkkkkCSSSSQJJJJJAkkkkkwAJqqqqqqAjGA==',
      'base64',
    ),
  );
  return [
    plain(16),
    plain(212),
    new Map([
      ['r.hea', text(`r 10 100 300\n${every.join('\n')}\n`)],
      ...every.map((_, i) => [`d${i}`, packed] as const),
    ]),
    new Map([
      ['r.hea', text('r 3 250 160\nr.dat 508\nr.dat 508\nr.dat 508\n')],
      ['r.dat', flac],
    ]),
    new Map([
      ['r.hea', text('r/4 2 250 2100\nl 0\na 700\n~ 700\na 700\n')],
      ['l.hea', text('l 2 250 0\n~ 0 200/mV 12 0 0 0 0 I\n~ 0 200/mV 12 0 0 0 0 II\n')],
      ['a.hea', text('a 2 250 700\nr.dat 16 200/mV 12 0 0 0 0 I\nr.dat 16 200/mV 12 0 0 0 0 II\n')],
      ['r.dat', plain(16).get('r.dat')!],
    ]),
  ];
}

const NUMBERS = [
  '0',
  '-1',
  '1',
  '16',
  '212',
  '508',
  '1000000',
  '999999999999999',
  '1e308',
  'NaN',
  '~',
  '',
  '2x3:4+5',
  '/',
];

/** One to five changes: flipped, lost, doubled or foreign bytes, and other numbers in a text. */
function damage(bytes: Uint8Array, isText: boolean, random: Random): Uint8Array {
  let out = Array.from(bytes);
  for (let k = 1 + random.integer(5); k > 0; k--) {
    const at = random.integer(out.length + 1);
    const choice = random.integer(isText ? 6 : 4);
    if (choice === 0) out[at] = random.integer(256);
    else if (choice === 1) out.splice(at, random.integer(20));
    else if (choice === 2) out.splice(at, 0, ...out.slice(at, at + random.integer(30)));
    else if (choice === 3)
      out = random.integer(3) === 0 ? out.slice(0, at) : out.map((b, i) => (i === at ? b ^ 64 : b));
    else {
      const fields = String.fromCharCode(...out).split(/([ \n/x()+]+)/);
      fields[random.integer(fields.length)] = NUMBERS[random.integer(NUMBERS.length)];
      out = Array.from(fields.join(''), (c) => c.charCodeAt(0));
    }
  }
  return Uint8Array.from(out);
}

/** Opens and reads; anything but a result or an `EcgError` fails. Returns what it was. */
async function exercise(files: Files): Promise<string> {
  try {
    const reader = await openWfdb(memorySource('r.hea', files.get('r.hea')!, files));
    const { length, signals } = reader.info;
    expect(Number.isSafeInteger(length) && length >= 0).toBe(true);
    // A header may claim a year of gaps: read its two ends.
    const perRead = Math.floor(200_000 / Math.max(1, signals.length));
    for (const from of [0, Math.max(0, length - perRead)]) {
      const slice = await reader.read({ from, to: Math.min(length, from + perRead) });
      expect(slice.signals).toHaveLength(signals.length);
    }
    await reader.close();
    return 'read';
  } catch (error) {
    if (error instanceof EcgError) return error.code;
    throw error;
  }
}

describe('any bytes', () => {
  it('give a recording or an EcgError, from damaged records', async () => {
    const random = createRandom(20);
    const originals = honest(random);
    const outcomes = new Map<string, number>();
    let slowest = 0;
    for (let k = 0; k < 3000; k++) {
      const files = new Map(originals[k % originals.length]);
      const names = [...files.keys()];
      const name = random.integer(2) === 0 ? 'r.hea' : names[random.integer(names.length)];
      files.set(name, damage(files.get(name)!, name.endsWith('.hea'), random));
      const start = performance.now();
      const outcome = await exercise(files);
      slowest = Math.max(slowest, performance.now() - start);
      outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
    }
    // The damage must reach both sides of the door, or this test tests nothing.
    expect(outcomes.get('read')).toBeGreaterThan(300);
    expect(outcomes.get('bad-format')).toBeGreaterThan(300);
    expect(slowest).toBeLessThan(5000);
  });

  it('give a recording or an EcgError, from noise', async () => {
    const random = createRandom(21);
    const noise = () => Uint8Array.from({ length: random.integer(400) }, () => random.integer(256));
    for (let k = 0; k < 1000; k++) {
      const files = new Map([
        [
          'r.hea',
          random.integer(2) === 0
            ? noise()
            : text(`r 1 100 ${random.integer(500)}\nr.dat ${[212, 508, 311][k % 3]}\n`),
        ],
        ['r.dat', noise()],
        ['r.atr', noise()],
      ]);
      await exercise(files);
    }
  });

  it('give annotations that can be written again, or an EcgError', () => {
    const random = createRandom(22);
    const original = honest(random)[0].get('r.atr')!;
    let read = 0;
    for (let k = 0; k < 4000; k++) {
      const bytes =
        k % 2 === 0
          ? damage(original, false, random)
          : Uint8Array.from({ length: random.integer(600) }, () => random.integer(256));
      const file = readAnnotationFile(bytes);
      expect(file.annotations.every(({ sample }) => Number.isSafeInteger(sample))).toBe(true);
      try {
        writeAnnotations(file.annotations);
        read++;
      } catch (error) {
        expect(error).toBeInstanceOf(EcgError);
      }
    }
    expect(read).toBeGreaterThan(1000);
  });
});
