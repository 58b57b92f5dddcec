import { BEAT_CLASSES } from '../core/index.js';

/** F1 of N, S and V and their mean, each 0…1, of the most probable classes. */
export function validationFigures(logits: Float32Array, labels: Int8Array): Record<string, number> {
  const kinds = BEAT_CLASSES.length;
  const hit = new Float64Array(kinds);
  const said = new Float64Array(kinds);
  const real = new Float64Array(kinds);
  labels.forEach((label, i) => {
    let best = 0;
    for (let c = 1; c < kinds; c++) if (logits[i * kinds + c] > logits[i * kinds + best]) best = c;
    said[best]++;
    real[label]++;
    if (best === label) hit[label]++;
  });
  const f1 = (c: number): number => (said[c] + real[c] === 0 ? 0 : (2 * hit[c]) / (said[c] + real[c]));
  return { 'macro-F1': (f1(0) + f1(1) + f1(2)) / 3, 'S-F1': f1(1), 'V-F1': f1(2) };
}
