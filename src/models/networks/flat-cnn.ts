import * as v from 'valibot';
import { flattenImages, type Network } from '../../nn/index.js';
import { convStack2d } from './conv-stack.js';
import { head } from './head.js';
import type { NetworkShape } from './network-kind.js';
import { coloured, reduced } from './pictures.js';
import { expectPictures } from './shapes.js';
import { colours, convs, dropoutShare, size } from './sizes.js';

/** The sizes of a network of convolutions over a picture, flattened. */
export const flatCnnEntries = {
  /** 3 repeats a grey plane, as published networks over colour pictures read it. */
  colours,
  /** The picture is first made smaller by this factor; 1 leaves it. */
  reduce: size,
  convs,
  batchNorm: v.boolean(),
  hidden: size,
  dropout: dropoutShare,
};

interface FlatCnn extends v.InferOutput<v.StrictObjectSchema<typeof flatCnnEntries, undefined>> {
  readonly kind: string;
}

/** Convolutions over a picture, each pooled, flattened into one hidden layer. */
export function flatCnn(config: FlatCnn, shape: NetworkShape): Network {
  expectPictures(config.kind, shape, config.colours);
  return (b, { x }) => {
    const picture = coloured(reduced(x, config.reduce), config.colours);
    const map = convStack2d(b, picture, config.convs, config.batchNorm);
    return { logits: head(b, flattenImages(map), { ...config, classes: shape.classes }), map };
  };
}
