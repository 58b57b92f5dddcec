/** The Stockwell transform as it is defined, in O(N²) a voice, S[0, j] the mean: what the fast one is held against. */
export function stockwellByDefinition(
  x: ArrayLike<number>,
  voices: readonly number[],
  form: 'standard' | 'analytic',
): { re: Float64Array; im: Float64Array } {
  const n = x.length;
  const cos = Float64Array.from({ length: n }, (_, i) => Math.cos((2 * Math.PI * i) / n));
  const sin = Float64Array.from({ length: n }, (_, i) => Math.sin((2 * Math.PI * i) / n));
  const spectrum = Array.from({ length: n }, (_, k) => {
    const factor = form === 'standard' || 2 * k === n || k === 0 ? 1 : 2 * k < n ? 2 : 0;
    let [re, im] = [0, 0];
    for (let t = 0; t < n; t++) {
      re += x[t] * cos[(k * t) % n];
      im -= x[t] * sin[(k * t) % n];
    }
    return [factor * re, factor * im] as const;
  });
  const out = { re: new Float64Array(voices.length * n), im: new Float64Array(voices.length * n) };
  for (const [v, voice] of voices.entries()) {
    const first = -Math.floor((n - 1) / 2);
    const windowed = Array.from({ length: n }, (_, i) => {
      const m = first + i;
      const weight = voice === 0 ? Number(m === 0) : Math.exp((-2 * Math.PI ** 2 * m * m) / voice ** 2);
      const [re, im] = spectrum[(m + voice + n) % n];
      return { phase: (m + n) % n, re: weight * re, im: weight * im };
    });
    for (let j = 0; j < n; j++) {
      let [re, im] = [0, 0];
      for (const w of windowed) {
        const at = (w.phase * j) % n;
        re += w.re * cos[at] - w.im * sin[at];
        im += w.re * sin[at] + w.im * cos[at];
      }
      out.re[v * n + j] = re / n;
      out.im[v * n + j] = im / n;
    }
  }
  return out;
}
