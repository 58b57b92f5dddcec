import { EcgError } from '../../core/index.js';
import {
  loadBeatModel,
  loadClassifier,
  loadQualityModel,
  loadRhythmModel,
  loadVentricularModel,
  loadWaveModel,
  readCardMetadata,
} from '../../models/index.js';
import { type BundledModel, readBundledModel } from '../../models/node.js';
import { type Runtime, readModelSignature, type Session, type TensorSignature } from '../../nn/index.js';
import type { ServedModel, ServedTensor } from './model-host.js';

/** How a network that comes with the package is served. */
interface Served {
  /** Loads it and has it reproduce its golden vectors. */
  readonly load: (bytes: Uint8Array, runtime: Runtime) => Promise<unknown>;
  /** Computes in 8-bit integers. */
  readonly integers?: true;
}

/** Networks that are served, by the name of their file. */
export const SERVED: Readonly<Record<BundledModel, Served>> = {
  beats: { load: loadBeatModel },
  'beats-ds1': { load: loadBeatModel },
  rhythm: { load: loadRhythmModel },
  ventricular: { load: loadVentricularModel },
  waves: { load: loadWaveModel },
  quality: { load: loadQualityModel },
  'beat-image': { load: loadClassifier },
  // A third of the computing, and no worse on the validation patients than in single precision.
  screening: { load: loadClassifier, integers: true },
};

/** A network's file and what it says of itself. */
export interface ModelFile {
  readonly served: ServedModel;
  readonly bytes: Uint8Array;
  readonly name: BundledModel;
}

/**
 * The file of a served network; null where this installation came without it.
 * @throws EcgError `bad-format` when it is none
 */
export async function readModelFile(name: BundledModel): Promise<ModelFile | null> {
  const { integers } = SERVED[name];
  let bytes: Uint8Array;
  try {
    bytes = await readBundledModel(name, integers ? { integers } : {});
  } catch (error) {
    if (error instanceof EcgError && error.code === 'not-found') return null;
    throw error;
  }
  const { card, metrics } = readCardMetadata(bytes);
  const { inputs, outputs } = readModelSignature(bytes);
  const said = card as {
    readonly version?: unknown;
    readonly labels: readonly unknown[];
    readonly metrics?: readonly unknown[];
  };
  return {
    name,
    bytes,
    served: {
      name,
      version: String(said.version ?? '1'),
      inputs: inputs.map(servedTensor),
      // Classes lie along the last axis, whose size the file does not tell.
      outputs: outputs.map(servedTensor).map((output) => ({
        ...output,
        shape: output.shape.map((size, axis) =>
          size === -1 && axis > 0 && axis === output.shape.length - 1 ? said.labels.length : size,
        ),
      })),
      card: { ...said, metrics: [...(said.metrics ?? []), ...metrics] },
    },
  };
}

/** The names of types in the Open Inference Protocol. */
const DATATYPES: Readonly<Record<TensorSignature['type'], string>> = {
  float32: 'FP32',
  float64: 'FP64',
  other: 'BYTES',
};

function servedTensor({ name, type, shape }: TensorSignature): ServedTensor {
  return { name, datatype: DATATYPES[type], shape: shape ?? [-1] };
}

/**
 * The session of a network that has reproduced its golden vectors.
 * @throws EcgError `bad-format` when it does not
 */
export async function openVerified({ name, bytes }: ModelFile, runtime: Runtime): Promise<Session> {
  let session: Session | undefined;
  const watched: Runtime = {
    name: runtime.name,
    async open(model, options) {
      session = await runtime.open(model, options);
      return session;
    },
  };
  await SERVED[name].load(bytes, watched);
  if (session === undefined)
    throw new EcgError('bad-format', `model: ${name} was not opened, install it again`);
  return session;
}
