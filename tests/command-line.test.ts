import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { synthesize } from '../src/ecg/index.js';
import { writeAnnotations, writeWfdb } from '../src/formats/index.js';

const main = fileURLToPath(new URL('../dist/cli/main.js', import.meta.url));

/** Databases, paths, output and misuse, through the built command. */
describe('the command line', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ectopy-command-'));
  const env = { ...process.env, ECTOPY_DATA: join(folder, 'data'), ECTOPY_HOME: join(folder, 'home') };
  afterAll(() => rmSync(folder, { recursive: true }));

  beforeAll(() => {
    const recording = synthesize(
      { id: 'sinus', segments: [{ rhythm: 'sinus', seconds: 330, heartRateBpm: 75 }] },
      { fs: 128, seed: 3, leads: ['II'] },
    );
    const database = join(folder, 'data', 'nstdb');
    mkdirSync(join(database, 'below'), { recursive: true });
    for (const record of ['one', 'below/two']) {
      const [name = ''] = record.split('/').slice(-1);
      for (const [file, bytes] of writeWfdb(recording, { format: 16, record: name }))
        writeFileSync(join(database, record, '..', file), bytes);
      const marks = writeAnnotations(recording.annotations, { fs: recording.fs });
      writeFileSync(join(database, `${record}.atr`), marks);
    }
    writeFileSync(join(database, 'RECORDS'), 'one\nbelow/two\n');
  });

  const run = (...args: string[]) => {
    const done = spawnSync(process.execPath, [main, ...args], {
      cwd: folder,
      env,
      encoding: 'utf8',
      timeout: 60_000,
    });
    expect(done.stderr, 'a stack trace is no message').not.toMatch(/\n\s+at .*:\d+/);
    return done;
  };

  it('opens a record of a database by name, unless a file has that name', () => {
    expect(run('analyze', 'nstdb/one').stdout).toMatch(/^one\n/);
    expect(run('analyze', 'nstdb/two').stdout).toMatch(/^two\n/);
    expect(run('analyze', 'nstdb/three')).toMatchObject({
      status: 3,
      stderr: expect.stringMatching(/no record "three"/),
    });
    expect(run('analyze', 'svdb/800')).toMatchObject({
      status: 3,
      stderr: expect.stringMatching(/data get svdb/),
    });
    expect(run('analyze', 'nstdb')).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(/name a record/),
    });
    mkdirSync(join(folder, 'nstdb'));
    writeFileSync(join(folder, 'nstdb', 'one'), 'a letter\n');
    expect(run('analyze', 'nstdb/one')).toMatchObject({
      status: 5,
      stderr: expect.stringMatching(/a letter/),
    });
    rmSync(join(folder, 'nstdb'), { recursive: true });
  });

  it('evaluates every record that RECORDS names, wherever it lies, and says the database', () => {
    const { status, stdout } = run('evaluate', 'nstdb', '--test', 'atr');
    expect(status).toBe(0);
    expect(stdout).toMatch(/^\*\*Beat by beat \(EC57\)\*\* · nstdb · 2 records from 5:00/);
    expect(stdout).toMatch(/\| nstdb\/one /);
    expect(stdout).toMatch(/\| nstdb\/below\/two /);
    const path = join(folder, 'data', 'nstdb', 'one');
    for (const word of [path, `${path}.hea`, `${path}.dat`])
      expect(run('evaluate', word, '--test', 'atr').stdout).toMatch(/· nstdb · 1 record from/);
  });

  it('knows only its own databases', () => {
    for (const word of ['toString', 'nosuch', '__proto__'])
      expect(run('evaluate', word, '--test', 'atr')).toMatchObject({
        status: 3,
        stderr: expect.stringMatching(/no file/),
      });
    mkdirSync(join(folder, 'data', 'edb'));
    expect(run('evaluate', 'edb', '--test', 'atr')).toMatchObject({
      status: 3,
      stderr: expect.stringMatching(/no records/),
    });
  });

  it.each([
    [['--test-dir', 'x'], /--test-dir needs --test/],
    [['--test', 'atr', '--given'], /exclude each other/],
    [['--test', 'atr', '--model', 'x.onnx'], /exclude each other/],
    [['--test', 'atr', '--leaky'], /--leaky/],
    [['--test', 'atr', '--from', '4000'], /ends after 330\.0 s/],
    [['--map', 'mine'], /ec57, literature/],
  ])('refuses to evaluate with %j', (flags, message) => {
    const { status, stdout, stderr } = run('evaluate', 'nstdb/one', ...flags);
    expect(status).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toMatch(message);
  });

  it('writes every file whole although nobody reads its output', async () => {
    const args = [main, 'analyze', 'nstdb/one', 'nstdb/two', '--json', '--html', '--out', 'closed'];
    const child = spawn(process.execPath, args, { cwd: folder, env, stdio: ['ignore', 'pipe', 'ignore'] });
    child.stdout.destroy();
    expect(await new Promise((resolve) => child.once('close', resolve))).toBe(0);
    expect(readdirSync(join(folder, 'closed')).sort()).toEqual([
      'one.ectopy.html',
      'one.ectopy.json',
      'two.ectopy.html',
      'two.ectopy.json',
    ]);
    expect(JSON.parse(readFileSync(join(folder, 'closed', 'two.ectopy.json'), 'utf8'))).toHaveProperty(
      'beats',
    );
  });

  it('uses the networks that --only names, and knows no others', () => {
    const analysed = run('analyze', 'nstdb/one', '--only', 'quality', '--json');
    expect(analysed.status).toBe(0);
    expect(JSON.parse(analysed.stdout)).toMatchObject({ models: [{ role: 'quality' }], classes: null });
    expect(run('analyze', '--sample', '--only', 'beats,rythm')).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(/rythm.*beats, rhythm, ventricular, waves, quality/),
    });
    expect(run('analyze', '--sample', '--only', 'quality', '--model', 'x.onnx')).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(/add beats to --only/),
    });
  });

  it('refuses an output folder that cannot be made, at once', () => {
    writeFileSync(join(folder, 'taken'), '');
    for (const out of ['taken', 'taken/below', ...(process.platform === 'linux' ? ['/proc/ectopy'] : [])])
      expect(run('analyze', '--sample', '--json', '--out', out)).toMatchObject({
        status: 2,
        stderr: expect.stringMatching(/--out/),
      });
  });
});
