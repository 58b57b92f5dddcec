// Milliseconds of one training step (forward, backward, Adam) of each network, beside PyTorch in the same run.
//   npx tsx benchmarks/train-step/run.ts [--rounds 15] [--threads 1,2] [--networks cnn,convnext-v2,…]
// Rounds of a few steps alternate between the two, for machines vary; a ratio is the median over rounds. The ratio of
// processor time beside it says, at one thread, what a quiet machine would show; it is not written.
// Where python3 has no torch, or the machine is busy, figures are printed and results.json is left alone.
// Debian's python3-torch needs libopenblas0-pthread beside it, or its LSTM takes five times as long.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { createRandom } from '../../src/core/index.js';
import { createTrainer } from '../../src/nn/index.js';
import { createNativeRuntime } from '../../src/nn/node.js';
import { WORKLOADS, type WorkloadName, workload } from './workloads.js';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '15' },
    threads: { type: 'string', default: '1,2' },
    networks: { type: 'string', default: WORKLOADS.join() },
  },
});
const rounds = Number(values.rounds);
const load = loadavg()[0];
const threadCounts = values.threads.split(',').map(Number);
const names = values.networks.split(',') as WorkloadName[];
const STEPS = 4;
/** The number of threads whose ratio is the published figure: all cores of the reference machine. */
const HEADLINE = 2;

/** Runs some steps: the milliseconds of each, and the processor time of all. */
type Steps = (name: WorkloadName, count: number) => Promise<{ times: number[]; cpu: number }>;

/** One side of the comparison. */
interface Side {
  readonly steps: Steps;
  /** Parameters of each network. */
  readonly parameters: Readonly<Record<string, number>>;
}

async function ours(threads: number): Promise<Side> {
  const runtime = await createNativeRuntime({ threads });
  const steps = new Map<string, () => Promise<unknown>>();
  const parameters: Record<string, number> = {};
  for (const name of names) {
    const { plan, shape, classes } = workload(name);
    const trainer = await createTrainer(runtime, plan, { seed: 1 });
    const random = createRandom(2);
    const size = shape.reduce((a, b) => a * b, plan.batchSize);
    const x = Float32Array.from({ length: size }, () => random.normal());
    const targets = new Float32Array(plan.batchSize * classes);
    for (let row = 0; row < plan.batchSize; row++) targets[row * classes + random.integer(classes)] = 1;
    steps.set(name, () => trainer.step({ x, targets }, 1e-3));
    parameters[name] = trainer.state().parameters.length;
  }
  return {
    parameters,
    steps: async (name, count) => {
      const times: number[] = [];
      const before = process.cpuUsage();
      for (let i = 0; i < count; i++) {
        const start = performance.now();
        await steps.get(name)!();
        times.push(performance.now() - start);
      }
      const { user, system } = process.cpuUsage(before);
      return { times, cpu: (user + system) / 1000 };
    },
  };
}

/** PyTorch's, from a process that stays alive; nothing where it is not installed. */
async function pytorch(threads: number): Promise<(Side & { version: string; end: () => void }) | undefined> {
  const script = fileURLToPath(new URL('pytorch.py', import.meta.url));
  const env = { ...process.env, OMP_NUM_THREADS: `${threads}`, OPENBLAS_NUM_THREADS: `${threads}` };
  // Debian's package belongs to the system's Python, which need not be the first on the path.
  const python = ['python3', '/usr/bin/python3'].find(
    (name) => spawnSync(name, ['-c', 'import torch']).status === 0,
  );
  if (python === undefined) return undefined;
  const child: ChildProcess = spawn(python, [script, `${threads}`], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env,
  });
  const lines = createInterface({ input: child.stdout! })[Symbol.asyncIterator]();
  const hello = await lines.next();
  if (hello.done) return undefined;
  const { version, parameters } = JSON.parse(hello.value) as {
    version: string;
    parameters: Record<string, number>;
  };
  return {
    version,
    parameters,
    end: () => child.stdin!.end(),
    steps: async (name, count) => {
      child.stdin!.write(`${name} ${count}\n`);
      const line = await lines.next();
      if (line.done) throw new Error('PyTorch ended early');
      return JSON.parse(line.value) as Awaited<ReturnType<Steps>>;
    },
  };
}

function quantile(list: readonly number[], share: number): number {
  const sorted = [...list].sort((a, b) => a - b);
  const at = (sorted.length - 1) * share;
  const low = Math.floor(at);
  return sorted[low] + (sorted[Math.min(low + 1, sorted.length - 1)] - sorted[low]) * (at - low);
}
const median = (list: readonly number[]) => quantile(list, 0.5);
const rounded = (x: number) => Math.round(x * 1000) / 1000;

const figures: unknown[] = [];
for (const threads of threadCounts) {
  const mine = await ours(threads);
  const theirs = await pytorch(threads);
  console.log(
    `${threads} thread(s), ${theirs ? `PyTorch ${theirs.version}` : 'PyTorch is not installed (python3-torch)'}`,
  );
  for (const name of names) {
    if (theirs && theirs.parameters[name] !== mine.parameters[name])
      throw new Error(
        `${name} has ${mine.parameters[name]} parameters here and ${theirs.parameters[name]} in PyTorch: not the same network`,
      );
    // The first steps cost up to twice as much on either side.
    await mine.steps(name, 3);
    await theirs?.steps(name, 3);
    const a: number[] = [];
    const b: number[] = [];
    const processor: number[] = [];
    for (let round = 0; round < rounds; round++) {
      const own = await mine.steps(name, STEPS);
      a.push(median(own.times));
      if (!theirs) continue;
      const other = await theirs.steps(name, STEPS);
      b.push(median(other.times));
      processor.push(own.cpu / other.cpu);
    }
    if (!theirs) {
      console.log(`  ${name.padEnd(13)} ${median(a).toFixed(1)} ms`);
      continue;
    }
    const ratios = a.map((ms, i) => ms / b[i]);
    console.log(
      `  ${name.padEnd(13)} ${median(a).toFixed(1)} ms, PyTorch ${median(b).toFixed(1)} ms, ratio ${median(ratios).toFixed(3)}` +
        ` (quartiles ${quantile(ratios, 0.25).toFixed(3)}–${quantile(ratios, 0.75).toFixed(3)};` +
        ` of processor time ${median(processor).toFixed(3)})`,
    );
    figures.push({
      id: `train.${name}.vs-pytorch${threads === HEADLINE ? '' : `.threads${threads}`}`,
      value: rounded(median(ratios)),
      interval: [rounded(quantile(ratios, 0.25)), rounded(quantile(ratios, 0.75))],
      unit: 'ratio',
      split: `${threads} thread${threads === 1 ? '' : 's'}, ${rounds} interleaved rounds, quartiles, PyTorch ${theirs.version}`,
      command: `npx tsx benchmarks/train-step/run.ts --rounds ${rounds} --threads ${values.threads}`,
      date: new Date().toISOString().slice(0, 10),
    });
  }
  theirs?.end();
}
// A part of the networks is for development; and where others compute too, PyTorch's threads wait for each other far
// longer than ours, which would flatter us.
const busy = load > 0.75 * cpus().length;
if (busy)
  console.log(`The load was ${load.toFixed(1)} at the start: not written, run it on a quiet machine.`);
if (!busy && figures.length === WORKLOADS.length * threadCounts.length)
  writeFileSync(new URL('results.json', import.meta.url), `${JSON.stringify({ figures }, null, 2)}\n`);
