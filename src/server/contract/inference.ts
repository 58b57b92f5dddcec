import * as v from 'valibot';
import { anyList } from './flat-numbers.js';
import type { Routes } from './route.js';
import { pathName } from './values.js';

// The Open Inference Protocol, version 2, over HTTP: names and members are the protocol's.
// Source: github.com/kserve/open-inference-protocol, specification/protocol/inference_rest.md.

/** Types of elements that are read; all are computed with in single precision. */
const DATATYPES = [
  'FP32',
  'FP64',
  'FP16',
  'INT8',
  'INT16',
  'INT32',
  'INT64',
  'UINT8',
  'UINT16',
  'UINT32',
  'UINT64',
] as const;
export type Datatype = (typeof DATATYPES)[number];

/** Axes of a tensor, and tensors of a request. */
const MOST_AXES = 8;
const MOST_TENSORS = 16;

const name = v.pipe(v.string(), v.minLength(1), v.maxLength(128));
const parameters = v.optional(
  v.pipe(v.record(v.string(), v.unknown()), v.description('Beyond the protocol, by name')),
);
const TensorMetadataSchema = v.object({
  name,
  datatype: v.string(),
  shape: v.pipe(v.array(v.pipe(v.number(), v.integer())), v.description('−1 where any size fits')),
});

const RequestInputSchema = v.object({
  name,
  shape: v.pipe(
    v.array(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(2 ** 31))),
    v.minLength(1),
    v.maxLength(MOST_AXES),
  ),
  datatype: v.picklist(DATATYPES),
  parameters,
  data: v.pipe(anyList(), v.description('Numbers in row-major order, flat or nested by axes')),
});

const id = v.optional(v.pipe(v.string(), v.maxLength(256), v.description('Stands in the answer again')));
const inputs = v.pipe(v.array(RequestInputSchema), v.minLength(1), v.maxLength(MOST_TENSORS));

/** What a network is to be run on. */
const InferenceRequestSchema = v.object({
  id,
  parameters,
  inputs,
  outputs: v.optional(
    v.pipe(
      v.array(v.object({ name, parameters })),
      v.maxLength(MOST_TENSORS),
      v.description('Those that are wanted; all when omitted'),
    ),
  ),
});
export type InferenceRequest = v.InferOutput<typeof InferenceRequestSchema>;

/** The strings of this interface for the ways to attribute an output to the inputs. */
export const EXPLAIN_METHODS = ['integrated-gradients', 'occlusion'] as const;

/** One example whose class is to be explained. */
const ExplainRequestSchema = v.object({
  id,
  parameters: v.optional(
    v.object({
      target: v.optional(
        v.pipe(
          v.number(),
          v.integer(),
          v.minValue(0),
          v.description('Index of the class; the most probable one when omitted'),
        ),
      ),
      method: v.optional(
        v.pipe(
          v.picklist(EXPLAIN_METHODS),
          v.description('Integrated gradients where the network has them, else occlusion, when omitted'),
        ),
      ),
    }),
  ),
  inputs,
});
export type ExplainRequest = v.InferOutput<typeof ExplainRequestSchema>;

const ResponseOutputSchema = v.object({
  name: v.string(),
  shape: v.array(v.pipe(v.number(), v.integer())),
  datatype: v.string(),
  data: v.pipe(v.array(v.number()), v.description('Row-major order, flat')),
});

/** The outputs of a network. */
const InferenceResponseSchema = v.object({
  model_name: v.string(),
  model_version: v.string(),
  id: v.optional(v.string()),
  parameters: v.record(v.string(), v.unknown()),
  outputs: v.array(ResponseOutputSchema),
});
export type InferenceResponse = v.InferOutput<typeof InferenceResponseSchema>;

/** What a network is, with its model card. */
const ModelMetadataSchema = v.object({
  name: v.string(),
  versions: v.array(v.string()),
  platform: v.string(),
  inputs: v.array(TensorMetadataSchema),
  outputs: v.array(TensorMetadataSchema),
  parameters: v.object({ card: v.record(v.string(), v.unknown()), statement: v.string() }),
});

