import { describe, expect, it } from 'vitest';
import { TEST_RECIPE } from '../../tests/beat-recipe.js';
import { parseBeatRecipe } from './recipe.js';

describe('parseBeatRecipe', () => {
  it('gives back what went through JSON', () => {
    expect(parseBeatRecipe(JSON.parse(JSON.stringify(TEST_RECIPE)), 'test')).toEqual(TEST_RECIPE);
  });

  it('names every fault at once, unknown keys and deep ones among them', () => {
    const wrong = {
      ...TEST_RECIPE,
      seeds: [],
      training: { ...TEST_RECIPE.training, epochs: 0, momentum: 0.9 },
      input: { ...TEST_RECIPE.input, fs: '128' },
    };
    const fault = (() => {
      try {
        parseBeatRecipe(wrong, 'config.json');
      } catch (error) {
        return error as Error & { code: string };
      }
      return undefined;
    })();
    expect(fault?.code).toBe('bad-option');
    for (const part of [
      'config.json: 4 faults',
      'seeds:',
      'training.epochs:',
      'training.momentum:',
      'input.fs:',
    ]) {
      expect(fault?.message).toContain(part);
    }
  });
});
