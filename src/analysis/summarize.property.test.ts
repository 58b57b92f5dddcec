import fc from 'fast-check';
import { parse } from 'valibot';
import { describe, expect, it } from 'vitest';
import { AnalysisSchema } from '../core/index.js';
import { summarize } from './summarize.js';
import { joinUnreadable } from './unreadable.js';

const FS = 200;

/** Any beats, classes, doubts and unreadable stretches. */
const anything = fc
  .array(fc.record({ gap: fc.integer({ min: 1, max: 1500 }), kind: fc.nat(4), doubt: fc.nat(4) }), {
    maxLength: 120,
  })
  .chain((beats) =>
    fc.record({
      beats: fc.constant(beats),
      holes: fc.array(
        fc.record({ skip: fc.integer({ min: 1, max: 9000 }), size: fc.integer({ min: 1, max: 4000 }) }),
        {
          maxLength: 6,
        },
      ),
      tail: fc.nat(1_000_000),
    }),
  );

describe('any beats whatever', () => {
  it('give an analysis that fits its schema and adds up', async () => {
    await fc.assert(
      fc.asyncProperty(anything, async ({ beats, holes, tail }) => {
        let at = 0;
        const samples = Float64Array.from(beats, (b) => {
          at += b.gap;
          return at;
        });
        const length = at + 1 + tail;
        let edge = 0;
        const stretches = holes.map(({ skip, size }) => {
          const from = edge + skip;
          edge = from + size;
          return { from, to: edge, reason: 'flat' as const };
        });
        const analysis = await summarize({
          info: {
            id: 'any',
            format: 'test',
            fs: FS,
            length,
            signals: [{ lead: 'II', unit: 'mV', fs: FS }],
            annotations: [],
            gaps: [],
            notes: [],
            warnings: [],
          },
          analysed: ['II'],
          models: [{ role: 'beats', id: 'any', version: '1', sha256: 'a'.repeat(64) }],
          options: { pauseS: 2, certainFrom: 0.8, rateBeats: 8 },
          beats: {
            samples,
            labels: {
              classes: Uint8Array.from(beats, (b) => b.kind),
              probabilities: new Float32Array(beats.length).fill(0.9),
              uncertain: Uint8Array.from(beats, (b) => b.doubt),
            },
          },
          disturbed: new Set(),
          irregular: [],
          unreadable: joinUnreadable([], stretches, length),
          warnings: [],
          rhythms: null,
          waves: null,
          quality: null,
          leadCheck: null,
        });
        expect(parse(AnalysisSchema, JSON.parse(JSON.stringify(analysis)))).toEqual(analysis);
        const sum = (values: readonly (number | null)[]) => values.reduce<number>((a, b) => a + (b ?? 0), 0);
        const { classes, ectopy, hours, pauses, episodes, uncertain } = analysis;
        expect(sum(Object.values(classes!))).toBe(beats.length);
        for (const counts of Object.values(ectopy!)) {
          expect(counts.singles + 2 * counts.couplets + counts.runBeats).toBe(counts.beats);
          expect(counts.certain.beats).toBeLessThanOrEqual(counts.beats);
          expect(counts.certain.runs).toBeLessThanOrEqual(counts.runs);
        }
        expect(sum(hours.map((h) => h.beats))).toBe(beats.length);
        expect(sum(hours.map((h) => h.ventricular))).toBe(ectopy!.ventricular.beats);
        expect(sum(hours.map((h) => h.pauses))).toBe(pauses.count);
        expect(sum(hours.map((h) => h.uncertain))).toBe(uncertain!.beats);
        const readable = sum(hours.map((h) => h.analysableShare * (h.to - h.from)));
        expect(readable / FS).toBeCloseTo(analysis.quality.analysableS, 6);
        for (const episode of episodes)
          for (const hole of analysis.quality.unreadable)
            expect(hole.from >= episode.to || hole.to <= episode.from).toBe(true);
      }),
      { seed: 5, numRuns: 300 },
    );
  });
});
