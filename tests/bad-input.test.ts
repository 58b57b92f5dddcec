import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Analysis, createRandom, type Recording } from '../src/core/index.js';
import { butterworthHighPass, butterworthLowPass, filter } from '../src/dsp/index.js';
import { synthesize } from '../src/ecg/index.js';
import { writeWfdb } from '../src/formats/index.js';

const main = fileURLToPath(new URL('../dist/cli/main.js', import.meta.url));

/** What a person meets who gives the built command something odd: its message, exit code and result. */
describe('odd recordings on the command line', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ectopy-odd-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  const put = (name: string, content: string | Uint8Array) => writeFileSync(join(folder, name), content);
  const putRecord = (record: string, recording: Recording) => {
    for (const [name, bytes] of writeWfdb(recording, { format: 16, record })) put(name, bytes);
  };
  const run = (...args: string[]) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [main, 'analyze', ...args], {
      cwd: folder,
      encoding: 'utf8',
      timeout: 150_000,
      maxBuffer: 1e9,
    });
    expect(stderr, 'a stack trace is no message').not.toMatch(/\n\s+at .*:\d+/);
    return { status, stdout, stderr };
  };
  const analysis = (...args: string[]): Analysis => {
    const { status, stdout, stderr } = run(...args, '--json');
    expect(stderr).toBe('');
    expect(status).toBe(0);
    return JSON.parse(stdout) as Analysis;
  };
  const of = (leads: Float32Array[], fs: number): Recording => ({
    id: 'odd',
    format: 'json',
    fs,
    length: leads[0]!.length,
    offset: 0,
    signals: leads.map((samples, i) => ({ lead: `L${i + 1}`, unit: 'mV', fs, samples })),
    annotations: [],
    gaps: [],
    notes: [],
    warnings: [],
  });
  const sinus = (seconds: number, fs = 250) =>
    synthesize(
      { id: 'sinus', segments: [{ rhythm: 'sinus', seconds, heartRateBpm: 75 }] },
      { fs, seed: 5, leads: ['II', 'V1'] },
    );

  beforeAll(() => mkdirSync(join(folder, 'directory')));

  it.each([
    ['no such file', 'nowhere.edf', 3, /nowhere\.edf/],
    ['a folder', 'directory', 2, /folder/],
    ['an empty file', 'empty.csv', 4, /empty/],
    ['a letter', 'letter.txt', 5, /letter\.txt.*EDF/],
    ['a header without its signal file', 'lonely.hea', 3, /lonely\.dat/],
    ['an impossible sampling frequency', 'still.hea', 4, /still\.hea/],
    ['an impossible gain', 'gain.hea', 4, /gain\.hea/],
    ['a CSV that does not tell its rate', 'bare.csv', 2, /--fs|fs/],
  ])('%s', (_, name, code, message) => {
    put('empty.csv', '');
    put('letter.txt', 'Dear colleague, please find enclosed.\n');
    put('lonely.hea', 'lonely 1 360 1000\nlonely.dat 212 200 11 1024 0 0 0 MLII\n');
    put('still.hea', 'still 1 -360 1000\nstill.dat 16 200 11 0 0 0 0 MLII\n');
    put('gain.hea', 'gain 1 360 1000\ngain.dat 16 1e999 11 0 0 0 0 MLII\n');
    put('gain.dat', new Uint8Array(2000));
    put('bare.csv', '0.1\n0.2\n0.3\n'.repeat(500));
    const { status, stderr } = run(name);
    expect(stderr).toMatch(/^ectopy: /);
    expect(stderr).toMatch(message);
    expect(status).toBe(code);
  });

  it('a truncated signal is read as far as it goes, with a warning', () => {
    const recording = sinus(60);
    for (const [name, bytes] of writeWfdb(recording, { format: 16, record: 'cut' }))
      put(name, name.endsWith('.dat') ? bytes.subarray(0, bytes.length / 2) : bytes);
    const { warnings, beats } = analysis('cut.hea');
    expect(warnings.join(' ')).toMatch(/cut\.dat/);
    // 30 s at 75 a minute are some 37 beats, not the 75 the header promises.
    expect(beats.count).toBeGreaterThan(30);
    expect(beats.count).toBeLessThan(42);
  });

  it('NaN in a CSV is counted, not analysed', () => {
    const { samples } = sinus(40).signals[0]!;
    const rows = Array.from(samples, (x, i) => (i > 5000 && i < 6000 ? 'NaN' : x.toFixed(4)));
    put('holes.csv', `II (mV)\n${rows.join('\n')}\n`);
    const { warnings, quality } = analysis('holes.csv', '--fs', '250');
    expect(warnings.join(' ')).toMatch(/999/);
    expect(quality.unreadable.some(({ from, to }) => from <= 5001 && to >= 6000)).toBe(true);
  });

  it('an hour of a flat line has no beat and no rate', () => {
    putRecord('flat', of([new Float32Array(3600 * 128)], 128));
    const { beats, heartRate, quality, warnings } = analysis('flat');
    expect(beats.count).toBe(0);
    expect(heartRate).toEqual({ meanBpm: null, slowest: null, fastest: null, longestRr: null });
    expect(quality.analysableShare).toBe(0);
    expect(warnings.join(' ')).toMatch(/read/);
  });

  it('twelve leads of noise end, and say that they cannot be read', () => {
    const random = createRandom(3);
    const white = () => Float32Array.from({ length: 120 * 500 }, () => 0.5 * random.normal());
    // As muscles make it, above 20 Hz, and as a loose electrode, below 10 Hz.
    const muscle = () => filter(white(), butterworthHighPass({ fs: 500, cutoff: 20, order: 2 }));
    const loose = () => filter(white(), butterworthLowPass({ fs: 500, cutoff: 10, order: 2 }));
    for (const [name, noise] of Object.entries({ white, muscle, loose })) {
      putRecord(name, of(Array.from({ length: 12 }, noise), 500));
      const { quality, warnings, heartRate, ectopy, beats, pauses, episodes } = analysis(name);
      expect(quality.analysableShare, name).toBe(0);
      expect(quality.unreadableBeats).toBe(beats.count);
      expect(heartRate).toEqual({ meanBpm: null, slowest: null, fastest: null, longestRr: null });
      expect(beats.uncertain!.every((code) => code !== 0)).toBe(true);
      for (const counts of Object.values(ectopy!)) expect(counts.certain.beats).toBe(0);
      expect(pauses.count).toBe(0);
      expect(episodes).toEqual([]);
      expect(warnings.join(' ')).toMatch(/Nothing in this recording can be read/);
    }
  });

  it('five seconds are analysed, with a warning', () => {
    putRecord('short', sinus(5));
    const { beats, warnings } = analysis('short');
    expect(beats.count).toBeGreaterThanOrEqual(5);
    expect(beats.count).toBeLessThanOrEqual(7);
    expect(warnings.join(' ')).toMatch(/5\.0 s|beats/);
  });

  it('one second is too short', () => {
    putRecord('blink', sinus(1));
    const { status, stderr } = run('blink');
    expect(status).toBe(7);
    expect(stderr).toMatch(/1\.00 s long, at least 2 s/);
  });

  it('thirty days with a hole of most of them keep their time', () => {
    const minute = synthesize(
      { id: 'minute', segments: [{ rhythm: 'sinus', seconds: 60, heartRateBpm: 75 }] },
      { fs: 100, seed: 5, leads: ['II'] },
    );
    putRecord('minute', minute);
    const days = 30 * 86_400 * 100;
    put('month.hea', `month/3 1 100 ${days}\nminute 6000\n~ ${days - 12_000}\nminute 6000\n`);
    const { recording, quality, beats } = analysis('month');
    expect(recording.durationS).toBe(30 * 86_400);
    expect(quality.analysableS).toBeLessThanOrEqual(120);
    expect(beats.count).toBeGreaterThan(140);
    expect(beats.sample.at(-1)!).toBeGreaterThan(days - 6000);
  });

  it('one bad file does not keep the good ones from their result', () => {
    putRecord('good', sinus(20));
    const { status, stdout, stderr } = run('nowhere.hea', 'good');
    expect(status).toBe(3);
    expect(stderr).toMatch(/nowhere\.hea/);
    expect(stdout).toMatch(/Beats/);
  });

  it('an expert’s annotations are never overwritten', () => {
    putRecord('kept', sinus(20));
    const { status, stderr } = run('kept', '--atr', '--out', '.', '--quiet');
    expect(status).toBe(2);
    expect(stderr).toMatch(/kept\.atr exists/);
  });
});
