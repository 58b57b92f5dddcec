// How often swapped limb electrodes and inverted leads are noticed, and how often right ones are called wrong.
//   npx tsx experiments/lead-check/run.ts [FOLDER]
// FOLDER holds ludb and ptbxl; where `ectopy data get` puts them when omitted.
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { checkLeads, deriveLimbLeads, INDEPENDENT_LEADS, type LimbSwap } from '../../src/ecg/index.js';
import { markdownTable } from '../../src/evaluation/tables/markdown.js';
import { datasetsFolder } from '../../src/formats/node.js';
import { isForFitting, type Person, readPeople } from './people.js';

const here = fileURLToPath(new URL('.', import.meta.url));
const SWAPS: readonly LimbSwap[] = ['RA-LA', 'RA-LL', 'LA-LL', 'RA-RL', 'LA-RL'];
const LIMBS = ['I', 'II', 'III', 'aVR', 'aVL', 'aVF'];
/** The leads that are judged by themselves. */
const ALONE = ['I', 'II', 'aVR', 'aVF', 'V4', 'V5', 'V6'];
const ALL = [...LIMBS, ...INDEPENDENT_LEADS.slice(2)];

/** The twelve leads as they are recorded with two electrodes exchanged, by the potentials of the electrodes. */
function record({ leads }: Person, swap: LimbSwap | null): Record<string, Float32Array> {
  // Potentials against the right leg; between the legs there is no voltage.
  const potential = {
    RA: leads[1]!.map((ii) => -ii),
    LA: leads[0]!.map((i, k) => i - leads[1]![k]!),
    LL: new Float32Array(leads[0]!.length),
    RL: new Float32Array(leads[0]!.length),
  };
  const terminal = (p: typeof potential, k: number) => (p.RA[k]! + p.LA[k]! + p.LL[k]!) / 3;
  const [a, b] = (swap?.split('-') ?? ['RA', 'RA']) as (keyof typeof potential)[];
  const placed = { ...potential, [a!]: potential[b!], [b!]: potential[a!] };
  const i = placed.LA.map((x, k) => x - placed.RA[k]!);
  const ii = placed.LL.map((x, k) => x - placed.RA[k]!);
  const { iii, avr, avl, avf } = deriveLimbLeads(i, ii);
  const chest = INDEPENDENT_LEADS.slice(2).map((name, j) => [
    name,
    leads[j + 2]!.map((v, k) => v + terminal(potential, k) - terminal(placed, k)),
  ]);
  return { I: i, II: ii, III: iii, aVR: avr, aVL: avl, aVF: avf, ...Object.fromEntries(chest) };
}

const check = (person: Person, recorded: Record<string, Float32Array>, names: readonly string[]) =>
  checkLeads({ leads: names.map((name) => recorded[name]!), names, fs: person.fs, beats: person.beats });

interface Share {
  readonly found: number;
  readonly of: number;
}

/** Wilson's 95 % interval. */
function interval({ found, of }: Share): readonly [number, number] {
  const z = 1.96;
  const p = found / of;
  const centre = (p + (z * z) / (2 * of)) / (1 + (z * z) / of);
  const half = (z * Math.sqrt((p * (1 - p)) / of + (z * z) / (4 * of * of))) / (1 + (z * z) / of);
  return [centre - half, centre + half];
}

const count = (people: readonly Person[], test: (person: Person) => boolean): Share => ({
  found: people.filter(test).length,
  of: people.length,
});

const folder = process.argv[2] ?? datasetsFolder();
const seen = new Set<string>();
const people = (await readPeople(folder)).filter((person) => {
  if (isForFitting(person) || seen.has(person.patient)) return false;
  seen.add(person.patient);
  return true;
});

const swaps = [
  { leads: '12 leads', names: ALL },
  { leads: 'limb leads only', names: LIMBS },
].map(({ leads, names }) => ({
  leads,
  falseAlarms: count(people, (person) => check(person, record(person, null), names).swap !== null),
  found: SWAPS.map((swap) => ({
    swap,
    noticed: count(people, (person) => check(person, record(person, swap), names).swap !== null),
    named: count(people, (person) => check(person, record(person, swap), names).swap === swap),
  })),
}));

const inverted = (person: Person, names: readonly string[], lead: string, upsideDown: boolean): boolean => {
  const recorded = record(person, null);
  if (upsideDown) recorded[lead] = recorded[lead]!.map((x) => -x);
  return check(person, recorded, names).inverted.includes(lead);
};
const polarity = [
  ...INDEPENDENT_LEADS.map((lead) => ({ lead, judged: 'among 12 leads', names: ALL })),
  ...ALONE.map((lead) => ({ lead, judged: 'by itself', names: [lead] })),
].map(({ lead, judged, names }) => ({
  lead,
  judged,
  found: count(people, (person) => inverted(person, names, lead, true)),
  falseAlarms: count(people, (person) => inverted(person, names, lead, false)),
}));
const anyInverted = count(people, (person) => check(person, record(person, null), ALL).inverted.length > 0);

const date = new Date().toISOString().slice(0, 10);
const figure = (id: string, share: Share) => ({
  id,
  value: (100 * share.found) / share.of,
  interval: interval(share).map((x) => 100 * x),
  unit: '%',
  split: `ptbxl, ${people.length} patients with an odd number, simulated exchanges`,
  command: 'npx tsx experiments/lead-check/run.ts',
  date,
});
const [twelve] = swaps;
const result = {
  figures: [
    ...twelve!.found.map(({ swap, named }) => figure(`leads.swap.${swap.toLowerCase()}.se`, named)),
    figure('leads.swap.false-alarms', twelve!.falseAlarms),
    figure('leads.inverted.false-alarms', anyInverted),
  ],
  commit: execFileSync('git', ['rev-parse', 'HEAD'], { cwd: here, encoding: 'utf8' }).trim(),
  patients: people.length,
  swaps,
  polarity,
  anyInverted,
};
writeFileSync(`${here}results.json`, `${JSON.stringify(result, null, 2)}\n`);

const percent = (x: number) => (100 * x).toFixed(1);
const cell = (share: Share) => {
  const [low, high] = interval(share);
  return `${percent(share.found / share.of)} (${percent(low)}–${percent(high)})`;
};
const tables = [
  `# Lead check: ptbxl, ${people.length} patients nothing was chosen on, one recording each, % (95 % interval)`,
  '## Limb electrodes exchanged',
  ...swaps.map(({ leads, falseAlarms, found }) =>
    [
      markdownTable(
        [`${leads}: exchange`, 'noticed', 'named rightly'],
        found.map(({ swap, noticed, named }) => [swap, cell(noticed), cell(named)]),
      ),
      `False alarms with ${leads}: ${cell(falseAlarms)} of patients.`,
    ].join('\n\n'),
  ),
  '## Leads upside down',
  markdownTable(
    ['lead', 'judged', 'found', 'false alarms'],
    polarity.map(({ lead, judged, found, falseAlarms }) => [lead, judged, cell(found), cell(falseAlarms)]),
  ),
  `With 12 leads, some lead is wrongly called inverted in ${cell(anyInverted)} of patients.`,
];
writeFileSync(`${here}tables.md`, `${tables.join('\n\n')}\n`);
console.log(tables.join('\n\n'));
