import type { FastifyInstance } from 'fastify';
import pino from 'pino';
import * as v from 'valibot';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ServerConfigSchema } from '../config.js';
import type { ServerContext } from '../context.js';
import { EXPLAIN_ROUTES, INFERENCE_ROUTES } from '../contract/inference.js';
import { buildApp } from '../http/app.js';
import { resource } from '../http/resources.js';
import { createMetrics } from '../observe/create-metrics.js';
import { createModelHost, type ModelHost } from '../predict/model-host.js';
import { explainHandlers } from './explain.js';
import { inferenceHandlers } from './inference.js';

// Members and statuses as inference_rest.md of the Open Inference Protocol, version 2, requires them.

let app: FastifyInstance;
let models: ModelHost;
beforeAll(async () => {
  models = await createModelHost({ models: ['screening', 'ventricular', 'beats'] });
  const context = {
    config: v.parse(ServerConfigSchema, {}),
    models,
    metrics: createMetrics(),
    log: pino({ level: 'silent' }),
    now: Date.now,
  } as unknown as ServerContext;
  app = await buildApp(context, [
    resource(INFERENCE_ROUTES, inferenceHandlers),
    resource(EXPLAIN_ROUTES, explainHandlers),
  ]);
});
afterAll(async () => {
  await app.close();
  await models.close();
});

const headers = { host: 'localhost', 'content-type': 'application/json' };
const get = (url: string) => app.inject({ url, headers: { host: 'localhost' } });
const post = (url: string, body: unknown) =>
  app.inject({ method: 'POST', url, headers, payload: JSON.stringify(body) });

const window = Array.from({ length: 500 }, (_, i) => Math.sin(i / 9) + 0.2 * Math.cos(i / 2));
const x = (data: unknown = window, shape: readonly number[] = [1, 1, 500], datatype = 'FP32') => ({
  name: 'x',
  shape,
  datatype,
  data,
});
interface Said {
  readonly model_name: string;
  readonly id?: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly outputs: readonly { name: string; shape: number[]; datatype: string; data: number[] }[];
}
const infer = async (inputs: readonly unknown[]) =>
  (await post('/v2/models/ventricular/infer', { inputs })).json<Said>();

