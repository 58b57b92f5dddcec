import { join } from 'node:path';
import { BEAT_CLASSES } from '../../src/core/index.js';
import { beatClassOf, isQrs, LITERATURE_MAP } from '../../src/ecg/index.js';
import { type DoubtReport, doubtReport } from '../../src/evaluation/index.js';
import { openFile } from '../../src/formats/node.js';
import { classifyBeats, labelConfidences, loadBeatModel, prepareInput } from '../../src/models/index.js';
import { createNativeRuntime } from '../../src/nn/node.js';

/** What a model says of its own certainty on some records, R peaks given, against the experts' classes. */
export async function doubtOnRecords(
  model: Uint8Array,
  ids: readonly string[],
  dataFolder: string,
): Promise<DoubtReport> {
  const loaded = await loadBeatModel(model, await createNativeRuntime({ threads: 1 }));
  const { doubt } = loaded.card;
  const rows: number[] = [];
  const labels: number[] = [];
  const groups: number[] = [];
  const masks: number[] = [];
  const uncertain: boolean[] = [];
  const confidence: number[] = [];
  for (const [group, id] of ids.entries()) {
    const reader = await openFile(join(dataFolder, id));
    try {
      const reference = reader.info.annotations.filter(({ symbol }) => isQrs(symbol));
      const samples = reference.map(({ sample }) => sample);
      const found = await classifyBeats(loaded, prepareInput(reader, samples, loaded.card.input));
      const sure = doubt && labelConfidences(found.probabilities, BEAT_CLASSES.length, doubt.confidence);
      reference.forEach(({ symbol }, i) => {
        const truth = beatClassOf(symbol, LITERATURE_MAP);
        if (truth === undefined) return;
        labels.push(BEAT_CLASSES.indexOf(truth));
        groups.push(group);
        for (let c = 0; c < BEAT_CLASSES.length; c++)
          rows.push(found.probabilities[i * BEAT_CLASSES.length + c]);
        masks.push(found.sets?.[i] ?? 0);
        uncertain.push(found.uncertain[i] !== undefined);
        if (sure !== undefined) confidence.push(sure[i]);
      });
    } finally {
      await reader.close();
    }
  }
  await loaded.close();
  return doubtReport({
    probabilities: rows,
    labels,
    classes: BEAT_CLASSES.length,
    groups,
    records: ids,
    sets: doubt === undefined ? [] : [{ coverage: doubt.closeAt, masks }],
    ...(doubt !== undefined && { confidence }),
    uncertain,
  });
}
