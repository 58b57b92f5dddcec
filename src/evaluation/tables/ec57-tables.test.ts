import { describe, expect, it } from 'vitest';
import { EC57_MAP, LITERATURE_MAP } from '../../ecg/index.js';
import { compareBeats } from '../ec57/compare-beats.js';
import { compareEpisodes } from '../ec57/compare-episodes.js';
import { compareRuns } from '../ec57/compare-runs.js';
import { auditSplit } from '../split.js';
import { formatBeatTable, formatEpisodeTable, formatRunTable } from './ec57-tables.js';

const split = auditSplit('nothing trained', { train: [], test: ['mitdb/1'] });
const context = { database: 'mitdb', map: EC57_MAP, split, peaks: 'found', from: 0 } as const;
const at = (sample: number, symbol = 'N') => ({ sample, symbol });
const options = { record: '1', fs: 100, from: 0 };

describe('EC57 tables', () => {
  const comparison = compareBeats([at(100), at(200, 'V')], [at(100)], { ...options, map: EC57_MAP });

  it('give a line a record, then gross and average, under a title that says all', () => {
    const lines = formatBeatTable([comparison], context).split('\n');
    expect(lines[0]).toBe(
      '**Beat by beat (EC57)** · mitdb · 1 record from 0:00 · split nothing trained · R peaks found · EC57 map (e, j, n are S)',
    );
    expect(lines.slice(4, 7).map((line) => line.split('|')[1]!.trim())).toEqual(['1', 'gross', 'average']);
    expect(lines[4]).toMatch(/\| +2 \| +1 \| +0 \| +50\.00 \| +100\.00 \| +0\.00 \| +– \|/);
  });

  it('refuse a title that contradicts the comparison', () => {
    expect(() => formatBeatTable([comparison], { ...context, map: LITERATURE_MAP })).toThrowError(
      expect.objectContaining({ code: 'bad-option' }),
    );
    expect(() => formatBeatTable([comparison], { ...context, from: 300 })).toThrowError(/300 s/);
  });

  it('show runs and episodes', () => {
    const runs = formatRunTable([compareRuns([at(100, 'V'), at(200, 'V')], [], 'V', options)], context);
    expect(runs).toMatch(/couplets +\| +1 \| +0 \| +0\.00 \| +0 \| +0 \| +– \|/);
    const flutter = [at(100, '['), at(300, ']')];
    const episodes = formatEpisodeTable(
      [compareEpisodes(flutter, flutter, 'VF', { ...options, to: 10 })],
      context,
    );
    expect(episodes).toMatch(/duration \(2\.0 s reference, 2\.0 s test\) \| +100\.00 \| +100\.00 \|/);
  });
});
