import { type InputContract, inputShape } from '../../models/index.js';
import type { Example } from '../example.js';
import type { BeatInputs } from './beat-parts.js';

/** Beats that a median needs at most; more of them make no other beat. */
const MOST = 300;

/**
 * Gathers a recording's sinus beats, those of the contract's range of prematurity, as prepared for the network, for
 * the beat that they make together.
 */
export class SinusBeats {
  readonly #contract: InputContract;
  readonly #inputs: BeatInputs;
  readonly #kept: Record<string, Float32Array>[] = [];
  #seen = 0;
  #every = 1;

  constructor(contract: InputContract, inputs: BeatInputs) {
    this.#contract = contract;
    this.#inputs = inputs;
  }

  /** Sinus beats that have come. */
  get count(): number {
    return this.#seen;
  }

  /** Takes the sinus beats among `n` prepared ones; evenly over all that have come where they are many. */
  add(batch: Example, n: number): void {
    const { rr, template } = this.#contract;
    const { groups, features } = inputShape(this.#contract);
    for (let i = 0; i < n; i++) {
      // The middle ratio is the beat's own, ln(pre-RR / mean); the last group says which leads are there.
      const ratio = Math.exp(batch['features'][i * features + groups.ratios.from + rr.reach]);
      if (!(ratio > template.minRr && ratio < template.maxRr)) continue;
      if (this.#seen++ % this.#every !== 0) continue;
      this.#kept.push(
        Object.fromEntries(
          Object.keys(this.#inputs.shapes).map((name) => {
            const size = batch[name].length / n;
            return [name, batch[name].slice(i * size, (i + 1) * size)];
          }),
        ),
      );
      if (this.#kept.length === 2 * MOST) {
        this.#every *= 2;
        for (let k = MOST - 1; k >= 0; k--) this.#kept.splice(2 * k + 1, 1);
      }
    }
  }

  /**
   * The patient's sinus beat: the median of each number, for a beat with these leads there.
   * @param example  the beat that is explained: which leads are there is no reason for anything
   * @returns        undefined where there are fewer sinus beats than the contract's template needs
   */
  baselineFor(example: Example): Example | undefined {
    if (this.#kept.length < this.#contract.template.fewest) return undefined;
    const { groups } = inputShape(this.#contract);
    const { present } = groups;
    const median: Record<string, Float32Array> = {};
    const column = new Float32Array(this.#kept.length);
    for (const name of Object.keys(this.#inputs.shapes)) {
      median[name] = Float32Array.from(example[name], (_, at) => {
        for (const [k, beat] of this.#kept.entries()) column[k] = beat[name][at];
        column.sort();
        return column[column.length >> 1];
      });
    }
    median['features'].set(example['features'].subarray(present.from, present.to), present.from);
    for (const [lead, rows] of this.#inputs.leads.entries())
      if (example['features'][present.from + lead] === 0)
        for (const row of rows)
          median['waves'].fill(0, row * this.#inputs.length, (row + 1) * this.#inputs.length);
    return median;
  }
}

/** No signal and a feature vector of zeros, but for which leads are there. */
export function zeroBaseline(contract: InputContract, example: Example): Example {
  const { present } = inputShape(contract).groups;
  const features = new Float32Array(example['features'].length);
  features.set(example['features'].subarray(present.from, present.to), present.from);
  return { waves: new Float32Array(example['waves'].length), features };
}
