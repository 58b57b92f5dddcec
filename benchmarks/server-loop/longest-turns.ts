import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { holterScript, synthesize } from '../../src/ecg/index.js';
import { writeWfdb } from '../../src/formats/index.js';

const MAIN = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));
const FS = 360;
/** ms that reading and analysing may take, an hour of recording. */
const PATIENCE = 120_000;

/**
 * Loaded into the server before itself: looks every ms how long its main thread has computed in one turn. Of the time on
 * the clock and the time computed the smaller, so that neither other processes nor its own other threads count. Told by
 * SIGUSR2, it writes the longest turn since the last time.
 */
const PROBE = `import { readFileSync, writeFileSync } from 'node:fs';
const computed = () => Number(readFileSync('/proc/self/task/' + process.pid + '/schedstat', 'utf8').split(' ')[0]) / 1e6;
let longest = 0;
let told = 0;
let last = { wall: performance.now(), cpu: computed() };
const look = () => {
  const now = { wall: performance.now(), cpu: computed() };
  longest = Math.max(longest, Math.min(now.wall - last.wall, now.cpu - last.cpu));
  last = now;
};
setInterval(look, 1).unref();
process.on('SIGUSR2', () => {
  look();
  writeFileSync(process.env.LONGEST_TURN_FILE, JSON.stringify({ told: ++told, longest }));
  longest = 0;
  last = { wall: performance.now(), cpu: computed() };
});`;

/** What is asked of a server, and the longest turn of its main thread meanwhile, ms. */
export type LongestTurns = Readonly<Record<string, number>>;

/** The longest turns of a built server's main thread while a recording of some hours goes all its way. Linux only. */
export async function longestTurns(hours: number): Promise<LongestTurns> {
  const folder = mkdtempSync(join(tmpdir(), 'ectopy-loop-'));
  const file = join(folder, 'turns.json');
  writeFileSync(join(folder, 'probe.mjs'), PROBE);
  const recording = synthesize(holterScript(hours), { fs: FS, seed: 24, leads: ['MLII', 'V1'] });
  const files = writeWfdb(recording, { format: 212, record: 'holter' });
  const child = spawn(
    process.execPath,
    ['--import', join(folder, 'probe.mjs'), MAIN, 'serve', '--port', '0', '--data', join(folder, 'data')],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, ECTOPY_SERVER_LOG: 'error', LONGEST_TURN_FILE: file },
    },
  );
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  try {
    const url = await addressOf(child);
    const turns: Record<string, number> = {};
    let told = 0;
    const tell = async (): Promise<number> => {
      child.kill('SIGUSR2');
      told++;
      for (;;) {
        const text = await pause(20).then(() => readOr(file));
        const answer =
          text === '' ? { told: 0, longest: 0 } : (JSON.parse(text) as { told: number; longest: number });
        if (answer.told >= told) return answer.longest;
      }
    };
    const during = async <T>(what: string, work: () => Promise<T>): Promise<T> => {
      await tell();
      const result = await work();
      turns[what] = await tell();
      return result;
    };
    const get = async (path: string, init?: RequestInit): Promise<Response> => {
      const answer = await fetch(url + path, init);
      if (!answer.ok) throw new Error(`${path} is answered with ${answer.status}: ${await answer.text()}`);
      return answer;
    };
    const id = await during('upload', async () => {
      const form = new FormData();
      for (const [name, bytes] of files) form.append('file', new Blob([bytes]), name);
      return ((await (await get('/v1/recordings', { method: 'POST', body: form })).json()) as { id: string })
        .id;
    });
    const path = `/v1/recordings/${id}`;
    const view = async () => (await (await get(path)).json()) as { status: string; analysis: unknown };
    await during('import', () => until(hours, async () => (await view()).status === 'ready'));
    await during('analysis', () => until(hours, async () => (await view()).analysis !== null));
    for (const [what, part] of READS) await during(what, async () => (await get(path + part)).arrayBuffer());
    await during('correction', async () => {
      const page = await get(`${path}/beats?limit=1`);
      const { beats } = (await page.json()) as { beats: [{ sample: number }] };
      const changes = [{ kind: 'relabel', sample: beats[0].sample, class: 'V' }];
      const headers = { 'content-type': 'application/json', 'if-match': page.headers.get('etag') ?? '' };
      await get(`${path}/beats`, { method: 'PATCH', headers, body: JSON.stringify({ changes }) });
      await (await get(`${path}/analysis`)).arrayBuffer();
      await (await get(`${path}/beats?limit=1000`)).arrayBuffer();
    });
    return turns;
  } finally {
    child.kill('SIGKILL');
    await gone;
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What is read of a recording, each by the end of its path. */
const READS = [
  ['analysis.json', '/analysis'],
  ['beats', '/beats?limit=1000'],
  ['signal, all', '/signal?points=2000'],
  ['signal, an hour', '/signal?from=0&to=3600&points=2000'],
  ['signal, 10 s', '/signal?from=100&to=110'],
  ['report.html', '/report.html'],
  ['annotations.atr', '/annotations.atr'],
] as const;

function addressOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      const url = /http:\/\/127\.0\.0\.1:\d+/.exec(said)?.[0];
      if (url !== undefined) resolve(url);
    });
    child.once('exit', (code) => reject(new Error(`the server ended with ${code}: ${said}`)));
  });
}

async function until(hours: number, holds: () => Promise<boolean>): Promise<void> {
  for (const end = performance.now() + PATIENCE * Math.max(1, hours); !(await holds()); await pause(100))
    if (performance.now() > end) throw new Error('the server takes too long');
}

function readOr(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
