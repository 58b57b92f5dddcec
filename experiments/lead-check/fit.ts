// Fits what src/ecg/leads knows of usual leads and writes it: src/ecg/leads/lead-weights.ts.
//   npx tsx experiments/lead-check/fit.ts [FOLDER]
// FOLDER holds ludb and ptbxl; where `ectopy data get` puts them when omitted.
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { averageBeats } from '../../src/ecg/leads/average-beat.js';
import { type BeatZones, beatZones } from '../../src/ecg/leads/beat-zones.js';
import { deriveLimbLeads } from '../../src/ecg/leads/limb-leads.js';
import { ARM_LEG_SWAPS, combineLimbs, LIMB_ALGEBRA, swapFigures } from '../../src/ecg/leads/limb-swap.js';
import { INDEPENDENT_LEADS, polarityFigures } from '../../src/ecg/leads/polarity.js';
import { centred, type ZoneWeights, zonesInOrder } from '../../src/ecg/leads/predict-lead.js';
import { datasetsFolder } from '../../src/formats/node.js';
import { type Choices, dot, fitChoice, solve } from './choice.js';
import { isForFitting, readPeople } from './people.js';

const FOLDS = 5;
const PENALTY = 1e-2;
/** Of recordings without a fault that may be called faulty, when margins are chosen: by one swap, by one lead. */
const FALSE_SWAPS = 0.004;
const FALSE_ALONE = 0.005;
const FALSE_AMONG = 0.001;
/** Margins where nobody of the others would be called faulty: odds of e and √e. */
const LEAST_SWAP = 1;
const LEAST_POLARITY = 0.5;
/** Of the flattest lead of all that is no leg lead. */
const FLAT_PART = 0.5;
/** Leads judged by themselves; III, aVL and V1 … V3 can look either way in health or bundle-branch block. */
const ALONE = ['I', 'II', 'AVR', 'AVF', 'V4', 'V5', 'V6'];
/** Leads whose weights serve a lone lead without a name. */
const ANY = ['I', 'II', 'V5', 'V6'];

interface Example {
  readonly patient: string;
  readonly zones: BeatZones;
  /** Average beats of the twelve leads, by plain name. */
  readonly beats: Readonly<Record<string, Float32Array>>;
}

const ROTATIONS = [
  [
    [-1, 1],
    [-1, 0],
  ],
  [
    [0, -1],
    [1, -1],
  ],
] as const;

function exampleOf(person: Awaited<ReturnType<typeof readPeople>>[number]): Example {
  const averages = averageBeats(person.leads, person.beats, person.fs).map((beat) => beat!);
  const rr = Float64Array.from(person.beats.subarray(1), (x, k) => x - person.beats[k]!).sort();
  const { iii, avr, avl, avf } = deriveLimbLeads(averages[0]!, averages[1]!);
  const named = Object.fromEntries(INDEPENDENT_LEADS.map((name, k) => [name, averages[k]!]));
  return {
    patient: person.patient,
    zones: beatZones(averages, rr[rr.length >> 1]! / person.fs),
    beats: { ...named, III: iii, AVR: avr, AVL: avl, AVF: avf },
  };
}

/** Ridge regression of a lead on others, zone by zone; every person weighs the same. */
function fitPrediction(examples: readonly Example[], lead: string, sources: readonly string[]): ZoneWeights {
  const zone = (z: number) => {
    const a = sources.map((_, r) => sources.map((_, c) => (r === c ? 1e-3 * examples.length : 0)));
    const b = sources.map(() => 0);
    for (const { beats, zones } of examples) {
      const range = zonesInOrder(zones)[z]!;
      const x = sources.map((source) => centred(beats[source]!, range));
      const y = centred(beats[lead]!, range);
      const power = x.reduce((sum, row) => sum + row.reduce((s, v) => s + v * v, 0), 0) / sources.length;
      const scale = (Math.sqrt(power / y.length) + 0.02) ** 2 * y.length;
      for (let r = 0; r < sources.length; r++) {
        for (let k = 0; k < y.length; k++) b[r]! += (x[r]![k]! * y[k]!) / scale;
        for (let c = 0; c < sources.length; c++)
          for (let k = 0; k < y.length; k++) a[r]![c]! += (x[r]![k]! * x[c]![k]!) / scale;
      }
    }
    return solve(a, b).map(round);
  };
  return [zone(0), zone(1), zone(2)];
}

const round = (x: number): number => Number(x.toFixed(4));
const CHEST = INDEPENDENT_LEADS.slice(2);

function fitSwaps(examples: readonly Example[], withChest: boolean) {
  const chest = withChest
    ? { i: fitPrediction(examples, 'I', CHEST), ii: fitPrediction(examples, 'II', CHEST) }
    : null;
  const figuresOf = ({ beats, zones }: Example, algebra: readonly (readonly [number, number])[]) =>
    swapFigures(
      combineLimbs({ i: beats['I']!, ii: beats['II']! }, algebra),
      zones,
      chest && { beats: CHEST.map((name) => beats[name]!), weights: chest },
    );
  const choices: Choices = examples.map((example) =>
    [...Object.values(LIMB_ALGEBRA), ...ROTATIONS].map((algebra) => figuresOf(example, algebra)),
  );
  const figures = fitChoice(choices, PENALTY).map(round);
  /** By how much each swap is more usual than none. */
  const gains = (example: Example) => {
    const none = dot(figuresOf(example, LIMB_ALGEBRA.none), figures);
    return ARM_LEG_SWAPS.map((swap) => dot(figuresOf(example, LIMB_ALGEBRA[swap]), figures) - none);
  };
  return { chest, figures, gains };
}

