import * as v from 'valibot';
import { EcgError } from '../../core/index.js';
import { type Builder, input, type Network } from '../../nn/index.js';
import { cnn1d } from './cnn-1d.js';
import { cnnBilstm } from './cnn-bilstm.js';
import { cnnGruAttention2d } from './cnn-gru-attention-2d.js';
import { cnnLstm1d } from './cnn-lstm-1d.js';
import { cnnLstm2d } from './cnn-lstm-2d.js';
import { cnnLstmAttention1d } from './cnn-lstm-attention-1d.js';
import { convnextV2 } from './convnext-v2.js';
import { deepCnn2d } from './deep-cnn-2d.js';
import { lstm1d } from './lstm-1d.js';
import type { NetworkKind, NetworkShape } from './network-kind.js';
import { resnet1d } from './resnet-1d.js';
import { rhythmNet } from './rhythm-net.js';
import { screeningCnn } from './screening-cnn.js';
import { shallowCnn2d } from './shallow-cnn-2d.js';

/** The sizes of a network of any kind, named by `kind`. */
export const NetworkConfigSchema = v.variant('kind', [
  screeningCnn.schema,
  cnnBilstm.schema,
  cnn1d.schema,
  lstm1d.schema,
  cnnLstm1d.schema,
  cnnLstmAttention1d.schema,
  resnet1d.schema,
  shallowCnn2d.schema,
  deepCnn2d.schema,
  cnnLstm2d.schema,
  cnnGruAttention2d.schema,
  convnextV2.schema,
  rhythmNet.schema,
]);

/** The sizes of a network of any kind; see `NetworkConfigSchema`. */
export type NetworkConfig = v.InferOutput<typeof NetworkConfigSchema>;

/** The architectures by their kind. */
export const NETWORKS: {
  readonly [K in NetworkConfig['kind']]: NetworkKind<Extract<NetworkConfig, { kind: K }>>;
} = {
  'screening-cnn': screeningCnn,
  'cnn-bilstm': cnnBilstm,
  'cnn-1d': cnn1d,
  'lstm-1d': lstm1d,
  'cnn-lstm-1d': cnnLstm1d,
  'cnn-lstm-attention-1d': cnnLstmAttention1d,
  'resnet-1d': resnet1d,
  'shallow-cnn-2d': shallowCnn2d,
  'deep-cnn-2d': deepCnn2d,
  'cnn-lstm-2d': cnnLstm2d,
  'cnn-gru-attention-2d': cnnGruAttention2d,
  'convnext-v2': convnextV2,
  'rhythm-net': rhythmNet,
};

/**
 * The network of these sizes for examples of this shape.
 * @throws EcgError `bad-shape` when the architecture cannot read that shape
 */
export function buildNetwork(config: NetworkConfig, shape: NetworkShape): Network {
  const kind = NETWORKS[config.kind] as NetworkKind<NetworkConfig>;
  const network = kind.build(config, shape);
  try {
    network(dryBuilder, { x: input('x', [2, ...shape.shape]) });
  } catch (error) {
    if (!(error instanceof EcgError)) throw error;
    throw new EcgError(
      'bad-shape',
      `network ${config.kind} of these sizes cannot read examples of shape [${shape.shape}]: ${error.message}`,
    );
  }
  return network;
}

/** Builds nothing that could run: all shapes are inferred, and a fault shows before a training begins. */
const dryBuilder: Builder = {
  training: false,
  parameter: (name, shape) => input(name, shape),
  statistics: (name, channels) => ({
    mean: input(`${name}.mean`, [channels]),
    variance: input(`${name}.variance`, [channels]),
  }),
  observe: () => {},
  mask: (name, shape) => input(name, shape),
};
