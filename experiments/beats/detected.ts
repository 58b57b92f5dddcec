import { BEAT_CLASSES } from '../../src/core/index.js';
import { EC57_MAP } from '../../src/ecg/index.js';
import { type BeatSummary, compareBeats, EC57_START, summariseBeats } from '../../src/evaluation/index.js';
import type { TestScores } from '../../src/training/node.js';
import { type Figure, figureOf } from './results.js';

/**
 * What EC57's program of comparison says of the released network's beats at the R peaks our detector found: gross
 * sensitivity and positive predictivity of ventricular and supraventricular beats, from 5:00 on, EC57's label map.
 */
export function detectedFigures(prefix: string, scores: TestScores): Figure[] {
  const { gross, map } = detectedBeats(scores);
  const { split } = scores.networks[0].reports['found ec57'].context;
  const about = `${split.title}, R peaks found, from 5:00, ${map} map, gross, released model`;
  const figure = (id: string, { hits, of }: { readonly hits: number; readonly of: number }) =>
    figureOf(`${prefix}.detected.${id}`, hits / of, about);
  return [
    figure('v-se', gross.veb.sensitivity),
    figure('v-ppv', gross.veb.positivePredictivity),
    figure('s-se', gross.sveb.sensitivity),
    figure('s-ppv', gross.sveb.positivePredictivity),
  ];
}

function detectedBeats({ predictions }: TestScores): BeatSummary {
  return summariseBeats(
    predictions.map(({ id, fs, reference, found }) => {
      const logits = found.logits[0];
      const test = found.samples.map((sample, i) => {
        let best = 0;
        for (let c = 1; c < BEAT_CLASSES.length; c++) {
          if (logits[i * BEAT_CLASSES.length + c] > logits[i * BEAT_CLASSES.length + best]) best = c;
        }
        return { sample, symbol: EC57_MAP.symbols[BEAT_CLASSES[best]][0] };
      });
      return compareBeats(reference, test, { record: id, map: EC57_MAP, fs, from: EC57_START });
    }),
  );
}
