import { RESEARCH_USE_ONLY } from '../../core/index.js';
import type { ServerContext } from '../context.js';
import type { EXPLAIN_ROUTES, ExplainRequest } from '../contract/inference.js';
import type { Answer, Handlers } from '../http/handler.js';
import type { ServedModel } from '../predict/model-host.js';
import { readTensors, writeAnswer } from '../predict/protocol-tensors.js';
import { modelOf } from './inference.js';

/** Why a model says what it says: the extension `explain` of the Open Inference Protocol. */
export function explainHandlers({ models }: Pick<ServerContext, 'models'>): Handlers<typeof EXPLAIN_ROUTES> {
  const explain = async (model: ServedModel, body: ExplainRequest, signal: AbortSignal): Promise<Answer> => {
    const { target, method } = body.parameters ?? {};
    const found = await models.explain(
      model.name,
      {
        inputs: readTensors(body.inputs),
        ...(target !== undefined && { target }),
        ...(method !== undefined && { method }),
      },
      signal,
    );
    const head = {
      model_name: model.name,
      model_version: model.version,
      ...(body.id !== undefined && { id: body.id }),
      parameters: {
        method: found.method,
        target: found.target,
        score: found.score,
        baseline_score: found.baselineScore,
        statement: RESEARCH_USE_ONLY,
      },
    };
    const text = await writeAnswer(head, found.attributions, Object.keys(found.attributions));
    return { body: text, type: 'application/json; charset=utf-8' };
  };
  return {
    explain: async ({ params, body, signal }) => explain(models.get(params.model), body, signal),
    explainVersion: async ({ params, body, signal }) => explain(modelOf(models, params), body, signal),
  };
}
