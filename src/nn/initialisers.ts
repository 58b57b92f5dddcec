import type { Random } from '../core/index.js';
import { type Shape, sizeOf } from './graph.js';

/** The first numbers of a parameter. */
export type Initialiser = (shape: Shape, random: Random) => Float32Array;

/** The same number everywhere. */
export function filled(value: number): Initialiser {
  return (shape) => new Float32Array(sizeOf(shape)).fill(value);
}

/** Normal with variance 2 / fanIn, for ReLU. Source: He et al., ICCV 2015, arXiv:1502.01852. */
export function heNormal(fanIn: number): Initialiser {
  return (shape, random) =>
    Float32Array.from({ length: sizeOf(shape) }, () => random.normal() * Math.sqrt(2 / fanIn));
}

/** Uniform with variance 2 / (fanIn + fanOut). Source: Glorot & Bengio, AISTATS 2010, PMLR 9:249–256. */
export function glorotUniform(fanIn: number, fanOut: number): Initialiser {
  return uniform(Math.sqrt(6 / (fanIn + fanOut)));
}

/** Uniform in ±bound. */
export function uniform(bound: number): Initialiser {
  return (shape, random) =>
    Float32Array.from({ length: sizeOf(shape) }, () => (2 * random.next() - 1) * bound);
}

/**
 * Square blocks of the last axis' size with orthonormal columns, for recurrent weights [D, gates · H, H].
 * Source: Saxe, McClelland & Ganguli, ICLR 2014, arXiv:1312.6120; by modified Gram–Schmidt of a normal matrix.
 */
export const orthogonal: Initialiser = (shape, random) => {
  const n = shape[shape.length - 1];
  const data = Float32Array.from({ length: sizeOf(shape) }, () => random.normal());
  for (let block = 0; block + n * n <= data.length; block += n * n)
    for (let i = 0; i < n; i++) {
      const row = data.subarray(block + i * n, block + (i + 1) * n);
      for (let j = 0; j < i; j++) {
        const other = data.subarray(block + j * n, block + (j + 1) * n);
        let dot = 0;
        for (let k = 0; k < n; k++) dot += row[k] * other[k];
        for (let k = 0; k < n; k++) row[k] -= dot * other[k];
      }
      const norm = Math.hypot(...row);
      for (let k = 0; k < n; k++) row[k] /= norm;
    }
  return data;
};
