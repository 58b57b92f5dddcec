import { parentPort } from 'node:worker_threads';
import { readBundledModel } from '../../models/node.js';
import { createRuntime } from '../../nn/node.js';
import { threadFault } from '../thread-fault.js';
import { type ExplainedNetwork, explainNetwork, openExplained } from './explain-network.js';
import type { ExplainAnswer, ExplainMessage } from './explainer.js';

const port = parentPort;
if (port === null) throw new Error('explain.worker runs in a worker thread only');
const runtime = createRuntime({ threads: 1 });
const networks = new Map<string, Promise<ExplainedNetwork>>();

async function answer({ id, model, request }: ExplainMessage): Promise<ExplainAnswer> {
  try {
    // Always in single precision: integers have no slope.
    let network = networks.get(model);
    if (network === undefined) {
      network = Promise.all([readBundledModel(model), runtime]).then(([bytes, on]) =>
        openExplained(bytes, on),
      );
      networks.set(model, network);
      network.catch(() => networks.delete(model));
    }
    return { id, explanation: await explainNetwork(await network, request) };
  } catch (error) {
    return { id, ...threadFault(error) };
  }
}

async function release(): Promise<void> {
  for (const network of await Promise.allSettled(networks.values()))
    if (network.status === 'fulfilled') {
      await network.value.gradients?.close().catch(() => {});
      await network.value.session.release().catch(() => {});
    }
  port?.close();
}

port.on('message', (message: ExplainMessage | null) => {
  if (message === null) void release();
  else void answer(message).then((said) => port.postMessage(said));
});
