import { describe, expect, it } from 'vitest';
import { TEST_CONTRACT } from '../../tests/beat-contract.js';
import { inputShape, parseInputContract } from './contract.js';

describe('parseInputContract', () => {
  it('gives back what went through JSON', () => {
    const text = JSON.stringify(TEST_CONTRACT);
    expect(parseInputContract(JSON.parse(text), 'test')).toEqual(TEST_CONTRACT);
  });

  it('names every fault at once, unknown keys among them', () => {
    const wrong = { ...TEST_CONTRACT, fs: -1, colour: 'red', baseline: { decimation: 4, windows: [6] } };
    expect(() => parseInputContract(wrong, 'card')).toThrow(
      expect.objectContaining({
        code: 'bad-option',
        message: expect.stringMatching(/^card: 3 faults: .*fs.*|.*windows.*|.*colour.*/),
      }),
    );
    try {
      parseInputContract(wrong, 'card');
    } catch (error) {
      const { message } = error as Error;
      for (const part of ['3 faults', 'fs:', 'baseline.windows.0:', 'colour'])
        expect(message).toContain(part);
    }
  });
});

describe('inputShape', () => {
  it('counts columns as the contract says', () => {
    // By hand: 32 + 40 samples; 21 ratios + 5 statistics + 2 leads · 2 of the P zone + (2 leads · 2 zones · 2) · 5 beats + 2 present.
    const shape = inputShape(TEST_CONTRACT);
    expect(shape).toMatchObject({ channels: 4, length: 72, peak: 32, features: 21 + 5 + 4 + 40 + 2 });
    // The P zone begins 33 samples before the peak, one before the window.
    expect(shape.cut).toEqual({ length: 73, peak: 33 });
  });
});
