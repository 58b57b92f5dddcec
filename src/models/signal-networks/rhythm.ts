import { breatheWhenDue, EcgError } from '../../core/index.js';
import type { Runtime } from '../../nn/index.js';
import { type Classifier, loadClassifier } from '../classifier/classifier.js';
import type { ClassifierCard } from '../classifier/classifier-card.js';
import { createRhythmWindow, RhythmWindowSchema } from '../inputs/rhythm-window.js';
import { parseStrictly } from '../strict.js';
import type { SignalWindow } from './signal-window.js';

/** The task of a rhythm network, as its card names it. */
export const RHYTHM_TASK = 'rhythm';

/** A network that tells the rhythm of half a minute of signal. */
export interface RhythmModel {
  readonly card: ClassifierCard;
  /** s of a window. */
  readonly windowS: number;
  /** `N` sinus rhythm, `A` atrial fibrillation, `O` any other, `~` noise; as the card names them. */
  readonly classes: readonly string[];
  /**
   * Calibrated probabilities [windows, classes], from one lead of each window: the first that is valid for four fifths
   * of it, else the one that is valid longest; of leads that move, where any does. NaN where no lead is valid for half of
   * the window.
   *
   * @param windows  any length: shorter ones are repeated, longer ones cut at the end
   */
  classify(windows: readonly SignalWindow[]): Promise<Float32Array>;
  /** Frees the runtime's memory; it cannot run any more. */
  close(): Promise<void>;
}

/** Windows that go through the network at once. */
const BATCH = 16;
/** Shares of a window for which a lead has to be valid: to be taken at once, and to be taken at all. */
const MOSTLY = 0.8;
const ENOUGH = 0.5;

/**
 * A rhythm network out of the bytes of its file.
 *
 * @throws EcgError `bad-format` when the bytes are no such network, or the runtime does not reproduce its golden
 *   vectors; `bad-option` when its card is not valid
 */
export async function loadRhythmModel(bytes: Uint8Array, runtime: Runtime): Promise<RhythmModel> {
  const classifier = await loadClassifier(bytes, runtime);
  try {
    return rhythmModelOf(classifier);
  } catch (error) {
    await classifier.close();
    throw error;
  }
}

function rhythmModelOf(classifier: Classifier): RhythmModel {
  const { card } = classifier;
  if (card.task !== RHYTHM_TASK)
    throw new EcgError(
      'bad-format',
      `model: ${card.name} tells ${card.task}, not the rhythm of a stretch, give a rhythm network`,
    );
  const input = parseStrictly(RhythmWindowSchema, card.input, `${card.name}: input`);
  const writer = createRhythmWindow(input);
  const { shape } = writer.layout;
  if (card.shape.join() !== shape.join())
    throw new EcgError('bad-format', `model: ${card.name} does not read the windows its card describes`);
  const size = shape[0] * shape[1];
  const classes = card.labels.map((label) => label.class);
  return {
    card,
    windowS: input.window,
    classes,
    async classify(windows) {
      const probabilities = new Float32Array(windows.length * classes.length).fill(Number.NaN);
      const room = new Float32Array(Math.min(BATCH, windows.length) * size);
      for (let from = 0; from < windows.length; from += BATCH) {
        const readable: number[] = [];
        for (let w = from; w < Math.min(windows.length, from + BATCH); w++) {
          const { leads, fs, beats } = windows[w];
          const moving = leads.filter(moves);
          const lead = readableLead(moving.length > 0 ? moving : leads);
          if (lead === undefined) continue;
          writer.write(lead, fs, beats, room, readable.length * size);
          readable.push(w);
          await breatheWhenDue();
        }
        const rows = readable.length;
        const found = await classifier.classify(room.subarray(0, rows * size), rows);
        for (const [row, w] of readable.entries())
          probabilities.set(
            found.subarray(row * classes.length, (row + 1) * classes.length),
            w * classes.length,
          );
      }
      return probabilities;
    },
    close: () => classifier.close(),
  };
}

/** Whether a lead has two values, as one that is connected does. */
function moves(lead: Float32Array): boolean {
  let first = Number.NaN;
  for (let k = 0; k < lead.length; k++) {
    if (Number.isNaN(first)) first = lead[k];
    else if (lead[k] !== first && !Number.isNaN(lead[k])) return true;
  }
  return false;
}

/** The lead that is looked at, if any can be. */
function readableLead(leads: readonly Float32Array[]): Float32Array | undefined {
  let best: Float32Array | undefined;
  let most = 0;
  for (const lead of leads) {
    let valid = 0;
    for (let k = 0; k < lead.length; k++) if (!Number.isNaN(lead[k])) valid++;
    const share = lead.length === 0 ? 0 : valid / lead.length;
    if (share >= MOSTLY) return lead;
    if (share > most) {
      most = share;
      best = lead;
    }
  }
  return most >= ENOUGH ? best : undefined;
}
