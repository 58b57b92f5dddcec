import { describe, expect, it } from 'vitest';
import { BEAT_CLASSES } from '../core/index.js';
import { beatClassOf, EC57_MAP, isBeat, isQrs, LABEL_MAPS, LITERATURE_MAP } from './label-maps.js';

describe('label maps', () => {
  // Origin: field.md, section 1, the table of both maps.
  const table = {
    [LITERATURE_MAP.id]: { N: 'NLRej', S: 'AaJS', V: 'VE', F: 'F', Q: '/fQ' },
    [EC57_MAP.id]: { N: 'NLRB', S: 'AaJSejn', V: 'VEr', F: 'F', Q: '/fQ?' },
  };

  it('class every symbol as the table does', () => {
    for (const map of Object.values(LABEL_MAPS)) {
      for (const beatClass of BEAT_CLASSES) {
        for (const symbol of table[map.id]![beatClass]) {
          expect(beatClassOf(symbol, map), `${symbol} ${map.id}`).toBe(beatClass);
        }
      }
    }
  });

  it('differ in the escape beats and in nothing mitdb else holds', () => {
    const differing = [...'NLRBAaJSejVErF/fQ?'].filter(
      (symbol) => beatClassOf(symbol, EC57_MAP) !== beatClassOf(symbol, LITERATURE_MAP),
    );
    expect(differing).toEqual(['e', 'j']);
  });

  it('know which marks are beats, and that a flutter wave is a QRS of no class', () => {
    for (const symbol of '+~|x![]"') {
      expect(isBeat(symbol), symbol).toBe(false);
      expect(beatClassOf(symbol, EC57_MAP), symbol).toBeUndefined();
    }
    expect(isQrs('!')).toBe(true);
    expect(isQrs('+')).toBe(false);
    expect(isQrs('V') && isBeat('V')).toBe(true);
  });
});
