import type { FastifyInstance } from 'fastify';
import pino from 'pino';
import * as v from 'valibot';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RESEARCH_USE_ONLY } from '../../core/index.js';
import { ServerConfigSchema } from '../config.js';
import type { ServerContext } from '../context.js';
import { PREDICT_ROUTES } from '../contract/predict.js';
import { buildApp } from '../http/app.js';
import { resource } from '../http/resources.js';
import { createMetrics } from '../observe/create-metrics.js';
import { createModelHost, type ModelHost } from '../predict/model-host.js';
import { predictHandlers } from './predict.js';

let app: FastifyInstance;
let models: ModelHost;
beforeAll(async () => {
  models = await createModelHost({ models: ['screening'] });
  const context = {
    config: v.parse(ServerConfigSchema, {}),
    models,
    metrics: createMetrics(),
    log: pino({ level: 'silent' }),
    now: Date.now,
  } as unknown as ServerContext;
  app = await buildApp(context, [resource(PREDICT_ROUTES, predictHandlers)]);
});
afterAll(async () => {
  await app.close();
  await models.close();
});

const post = (payload: string) =>
  app.inject({
    method: 'POST',
    url: '/predict',
    headers: { host: 'localhost', 'content-type': 'application/json' },
    payload,
  });
const wave = (length: number) => Array.from({ length }, (_, i) => Math.sin(i / 7) + Math.cos(i / 31));
const probabilities = async (body: unknown) => {
  const { normal_prob, arrhythmia_prob } = (await post(JSON.stringify(body))).json() as Record<
    string,
    number
  >;
  return [normal_prob, arrhythmia_prob];
};

describe('POST /predict', () => {
  it('answers what the client of cardiospike reads, and what it may be used for', async () => {
    const answer = await post(JSON.stringify({ ecg: wave(500) }));
    expect(answer.statusCode).toBe(200);
    expect(answer.headers['content-type']).toMatch(/^application\/json/);
    const said = answer.json() as Record<string, number>;
    expect(Object.keys(said).slice(0, 3)).toEqual(['prediction', 'normal_prob', 'arrhythmia_prob']);
    const { normal_prob: normal, arrhythmia_prob: arrhythmia } = said as {
      normal_prob: number;
      arrhythmia_prob: number;
    };
    expect(normal + arrhythmia).toBeCloseTo(1, 5);
    expect(said['prediction']).toBe(arrhythmia > normal ? 'Arrhythmia' : 'Normal');
    expect(said).toMatchObject({
      model: { name: 'screening', version: '1.0.0' },
      statement: RESEARCH_USE_ONLY,
    });
  });

  it('fits its own documented schema', async () => {
    const { schema } = PREDICT_ROUTES.predict.answers[200];
    const said = (await post(JSON.stringify(wave(500)))).json() as object;
    expect(v.parse(v.strictObject(schema.entries), said)).toEqual(said);
  });

  it('takes a bare list too, looks at 500 numbers, and minds the unit as little as the offset', async () => {
    const whole = wave(700);
    const expected = await probabilities({ ecg: whole.slice(0, 500) });
    expect(await probabilities(whole.slice(0, 500))).toEqual(expected);
    expect(await probabilities({ ecg: whole, patient: 'ignored' })).toEqual(expected);
    const scaled = await probabilities(whole.map((x) => 2 * x + 3));
    expect(scaled[0]).toBeCloseTo(expected[0] as number, 3);
    // Another window has another answer.
    expect(await probabilities(whole.slice(200))).not.toEqual(expected);
  });

  it('fills shorter windows with zeros after scaling', async () => {
    expect(await probabilities([1])).toEqual(await probabilities([7, 7, 7]));
    expect((await post('[1]')).statusCode).toBe(200);
  });

  it.each([
    ['nothing', '', 400],
    ['no JSON', '{"ecg": [1,', 400],
    ['no number', '{"ecg": []}', 400],
    ['no list', '{"ecg": 5}', 400],
    ['another name', '{"signal": [1, 2]}', 400],
    ['NaN', '{"ecg": [NaN]}', 400],
    ['null', '{"ecg": [1, null]}', 400],
    ['text', '{"ecg": ["1"]}', 400],
    ['nested lists', '[[1, 2], [3, 4]]', 400],
    ['an infinite number', '[1e999]', 400],
    ['more numbers than are taken', JSON.stringify(new Array(10_001).fill(0)), 400],
    ['more bytes than are taken', JSON.stringify(new Array(200_000).fill(0)), 413],
  ])('refuses %s as a problem', async (_what, payload, status) => {
    const answer = await post(payload);
    expect(answer.statusCode).toBe(status);
    expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
    expect(answer.json()).toMatchObject({ status, detail: expect.any(String) });
  });
});
