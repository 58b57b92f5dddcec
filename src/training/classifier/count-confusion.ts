/**
 * How often each class (rows) was called each class (columns): the one of the highest score, the first of equals.
 *
 * @param scores  [n, classes]: logits or probabilities
 */
export function countConfusion(scores: Float32Array, labels: ArrayLike<number>, classes: number): number[][] {
  const confusion = Array.from({ length: classes }, () => new Array<number>(classes).fill(0));
  for (let i = 0; i < labels.length; i++) {
    let best = 0;
    for (let c = 1; c < classes; c++) if (scores[i * classes + c] > scores[i * classes + best]) best = c;
    confusion[labels[i]][best]++;
  }
  return confusion;
}
