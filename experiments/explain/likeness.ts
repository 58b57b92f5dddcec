// Where "like the sinus template" ends: the correlation of the QRS that parts ventricular from normal beats best (mean over the leads), on
// the development half of mitdb. Prints; the number stands in src/report/describe-beat.ts.
//   npx tsx experiments/explain/likeness.ts [FOLDER]
import { beatClassOf, isQrs, LITERATURE_MAP } from '../../src/ecg/index.js';
import { DS1 } from '../../src/evaluation/index.js';
import { datasetsFolder } from '../../src/formats/datasets/node.js';
import { openFile } from '../../src/formats/node.js';
import { inputShape, prepareInput } from '../../src/models/index.js';
import { loadBundledModel } from '../../src/models/node.js';

const data = process.argv[2] ?? datasetsFolder();
const model = await loadBundledModel('beats', { threads: 1 });
const contract = model.card.input;
const shape = inputShape(contract);
if (contract.likeness === null) throw new Error('the beat network reads no likeness');
const { reach, zones } = contract.likeness;
const qrs = zones.findIndex(({ name }) => name === 'qrs');
// Figures are rows of 2 reach + 1 beats: [lead, zone, (correlation, ln difference)]; the beat's own is in the middle.
const columns = Array.from(
  { length: contract.leads.count },
  (_, lead) => shape.groups.likeness.from + (lead * zones.length + qrs) * 2 * (2 * reach + 1) + reach,
);
/** Weights of N and V beats, a record's share of each class counting alike, by hundredths of correlation. */
const share = { N: new Float64Array(201), V: new Float64Array(201) };
for (const record of DS1.filter((id) => id !== '201')) {
  const reader = await openFile(`${data}/mitdb/${record}`);
  const beats = reader.info.annotations.filter(({ symbol }) => isQrs(symbol));
  const own = { N: [] as number[], V: [] as number[] };
  for await (const { from, to, features } of prepareInput(
    reader,
    beats.map(({ sample }) => sample),
    contract,
  ))
    for (let i = 0; i < to - from; i++) {
      const name = beatClassOf(beats[from + i].symbol, LITERATURE_MAP);
      const row = i * shape.features;
      const there = columns.filter((_, lead) => features[row + shape.groups.present.from + lead] !== 0);
      if (there.length > 0 && (name === 'N' || name === 'V'))
        own[name].push(there.reduce((sum, column) => sum + features[row + column], 0) / there.length);
    }
  await reader.close();
  // Fewer than ten beats of a class tell nothing of a patient.
  for (const name of ['N', 'V'] as const)
    if (own[name].length >= 10)
      for (const r of own[name]) share[name][Math.round(100 * (r + 1))] += 1 / own[name].length;
}
const total = { N: share.N.reduce((a, b) => a + b), V: share.V.reduce((a, b) => a + b) };
let below = { N: 0, V: 0 };
for (let k = 0; k <= 200; k++) {
  const r = k / 100 - 1;
  if (k % 5 === 0 && r >= 0.4)
    console.log(
      `below ${r.toFixed(2)}: ${((100 * below.V) / total.V).toFixed(1)} % of V, ${((100 * below.N) / total.N).toFixed(1)} % of N`,
    );
  below = { N: below.N + share.N[k], V: below.V + share.V[k] };
}
await model.close();
