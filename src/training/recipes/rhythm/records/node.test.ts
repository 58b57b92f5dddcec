import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { describeWithShared, sharedDir } from '../../../../../tests/shared-data.js';
import { createRhythmWindow, RHYTHM_WINDOW } from '../../../../models/index.js';
import { cutAnnotated, readChallengeLabels } from './node.js';

describeWithShared('cutAnnotated', () => {
  it('cuts fibrillation of record 202 more often than its sinus rhythm', async () => {
    const data = { input: RHYTHM_WINDOW, hop: { challenge: 15, fibrillation: 15, other: 60 } };
    const writer = createRhythmWindow(RHYTHM_WINDOW);
    const { data: examples, label } = await cutAnnotated(`${sharedDir}/data/mitdb/202`, data, writer);
    const count = [0, 1, 2, 3].map((c) => label.filter((own) => own === c).length);
    // The database's directory: 9:46 of fibrillation, 19:31 of sinus rhythm, 0:48 of flutter; edges are lost.
    expect(Math.abs(count[1] - 586 / 15)).toBeLessThan(6);
    expect(Math.abs(count[0] + count[2] - (1171 + 48) / 60)).toBeLessThan(5);
    expect(count[3]).toBe(0);
    expect(examples.length).toBe(label.length * writer.layout.shape[0] * writer.layout.shape[1]);
    expect(examples.every(Number.isFinite)).toBe(true);
  });
});

describe('readChallengeLabels', () => {
  it('reads the challenge’s list, and says where it is not one', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'ectopy-challenge-'));
    try {
      await expect(readChallengeLabels(folder)).rejects.toMatchObject({ code: 'not-found' });
      await writeFile(join(folder, 'REFERENCE-v3.csv'), 'A00001,N\r\nA00004,A\nA00005,~\n');
      expect([...(await readChallengeLabels(folder))]).toEqual([
        ['A00001', 'N'],
        ['A00004', 'A'],
        ['A00005', '~'],
      ]);
      await writeFile(join(folder, 'REFERENCE-v3.csv'), 'A00001,N\nA00004,X\n');
      await expect(readChallengeLabels(folder)).rejects.toThrow(/line 2: 'A00004,X'/);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
