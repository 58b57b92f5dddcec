/** s between two P waves at least. */
const APART = 0.2;
/**
 * Probability from which a hump may be a P wave that leads no beat: a network that learnt where P waves lead beats gives
 * blocked ones little (0.2 in lead II of mitdb 231, the only recording here with second-degree block; 0.01 elsewhere).
 * What comes of it is looked at for its rhythm, see `findAvBlock`. Chosen on mitdb 231 and eight records of DS1.
 */
const LEAST = 0.1;

/**
 * Where P waves may peak, those that lead no beat too: the highest samples of the humps of the probability.
 *
 * @param probability  of P, 0…1, one a sample
 * @param fs           Hz of those samples
 * @returns            samples, ascending, at least 200 ms apart
 */
export function pCandidates(probability: Float32Array, fs: number): Float64Array {
  const peaks: number[] = [];
  for (let i = 1; i + 1 < probability.length; i++) {
    const height = probability[i];
    if (height < LEAST || height < probability[i - 1] || height <= probability[i + 1]) continue;
    const last = peaks.length - 1;
    if (last < 0 || i - peaks[last] >= APART * fs) peaks.push(i);
    else if (height > probability[peaks[last]]) peaks[last] = i;
  }
  return Float64Array.from(peaks);
}
