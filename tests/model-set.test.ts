import { createHash } from 'node:crypto';
import { describe, expect, it, vi } from 'vitest';
import { analysisModels, analyze } from '../src/analysis/index.js';
import { EcgError, MODEL_ROLES } from '../src/core/index.js';
import { synthesizeReader } from '../src/ecg/index.js';
import { fetchModelSet } from '../src/models/browser.js';
import { openModelSet } from '../src/models/index.js';
import { loadModelSet, readBundledModel } from '../src/models/node.js';
import { createRuntime } from '../src/nn/node.js';

const recording = (heartRateBpm = 75) =>
  synthesizeReader(
    { id: 'r', segments: [{ rhythm: 'sinus', seconds: 150, heartRateBpm }] },
    { fs: 250, seed: 5, leads: ['II', 'V1'] },
  );

describe('the set of networks that comes with the package', () => {
  it('holds a network for every role, and tells which file it was', async () => {
    const set = await loadModelSet();
    for (const role of MODEL_ROLES) {
      const bytes = await readBundledModel(role);
      expect(set[role]?.sha256, role).toBe(createHash('sha256').update(bytes).digest('hex'));
    }
    const { models } = await analyze(recording(), analysisModels(set));
    expect(models.map(({ role }) => role)).toEqual([...MODEL_ROLES]);
    expect(models.map(({ sha256 }) => sha256)).toEqual(MODEL_ROLES.map((role) => set[role]?.sha256));
    await set.close();
  });

  it('holds only what was asked for; what it would tell stays open', async () => {
    const set = await loadModelSet({ models: ['quality'] });
    expect(MODEL_ROLES.filter((role) => set[role] !== null)).toEqual(['quality']);
    const analysis = await analyze(recording(), analysisModels(set));
    expect(analysis).toMatchObject({
      classes: null,
      uncertain: null,
      rhythms: null,
      rhythmBurden: null,
      intervals: null,
      hrv: null,
    });
    expect(analysis.quality.leads).toMatchObject([{ lead: 'II' }, { lead: 'V1' }]);
    await set.close();
  });

  it('reads recordings of any length and rate, shorter than its networks look at too', async () => {
    const set = await loadModelSet();
    for (const [seconds, fs] of [
      [2, 250],
      [4.99, 100],
      [5.001, 257.3],
      [12, 1000],
      [31, 128],
    ] as const) {
      const reader = synthesizeReader(
        { id: 'r', segments: [{ rhythm: 'sinus', seconds, heartRateBpm: 75 }] },
        { fs, seed: 5, leads: ['II'] },
      );
      const { rhythms, quality, recording: of } = await analyze(reader, analysisModels(set));
      expect(rhythms?.at(-1)?.to, `${seconds} s`).toBe(of.length);
      expect(quality.leads?.[0]?.seconds).toHaveLength(Math.floor(of.length / fs));
      expect(rhythms?.map(({ rhythm }) => rhythm)).not.toContain('ventricular-fibrillation');
    }
    await set.close();
  });

  it('says the same of a recording with one thread and with two', async () => {
    const [one, two] = [await loadModelSet(), await loadModelSet({ threads: 2 })];
    const alone = await analyze(recording(), analysisModels(one));
    expect(await analyze(recording(), analysisModels(two), { overlap: true })).toEqual(alone);
    // Negative control: another heart is another analysis.
    expect(await analyze(recording(80), analysisModels(two), { overlap: true })).not.toEqual(alone);
    await one.close();
    await two.close();
  });

  it('comes to a page from where it keeps its files, the same as in Node', async () => {
    const asked: string[] = [];
    vi.stubGlobal('fetch', async (url: string) => {
      asked.push(url);
      const role = MODEL_ROLES.find((name) => url === `https://here/models/${name}.onnx`);
      return role === undefined || role === 'waves'
        ? new Response(null, { status: 404 })
        : new Response(new Uint8Array(await readBundledModel(role)));
    });
    const [runtime, here] = [await createRuntime(), await loadModelSet({ models: ['quality'] })];
    const set = await fetchModelSet('https://here/models/', runtime, { models: ['quality'] });
    expect(asked).toEqual(['https://here/models/quality.onnx']);
    expect(set.quality?.sha256).toBe(here.quality?.sha256);
    const missing = fetchModelSet('https://here/models/', runtime, { models: ['waves'] });
    await expect(missing).rejects.toMatchObject({ code: 'not-found' });
    vi.unstubAllGlobals();
    await set.close();
    await here.close();
  });

  it('closes what it has loaded when one of its files is broken', async () => {
    const runtime = await createRuntime();
    let open = 0;
    const counting = {
      ...runtime,
      open: async (...args: Parameters<typeof runtime.open>) => {
        const session = await runtime.open(...args);
        open++;
        return {
          ...session,
          release: async () => {
            open--;
            await session.release();
          },
        };
      },
    };
    const broken = {
      read: async (role: (typeof MODEL_ROLES)[number]) =>
        role === 'quality' ? Uint8Array.of(1, 2, 3) : readBundledModel(role),
      sha256: async () => '0'.repeat(64),
    };
    await expect(openModelSet(broken, counting, ['beats', 'waves', 'quality'])).rejects.toBeInstanceOf(
      EcgError,
    );
    expect(open).toBe(0);
  });
});
