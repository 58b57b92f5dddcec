import { BEAT_CLASSES, createRandom, EcgError } from '../core/index.js';

/** What a fold assignment needs of a record. */
export interface FoldRecord {
  readonly id: string;
  /** Records of one patient share this, and a fold. */
  readonly patient: string;
  /** Beats or other examples of each class, in the order of the classes' names. */
  readonly counts: readonly number[];
}

/**
 * The fold of each record: no patient in two folds, each class spread as evenly as patients allow.
 *
 * Patients are dealt one after the other, those with the largest share of a rare class first, to the fold
 * that has least of what they bring.
 *
 * @param seed     breaks ties; another seed gives another assignment
 * @param classes  names of the classes, in the order of the counts
 * @returns     0…count − 1, one a record
 * @throws EcgError `bad-option` with fewer patients than folds, or when a class that two patients or more have
 *   would be missing outside some fold
 */
export function patientFolds(
  records: readonly FoldRecord[],
  count: number,
  seed: number,
  classes: readonly string[] = BEAT_CLASSES,
): Int32Array {
  const patients = [...new Set(records.map((record) => record.patient))];
  if (patients.length < count) {
    throw new EcgError(
      'bad-option',
      `folds: ${patients.length} patients cannot make ${count} folds, ask for fewer folds or give more records`,
    );
  }
  const width = records[0].counts.length;
  const totals = sumCounts(records, width);
  const shares = new Map(
    patients.map((patient) => {
      const own = sumCounts(
        records.filter((record) => record.patient === patient),
        width,
      );
      return [patient, own.map((n, c) => (totals[c] === 0 ? 0 : n / totals[c]))] as const;
    }),
  );
  const random = createRandom(seed);
  const order = patients
    .map((patient) => ({ patient, weight: rarity(shares.get(patient)!, totals), tie: random.next() }))
    .sort((a, b) => b.weight - a.weight || a.tie - b.tie);
  // A little noise between nearly equal patients, so that seeds differ beyond ties.
  for (let i = order.length - 1; i > 0; i--) {
    if (order[i - 1].weight < 1.5 * order[i].weight && random.next() < 0.5) {
      [order[i - 1], order[i]] = [order[i], order[i - 1]];
    }
  }
  const load = Array.from({ length: count }, () => new Array<number>(width).fill(0));
  const size = new Array<number>(count).fill(0);
  const most = Math.ceil(patients.length / count);
  const foldOf = new Map<string, number>();
  for (const { patient } of order) {
    const share = shares.get(patient)!;
    let best = -1;
    let least = Number.POSITIVE_INFINITY;
    for (let fold = 0; fold < count; fold++) {
      if (size[fold] >= most) continue;
      const cost = share.reduce((sum, x, c) => sum + x * load[fold][c], 0) + 1e-3 * size[fold];
      if (cost < least) {
        least = cost;
        best = fold;
      }
    }
    foldOf.set(patient, best);
    size[best]++;
    share.forEach((x, c) => {
      load[best][c] += x;
    });
  }
  checkClasses(load, shares, totals, classes);
  return Int32Array.from(records, (record) => foldOf.get(record.patient)!);
}

function sumCounts(records: readonly FoldRecord[], classes: number): number[] {
  const sum = new Array<number>(classes).fill(0);
  for (const record of records)
    record.counts.forEach((n, c) => {
      sum[c] += n;
    });
  return sum;
}

/** The patient's shares of the classes, classes with fewer beats counting more. */
function rarity(share: readonly number[], totals: readonly number[]): number {
  return share.reduce((sum, x, c) => sum + (totals[c] === 0 ? 0 : x / Math.log10(10 + totals[c])), 0);
}

/** Every class that more than one patient has must be left to train on when any fold is held out. */
function checkClasses(
  load: readonly (readonly number[])[],
  shares: ReadonlyMap<string, readonly number[]>,
  totals: readonly number[],
  names: readonly string[],
): void {
  totals.forEach((total, c) => {
    const holders = [...shares.values()].filter((share) => share[c] > 0).length;
    if (total === 0 || holders < 2) return;
    const full = load.findIndex((fold) => fold[c] > 1 - 1e-9);
    if (full >= 0) {
      throw new EcgError(
        'bad-option',
        `folds: all ${total} examples of class ${names[c]} fall into fold ${full + 1}, so that training without it has none; use another fold seed or fewer folds`,
      );
    }
  });
}
