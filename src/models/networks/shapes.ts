import { EcgError } from '../../core/index.js';
import type { NetworkShape } from './network-kind.js';

/**
 * Checks that examples are signals [C, L].
 * @throws EcgError `bad-shape`
 */
export function expectSignals(kind: string, { shape }: NetworkShape): void {
  if (shape.length !== 2)
    throw new EcgError(
      'bad-shape',
      `network ${kind}: examples of shape [${shape}], it reads signals [channels, samples]`,
    );
}

/**
 * Checks that examples are pictures [C, H, W], grey ones where the network makes colours of them.
 * @throws EcgError `bad-shape`
 */
export function expectPictures(kind: string, { shape }: NetworkShape, colours: 1 | 3 = 1): void {
  if (shape.length !== 3)
    throw new EcgError(
      'bad-shape',
      `network ${kind}: examples of shape [${shape}], it reads pictures [channels, height, width]`,
    );
  if (colours === 3 && shape[0] !== 1)
    throw new EcgError(
      'bad-shape',
      `network ${kind}: colours 3 repeats one grey plane, the pictures have ${shape[0]}; set colours to 1`,
    );
}
