/** Whether a sample is NaN: a loop, because `some` boxes every number it hands on. */
export function hasInvalid(samples: Float32Array | Float64Array): boolean {
  for (let i = 0; i < samples.length; i++) if (Number.isNaN(samples[i])) return true;
  return false;
}
