import { join } from 'node:path';
import { breatheWhenDue, EcgError, type RunOptions, throwIfCancelled } from '../../../../core/index.js';
import { openFile } from '../../../../formats/node.js';
import {
  chooseWindowLead,
  createStockwellPicture,
  cutWindows,
  type StockwellPicture,
  type StockwellWindowInput,
  stockwellPictureShape,
  windowLength,
} from '../../../../models/index.js';
import { type ExampleSet, exampleSize } from '../../../examples/example-set.js';
import { joinRecords, type RecordExamples } from '../../../examples/join-records.js';
import { labelWindows, WINDOW_CLASSES } from '../label-windows.js';

/**
 * The windows of some records with their classes; as signals, or as pictures in bytes. Windows without a beat are none.
 *
 * @param ids  `mitdb/100`
 * @throws EcgError `not-found`, `bad-format` from reading; `too-short` for a record without beats; `cancelled`
 */
export async function cutWindowRecords(
  ids: readonly string[],
  input: StockwellWindowInput,
  as: 'signal' | 'picture',
  dataFolder: string,
  options?: RunOptions,
): Promise<ExampleSet> {
  const picture = as === 'picture' ? createStockwellPicture(input) : undefined;
  const cut: RecordExamples[] = [];
  for (const id of ids) {
    cut.push(await cutRecord(id, input, picture, dataFolder, options));
    options?.onProgress?.({ stage: 'prepare', done: cut.length, total: ids.length });
  }
  const shape = picture === undefined ? [1, windowLength(input)] : stockwellPictureShape(input);
  return joinRecords(ids, cut, WINDOW_CLASSES, shape);
}

async function cutRecord(
  id: string,
  input: StockwellWindowInput,
  picture: StockwellPicture | undefined,
  dataFolder: string,
  options?: RunOptions,
): Promise<RecordExamples> {
  const run = options?.signal === undefined ? {} : { signal: options.signal };
  const reader = await openFile(join(dataFolder, id), run);
  try {
    const { fs, length, annotations, signals } = reader.info;
    const recording = await reader.read({ signals: [chooseWindowLead(signals, input)] }, run);
    const size = windowLength(input);
    const windows = cutWindows(recording.signals[0].samples, recording.signals[0].fs, input);
    const classes = labelWindows(annotations, length, input.window * fs, windows.length / size);
    const chosen = classes.flatMap((windowClass, w) => (windowClass === undefined ? [] : [w]));
    if (chosen.length === 0) {
      throw new EcgError(
        'too-short',
        `training: ${id} has no window of ${input.window} s with annotated beats, give a longer record with an annotation file`,
      );
    }
    const label = Uint8Array.from(chosen, (w) => WINDOW_CLASSES.indexOf(classes[w]!));
    if (picture === undefined) {
      const data = new Float32Array(chosen.length * size);
      chosen.forEach((w, i) => {
        data.set(windows.subarray(w * size, (w + 1) * size), i * size);
      });
      return { data, label };
    }
    const pixels = exampleSize({ shape: stockwellPictureShape(input) });
    const data = new Uint8Array(chosen.length * pixels);
    for (const [i, w] of chosen.entries()) {
      throwIfCancelled(options, 'training');
      picture.draw(windows.subarray(w * size, (w + 1) * size), data, i * pixels);
      await breatheWhenDue();
    }
    return { data, label };
  } finally {
    await reader.close();
  }
}
