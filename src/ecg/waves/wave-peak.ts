/**
 * The instant of a wave's peak: where the leads together are furthest from the straight line between the wave's ends,
 * refined by a parabola through three samples.
 *
 * @param leads   the window's leads on one scale, finite
 * @param onset   samples, need not be whole, as `offset`
 * @returns       within onset…offset; the middle where all leads are straight
 */
export function wavePeak(leads: readonly Float32Array[], onset: number, offset: number): number {
  const last = leads[0].length - 1;
  const from = Math.max(0, Math.ceil(onset));
  const to = Math.min(last, Math.floor(offset));
  if (to <= from) return (onset + offset) / 2;
  const height = new Float64Array(to - from + 1);
  for (const lead of leads) {
    const slope = (lead[to] - lead[from]) / (to - from);
    for (let i = from; i <= to; i++) height[i - from] += (lead[i] - lead[from] - slope * (i - from)) ** 2;
  }
  let best = 0;
  for (let i = 1; i < height.length; i++) if (height[i] > height[best]) best = i;
  if (height[best] === 0) return (onset + offset) / 2;
  if (best === 0 || best === height.length - 1) return from + best;
  const [a, b, c] = [height[best - 1], height[best], height[best + 1]].map(Math.sqrt);
  const bend = a - 2 * b + c;
  return from + best + (bend < 0 ? (0.5 * (a - c)) / bend : 0);
}
