import { join } from 'node:path';
import { breatheWhenDue, type RunOptions, throwIfCancelled } from '../../../../core/index.js';
import { patientOf } from '../../../../evaluation/index.js';
import { openFile } from '../../../../formats/node.js';
import type { SignalWindow, VentricularModel } from '../../../../models/index.js';
import { labelVentricularWindows, noiseSpans, ventricularSpans } from '../label-windows.js';
import { MIXED, NOISY, type ScoredRecord } from '../scored-windows.js';

/** Windows given to the network at once. */
const BATCH = 32;

/**
 * Every window of a record by a network as it is released: all leads together.
 *
 * @param hop  s from one window to the next
 * @throws EcgError from reading; `cancelled`
 */
export async function scoreRecord(
  model: VentricularModel,
  id: string,
  hop: number,
  dataFolder: string,
  options?: RunOptions,
): Promise<ScoredRecord> {
  const run = options?.signal === undefined ? {} : { signal: options.signal };
  const reader = await openFile(join(dataFolder, id), run);
  try {
    const { fs, length, annotations, signals } = reader.info;
    const window = model.windowS * fs;
    const recording = await reader.read({}, run);
    const leads = recording.signals.map(({ samples }) => samples);
    const names = signals.map(({ lead }) => lead);
    const count = Math.floor((length - window) / (hop * fs)) + 1;
    const starts = Float64Array.from({ length: count }, (_, w) => Math.round(w * hop * fs));
    const labels = new Int8Array(count).fill(MIXED);
    const at = (from: number): number => Math.round(from / (hop * fs));
    for (const { from, label } of labelVentricularWindows(annotations, length, window, hop * fs))
      labels[at(from)] = label;
    const noise = noiseSpans(annotations, length);
    starts.forEach((start, w) => {
      if (noise.some(({ from, to }) => from <= start && start + window <= to)) labels[w] = NOISY;
    });
    const classes = model.classes.length;
    const probabilities = new Float32Array(count * classes);
    for (let from = 0; from < count; from += BATCH) {
      throwIfCancelled(options, 'ventricular');
      const windows = Array.from(
        starts.subarray(from, from + BATCH),
        (start): SignalWindow => ({
          leads: leads.map((lead) => lead.subarray(start, start + Math.round(window))),
          names,
          fs,
          beats: [],
        }),
      );
      probabilities.set(await model.classify(windows), from * classes);
      await breatheWhenDue();
    }
    const ventricular = ventricularSpans(annotations, length);
    return { id, patient: patientOf(id), fs, length, starts, labels, probabilities, ventricular, noise };
  } finally {
    await reader.close();
  }
}
