import { expect, it } from 'vitest';
import { createRandom } from '../../core/index.js';
import { gradientsOf } from '../gradient.js';
import { type Shape, sizeOf, type Value } from '../graph.js';
import { createNativeRuntime } from '../node.js';
import { writeModel } from '../onnx/write.js';
import { reduceSum } from '../ops/broadcast.js';
import { conv } from '../ops/convolution.js';
import { multiply, tanh } from '../ops/elementwise.js';
import { reshape } from '../ops/layout.js';
import { input } from '../ops/leaf.js';
import { bandedDepthwise } from './depthwise.js';

type Pads = readonly [number, number, number, number];
type Depthwise = (x: Value, kernels: Value, bias: Value, pads: Pads) => Value;

/** Result and slopes of a depthwise convolution of random arrays; its kernels are reshaped from a list, as a trainer's. */
async function outcome(depthwise: Depthwise, image: Shape, kernel: readonly [number, number], pads: Pads) {
  const c = image[1]!;
  const shapes = { x: image, list: [c * kernel[0] * kernel[1]], bias: [c] };
  const [x, list, bias] = Object.entries(shapes).map(([name, shape]) => input(name, shape)) as [
    Value,
    Value,
    Value,
  ];
  const kernels = reshape(list, [c, 1, ...kernel]);
  const y = depthwise(x, kernels, bias, pads);
  const [gx, gKernels, gBias] = gradientsOf(reduceSum(multiply(tanh(y), y)), [x, kernels, bias]);
  const runtime = await createNativeRuntime();
  const session = await runtime.open(writeModel({ y, gx: gx!, gKernels: gKernels!, gBias: gBias! }));
  const random = createRandom(5);
  const feeds = Object.fromEntries(
    Object.entries(shapes).map(([name, shape]) => [
      name,
      { data: Float32Array.from({ length: sizeOf(shape) }, () => random.normal()), shape },
    ]),
  );
  return session.run(feeds);
}

const grouped: Depthwise = (x, kernels, bias, pads) => conv(x, kernels, bias, { groups: x.shape[1]!, pads });

async function differences(image: Shape, kernel: readonly [number, number], pads: Pads, ours: Depthwise) {
  const [a, b] = [await outcome(ours, image, kernel, pads), await outcome(grouped, image, kernel, pads)];
  return Object.keys(b).map((name) => {
    expect(a[name]!.shape, name).toEqual(b[name]!.shape);
    const largest = Math.max(...Array.from(b[name]!.data, Math.abs));
    return Math.max(...Array.from(b[name]!.data, (v, i) => Math.abs(v - a[name]!.data[i]!))) / largest;
  });
}

// Origin: ONNX Runtime's grouped convolution, whose own gradient is checked against differences.
it.each<[string, Shape, [number, number], Pads]>([
  ['same size', [3, 4, 5, 6], [7, 7], [3, 3, 3, 3]],
  ['uneven kernel and padding', [2, 3, 6, 9], [3, 4], [0, 2, 2, 0]],
  ['no padding', [2, 2, 7, 5], [3, 3], [0, 0, 0, 0]],
])('the banded form is the grouped convolution: %s', async (_, image, kernel, pads) => {
  for (const d of await differences(image, kernel, pads, bandedDepthwise)) expect(d).toBeLessThan(2e-6);
});

it('which notices padding on the other side', async () => {
  const swapped: Depthwise = (x, kernels, bias, [top, left, bottom, right]) =>
    bandedDepthwise(x, kernels, bias, [top, right, bottom, left]);
  const found = await differences([2, 3, 6, 9], [3, 4], [0, 2, 2, 0], swapped);
  expect(Math.min(...found)).toBeGreaterThan(1e-3);
});
