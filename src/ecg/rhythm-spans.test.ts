import { describe, expect, it } from 'vitest';
import { rhythmSpans } from './rhythm-spans.js';

describe('rhythmSpans', () => {
  it('goes from each mark to the next, the last one to the end', () => {
    expect(
      rhythmSpans(
        [
          { sample: 18, symbol: '+', aux: '(N' },
          { sample: 77, symbol: 'N' },
          { sample: 300, symbol: '+', aux: '(AFIB ' },
          { sample: 310, symbol: '+' },
        ],
        400,
      ),
    ).toEqual([
      { rhythm: 'N', from: 18, to: 300 },
      { rhythm: 'AFIB', from: 300, to: 310 },
      { rhythm: '', from: 310, to: 400 },
    ]);
  });

  it('knows none without a mark', () => {
    expect(rhythmSpans([{ sample: 5, symbol: 'V' }], 100)).toEqual([]);
  });
});
