import { expect, it } from 'vitest';
import { describeWithShared, sharedDir } from '../../../../../tests/shared-data.js';
import { STOCKWELL_WINDOW } from '../../../../models/index.js';
import { countExamples } from '../../../examples/example-set.js';
import { cutWindowRecords } from './node.js';

const folder = `${sharedDir}/data`;

describeWithShared('cutWindowRecords', () => {
  it('cuts 180 windows a record, the same for both forms', async () => {
    const ids = ['mitdb/114', 'mitdb/202'];
    const signals = await cutWindowRecords(ids, STOCKWELL_WINDOW, 'signal', folder);
    expect(signals.shape).toEqual([1, 1250]);
    expect(signals.label.length).toBe(2 * 180);
    const second = Array.from(signals.label.keys()).filter((i) => signals.record[i] === 1);
    const count = countExamples(signals, second);
    // The database's directory: 9:46 of fibrillation, 0:48 of flutter in record 202; whole windows, edges lost.
    expect(Math.abs(count[3] - 58.6)).toBeLessThan(5);
    expect(Math.abs(count[4] - 4.8)).toBeLessThan(3);
    expect(signals.records.map(({ patient }) => patient)).toEqual(['mitdb/114', 'mitdb/201']);
    // The right lead of 114, MLII, is its second: its first, V5, has another shape.
    const other = await cutWindowRecords(['mitdb/114'], { ...STOCKWELL_WINDOW, leads: [] }, 'signal', folder);
    expect(other.data.slice(0, 1250)).not.toEqual(signals.data.slice(0, 1250));
  });

  it('stops when it is cancelled', async () => {
    const signal = { aborted: true };
    await expect(
      cutWindowRecords(['mitdb/100'], STOCKWELL_WINDOW, 'picture', folder, { signal }),
    ).rejects.toMatchObject({ code: 'cancelled' });
  });
});
