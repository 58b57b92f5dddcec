import { EcgError } from '../core/index.js';
import { exportGradient, type Network, type Runtime } from '../nn/index.js';
import { upsample } from './upsample.js';

/** A trained network to be explained: one of `models`, and its numbers. */
export interface GradCamOptions {
  /** Reads `x` [N, ...shape], gives `logits` [N, classes] and `map` [N, channels, height, time]. */
  readonly network: Network;
  /** Shape of one example: [channels, samples] or [channels, height, width]. */
  readonly shape: readonly number[];
  readonly classes: number;
  /** The flat vectors of a `TrainingState`. */
  readonly parameters: Float32Array;
  readonly statistics: Float32Array;
}

/** Says which parts of an example a class's logit rests on. */
export interface GradCam {
  /**
   * How much each part of an example speaks for a class, 0…1 with 1 at the most important part; all 0 where nothing does.
   *
   * @param x  one example
   * @returns  [samples], or [height, width] row major
   * @throws EcgError `bad-shape` for an example of another size; `bad-option` for a class that is not there
   */
  explain(x: Float32Array, classIndex: number): Promise<Float32Array>;
  /** Frees the model's memory. */
  close(): Promise<void>;
}

/**
 * Grad-CAM of a network: its last map's channels, each weighted by the mean slope of the class's logit, added, the
 * positive part kept, scaled to 1 and interpolated to the example's size. Slopes are those of inference, and go through
 * recurrent layers.
 *
 * @throws EcgError `bad-option` for a network without `logits` or `map`; `bad-shape` when the numbers do not fit it
 *
 * Source: Selvaraju et al., ICCV 2017, arXiv:1610.02391, equations 1 and 2.
 */
export async function createGradCam(runtime: Runtime, options: GradCamOptions): Promise<GradCam> {
  const { network, shape, classes, parameters, statistics } = options;
  if (shape.length !== 2 && shape.length !== 3)
    throw new EcgError(
      'bad-shape',
      `grad-cam: examples of shape [${shape}], give [channels, samples] or [channels, height, width]`,
    );
  const model = exportGradient({
    network,
    inputs: { x: ['N', ...shape] },
    parameters,
    statistics,
    of: 'logits',
    at: 'map',
    batchSize: 1,
  });
  const session = await runtime.open(model);
  const size = shape.reduce((product, n) => product * n, 1);
  const height = shape.length === 3 ? shape[1] : 1;
  const width = shape[shape.length - 1];
  return {
    async explain(x, classIndex) {
      if (x.length !== size)
        throw new EcgError(
          'bad-shape',
          `grad-cam: an example of ${x.length} numbers, the network reads ${size}`,
        );
      if (!(Number.isInteger(classIndex) && classIndex >= 0 && classIndex < classes))
        throw new EcgError('bad-option', `grad-cam: there is no class ${classIndex}, give 0…${classes - 1}`);
      const weights = new Float32Array(classes);
      weights[classIndex] = 1;
      const { map, 'map.gradient': gradient } = await session.run({
        x: { data: x, shape: [1, ...shape] },
        'logits.weights': { data: weights, shape: [1, classes] },
      });
      const [, channels, rows, columns] = map.shape;
      const coarse = scaleToOne(weighMap(map.data, gradient.data, channels, rows * columns));
      return upsample(coarse, rows, columns, height, width);
    },
    close: () => session.release(),
  };
}

/** The channels' sum, each weighted by its mean slope. */
export function weighMap(
  map: ArrayLike<number>,
  gradient: ArrayLike<number>,
  channels: number,
  places: number,
): Float64Array {
  const sum = new Float64Array(places);
  for (let c = 0; c < channels; c++) {
    let slope = 0;
    for (let i = 0; i < places; i++) slope += gradient[c * places + i];
    slope /= places;
    for (let i = 0; i < places; i++) sum[i] += slope * map[c * places + i];
  }
  return sum;
}

/** The positive part, the largest 1; zeros where there is none. */
export function scaleToOne(sum: Float64Array): Float64Array {
  const largest = sum.reduce((most, x) => Math.max(most, x), 0);
  return sum.map((x) => (largest > 0 ? Math.max(0, x) / largest : 0));
}
