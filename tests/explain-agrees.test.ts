import { describe, expect, it } from 'vitest';
import { analyze } from '../src/analysis/index.js';
import { loadBeatClassifier } from '../src/cli/beat-classifier.js';
import { explainBeat } from '../src/cli/explain-beat.js';
import { sampleReader } from '../src/ecg/index.js';

/** Four minutes of the synthetic recording, with single ventricular and supraventricular beats, a couplet and bigeminy. */
function beginning() {
  const whole = sampleReader();
  const length = 250 * whole.info.fs;
  return {
    info: { ...whole.info, length, annotations: [] },
    read: (options: object = {}) => whole.read({ from: 0, to: length, ...options }),
    close: () => whole.close(),
  };
}

describe('ectopy explain', () => {
  it('says of a beat what ectopy analyze says of it', async () => {
    const reader = beginning();
    const classifier = await loadBeatClassifier(undefined, 1);
    const { beats } = await analyze(reader, { beats: classifier });
    await classifier.close();
    const letters = [...beats.class!];
    // A beat of each class there is, and one that is uncertain if there is any.
    const asked = new Set([...'NSVF'].map((name) => letters.indexOf(name)).filter((i) => i >= 0));
    const doubted = beats.uncertain!.findIndex((code) => code > 0);
    if (doubted >= 0) asked.add(doubted);
    expect(asked.size).toBeGreaterThan(2);
    for (const i of asked) {
      const { title, sentence } = await explainBeat(reader, { beat: i + 1, method: 'occlusion' });
      const p = beats.probability![i]!;
      expect(title).toContain(`: ${letters[i]} ${p >= 0.995 ? '> 0.99' : p.toFixed(2)}`);
      const r = beats.likeness![i]!;
      const shown = `${r < 0 ? '−' : ''}${Math.abs(r).toFixed(2).replace(/^0/, '')}`;
      expect(sentence).toContain(`(correlation ${shown}`);
      expect(/uncertain/i.test(sentence)).toBe(beats.uncertain![i]! > 0);
    }
  });
});
