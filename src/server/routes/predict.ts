import { RESEARCH_USE_ONLY } from '../../core/index.js';
import type { ServerContext } from '../context.js';
import type { PREDICT_ROUTES } from '../contract/predict.js';
import type { Handlers } from '../http/handler.js';
import { SCREENING_MODEL } from '../predict/model-host.js';

/** The interface of the `cardiospike` system. */
export function predictHandlers({ models }: Pick<ServerContext, 'models'>): Handlers<typeof PREDICT_ROUTES> {
  /** The end of every answer. */
  let identity: string | undefined;
  return {
    predict: async ({ body, signal }) => {
      const samples = Array.isArray(body) ? body : body.ecg;
      const probabilities = await models.screen(Float32Array.from(samples), signal);
      const [normal, arrhythmic] = [probabilities[0] as number, probabilities[1] as number];
      identity ??= identityOf(models);
      const prediction = arrhythmic > normal ? 'Arrhythmia' : 'Normal';
      // Written by hand: an answer of five members is asked for thousands of times a second.
      const text = `{"prediction":"${prediction}","normal_prob":${normal},"arrhythmia_prob":${arrhythmic},${identity}}`;
      return { body: text, type: 'application/json; charset=utf-8' };
    },
  };
}

function identityOf(models: ServerContext['models']): string {
  const { name, version } = models.get(SCREENING_MODEL);
  return JSON.stringify({ model: { name, version }, statement: RESEARCH_USE_ONLY }).slice(1, -1);
}
