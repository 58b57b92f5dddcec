import type { InferenceSession, InferenceSessionFactory, TensorConstructor } from 'onnxruntime-common';
import { EcgError } from '../core/index.js';
import type { Runtime, Session, Tensor } from './runtime.js';

/** The part that `onnxruntime-node` and `onnxruntime-web` share. */
export interface OnnxRuntimeModule {
  readonly InferenceSession: InferenceSessionFactory;
  readonly Tensor: TensorConstructor;
}

/** A `Runtime` on one of ONNX Runtime's packages. */
export function onnxRuntime(
  name: Runtime['name'],
  ort: OnnxRuntimeModule,
  options: InferenceSession.SessionOptions,
): Runtime {
  return {
    name,
    async open(model, { training = false } = {}) {
      let session: InferenceSession;
      try {
        session = await ort.InferenceSession.create(model, {
          ...options,
          graphOptimizationLevel: training ? 'extended' : 'all',
        });
      } catch (cause) {
        throw new EcgError('bad-format', `${name}: the model cannot be loaded: ${messageOf(cause)}`, {
          cause,
        });
      }
      return wrap(name, ort, session);
    },
  };
}

function wrap(name: string, ort: OnnxRuntimeModule, session: InferenceSession): Session {
  return {
    inputs: session.inputNames,
    outputs: session.outputNames,
    async run(inputs) {
      const feeds: Record<string, InstanceType<TensorConstructor>> = {};
      for (const key of session.inputNames) {
        const tensor = inputs[key];
        if (!tensor)
          throw new EcgError(
            'bad-shape',
            `${name}: input ${key} is missing, the model needs ${session.inputNames}`,
          );
        feeds[key] =
          tensor.data instanceof Float32Array
            ? new ort.Tensor('float32', tensor.data, tensor.shape)
            : new ort.Tensor('float64', tensor.data, tensor.shape);
      }
      let results: InferenceSession.ReturnType;
      try {
        results = await session.run(feeds);
      } catch (cause) {
        throw new EcgError(
          'bad-shape',
          `${name}: the model does not run on these inputs: ${messageOf(cause)}`,
          {
            cause,
          },
        );
      }
      return Object.fromEntries(
        Object.entries(results).map(([key, { data, dims }]) => [key, { data, shape: dims } as Tensor]),
      );
    },
    release: () => session.release(),
  };
}

function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
