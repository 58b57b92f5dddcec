import { BEAT_CLASSES, type BeatClass } from '../../src/core/index.js';
import { beatClassOf, isQrs, LITERATURE_MAP } from '../../src/ecg/index.js';
import { patientOf } from '../../src/evaluation/index.js';
import { beatInputs, type Example, SinusBeats, zeroBaseline } from '../../src/explain/index.js';
import { openFile } from '../../src/formats/node.js';
import { type BeatModel, prepareInput, softmax } from '../../src/models/index.js';

/** The classes whose beats are explained; Q holds no class of its own in these databases. */
export const EXPLAINED = ['N', 'S', 'V', 'F'] as const satisfies readonly BeatClass[];

/** A beat whose class the network got right, as the network reads it. */
export interface ExplainedBeat {
  readonly record: string;
  readonly patient: string;
  /** s */
  readonly time: number;
  readonly class: BeatClass;
  readonly classIndex: number;
  /** Calibrated. */
  readonly probability: number;
  readonly example: Example;
  /** What the example is compared with: nothing (zeros), or the patient's own sinus beat. */
  readonly baselines: { readonly zeros: Example; readonly sinus: Example };
}

/** Beats of a record, at most `perClass` of each class, evenly over those that the network got right. */
export async function gatherBeats(
  id: string,
  path: string,
  model: BeatModel,
  perClass: number,
): Promise<ExplainedBeat[]> {
  const contract = model.card.input;
  const inputs = beatInputs(contract);
  const reader = await openFile(path);
  try {
    const beats = reader.info.annotations.filter(({ symbol }) => isQrs(symbol));
    const samples = beats.map(({ sample }) => sample);
    const sinus = new SinusBeats(contract, inputs);
    const right = new Map<BeatClass, Omit<ExplainedBeat, 'baselines'>[]>();
    for await (const batch of prepareInput(reader, samples, contract)) {
      const n = batch.to - batch.from;
      const logits = await model.forward(batch.waves, batch.features, n);
      const probabilities = softmax(logits, BEAT_CLASSES.length, model.card.calibration.temperature);
      sinus.add({ waves: batch.waves, features: batch.features }, n);
      for (let i = 0; i < n; i++) {
        const truth = beatClassOf(beats[batch.from + i].symbol, LITERATURE_MAP);
        const own = probabilities.subarray(i * BEAT_CLASSES.length, (i + 1) * BEAT_CLASSES.length);
        const classIndex = own.indexOf(Math.max(...own));
        if (truth === undefined || BEAT_CLASSES[classIndex] !== truth) continue;
        const part = (x: Float32Array) => x.slice((i * x.length) / n, ((i + 1) * x.length) / n);
        const list = right.get(truth) ?? [];
        right.set(truth, list);
        list.push({
          record: id,
          patient: patientOf(id),
          time: samples[batch.from + i] / reader.info.fs,
          class: truth,
          classIndex,
          probability: own[classIndex],
          example: { waves: part(batch.waves), features: part(batch.features) },
        });
      }
    }
    return EXPLAINED.flatMap((name) => evenly(right.get(name) ?? [], perClass)).flatMap((beat) => {
      const own = sinus.baselineFor(beat.example);
      // Without sinus beats there is no sinus beat to compare with (a record in fibrillation throughout).
      return own === undefined
        ? []
        : [{ ...beat, baselines: { zeros: zeroBaseline(contract, beat.example), sinus: own } }];
    });
  } finally {
    await reader.close();
  }
}

function evenly<T>(items: readonly T[], most: number): T[] {
  if (items.length <= most) return [...items];
  return Array.from({ length: most }, (_, k) => items[Math.floor(((k + 0.5) * items.length) / most)]);
}
