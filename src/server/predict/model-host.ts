import type { Tensor } from '../../nn/index.js';

/** A network as the Open Inference Protocol names it. */
export interface ServedModel {
  readonly name: string;
  readonly version: string;
  readonly inputs: readonly ServedTensor[];
  readonly outputs: readonly ServedTensor[];
  /** The model card, plain data. */
  readonly card: unknown;
}

export interface ServedTensor {
  readonly name: string;
  readonly datatype: string;
  /** −1 where any size fits. */
  readonly shape: readonly number[];
}

/** The networks that are served, in threads of their own; requests that come together run together. */
export interface ModelHost {
  list(): readonly ServedModel[];
  /** @throws EcgError `not-found` */
  get(name: string): ServedModel;
  /** @throws EcgError `bad-shape`; ServiceFault `unavailable` when too many wait */
  infer(
    name: string,
    inputs: Readonly<Record<string, Tensor>>,
    signal?: AbortSignal,
  ): Promise<Readonly<Record<string, Tensor>>>;
  /** Probabilities [normal, arrhythmic] of two seconds of one lead at 250 Hz, any unit. */
  screen(samples: Float32Array, signal?: AbortSignal): Promise<Float32Array>;
  close(): Promise<void>;
}
