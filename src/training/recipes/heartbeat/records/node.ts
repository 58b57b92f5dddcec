import { join } from 'node:path';
import { BEAT_CLASSES, EcgError, type RunOptions, throwIfCancelled } from '../../../../core/index.js';
import { beatClassOf, isQrs, LITERATURE_MAP } from '../../../../ecg/index.js';
import { patientOf } from '../../../../evaluation/index.js';
import { openFile } from '../../../../formats/node.js';
import { cutHeartbeats, type HeartbeatInput, heartbeatShape } from '../../../../models/index.js';
import { type ExampleSet, exampleSize } from '../../../examples/example-set.js';

interface CutRecord {
  readonly data: Float32Array;
  readonly label: Uint8Array;
}

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
  const cut: CutRecord[] = [];
  for (const id of ids) {
    throwIfCancelled(options, 'training');
    cut.push(await cutRecord(id, input, dataFolder, options));
    options?.onProgress?.({ stage: 'prepare', done: cut.length, total: ids.length });
  }
  const shape = heartbeatShape(input);
  const size = exampleSize({ shape });
  const count = cut.reduce((sum, { label }) => sum + label.length, 0);
  const data = new Float32Array(count * size);
  const label = new Uint8Array(count);
  const record = new Uint16Array(count);
  let at = 0;
  cut.forEach((own, r) => {
    data.set(own.data, at * size);
    label.set(own.label, at);
    record.fill(r, at, at + own.label.length);
    at += own.label.length;
  });
  const records = ids.map((id) => ({ id, patient: patientOf(id) }));
  return { classes: BEAT_CLASSES, shape, data, label, record, records };
}

async function cutRecord(
  id: string,
  input: HeartbeatInput,
  dataFolder: string,
  options?: RunOptions,
): Promise<CutRecord> {
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
