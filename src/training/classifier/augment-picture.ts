import type { Random } from '../../core/index.js';
import type { Augmentation } from './training-config.js';

/** How much pictures are changed at random. */
export type PictureAugmentation = Extract<Augmentation, { kind: 'picture' }>;

/**
 * A picture moved, turned, zoomed, mirrored and made brighter or darker in place, by one bilinear warp.
 *
 * Mirroring turns time round: the T wave comes before the QRS complex and the P wave after it, which no heart does
 * and which is not what the same label looks like. It is there because published recipes do it; `flip` is 0 in any
 * other.
 *
 * @param row      [C, H, W], 0…1, ink on a background of 0, which also is what comes in from outside
 * @param shape    [C, H, W]
 * @param options  `shift`: moved by at most this share of width and height; `rotation`: by at most so many degrees;
 *   `zoom`: by a factor of 1 ± zoom; `brightness`: ink times 1 ± brightness, at most 1; `flip`: share mirrored
 * @param random   six numbers are drawn for every picture, whatever is asked for
 * @param scratch  at least as long as `row`; overwritten
 */
export function augmentPicture(
  row: Float32Array,
  shape: readonly number[],
  options: PictureAugmentation,
  random: Random,
  scratch: Float32Array,
): void {
  const [channels, height, width] = shape;
  const moveX = options.shift * width * either(random);
  const moveY = options.shift * height * either(random);
  const angle = ((options.rotation * Math.PI) / 180) * either(random);
  const zoom = 1 + options.zoom * either(random);
  const gain = 1 + options.brightness * either(random);
  const mirrored = random.next() < options.flip;
  const cos = Math.cos(angle) / zoom;
  const sin = Math.sin(angle) / zoom;
  if (moveX !== 0 || moveY !== 0 || angle !== 0 || zoom !== 1 || mirrored) {
    scratch.set(row);
    const turn = { moveX, moveY, cos, sin, mirror: mirrored ? -1 : 1 };
    for (let c = 0; c < channels; c++) warp(scratch, row, c * height * width, height, width, turn);
  }
  if (gain !== 1) for (let i = 0; i < row.length; i++) row[i] = Math.min(1, row[i] * gain);
}

/** Uniform in [−1, 1). */
function either(random: Random): number {
  return 2 * random.next() - 1;
}

/** Where a pixel's ink comes from: turned and scaled about the middle, after moving back. */
interface Turn {
  readonly moveX: number;
  readonly moveY: number;
  readonly cos: number;
  readonly sin: number;
  readonly mirror: number;
}

/** One channel of `from`, at `at`, drawn anew into `into`. */
function warp(
  from: Float32Array,
  into: Float32Array,
  at: number,
  height: number,
  width: number,
  { moveX, moveY, cos, sin, mirror }: Turn,
): void {
  const middleX = (width - 1) / 2;
  const middleY = (height - 1) / 2;
  for (let y = 0, i = at; y < height; y++) {
    const dy = y - middleY - moveY;
    let sourceX = middleX + mirror * (cos * (-middleX - moveX) + sin * dy);
    let sourceY = middleY - sin * (-middleX - moveX) + cos * dy;
    for (let x = 0; x < width; x++, i++, sourceX += mirror * cos, sourceY -= sin) {
      // One pixel beyond the edge still shares ink with it.
      if (sourceX <= -1 || sourceY <= -1 || sourceX >= width || sourceY >= height) {
        into[i] = 0;
        continue;
      }
      const left = Math.floor(sourceX);
      const top = Math.floor(sourceY);
      const fx = sourceX - left;
      const fy = sourceY - top;
      const k = at + top * width + left;
      const hasLeft = left >= 0;
      const hasRight = left + 1 < width;
      const upper = top < 0 ? 0 : (hasLeft ? from[k] * (1 - fx) : 0) + (hasRight ? from[k + 1] * fx : 0);
      const lower =
        top + 1 >= height
          ? 0
          : (hasLeft ? from[k + width] * (1 - fx) : 0) + (hasRight ? from[k + width + 1] * fx : 0);
      into[i] = upper * (1 - fy) + lower * fy;
    }
  }
}
