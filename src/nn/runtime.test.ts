import { afterEach, describe, expect, it, vi } from 'vitest';
import { createNativeRuntime, createRuntime, createWasmRuntime } from './node.js';
import { writeModel } from './onnx/write.js';
import { add } from './ops/elementwise.js';
import { input } from './ops/leaf.js';

const sum = () => writeModel({ y: add(input('a', [2]), input('b', [2])) });
const two = (...data: number[]) => ({ data: Float32Array.from(data), shape: [2] });

describe.each([
  ['native', createNativeRuntime],
  ['WebAssembly', createWasmRuntime],
])('the %s runtime', (_, create) => {
  it('runs a model', async () => {
    const session = await (await create()).open(sum());
    expect(session.inputs).toEqual(['a', 'b']);
    const { y } = await session.run({ a: two(1, 2), b: two(10, 20) });
    expect([...y.data]).toEqual([11, 22]);
    expect(y.shape).toEqual([2]);
    await session.release();
  });

  it('says what is wrong with a file, a missing input and a wrong shape', async () => {
    const runtime = await create();
    await expect(runtime.open(Uint8Array.of(1, 2, 3))).rejects.toMatchObject({ code: 'bad-format' });
    const session = await runtime.open(sum());
    await expect(session.run({ a: two(1, 2) })).rejects.toThrow(/input b is missing/);
    const three = { data: new Float32Array(3), shape: [3] };
    await expect(session.run({ a: two(1, 2), b: three })).rejects.toMatchObject({ code: 'bad-shape' });
    await session.release();
  });
});

describe('without the optional native package', () => {
  afterEach(() => vi.doUnmock('onnxruntime-node'));

  it('the native runtime says what to install, and createRuntime falls back to WebAssembly', async () => {
    vi.doMock('onnxruntime-node', () => {
      throw new Error("Cannot find package 'onnxruntime-node'");
    });
    await expect(createNativeRuntime()).rejects.toMatchObject({
      code: 'not-found',
      message: expect.stringContaining('npm install onnxruntime-node'),
    });
    expect((await createRuntime()).name).toBe('onnxruntime-web');
  });

  it('which is not what happens where it is installed', async () => {
    expect((await createRuntime()).name).toBe('onnxruntime-node');
  });
});

describe('writeModel', () => {
  it('refuses two inputs of one name', () => {
    expect(() => writeModel({ y: add(input('a', [2]), input('a', [2])) })).toThrow(/two inputs are called a/);
  });

  it('gives an input, and one value under two names, as outputs', async () => {
    const a = input('a', [2]);
    const y = add(a, 1);
    const session = await (await createNativeRuntime()).open(writeModel({ same: a, y, again: y }));
    const results = await session.run({ a: two(1, 2) });
    expect([...results['same'].data, ...results['y'].data, ...results['again'].data]).toEqual([
      1, 2, 2, 3, 2, 3,
    ]);
    await session.release();
  });
});
