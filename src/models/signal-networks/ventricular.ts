import { EcgError } from '../../core/index.js';
import type { Runtime } from '../../nn/index.js';
import { type Classifier, loadClassifier } from '../classifier/classifier.js';
import type { ClassifierCard } from '../classifier/classifier-card.js';
import { softmax } from '../classify-beats.js';
import {
  createVentricularWindows,
  type VentricularWindowInput,
  VentricularWindowSchema,
} from '../inputs/ventricular-window.js';
import { parseStrictly } from '../strict.js';
import type { SignalWindow } from './signal-window.js';

/** The task of a network of ventricular tachyarrhythmias, as its card names it. */
export const VENTRICULAR_TASK = 'ventricular';
/** Its classes, in the order of its outputs; `VF` holds ventricular flutter. */
export const VENTRICULAR_CLASSES = ['other', 'VT', 'VF'] as const;

/** A network that tells ventricular tachycardia and fibrillation from any other rhythm in some seconds of signal. */
export interface VentricularModel {
  readonly card: ClassifierCard;
  /** s of a window. */
  readonly windowS: number;
  readonly classes: typeof VENTRICULAR_CLASSES;
  /**
   * Calibrated probabilities [windows, classes], by the mean of the logits of a window's leads, each weighing as much
   * as it is large: a lead at right angles to the heart's axis holds little but noise.
   *
   * Still leads have no say; where all are, nothing fibrillates and `other` is certain: asystole, or no contact. NaN
   * where no lead is valid. The beats of a window are not looked at.
   *
   * @param windows  each at least `windowS` long; what is longer is cut at the end
   * @throws EcgError `too-short` for a shorter one; `bad-option` for fs below 2.5 times the band's upper edge
   */
  classify(windows: readonly SignalWindow[]): Promise<Float32Array>;
  /** Frees the runtime's memory; it cannot run any more. */
  close(): Promise<void>;
}

/**
 * The network of ventricular tachyarrhythmias out of the bytes of its file.
 * @throws EcgError `bad-format` when the bytes are another network's, or when this runtime does not reproduce the
 *   file's golden vectors; `bad-option` when the card is not valid
 */
export async function loadVentricularModel(bytes: Uint8Array, runtime: Runtime): Promise<VentricularModel> {
  const classifier = await loadClassifier(bytes, runtime);
  try {
    return ventricularModelOf(classifier);
  } catch (error) {
    await classifier.close();
    throw error;
  }
}

/** Leads that go through the network at once. */
const BATCH = 64;

function ventricularModelOf(classifier: Classifier): VentricularModel {
  const { card } = classifier;
  const labels = card.labels.map((label) => label.class);
  if (card.task !== VENTRICULAR_TASK || labels.join() !== VENTRICULAR_CLASSES.join()) {
    throw new EcgError(
      'bad-format',
      `model: ${card.name} is a network of the task ${card.task} with classes ${labels}, give one of ${VENTRICULAR_TASK} with ${VENTRICULAR_CLASSES}`,
    );
  }
  const input: VentricularWindowInput = parseStrictly(
    VentricularWindowSchema,
    card.input,
    `model: ${card.name}, input`,
  );
  const prepare = createVentricularWindows(input);
  const classes = labels.length;
  return {
    card,
    windowS: input.window,
    classes: VENTRICULAR_CLASSES,
    async classify(windows) {
      const rows = new Float32Array(
        windows.reduce((sum, { leads }) => sum + leads.length, 0) * prepare.length,
      );
      // mV of the leads that are read, row by row, and the window each is of; for each window whether a lead is valid.
      const weight: number[] = [];
      const window: number[] = [];
      const valid = new Uint8Array(windows.length);
      const total = new Float64Array(windows.length);
      windows.forEach(({ leads, fs }, w) => {
        for (const lead of leads) {
          const magnitude = prepare.write(lead, fs, rows, weight.length * prepare.length);
          if (!Number.isNaN(magnitude)) valid[w] = 1;
          if (!(magnitude >= input.scale.still)) continue;
          weight.push(magnitude);
          window.push(w);
          total[w] += magnitude;
        }
      });
      const means = new Float32Array(windows.length * classes);
      for (let from = 0; from < weight.length; from += BATCH) {
        const to = Math.min(weight.length, from + BATCH);
        const part = rows.subarray(from * prepare.length, to * prepare.length);
        const logits = await classifier.logits(part, to - from);
        for (let row = from; row < to; row++) {
          const w = window[row];
          for (let c = 0; c < classes; c++)
            means[w * classes + c] += (weight[row] / total[w]) * logits[(row - from) * classes + c];
        }
      }
      const probabilities = softmax(means, classes, card.calibration.temperature);
      for (let w = 0; w < windows.length; w++) {
        if (total[w] > 0) continue;
        for (let c = 0; c < classes; c++)
          probabilities[w * classes + c] = valid[w] === 0 ? Number.NaN : c === 0 ? 1 : 0;
      }
      return probabilities;
    },
    close: () => classifier.close(),
  };
}
