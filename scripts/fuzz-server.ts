/**
 * Any request to a server is answered as its description says: the nightly run.
 *
 *   npx tsx scripts/fuzz-server.ts [--requests 20000] [--seed 1] [--from 0] [--at-once 8] [--no-write]
 *
 * Starts `ectopy serve` in a process of its own, asks it for `/openapi.json`, and sends requests made from that: valid
 * ones, ones with something changed, and ones that are no HTTP. An answer fails when its status is 500 or more (but 503
 * and 507), undocumented, or its body is not as documented; so do silence, a hang of ten seconds, an event loop that
 * stands still for one, and a server that ends. Figures go to `benchmarks/server-fuzz/results.json`.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { fuzzFiles } from '../tests/server-fuzz/files.js';
import { runFuzz } from '../tests/server-fuzz/run.js';
import { startServerProcess } from '../tests/server-process.js';

const { values } = parseArgs({
  options: {
    requests: { type: 'string', default: '20000' },
    seed: { type: 'string', default: '1' },
    from: { type: 'string', default: '0' },
    'at-once': { type: 'string', default: '8' },
    'no-write': { type: 'boolean', default: false },
  },
});
const MOST_SHOWN = 40;
const requests = Number(values.requests);
const began = performance.now();
const server = await startServerProcess();
let alive = true;
server.child.once('exit', () => {
  alive = false;
});
const kinds = new Map<string, number>();
const tally = await runFuzz({
  host: server.host,
  port: server.port,
  seed: Number(values.seed),
  from: Number(values.from),
  requests,
  atOnce: Number(values['at-once']),
  files: await fuzzFiles(),
  hangMs: 10_000,
  onFailure(index, request, what) {
    // What differs only in names and numbers is one finding.
    const kind = `${request.place?.operation.operationId} ${what.replace(/[0-9a-f-]{36}|\d{4,}/g, '#').slice(0, 160)}`;
    const before = kinds.get(kind) ?? 0;
    kinds.set(kind, before + 1);
    if (before === 0 && kinds.size <= MOST_SHOWN)
      console.error(
        `\nrequest ${index} (${request.kind}): ${what}\n  ${request.method} ${request.target.slice(0, 300)}\n  ${JSON.stringify(request.headers).slice(0, 300)}\n  ${request.body.toString('latin1').slice(0, 200)}`,
      );
  },
  onProgress(done) {
    if (done % 500 === 0) process.stderr.write(`\r${done} of ${requests}`);
  },
});
process.stderr.write('\r');
const crashed = !alive;
const code = await server.stop();
const failures = tally.failures + (crashed || code !== 0 ? 1 : 0);
if (crashed) console.error(`the server ended:\n${server.output().slice(-2000)}`);
else if (code !== 0)
  console.error(`the server did not close gracefully: ${code}\n${server.output().slice(-2000)}`);
for (const [kind, count] of [...kinds].sort((a, b) => b[1] - a[1]))
  console.error(`${String(count).padStart(6)}  ${kind}`);

console.log(
  [...tally.statuses]
    .sort()
    .map(([status, count]) => `${status}: ${count}`)
    .join('  '),
);
console.log(`operations that succeeded: ${[...tally.succeeded].sort().join(', ')}`);
console.log(
  `${tally.requests} requests, seed ${values.seed}, ${failures} failures, slowest ${Math.round(tally.slowestMs)} ms, event loop still for ${Math.round(tally.stillS * 1000)} ms at most, ${((performance.now() - began) / 1000).toFixed(0)} s`,
);
if (!values['no-write']) {
  const folder = fileURLToPath(new URL('../benchmarks/server-fuzz/', import.meta.url));
  const figure = (name: string, value: number) => ({
    id: `server.fuzz.${name}`,
    value,
    unit: name,
    split: `made from the OpenAPI document, seed ${values.seed}, ${values['at-once']} at once, SQLite, ${tally.succeeded.size} operations succeeded at least once`,
    command: 'npx tsx scripts/fuzz-server.ts',
    date: new Date().toISOString().slice(0, 10),
  });
  mkdirSync(folder, { recursive: true });
  const figures = [figure('requests', tally.requests), figure('failures', failures)];
  writeFileSync(`${folder}results.json`, `${JSON.stringify({ figures }, null, 2)}\n`);
}
process.exitCode = failures === 0 ? 0 : 1;
