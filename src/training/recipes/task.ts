import type * as v from 'valibot';
import type { RunOptions } from '../../core/index.js';
import type { SplitLabel } from '../../evaluation/index.js';
import type { ExampleSet, ExampleSplit } from '../examples/example-set.js';

/** Where recordings and prepared examples lie. */
export interface TaskFolders {
  /** Holds a folder a database: `mitdb`, `svdb`, `vfdb`. */
  readonly dataFolder: string;
  readonly cacheFolder: string;
}

/** What a task is asked to prepare. */
export interface PrepareRequest<Data> extends TaskFolders, RunOptions {
  /** The configuration's `data`, validated by the task's schema. */
  readonly data: Data;
  /** One of the task's protocols. */
  readonly protocol: string;
  /** One of the task's inputs; the first when a network names none. */
  readonly input: string;
}

/** Examples of a protocol and who is on which side. */
export interface Prepared {
  readonly set: ExampleSet;
  readonly split: ExampleSplit;
  /** The audited split; leaky ones are named so. */
  readonly label: SplitLabel;
  /** What a model card says of the input: the contract by which an example is made of a recording. */
  readonly input: Readonly<Record<string, unknown>>;
}

/** What a recipe's networks learn: the examples of the recordings, and the protocols by which they are split. */
export interface Task<Data = unknown> {
  /** Of the recipe, its folder in `experiments` and its line in the table. */
  readonly name: string;
  readonly dataSchema: v.GenericSchema<unknown, Data>;
  /** Those whose recordings it reads, for `ectopy data get`. */
  readonly databases: readonly string[];
  /** The first is taken when none is asked for. */
  readonly protocols: readonly string[];
  /** Forms in which an example can be given to a network; the first is taken when none is asked for. */
  readonly inputs: readonly string[];
  /** Whether examples are placed by the reference's R peaks. */
  readonly rPeaks: 'given' | 'not used';
  /** What a class means, with its SNOMED CT concept where one covers it; for the model card. */
  readonly labels: readonly {
    readonly class: string;
    readonly meaning: string;
    readonly snomedCt?: { readonly code: string; readonly display: string };
  }[];
  /** What a model card says beside the general: which question the network answers, and where it fails. */
  readonly card?: (protocol: string) => {
    readonly summary: string;
    readonly limitations: readonly string[];
  };
  /**
   * The examples, from the cache where they lie there.
   * @throws EcgError `not-found` for missing recordings; `bad-option` when a patient stands on both sides of a
   *   protocol that is not named leaky; `cancelled`
   */
  prepare(request: PrepareRequest<Data>): Promise<Prepared>;
}
