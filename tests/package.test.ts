import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sampleReader } from '../src/ecg/index.js';
import { writeWfdb } from '../src/formats/index.js';

const root = fileURLToPath(new URL('..', import.meta.url));

/** The stranger's environment: without what an `npm` or `npx` around this test run has set for its own children. */
const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^npm_/i.test(name)));

/** The package as a stranger gets it: packed, installed into an empty folder, run from there. */
describe('the package from its tarball', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ectopy-package-'));
  const npm = (args: string[], cwd: string) =>
    execFileSync('npm', args, { cwd, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });

  beforeAll(async () => {
    const [{ filename }] = JSON.parse(npm(['pack', '--json', '--pack-destination', folder], root)) as [
      { filename: string },
    ];
    mkdirSync(join(folder, 'app'));
    npm(['init', '--yes'], join(folder, 'app'));
    npm(['install', '--no-audit', '--no-fund', join(folder, filename)], join(folder, 'app'));
    const reader = sampleReader();
    const slice = await reader.read({ from: 0, to: 60 * reader.info.fs });
    for (const [name, bytes] of writeWfdb(slice, { format: 212, record: 'minute' }))
      writeFileSync(join(folder, 'app', name), bytes);
  }, 240_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const ectopy = (...args: string[]) => {
    const run = spawnSync('npx', ['--no-install', 'ectopy', ...args], {
      cwd: join(folder, 'app'),
      env,
      encoding: 'utf8',
    });
    // npm's own remarks about this machine's settings are not ours.
    return { ...run, stderr: run.stderr.replace(/^npm (warn|notice).*\n/gm, '') };
  };

  it('analyzes a recording', () => {
    const { status, stdout, stderr } = ectopy('analyze', 'minute');
    expect(stderr).toBe('');
    expect(status).toBe(0);
    expect(stdout).toMatch(/Beats +\d\d/);
    expect(stdout).toMatch(/research use/i);
  });

  it('says what is wrong with a file that is none', () => {
    writeFileSync(join(folder, 'app', 'letter.txt'), 'Dear doctor,\n');
    const { status, stderr } = ectopy('analyze', 'letter.txt');
    expect(status).toBe(5);
    expect(stderr).toMatch(/^ectopy: letter\.txt: /);
    expect(stderr).not.toMatch(/\n\s+at /);
  });

  it('is a library with types, one door a folder', () => {
    const script = `
      import { analyze } from 'ectopy';
      import { LITERATURE_MAP, sampleReader } from 'ectopy/ecg';
      import { openFile } from 'ectopy/formats/node';
      const reader = await openFile('minute');
      const analysis = await analyze(reader, {});
      console.log(JSON.stringify({ beats: analysis.beats.count, map: LITERATURE_MAP.id, fs: sampleReader().info.fs }));`;
    writeFileSync(join(folder, 'app', 'use.mjs'), script);
    const result = JSON.parse(
      execFileSync('node', ['use.mjs'], { cwd: join(folder, 'app'), env, encoding: 'utf8' }),
    ) as {
      beats: number;
    };
    expect(result.beats).toBeGreaterThan(50);
  });

  it('runs the README’s example as written, with another recording', () => {
    const [, example = ''] = /```js\n([\s\S]*?)```/.exec(readFileSync(join(root, 'README.md'), 'utf8')) ?? [];
    expect(example).toContain("openFile('recording.edf')");
    writeFileSync(join(folder, 'app', 'example.mjs'), example.replace('recording.edf', 'minute'));
    const out = execFileSync('node', ['example.mjs'], { cwd: join(folder, 'app'), env, encoding: 'utf8' });
    const [bpm = Number.NaN, ventricular] = out.trim().split(' ').map(Number);
    // A minute of the sample's script: 78 beats a minute on average over the half hour.
    expect(bpm).toBeGreaterThan(50);
    expect(bpm).toBeLessThan(110);
    expect(ventricular).toBeGreaterThanOrEqual(0);
  });

  it('carries no recording, no test and no source map', () => {
    const list = execFileSync('npm', ['pack', '--dry-run', '--json'], { cwd: root, encoding: 'utf8' });
    const [{ files }] = JSON.parse(list) as [{ files: { path: string }[] }];
    const odd = files.filter(({ path }) => /\.(atr|dat|map)$|\.test\./.test(path));
    expect(odd).toEqual([]);
    expect(readFileSync(join(root, 'LICENSE'), 'utf8')).toContain('Apache License');
  });
});
