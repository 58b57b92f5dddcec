/** Examples of a choice: for each, the figures of every alternative; the first is the right one. */
export type Choices = readonly (readonly (readonly number[])[])[];

/** Newton's steps; it has converged long before. */
const STEPS = 20;

/**
 * The weights of figures by which the right alternative is chosen: conditional logit with a quadratic penalty, by
 * Newton's method.
 *
 * Source: McFadden, in Zarembka (ed.), Frontiers in Econometrics, 1974, ch. 4.
 */
export function fitChoice(choices: Choices, penalty: number): number[] {
  const d = choices[0]![0]!.length;
  const w = new Array<number>(d).fill(0);
  for (let step = 0; step < STEPS; step++) {
    const gradient = w.map((x) => 2 * penalty * x);
    const hessian = w.map((_, r) => w.map((_, c) => (r === c ? 2 * penalty : 0)));
    for (const alternatives of choices) {
      const scores = alternatives.map((x) => dot(x, w));
      const top = Math.max(...scores);
      const parts = scores.map((s) => Math.exp(s - top));
      const total = parts.reduce((a, b) => a + b);
      const mean = w.map((_, k) => alternatives.reduce((sum, x, h) => sum + (parts[h]! / total) * x[k]!, 0));
      for (let r = 0; r < d; r++) {
        gradient[r]! += (mean[r]! - alternatives[0]![r]!) / choices.length;
        for (let c = 0; c < d; c++) {
          const second = alternatives.reduce((sum, x, h) => sum + (parts[h]! / total) * x[r]! * x[c]!, 0);
          hessian[r]![c]! += (second - mean[r]! * mean[c]!) / choices.length;
        }
      }
    }
    const change = solve(hessian, gradient);
    for (let k = 0; k < d; k++) w[k]! -= change[k]!;
  }
  return w;
}

export const dot = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, x, k) => sum + x * b[k]!, 0);

/** x of A x = b, by elimination with pivots. */
export function solve(a: readonly (readonly number[])[], b: readonly number[]): number[] {
  const rows = a.map((row, r) => [...row, b[r]!]);
  const n = rows.length;
  for (let c = 0; c < n; c++) {
    let pivot = c;
    for (let r = c + 1; r < n; r++) if (Math.abs(rows[r]![c]!) > Math.abs(rows[pivot]![c]!)) pivot = r;
    [rows[c], rows[pivot]] = [rows[pivot]!, rows[c]!];
    for (let r = 0; r < n; r++) {
      if (r === c) continue;
      const factor = rows[r]![c]! / rows[c]![c]!;
      for (let k = c; k <= n; k++) rows[r]![k]! -= factor * rows[c]![k]!;
    }
  }
  return rows.map((row, r) => row[n]! / row[r]!);
}
