import { analyze, type BeatClassifier, type RecordingReader } from '../../src/index.js';
import type { Classified } from './page-result.js';

/** An analysis, the probabilities of all classes behind it, and how long it took; the same in a page and in Node. */
export async function analyzeOpenly(
  reader: RecordingReader,
  classifier: BeatClassifier,
): Promise<Classified> {
  const probabilities: number[] = [];
  const open: BeatClassifier = {
    ...classifier,
    async classify(...args) {
      const found = await classifier.classify(...args);
      for (const p of found.probabilities) probabilities.push(p);
      return found;
    },
  };
  const start = performance.now();
  const analysis = await analyze(reader, { beats: open });
  return { analysis, probabilities, milliseconds: performance.now() - start };
}
