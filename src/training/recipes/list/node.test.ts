import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { architecture, member, runOf } from '../../../../tests/run-metrics.js';
import { readRunMetrics } from '../run/read-metrics/node.js';
import { listRuns } from './node.js';

let runs: string;
beforeEach(() => {
  runs = mkdtempSync(join(tmpdir(), 'ectopy-runs-'));
});
afterEach(() => rmSync(runs, { recursive: true }));

const metrics = runOf([architecture('narrow', [member(1, 0.9, null)])]);

/** A folder in the runs' folder with one file. */
function folderWith(name: string, file: string, content: unknown): string {
  const folder = join(runs, name);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, file), typeof content === 'string' ? content : JSON.stringify(content));
  return folder;
}

const messages: string[] = [];
const told = (message: string) => messages.push(message);

describe('listRuns', () => {
  it('gives finished runs by the time they were begun, and passes over all else', async () => {
    folderWith('b-1.0.0-2026-01-02T030405', 'metrics.json', metrics);
    folderWith('b-1.0.0-2026-01-02T030405-2', 'metrics.json', metrics);
    folderWith('z-1.0.0-2026-01-01T000000', 'metrics.json', metrics);
    folderWith('named', 'metrics.json', metrics);
    folderWith('unfinished', 'config.json', {});
    folderWith('beats-1.0.0-2026-01-01T000000', 'metrics.json', { crossValidation: {} });
    folderWith('cv-1.0.0-2026-01-01T000000', 'cross-validation.json', []);
    writeFileSync(join(runs, 'a file'), '');
    expect((await listRuns(runs, told)).map(({ folder }) => basename(folder))).toEqual([
      'named',
      'z-1.0.0-2026-01-01T000000',
      'b-1.0.0-2026-01-02T030405',
      'b-1.0.0-2026-01-02T030405-2',
    ]);
    expect((await listRuns(runs, told))[0].metrics).toEqual(metrics);
    expect(await listRuns(join(runs, 'nowhere'), told)).toEqual([]);
  });

  it('tells of a damaged run and passes over it', async () => {
    const before = (await listRuns(runs, told)).length;
    expect(messages).toEqual([]);
    folderWith('damaged', 'metrics.json', '{');
    expect(await listRuns(runs, told)).toHaveLength(before);
    expect(messages).toEqual([
      expect.stringMatching(/damaged.metrics\.json is damaged \(not JSON\); move it away/),
    ]);
  });
});

describe('readRunMetrics', () => {
  it('reads runs of earlier versions', async () => {
    const [{ generated: _, without: __, ...network }] = metrics.networks;
    const folder = folderWith('old', 'metrics.json', { ...metrics, networks: [network] });
    expect(await readRunMetrics(folder)).toEqual(metrics);
  });

  it.each<[string, string, unknown, string, RegExp]>([
    ['cut short', 'metrics.json', JSON.stringify(metrics).slice(0, -5), 'bad-format', /not JSON/],
    ['a list', 'metrics.json', '[]', 'bad-format', /its contents: \d+ faults?: /],
    ['null', 'metrics.json', 'null', 'bad-format', /its contents: 1 fault: the whole: /],
    ['empty', 'metrics.json', {}, 'bad-format', /name: .*networks: /],
    ['no networks', 'metrics.json', { ...metrics, networks: [] }, 'bad-format', /1 fault: networks: /],
    ['no version', 'metrics.json', { ...metrics, version: 1 }, 'bad-format', /1 fault: version: /],
    [
      'no members',
      'metrics.json',
      { ...metrics, networks: [{ ...metrics.networks[0], members: [] }] },
      'bad-format',
      /1 fault: networks\.0\.members: /,
    ],
    ['the beat network', 'metrics.json', { crossValidation: {} }, 'unsupported', /run of the beat network/],
    ['a cross-validation', 'cross-validation.json', [], 'unsupported', /is a cross-validation/],
    ['unfinished', 'config.json', {}, 'not-found', /holds no finished run .*--resume/],
  ])('refuses a folder that is %s', async (_, file, content, code, message) => {
    const folder = folderWith('one', file, content);
    await expect(readRunMetrics(folder)).rejects.toMatchObject({
      code,
      message: expect.stringMatching(message),
    });
  });
});
