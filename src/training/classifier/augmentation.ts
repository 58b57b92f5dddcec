import type { Random } from '../../core/index.js';
import { augmentPicture } from './augment-picture.js';
import { augmentSignal } from './augment-signal.js';
import { augmentSpectrogram } from './augment-spectrogram.js';
import { augmentStretch } from './augment-stretch.js';
import type { Augmentation } from './training-config.js';

/** Changes one example in place; `scratch` is as long as the example. */
type Augment<Options> = (
  row: Float32Array,
  shape: readonly number[],
  options: Options,
  random: Random,
  scratch: Float32Array,
) => void;

const AUGMENTATIONS: {
  readonly [Kind in Augmentation['kind']]: Augment<Extract<Augmentation, { kind: Kind }>>;
} = {
  none: () => {},
  signal: augmentSignal,
  stretch: augmentStretch,
  picture: augmentPicture,
  spectrogram: augmentSpectrogram,
};

/** Changes one example at random, in place, as its kind of augmentation does. */
export const augmentExample: Augment<Augmentation> = (row, shape, options, random, scratch) =>
  (AUGMENTATIONS[options.kind] as Augment<Augmentation>)(row, shape, options, random, scratch);
