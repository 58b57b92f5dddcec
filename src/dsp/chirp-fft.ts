import type { Fft } from './fft.js';

/**
 * The forward transform of a length with large prime factors, as a convolution with a chirp: jk = (j² + k² − (k − j)²) / 2.
 * @param create  makes the transforms of a power of two that carry the convolution
 */
export function createChirpFft(length: number, create: (length: number) => Fft): Fft['forward'] {
  let size = 1;
  while (size < 2 * length - 1) size *= 2;
  const fft = create(size);
  const cos = new Float64Array(length);
  const sin = new Float64Array(length);
  for (let j = 0; j < length; j++) {
    // j² is reduced first: the sine of a large angle loses digits.
    const angle = (Math.PI * ((j * j) % (2 * length))) / length;
    cos[j] = Math.cos(angle);
    sin[j] = -Math.sin(angle);
  }
  const kernelRe = new Float64Array(size);
  const kernelIm = new Float64Array(size);
  for (let j = 0; j < length; j++) {
    kernelRe[j] = cos[j];
    kernelIm[j] = -sin[j];
    kernelRe[(size - j) % size] = cos[j];
    kernelIm[(size - j) % size] = -sin[j];
  }
  fft.forward(kernelRe, kernelIm);
  const ar = new Float64Array(size);
  const ai = new Float64Array(size);
  return (re, im) => {
    ar.fill(0);
    ai.fill(0);
    for (let j = 0; j < length; j++) {
      ar[j] = re[j] * cos[j] - im[j] * sin[j];
      ai[j] = re[j] * sin[j] + im[j] * cos[j];
    }
    fft.forward(ar, ai);
    for (let j = 0; j < size; j++) {
      const real = ar[j] * kernelRe[j] - ai[j] * kernelIm[j];
      ai[j] = ar[j] * kernelIm[j] + ai[j] * kernelRe[j];
      ar[j] = real;
    }
    fft.inverse(ar, ai);
    for (let k = 0; k < length; k++) {
      re[k] = ar[k] * cos[k] - ai[k] * sin[k];
      im[k] = ar[k] * sin[k] + ai[k] * cos[k];
    }
  };
}
