import { join } from 'node:path';
import { BEAT_CLASSES, EcgError, type RunOptions, throwIfCancelled } from '../../../../core/index.js';
import { beatClassOf, isQrs, LITERATURE_MAP } from '../../../../ecg/index.js';
import { openFile } from '../../../../formats/node.js';
import { cutHeartbeats, type HeartbeatInput, heartbeatShape } from '../../../../models/index.js';
import type { ExampleSet } from '../../../examples/example-set.js';
import { joinRecords, type RecordExamples } from '../../../examples/join-records.js';

/**
 * The annotated beats of some records as segments, classes by the literature's map.
 *
 * Every QRS takes part in the rhythm, flutter waves too; these are no examples, nor is the last beat of a record,
 * after which no RR is known: without those 48, mitdb holds exactly the 109,446 beats of the published table.
 *
 * @param ids  `mitdb/100`
 * @throws EcgError `not-found`, `bad-format` from reading; `too-short` for a record without beats; `cancelled`
 */
export async function cutHeartbeatRecords(
  ids: readonly string[],
  input: HeartbeatInput,
  dataFolder: string,
  options?: RunOptions,
): Promise<ExampleSet> {
  const cut: RecordExamples[] = [];
  for (const id of ids) {
    throwIfCancelled(options, 'training');
    cut.push(await cutRecord(id, input, dataFolder, options));
    options?.onProgress?.({ stage: 'prepare', done: cut.length, total: ids.length });
  }
  return joinRecords(ids, cut, BEAT_CLASSES, heartbeatShape(input));
}

async function cutRecord(
  id: string,
  input: HeartbeatInput,
  dataFolder: string,
  options?: RunOptions,
): Promise<RecordExamples> {
  const run = options?.signal === undefined ? {} : { signal: options.signal };
  const reader = await openFile(join(dataFolder, id), run);
  try {
    const { fs, annotations, signals } = reader.info;
    const qrs = annotations.filter(({ symbol }) => isQrs(symbol));
    const beats: number[] = [];
    const labels: number[] = [];
    qrs.forEach(({ symbol }, i) => {
      const beatClass = beatClassOf(symbol, LITERATURE_MAP);
      if (beatClass === undefined) return;
      beats.push(i);
      labels.push(BEAT_CLASSES.indexOf(beatClass));
    });
    if (beats.length < 2) {
      throw new EcgError(
        'too-short',
        `training: ${id} has ${beats.length} annotated beats, give a record with an annotation file`,
      );
    }
    const wanted = signals.map((_, i) => i).slice(0, input.leads);
    const recording = await reader.read({ signals: wanted }, run);
    const data = cutHeartbeats(
      recording.signals.map(({ samples }) => samples),
      fs,
      qrs.map(({ sample }) => sample),
      beats.slice(0, -1),
      input,
    );
    return { data, label: Uint8Array.from(labels.slice(0, -1)) };
  } finally {
    await reader.close();
  }
}
