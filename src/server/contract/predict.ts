import * as v from 'valibot';
import { flatNumbers } from './flat-numbers.js';
import type { Routes } from './route.js';

/** Numbers of a request: two seconds are looked at, what follows is left out. */
const MOST_SAMPLES = 10_000;
/** Bytes of that many numbers as JSON. */
const LARGEST_BODY = 256 * 1024;

const SamplesSchema = v.pipe(
  flatNumbers(1, MOST_SAMPLES),
  v.description(
    'One lead at 250 Hz, mV (any unit: the window is scaled by itself); 500 numbers are looked at, fewer are filled with zeros, more are cut',
  ),
);

/** Two seconds of one lead, alone or under the name `ecg`. */
const PredictRequestSchema = v.union([v.object({ ecg: SamplesSchema }), SamplesSchema]);

/** Whether the window shows an arrhythmia; the first three members are those of the `cardiospike` system. */
const PredictionSchema = v.object({
  prediction: v.picklist(['Normal', 'Arrhythmia']),
  normal_prob: v.pipe(v.number(), v.minValue(0), v.maxValue(1)),
  arrhythmia_prob: v.pipe(v.number(), v.minValue(0), v.maxValue(1)),
  model: v.object({ name: v.string(), version: v.string() }),
  statement: v.pipe(v.string(), v.description('What the answer may be used for')),
});

export const PREDICT_ROUTES = {
  predict: {
    method: 'POST',
    path: '/predict',
    tag: 'predict',
    summary: 'Whether two seconds of one lead show an arrhythmia',
    description:
      'The interface of the `cardiospike` system. Two seconds say little: read the limits of the model `screening`, and use `/v1/analyze` for recordings.',
    access: 'viewer',
    body: PredictRequestSchema,
    largestBody: LARGEST_BODY,
    answers: { 200: { description: 'The more probable of the two classes', schema: PredictionSchema } },
  },
} as const satisfies Routes;
