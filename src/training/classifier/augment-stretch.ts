import type { Random } from '../../core/index.js';
import type { Augmentation } from './training-config.js';

/** How much stretches with a row of figures are changed at random. */
export type StretchAugmentation = Extract<Augmentation, { kind: 'stretch' }>;

/**
 * A stretch [C, L] changed in place: its signals turned round in time together, the first of them scaled, turned over,
 * made noisier or hidden for a while; the last row is no signal and only gets a little noise.
 *
 * @param example  [C, L]: a lead, other signals of the same time, and a last row of figures
 * @param options  `roll`: whether signals begin anywhere, what is cut off follows at the end; `gain`: the lead times
 *   1 ± gain; `noise`: largest standard deviation of normal noise, and largest amplitude of a sine, added to the lead;
 *   `flip`: share of leads turned over; `hide`: longest share of the lead set to 0; `figures`: standard deviation of the
 *   noise on the last row's numbers other than 0
 * @param scratch  at least L numbers
 */
export function augmentStretch(
  example: Float32Array,
  [rows, length]: readonly number[],
  options: StretchAugmentation,
  random: Random,
  scratch: Float32Array,
): void {
  if (options.roll) {
    const by = random.integer(length);
    for (let row = 0; row < rows - 1; row++) {
      const own = example.subarray(row * length, (row + 1) * length);
      scratch.set(own.subarray(0, by));
      own.copyWithin(0, by);
      own.set(scratch.subarray(0, by), length - by);
    }
  }
  const lead = example.subarray(0, length);
  const turned = random.next() < options.flip ? -1 : 1;
  const gain = turned * (1 + options.gain * (2 * random.next() - 1));
  const noise = options.noise * random.next() ** 2;
  const sine = options.noise * random.next() ** 2;
  // Radians a sample: from a slow wander to the upper end of the band.
  const step = 0.02 * 100 ** random.next();
  const phase = 2 * Math.PI * random.next();
  for (let k = 0; k < length; k++)
    lead[k] = gain * lead[k] + noise * random.normal() + sine * Math.sin(phase + step * k);
  if (options.hide > 0) {
    const hidden = Math.floor(options.hide * random.next() * length);
    const from = random.integer(length - hidden);
    lead.fill(0, from, from + hidden);
  }
  const figures = example.subarray((rows - 1) * length, rows * length);
  if (options.figures === 0) return;
  for (let k = 0; k < length; k++) if (figures[k] !== 0) figures[k] += options.figures * random.normal();
}
