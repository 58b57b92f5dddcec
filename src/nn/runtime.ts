/** An array that goes into or comes out of a session, row major. */
export interface Tensor {
  readonly data: Float32Array | Float64Array;
  readonly shape: readonly number[];
}

/** A loaded ONNX model. */
export interface Session {
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  /**
   * The outputs for the inputs given by name. Blocks the thread for as long as it computes.
   * @throws EcgError `bad-shape` when an input is missing or does not fit
   */
  run(inputs: Readonly<Record<string, Tensor>>): Promise<Record<string, Tensor>>;
  /** Frees the model's memory; it cannot run any more. */
  release(): Promise<void>;
}

/** What runs ONNX models on this platform: from `nn/node` or `nn/browser`. */
export interface Runtime {
  readonly name: 'onnxruntime-node' | 'onnxruntime-web';
  /**
   * A session of a model. `training` says that its weights are inputs, which rules out layouts that only pay for
   * constant weights.
   * @throws EcgError `bad-format` when the bytes are no model it can run
   */
  open(model: Uint8Array, options?: { training?: boolean }): Promise<Session>;
}
