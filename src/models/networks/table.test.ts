import { describe, expect, it } from 'vitest';
import { buildNetwork, NETWORKS, NetworkConfigSchema } from './table.js';

describe('the table of networks', () => {
  it('has each kind under its own name', () => {
    const kinds = NetworkConfigSchema.options.map((option) => option.entries.kind.literal);
    expect(Object.keys(NETWORKS).sort()).toEqual([...kinds].sort());
    for (const option of NetworkConfigSchema.options)
      expect(NETWORKS[option.entries.kind.literal].schema).toBe(option);
  });

  it('refuses signals shorter than the pools, and says which network and why', () => {
    const convs = [{ channels: 4, kernel: 5, pool: 2 }];
    const build = () =>
      buildNetwork({ kind: 'cnn-1d', convs, hidden: 8, dropout: 0 }, { shape: [1, 1], classes: 2 });
    expect(build).toThrow(expect.objectContaining({ code: 'bad-shape' }));
    expect(build).toThrow(/cnn-1d .*\[1,1\].*maxPool/);
  });
});