function fitPolarity(examples: readonly Example[], leads: readonly string[], among: boolean) {
  const [lead = ''] = leads;
  const rest = INDEPENDENT_LEADS.filter((name) => name !== lead);
  const others = among ? fitPrediction(examples, lead, rest) : null;
  const figuresOf = ({ beats, zones }: Example) =>
    leads.map((name) =>
      polarityFigures(
        beats[name]!,
        zones,
        others && { beats: rest.map((name) => beats[name]!), weights: others },
      ),
    );
  const choices = examples.flatMap(figuresOf).map((up) => [up, up.map((x) => -x)]);
  const figures = fitChoice(choices, PENALTY).map(round);
  return { others, figures, gains: (example: Example) => figuresOf(example).map((up) => -dot(up, figures)) };
}

/** What `fitOn` gains for the people of each fold when it was fitted on the others. */
function outOfFold(
  examples: readonly Example[],
  fitOn: (examples: readonly Example[]) => { readonly gains: (example: Example) => number[] },
): number[][] {
  const patients = [...new Set(examples.map(({ patient }) => patient))];
  const foldOf = new Map(patients.map((patient, k) => [patient, k % FOLDS]));
  return Array.from({ length: FOLDS }, (_, fold) => {
    const { gains } = fitOn(examples.filter(({ patient }) => foldOf.get(patient) !== fold));
    return examples.filter(({ patient }) => foldOf.get(patient) === fold).map(gains);
  }).flat();
}

/** The margin that at most a share of the gains pass, and no less than `least`. */
function marginFor(gains: readonly number[], share: number, least: number): number {
  const sorted = [...gains].sort((a, b) => b - a);
  return Math.max(least, round(sorted[Math.floor(share * sorted.length)]! + 5e-5));
}

function swapWeights(examples: readonly Example[], withChest: boolean) {
  const { chest, figures } = fitSwaps(examples, withChest);
  const gains = outOfFold(examples, (some) => fitSwaps(some, withChest));
  // A gain counts for the swap that has the most.
  const margins = Object.fromEntries(
    ARM_LEG_SWAPS.map((swap, s) => {
      const won = gains.map((row) => (row[s] === Math.max(...row) ? row[s]! : Number.NEGATIVE_INFINITY));
      const margin = marginFor(won, FALSE_SWAPS, LEAST_SWAP);
      return [swap, withChest || swap !== 'LA-LL' ? margin : null];
    }),
  );
  return { chest, figures, margins };
}

function polarityWeights(examples: readonly Example[], leads: readonly string[], among: boolean) {
  const { others, figures } = fitPolarity(examples, leads, among);
  const gains = outOfFold(examples, (some) => fitPolarity(some, leads, among)).flat();
  return { others, figures, margin: marginFor(gains, among ? FALSE_AMONG : FALSE_ALONE, LEAST_POLARITY) };
}

/** Half of the least that II and III are of the highest limb lead. */
function flatLimits(examples: readonly Example[]) {
  const height = (beat: Float32Array) => Math.max(...beat) - Math.min(...beat);
  const least = (lead: string) =>
    Math.min(
      ...examples.map(
        ({ beats }) =>
          height(beats[lead]!) / Math.max(...['I', 'II', 'III'].map((name) => height(beats[name]!))),
      ),
    );
  return { ii: round(FLAT_PART * least('II')), iii: round(FLAT_PART * least('III')) };
}

const people = (await readPeople(process.argv[2] ?? datasetsFolder())).filter(isForFitting);
const examples = people.map(exampleOf);
const alone = Object.fromEntries([
  ...ALONE.map((lead) => [lead, polarityWeights(examples, [lead], false)]),
  ['any', polarityWeights(examples, ANY, false)],
]);
const among = Object.fromEntries(
  INDEPENDENT_LEADS.map((lead) => [lead, polarityWeights(examples, [lead], true)]),
);
const path = fileURLToPath(new URL('../../src/ecg/leads/lead-weights.ts', import.meta.url));
writeFileSync(
  path,
  `// biome-ignore-all lint/suspicious/noApproximativeNumericConstant: fitted numbers
import type { SwapWeights } from './limb-swap.js';
import type { PolarityWeights } from './polarity.js';
import type { FlatLimits } from './right-leg-swap.js';

// Written by experiments/lead-check/fit.ts from ${examples.length} recordings of ludb and ptbxl; do not edit.

/** Limb leads judged with V1 … V6. */
export const SWAP_WITH_CHEST: SwapWeights = ${JSON.stringify(swapWeights(examples, true))};

/** Limb leads judged by themselves. */
export const SWAP_BY_LIMBS: SwapWeights = ${JSON.stringify(swapWeights(examples, false))};

/** The way up of a lead by itself, by its plain name; \`any\` for one without. */
export const POLARITY_ALONE: Readonly<Record<string, PolarityWeights>> = ${JSON.stringify(alone)};

/** The way up of a lead among the other seven of a 12-lead recording. */
export const POLARITY_AMONG: Readonly<Record<string, PolarityWeights>> = ${JSON.stringify(among)};

/** Half of the flattest II and III of all. */
export const FLAT_LIMITS: FlatLimits = ${JSON.stringify(flatLimits(examples))};
`,
);
execFileSync('npx', ['biome', 'check', '--write', path], { stdio: 'inherit' });
console.log(`${examples.length} recordings, written to ${path}`);
