import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { breatheWhenDue, EcgError, type RunOptions, throwIfCancelled } from '../../../../core/index.js';
import { openFile } from '../../../../formats/node.js';
import {
  createVentricularWindows,
  VENTRICULAR_CLASSES,
  type VentricularWindows,
} from '../../../../models/index.js';
import type { ExampleSet } from '../../../examples/example-set.js';
import { joinRecords, type RecordExamples } from '../../../examples/join-records.js';
import { databaseOf, type VentricularData } from '../data.js';
import { type LabelledWindow, labelVentricularWindows } from '../label-windows.js';

/**
 * The windows of some records with their classes: those of the first lead in time, then those of the next.
 *
 * A lead's windows that are still or invalid are left out.
 *
 * Of cinc2017 every window is `other`.
 *
 * @throws EcgError `not-found`, `bad-format` from reading; `cancelled`
 */
export async function cutVentricularRecords(
  records: readonly RecordFile[],
  data: VentricularData,
  options?: RunOptions,
): Promise<ExampleSet> {
  const windows = createVentricularWindows(data.input);
  const cut: RecordExamples[] = [];
  for (const record of records) {
    throwIfCancelled(options, 'training');
    cut.push(await cutRecord(record, data, windows, options));
    options?.onProgress?.({ stage: 'prepare', done: cut.length, total: records.length });
  }
  const ids = records.map(({ id }) => id);
  return joinRecords(ids, cut, VENTRICULAR_CLASSES, [1, windows.length]);
}

/** A recording and where it lies. */
export interface RecordFile {
  readonly id: string;
  /** Its file, without the extension. */
  readonly file: string;
}

/**
 * The first `count` recordings of cinc2017 by name, in whatever folder below `cinc2017` they lie.
 * @throws EcgError `not-found` where fewer lie there
 */
export async function findBystanders(dataFolder: string, count: number): Promise<RecordFile[]> {
  if (count === 0) return [];
  const folder = join(dataFolder, 'cinc2017');
  const files = await readdir(folder, { recursive: true }).catch(() => []);
  const heads = files
    .filter((file) => /(^|[\\/])A\d{5}\.hea$/.test(file))
    .map((file) => ({
      id: `cinc2017/${file.slice(-'A00000.hea'.length, -'.hea'.length)}`,
      file: join(folder, file.slice(0, -'.hea'.length)),
    }))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
  if (heads.length >= count) return heads.slice(0, count);
  throw new EcgError(
    'not-found',
    `training: ${folder} holds ${heads.length} recordings, ${count} are asked for`,
  );
}

async function cutRecord(
  { id, file }: RecordFile,
  data: VentricularData,
  prepare: VentricularWindows,
  options?: RunOptions,
): Promise<RecordExamples> {
  const run = options?.signal === undefined ? {} : { signal: options.signal };
  const reader = await openFile(file, run);
  try {
    const { fs, length, annotations, signals } = reader.info;
    const database = databaseOf(id);
    const window = data.input.window * fs;
    const hop = data.hop[database] * fs;
    const chosen =
      database === 'cinc2017'
        ? allWindows(length, window, hop)
        : labelVentricularWindows(annotations, length, window, hop);
    const mV = signals.flatMap(({ unit }, i) => (unit === 'mV' ? [i] : []));
    const recording = await reader.read({ signals: mV }, run);
    const rows = new Float32Array(mV.length * chosen.length * prepare.length);
    const labels: number[] = [];
    for (const { samples, fs: own } of recording.signals) {
      for (const { from, label } of chosen) {
        const start = Math.round((from * own) / fs);
        const part = samples.subarray(start, start + Math.round(data.input.window * own));
        const magnitude = prepare.write(part, own, rows, labels.length * prepare.length);
        if (magnitude >= data.input.scale.still) labels.push(label);
      }
      await breatheWhenDue();
    }
    return { data: rows.slice(0, labels.length * prepare.length), label: Uint8Array.from(labels) };
  } finally {
    await reader.close();
  }
}

function allWindows(length: number, window: number, hop: number): LabelledWindow[] {
  const found: LabelledWindow[] = [];
  for (let w = 0; Math.round(w * hop) + window <= length; w++)
    found.push({ from: Math.round(w * hop), label: 0 });
  return found;
}
