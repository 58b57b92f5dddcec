import { EcgError } from '../core/index.js';
import { fileGradients, lastMaps, type Runtime, type Tensor } from '../nn/index.js';
import type { Example } from './example.js';
import { scaleToOne, weighMap } from './grad-cam.js';
import { checkSizes, type GradientNetwork } from './integrated-gradients.js';
import { upsample } from './upsample.js';

/** Grad-CAM of a released network. */
export interface FileGradCam {
  /**
   * Which moments of the input speak for Σ weights · logits, 0…1 with 1 at the most important; all 0 where none does.
   *
   * @returns [samples]: one map for all channels
   * @throws EcgError `bad-shape` for an example of another size
   */
  explain(example: Example, weights: ArrayLike<number>): Promise<Float32Array>;
  /** Frees the model's memory. */
  close(): Promise<void>;
}

/**
 * Grad-CAM out of a network's file: the last map of every convolutional branch that reads `input`, its channels
 * weighted by their mean slopes, the branches (the members of an average) added, the positive part kept.
 *
 * @throws EcgError `unsupported` for a quantised file, or when no convolution reads the input
 *
 * Source: Selvaraju et al., ICCV 2017, arXiv:1610.02391, equations 1 and 2. Departs: members are added before the
 * positive part is taken.
 */
export async function createFileGradCam(
  runtime: Runtime,
  { network, shapes, classes }: GradientNetwork,
  input: string,
): Promise<FileGradCam> {
  const maps = lastMaps(network, 'logits', input);
  if (maps.length === 0)
    throw new EcgError(
      'unsupported',
      `grad-cam: no convolution reads ${input}, explain by integrated gradients`,
    );
  const session = await runtime.open(fileGradients(network, { of: 'logits', at: maps, batchSize: 1 }));
  const length = shapes[input].at(-1) as number;
  return {
    async explain(example, weights) {
      checkSizes(example, shapes, 'example');
      const feeds: Record<string, Tensor> = {
        'logits.weights': { data: Float32Array.from(weights), shape: [1, classes] },
      };
      for (const [name, shape] of Object.entries(shapes))
        feeds[name] = { data: example[name], shape: [1, ...shape] };
      const outputs = await session.run(feeds);
      const own = maps.map((name) => ({ map: outputs[`${name}.value`], slope: outputs[`${name}.gradient`] }));
      // Members of an average have maps of one length; where branches differ, the finest decides.
      const places = Math.max(...own.map(({ map }) => map.shape[2] * map.shape[3]));
      const sum = new Float64Array(places);
      for (const { map, slope } of own) {
        const [, channels, rows, columns] = map.shape;
        const coarse = weighMap(map.data, slope.data, channels, rows * columns);
        const even = rows * columns === places ? coarse : upsample(coarse, 1, rows * columns, 1, places);
        for (let i = 0; i < places; i++) sum[i] += even[i];
      }
      return upsample(scaleToOne(sum), 1, places, 1, length);
    },
    close: () => session.release(),
  };
}
