import { EcgError, RESEARCH_USE_ONLY, VERSION } from '../../core/index.js';
import type { ServerContext } from '../context.js';
import type { INFERENCE_ROUTES, InferenceRequest } from '../contract/inference.js';
import { ServiceFault } from '../fault.js';
import type { Answer, Handlers } from '../http/handler.js';
import { type ModelHost, SCREENING_MODEL, type ServedModel } from '../predict/model-host.js';
import { readTensors, wantedOutputs, writeAnswer } from '../predict/protocol-tensors.js';

/** What this server does beyond the protocol. */
const EXTENSIONS = ['explain'];
/** `<project>_<format>`, as the protocol names platforms. */
const PLATFORM = 'onnxruntime_onnx';

/** The Open Inference Protocol, version 2. */
export function inferenceHandlers({
  models,
}: Pick<ServerContext, 'models'>): Handlers<typeof INFERENCE_ROUTES> {
  const infer = async (model: ServedModel, body: InferenceRequest, signal: AbortSignal): Promise<Answer> => {
    const names = wantedOutputs(model, body.outputs);
    const outputs = await models.infer(model.name, readTensors(body.inputs), signal);
    const head = {
      model_name: model.name,
      model_version: model.version,
      ...(body.id !== undefined && { id: body.id }),
      parameters: { statement: RESEARCH_USE_ONLY },
    };
    return { body: await writeAnswer(head, outputs, names), type: 'application/json; charset=utf-8' };
  };
  return {
    describeInferenceServer: async () => ({
      body: { name: 'ectopy', version: VERSION, extensions: EXTENSIONS },
    }),
    isLive: async () => ({ body: { live: true } }),
    isReady: async () => {
      const [first] = models.list();
      if (first !== undefined && (await loads(models, SCREENING_MODEL))) return { body: { ready: true } };
      throw new ServiceFault('unavailable', 'inference: no model can be loaded, install them again');
    },
    listModels: async () => ({ body: { models: models.list().map(({ name }) => name) } }),
    describeModel: async ({ params }) => describe(models.get(params.model)),
    describeModelVersion: async ({ params }) => describe(modelOf(models, params)),
    isModelReady: async ({ params }) => modelReady(models, models.get(params.model)),
    isModelVersionReady: async ({ params }) => modelReady(models, modelOf(models, params)),
    infer: async ({ params, body, signal }) => infer(models.get(params.model), body, signal),
    inferVersion: async ({ params, body, signal }) => infer(modelOf(models, params), body, signal),
  };
}

/**
 * A model in the version that is asked for.
 * @throws EcgError `not-found`
 */
export function modelOf(
  models: Pick<ModelHost, 'get'>,
  { model, version }: { readonly model: string; readonly version: string },
): ServedModel {
  const served = models.get(model);
  if (served.version === version) return served;
  throw new EcgError('not-found', `inference: ${model} has no version ${version}, take ${served.version}`);
}

function describe({ name, version, inputs, outputs, card }: ServedModel): Answer {
  return {
    body: {
      name,
      versions: [version],
      platform: PLATFORM,
      inputs,
      outputs,
      parameters: { card, statement: RESEARCH_USE_ONLY },
    },
  };
}

async function modelReady(models: ModelHost, { name }: ServedModel): Promise<Answer> {
  if (await loads(models, name)) return { body: { name, ready: true } };
  throw new ServiceFault(
    'unavailable',
    `inference: ${name} cannot be loaded on this machine, install it again`,
  );
}

async function loads(models: ModelHost, name: string): Promise<boolean> {
  try {
    await models.load(name);
    return true;
  } catch (error) {
    if (error instanceof EcgError) return false;
    throw error;
  }
}
