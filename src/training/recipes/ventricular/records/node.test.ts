import { expect, it } from 'vitest';
import { describeWithShared, sharedDir } from '../../../../../tests/shared-data.js';
import { VENTRICULAR_WINDOW } from '../../../../models/index.js';
import { countExamples } from '../../../examples/example-set.js';
import type { VentricularData } from '../data.js';
import { cutVentricularRecords, findBystanders } from './node.js';

const folder = `${sharedDir}/data`;
const data: VentricularData = {
  input: VENTRICULAR_WINDOW,
  hop: { vfdb: 2.5, mitdb: 5, cinc2017: 5 },
  bystanders: 0,
};
const record = (id: string) => ({ id, file: `${folder}/${id}` });

describeWithShared('cutVentricularRecords', () => {
  it('cuts the windows of every lead, by what the annotators named', async () => {
    const set = await cutVentricularRecords([record('mitdb/207'), record('vfdb/612')], data);
    expect(set.shape).toEqual([1, 500]);
    const of = (r: number) =>
      countExamples(
        set,
        Array.from(set.label.keys()).filter((i) => set.record[i] === r),
      );
    // The database's directory: six episodes of ventricular flutter, 2:24 together; whole windows, an edge lost at
    // either end of each. Two leads.
    const [, vt, vf] = of(0);
    expect(vt).toBe(0);
    expect(vf).toBeLessThanOrEqual((2 * 144) / 5);
    expect(vf).toBeGreaterThan(2 * (144 / 5 - 6));
    // One episode of tachycardia to the end, from the annotation at 28:27 on: 393 s, a window every 2.5 s.
    const [, tachycardia, fibrillation] = of(1);
    expect(fibrillation).toBe(0);
    expect(Math.abs(tachycardia - 2 * (1 + (393 - 5) / 2.5))).toBeLessThanOrEqual(4);
    expect(set.data.every(Number.isFinite)).toBe(true);
  });

  it('names what is not there, and stops when it is cancelled', async () => {
    await expect(findBystanders(folder, 8528)).rejects.toMatchObject({ code: 'not-found' });
    expect(await findBystanders('nowhere', 0)).toEqual([]);
    await expect(
      cutVentricularRecords([record('mitdb/100')], data, { signal: { aborted: true } }),
    ).rejects.toMatchObject({ code: 'cancelled' });
  });
});
