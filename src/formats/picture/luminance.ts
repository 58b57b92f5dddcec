/**
 * Grey of pixels of 1 (grey), 2 (grey, alpha), 3 (RGB) or 4 (RGBA) channels, over white where they are transparent.
 *
 * @param samples  [pixels, channels], 0…`most`
 */
export function toGrey(samples: ArrayLike<number>, channels: number, most: number): Uint8Array {
  const grey = new Uint8Array(samples.length / channels);
  const coloured = channels > 2;
  const alphaAt = channels % 2 === 0 ? channels - 1 : -1;
  for (let i = 0, k = 0; i < grey.length; i++, k += channels) {
    const value = coloured
      ? 0.299 * samples[k] + 0.587 * samples[k + 1] + 0.114 * samples[k + 2]
      : samples[k];
    const alpha = alphaAt < 0 ? 1 : samples[k + alphaAt] / most;
    grey[i] = Math.round((255 * (value * alpha + most * (1 - alpha))) / most);
  }
  return grey;
}