describe('the Open Inference Protocol', () => {
  it('tells server, health and models', async () => {
    expect((await get('/v2')).json()).toEqual({
      name: 'ectopy',
      version: expect.any(String),
      extensions: ['explain'],
    });
    expect((await get('/v2/health/live')).json()).toEqual({ live: true });
    expect((await get('/v2/health/ready')).json()).toEqual({ ready: true });
    expect((await get('/v2/models')).json()).toEqual({ models: ['screening', 'ventricular', 'beats'] });
  });

  it('describes a model, with its card, by name and by version', async () => {
    const said = (await get('/v2/models/beats')).json();
    expect(said).toMatchObject({
      name: 'beats',
      versions: [expect.any(String)],
      platform: expect.stringMatching(/^[a-z]+_onnx$/),
      inputs: [
        { name: 'waves', datatype: 'FP32', shape: [-1, 4, 72] },
        { name: 'features', datatype: 'FP32', shape: [-1, 317] },
      ],
      outputs: [{ name: 'logits', datatype: 'FP32', shape: [-1, 5] }],
      parameters: {
        card: { labels: expect.any(Array), intendedUse: expect.stringMatching(/Research use only/) },
      },
    });
    const [version] = (said as { versions: string[] }).versions;
    expect((await get(`/v2/models/beats/versions/${version}`)).json()).toEqual(said);
    expect((await get('/v2/models/beats/ready')).json()).toEqual({ name: 'beats', ready: true });
    expect((await get(`/v2/models/beats/versions/${version}/ready`)).statusCode).toBe(200);
  });

  it('runs a model: id and names come back, every output has name, shape, type and data', async () => {
    const answer = await post('/v2/models/ventricular/infer', { id: 'mine', inputs: [x()] });
    expect(answer.statusCode).toBe(200);
    const said = answer.json<Said>();
    expect(said).toMatchObject({ model_name: 'ventricular', model_version: '1.0.0', id: 'mine' });
    const [output] = said.outputs;
    expect(output).toMatchObject({ name: 'logits', datatype: 'FP32', shape: [1, output?.data.length] });
    const direct = await models.infer('ventricular', {
      x: { data: Float32Array.from(window), shape: [1, 1, 500] },
    });
    expect(output?.data).toEqual([...(direct['logits']?.data ?? [])]);
    expect((await post('/v2/models/ventricular/infer', { inputs: [x()] })).json()).not.toHaveProperty('id');
    const version = await post('/v2/models/ventricular/versions/1.0.0/infer', { inputs: [x()] });
    expect(version.json<Said>().outputs).toEqual(said.outputs);
  });

  it('reads nested and flat data alike, of every type of numbers, and several examples', async () => {
    const flat = await infer([x()]);
    expect(await infer([x([[window]])])).toEqual(flat);
    expect(await infer([x(window, [1, 1, 500], 'FP64')])).toEqual(flat);
    const whole = window.map((value) => Math.round(50 * value));
    expect(await infer([x(whole, [1, 1, 500], 'INT8')])).toEqual(await infer([x(whole)]));
    const two = await infer([x([[window], [whole]], [2, 1, 500])]);
    expect(two.outputs[0]?.shape[0]).toBe(2);
    const first = flat.outputs[0]?.data ?? [];
    first.forEach((value, k) => {
      expect(two.outputs[0]?.data[k]).toBeCloseTo(value, 4);
    });
  });

  it('gives the outputs that are asked for', async () => {
    const wanted = (name: string) =>
      post('/v2/models/ventricular/infer', { inputs: [x()], outputs: [{ name }] });
    expect((await wanted('logits')).json<Said>().outputs.map(({ name }) => name)).toEqual(['logits']);
    expect((await wanted('probabilities')).statusCode).toBe(404);
  });

  it.each([
    ['an unknown model', '/v2/models/mortality/infer', { inputs: [x()] }, 404],
    ['an unknown version', '/v2/models/ventricular/versions/9/infer', { inputs: [x()] }, 404],
    ['too few numbers', '/v2/models/ventricular/infer', { inputs: [x([1, 2])] }, 422],
    ['too many numbers', '/v2/models/ventricular/infer', { inputs: [x([...window, 1])] }, 422],
    ['a shape of another network', '/v2/models/ventricular/infer', { inputs: [x(window, [500])] }, 422],
    [
      'a shape beyond all memory',
      '/v2/models/ventricular/infer',
      { inputs: [x([1], [2 ** 31, 1, 500])] },
      422,
    ],
    [
      'text among the numbers',
      '/v2/models/ventricular/infer',
      { inputs: [x(['1', ...window.slice(1)])] },
      422,
    ],
    [
      'fractions as integers',
      '/v2/models/ventricular/infer',
      { inputs: [x(window, [1, 1, 500], 'INT32')] },
      422,
    ],
    [
      'what a byte does not hold',
      '/v2/models/ventricular/infer',
      {
        inputs: [
          x(
            window.map(() => 128),
            [1, 1, 500],
            'INT8',
          ),
        ],
      },
      422,
    ],
    ['an input twice', '/v2/models/ventricular/infer', { inputs: [x(), x()] }, 400],
    [
      'an input of another name',
      '/v2/models/ventricular/infer',
      { inputs: [{ ...x(), name: '__proto__' }] },
      422,
    ],
    [
      'an input too few',
      '/v2/models/beats/infer',
      { inputs: [{ ...x([0], [1, 1]), name: 'features' }] },
      422,
    ],
    [
      'a class that is not there',
      '/v2/models/ventricular/explain',
      { inputs: [x()], parameters: { target: 99 } },
      400,
    ],
  ])('refuses %s in the words of both: error, and problem+json', async (_what, url, body, status) => {
    const answer = await post(url, body);
    expect(answer.statusCode).toBe(status);
    expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
    const { error, detail } = answer.json<{ error: string; detail: string }>();
    expect(error).toBe(detail);
    expect(error.length).toBeGreaterThan(10);
  });

  it.each([
    [{ inputs: [] }],
    [{ inputs: [x(window, [], 'FP32')] }],
    [{ inputs: [x(window, [1, 1, 500], 'BYTES')] }],
    [{ outputs: [] }],
  ])('refuses %j, which is no request', async (body) => {
    const answer = await post('/v2/models/ventricular/infer', body);
    expect(answer.statusCode).toBe(400);
    const { detail } = answer.json<{ detail: string }>();
    expect(answer.json()).toMatchObject({ code: 'bad-option', faults: expect.any(Array), error: detail });
  });
});

describe('the extension explain', () => {
  it('gives each number of the inputs its share of the score', async () => {
    const answer = await post('/v2/models/ventricular/explain', {
      id: 'why',
      inputs: [x()],
      parameters: { target: 1 },
    });
    expect(answer.statusCode).toBe(200);
    const { id, outputs, parameters } = answer.json<Said>();
    expect(id).toBe('why');
    expect(outputs.map(({ name, shape, datatype }) => ({ name, shape, datatype }))).toEqual([
      { name: 'x', shape: [1, 1, 500], datatype: 'FP32' },
    ]);
    const { method, target, score, baseline_score } = parameters as Record<string, number>;
    expect({ method, target }).toEqual({ method: 'integrated-gradients', target: 1 });
    const gained = (score as number) - (baseline_score as number);
    const sum = outputs[0]?.data.reduce((a, b) => a + b, 0) ?? Number.NaN;
    expect(Math.abs(sum - gained)).toBeLessThan(0.05 * Math.abs(gained) + 0.01);
    const occluded = await post('/v2/models/ventricular/versions/1.0.0/explain', {
      inputs: [x()],
      parameters: { target: 1, method: 'occlusion' },
    });
    expect(occluded.json<Said>().parameters).toMatchObject({
      method: 'occlusion',
      score: parameters['score'],
    });
  });
});