const ModelReadySchema = v.object({ name: v.string(), ready: v.boolean() });
const model = pathName('Name of the model');
const ofModel = v.object({ model });
const ofVersion = v.object({ model, version: pathName('Version of the model') });

const shared = { tag: 'inference', access: 'viewer' } as const;
const described = {
  summary: 'What a model reads and gives, with its model card',
  answers: { 200: { description: 'Its metadata', schema: ModelMetadataSchema } },
} as const;
const ready = {
  summary: 'Whether a model can be asked; loads it',
  answers: { 200: { description: 'It can', schema: ModelReadySchema } },
} as const;
const infer = {
  summary: 'Runs a model',
  answers: { 200: { description: 'Its outputs', schema: InferenceResponseSchema } },
} as const;
const explain = {
  summary: 'How much each input counts for a class',
  description:
    'The extension `explain` of this server. `outputs` hold one number for each number of each input, above 0 where it speaks for the class. `parameters` tell class, method, and the score of the example and of zeros, against which it is explained; by integrated gradients all numbers add up to their difference. Computed in single precision.',
  answers: { 200: { description: 'The attribution of each input', schema: InferenceResponseSchema } },
} as const;

export const INFERENCE_ROUTES = {
  describeInferenceServer: {
    ...shared,
    method: 'GET',
    path: '/v2',
    summary: 'Name, version and extensions of the Open Inference Protocol server',
    answers: {
      200: {
        description: 'What it is',
        schema: v.object({ name: v.string(), version: v.string(), extensions: v.array(v.string()) }),
      },
    },
  },
  isLive: {
    ...shared,
    access: 'open',
    method: 'GET',
    path: '/v2/health/live',
    summary: 'Whether the inference server answers',
    answers: { 200: { description: 'It does', schema: v.object({ live: v.boolean() }) } },
  },
  isReady: {
    ...shared,
    access: 'open',
    method: 'GET',
    path: '/v2/health/ready',
    summary: 'Whether models can be asked',
    answers: { 200: { description: 'They can', schema: v.object({ ready: v.boolean() }) } },
  },
  listModels: {
    ...shared,
    method: 'GET',
    path: '/v2/models',
    summary: 'The names of all models',
    answers: { 200: { description: 'Their names', schema: v.object({ models: v.array(v.string()) }) } },
  },
  describeModel: { ...shared, ...described, method: 'GET', path: '/v2/models/{model}', params: ofModel },
  describeModelVersion: {
    ...shared,
    ...described,
    method: 'GET',
    path: '/v2/models/{model}/versions/{version}',
    params: ofVersion,
  },
  isModelReady: { ...shared, ...ready, method: 'GET', path: '/v2/models/{model}/ready', params: ofModel },
  isModelVersionReady: {
    ...shared,
    ...ready,
    method: 'GET',
    path: '/v2/models/{model}/versions/{version}/ready',
    params: ofVersion,
  },
  infer: {
    ...shared,
    ...infer,
    method: 'POST',
    path: '/v2/models/{model}/infer',
    params: ofModel,
    body: InferenceRequestSchema,
  },
  inferVersion: {
    ...shared,
    ...infer,
    method: 'POST',
    path: '/v2/models/{model}/versions/{version}/infer',
    params: ofVersion,
    body: InferenceRequestSchema,
  },
} as const satisfies Routes;

export const EXPLAIN_ROUTES = {
  explain: {
    ...shared,
    ...explain,
    method: 'POST',
    path: '/v2/models/{model}/explain',
    params: ofModel,
    body: ExplainRequestSchema,
  },
  explainVersion: {
    ...shared,
    ...explain,
    method: 'POST',
    path: '/v2/models/{model}/versions/{version}/explain',
    params: ofVersion,
    body: ExplainRequestSchema,
  },
} as const satisfies Routes;
