import type { Random } from '../../core/index.js';
import type { Augmentation } from './training-config.js';

/** How much time-frequency pictures are changed at random. */
export type SpectrogramAugmentation = Extract<Augmentation, { kind: 'spectrogram' }>;

/**
 * A time-frequency picture scaled, and one stretch of times and one of voices hidden behind its mean, in place.
 *
 * @param row      [C, voices, times]; all channels lose the same stretches
 * @param options  `times`, `voices`: longest stretch as a share of the axis, the length uniform from 0; `gain`:
 *   times 1 ± gain
 *
 * Source: Park et al., SpecAugment, Interspeech 2019, arXiv:1904.08779, without its time warp. There pictures have
 * a mean of 0 and masks are 0; here masks are the mean.
 */
export function augmentSpectrogram(
  row: Float32Array,
  shape: readonly number[],
  options: SpectrogramAugmentation,
  random: Random,
): void {
  const times = shape[shape.length - 1];
  const voices = shape[shape.length - 2];
  const gain = 1 + options.gain * (2 * random.next() - 1);
  let sum = 0;
  for (let i = 0; i < row.length; i++) {
    row[i] *= gain;
    sum += row[i];
  }
  const mean = sum / row.length;
  const time = stretch(times, options.times, random);
  const voice = stretch(voices, options.voices, random);
  for (let line = 0; line * times < row.length; line++) {
    const from = line * times;
    const hidden = line % voices >= voice.from && line % voices < voice.to;
    if (hidden) row.fill(mean, from, from + times);
    else row.fill(mean, from + time.from, from + time.to);
  }
}

function stretch(length: number, share: number, random: Random): { from: number; to: number } {
  const width = random.integer(Math.floor(share * length) + 1);
  const from = random.integer(length - width + 1);
  return { from, to: from + width };
}
