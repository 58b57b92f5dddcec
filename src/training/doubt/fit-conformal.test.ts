import { describe, expect, it } from 'vitest';
import { createRandom, type Random } from '../../core/index.js';
import { conformalSets } from '../../models/index.js';
import { fitConformal, type HeldOutProbabilities } from './fit-conformal.js';

/**
 * Patients of two classes. How hard a patient's beats are is the patient's own; easy patients have many more beats,
 * so that beats taken together look easier than the next patient's.
 */
function cohort(random: Random, patients: number): HeldOutProbabilities {
  const rows: number[] = [];
  const labels: number[] = [];
  const owners: number[] = [];
  for (let patient = 0; patient < patients; patient++) {
    const ease = random.normal();
    const beats = ease > 0 ? 200 : 10;
    for (let i = 0; i < beats; i++) {
      const label = i % 2;
      const right = 1 / (1 + Math.exp(-(3 + 1.5 * ease + random.normal())));
      rows.push(...(label === 0 ? [right, 1 - right] : [1 - right, right]));
      labels.push(label);
      owners.push(patient);
    }
  }
  return { probabilities: Float32Array.from(rows), labels, patients: owners, classes: 2 };
}

/** Share of each class's beats whose probability reaches `least`, patients counting the same. */
function coverages({ probabilities, labels, patients, classes }: HeldOutProbabilities, least: number[]) {
  return least.map((limit, c) => {
    const own = new Map<number, { beats: number; held: number }>();
    for (let i = 0; i < labels.length; i++) {
      if (labels[i] !== c) continue;
      const of = own.get(patients[i]) ?? { beats: 0, held: 0 };
      of.beats++;
      if (probabilities[i * classes + c] >= limit) of.held++;
      own.set(patients[i], of);
    }
    return [...own.values()].reduce((sum, { beats, held }) => sum + held / beats, 0) / own.size;
  });
}

describe('fitConformal', () => {
  it('covers new patients of the same kind, where figures of beats taken together do not', () => {
    const random = createRandom(20);
    const trials = 150;
    const byPatient = [0, 0];
    const together = [0, 0];
    for (let trial = 0; trial < trials; trial++) {
      const seen = cohort(random, 30);
      const { least, promised } = fitConformal(seen, 0.9);
      expect(promised).toEqual([true, true]);
      // The control: every beat as if it were a patient.
      const everyBeat = fitConformal({ ...seen, patients: everyBeatItsOwn(seen) }, 0.9);
      const fresh = cohort(random, 20);
      coverages(fresh, [...least]).forEach((x, c) => {
        byPatient[c] += x / trials;
      });
      coverages(fresh, [...everyBeat.least]).forEach((x, c) => {
        together[c] += x / trials;
      });
    }
    // Theory: between 0.9 and 0.9 + 1 / 31 up to the grain of a patient; 3000 new patients, s.e. below 0.006.
    for (const x of byPatient) {
      expect(x).toBeGreaterThan(0.88);
      expect(x).toBeLessThan(0.96);
    }
    for (const x of together) expect(x).toBeLessThan(0.86);
  });

  it('is a quantile by hand', () => {
    // One class, nine patients of one beat: nine tenths are just reached by the least probable of them.
    const nine = Float32Array.of(0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1);
    const one = { labels: new Array<number>(9).fill(0), patients: [0, 1, 2, 3, 4, 5, 6, 7, 8], classes: 1 };
    expect(fitConformal({ ...one, probabilities: nine }, 0.9).least[0]).toBeCloseTo(0.1, 6);
    expect(fitConformal({ ...one, probabilities: nine }, 0.5).least[0]).toBeCloseTo(0.5, 6);
    // Two patients: the first's two beats weigh 1/3 × 1/2 each, the second's one 1/3; 1/2 is reached at 0.6.
    const two = { labels: [0, 0, 0], patients: [4, 4, 7], classes: 1 };
    const figures = fitConformal({ ...two, probabilities: Float32Array.of(0.9, 0.3, 0.6) }, 0.5);
    expect(figures.least[0]).toBeCloseTo(0.6, 6);
    expect(figures.patients).toEqual([2]);
  });

  it('promises nothing of a class with too few patients', () => {
    const few = {
      probabilities: Float32Array.of(0.9, 0.1, 0, 0.4, 0.6, 0, 0.2, 0.8, 0),
      labels: [0, 1, 1],
      patients: [0, 1, 2],
      classes: 3,
    };
    const figures = fitConformal(few, 0.9);
    expect(figures.promised).toEqual([false, false, false]);
    // The class is covered in those patients that there are; one that nobody had joins no set.
    expect(figures.least.map((x) => Math.round(x * 10) / 10)).toEqual([0.9, 0.6, 1]);
    expect([...conformalSets(few.probabilities, 3, figures)]).toEqual([0b001, 0b010, 0b010]);
  });

  it('promises nothing of a class that the network knows nothing of, and keeps it out of most sets', () => {
    // Twelve patients of class 0 and twelve of class 1, whose probability of class 1 is the same chance throughout.
    const random = createRandom(2);
    const n = 2400;
    const probabilities = Float32Array.from({ length: 2 * n }, () => 0);
    for (let i = 0; i < n; i++) {
      probabilities[2 * i + 1] = 0.2 * random.next();
      probabilities[2 * i] = 1 - probabilities[2 * i + 1];
    }
    const patients = Array.from({ length: n }, (_, i) => i % 24);
    const labels = patients.map((patient) => patient % 2);
    const blind = fitConformal({ probabilities, labels, patients, classes: 2 }, 0.9);
    expect(blind.promised[1]).toBe(false);
    // 5 % of a uniform chance up to .2.
    expect(blind.least[1]).toBeCloseTo(0.19, 2);
    // One that is known, if not well, keeps its promise.
    labels.forEach((label, i) => {
      if (label === 1) probabilities[2 * i + 1] += 0.15;
    });
    const known = fitConformal({ probabilities, labels, patients, classes: 2 }, 0.9);
    expect(known.promised[1]).toBe(true);
    expect(known.least[1]).toBeLessThan(0.19);
  });

  it('refuses rows that do not fit and a coverage that is none', () => {
    const one = { probabilities: Float32Array.of(1, 0), labels: [0], patients: [0], classes: 2 };
    expect(() => fitConformal({ ...one, patients: [] }, 0.9)).toThrow(
      expect.objectContaining({ code: 'bad-shape' }),
    );
    expect(() => fitConformal(one, 1)).toThrow(expect.objectContaining({ code: 'bad-option' }));
  });
});

function everyBeatItsOwn({ labels }: HeldOutProbabilities): number[] {
  return Array.from({ length: labels.length }, (_, i) => i);
}
