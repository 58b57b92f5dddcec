import { EcgError } from '../../core/index.js';
import { hasInvalid } from '../../dsp/index.js';
import {
  type DelineatedWaves,
  markWaves,
  pCandidates,
  WAVE_MARKS,
  type WaveProbabilities,
} from '../../ecg/index.js';
import { addModelMetadata, type Runtime, readModelMetadata, type Session } from '../../nn/index.js';
import {
  ClassifierGoldenSchema,
  classifierDeviation,
  makeClassifierGolden,
} from '../classifier/classifier-golden.js';
import { CARD, GOLDEN, readCardEntry, readEntry, withTestMetrics } from '../file-entries.js';
import { requireReproduced } from '../golden.js';
import { prepareWaveLead, type WaveChunkInput } from '../inputs/wave-chunk.js';
import { parseStrictly } from '../strict.js';
import type { SignalWindow } from './signal-window.js';
import { WAVE_FORMAT, type WaveCard, WaveCardSchema } from './wave-card.js';
import { leadProbabilities, type WaveForward } from './wave-probabilities.js';

/** Outputs of the network. */
const OUTPUTS = 4;
/** Samples from one golden row to the next. */
const GOLDEN_STEP = 64;
/** s; the shortest window in which waves are looked for. */
const SHORTEST = 2;

/** A trained network of waves that has reproduced its golden vectors on this runtime. */
export interface WaveModel {
  readonly card: WaveCard;
  /**
   * The waves of each beat of a window, in the window's samples; of several leads, what they say together.
   *
   * Waves of beats at the window's ends may be cut off: take windows that overlap.
   *
   * @param window  2 s or more
   * @throws EcgError `too-short` below 2 s; `bad-shape` for leads of different lengths or none
   */
  delineate(window: SignalWindow): Promise<DelineatedWaves>;
  /** Frees the runtime's memory; it cannot run any more. */
  close(): Promise<void>;
}

/**
 * A network of waves out of the bytes of its file.
 *
 * @throws EcgError `bad-format` when the bytes are no such network, or when this runtime does not reproduce the file's
 *   golden vectors; `bad-option` when the card is not valid
 */
export async function loadWaveModel(bytes: Uint8Array, runtime: Runtime): Promise<WaveModel> {
  const metadata = readModelMetadata(bytes);
  const card = readCard(metadata);
  const golden = parseStrictly(ClassifierGoldenSchema, readEntry(metadata, GOLDEN), 'model: golden vectors');
  const session = await runtime.open(bytes);
  const forward = waveForward(session, card.input);
  try {
    const deviation = await classifierDeviation(golden, thinned(forward), [1, card.input.chunk]);
    requireReproduced(deviation, `${card.name} ${card.version}`, runtime.name);
  } catch (error) {
    await session.release();
    throw error;
  }
  return {
    card,
    delineate: (window) => delineate(window, card, forward),
    close: () => session.release(),
  };
}

/**
 * The card of a file of a network of waves, without running it; test metrics added later are among its metrics.
 * @throws EcgError `bad-format` or `bad-option` when there is none or it is not valid
 */
export function readWaveCard(bytes: Uint8Array): WaveCard {
  return readCard(readModelMetadata(bytes));
}

/**
 * The file of a trained network with its card and golden vectors made on `runtime`.
 *
 * @param network  an ONNX file without either, `x` [N, 1, chunk] to `probabilities` [N, chunk, 4]
 * @throws EcgError `bad-option` when the card is not valid; `bad-format` when the network is not the card's
 */
export async function sealWaveModel(
  network: Uint8Array,
  card: WaveCard,
  runtime: Runtime,
): Promise<Uint8Array> {
  const valid = parseStrictly(WaveCardSchema, card, 'card of waves');
  const session = await runtime.open(network);
  try {
    const forward = waveForward(session, valid.input);
    const golden = await makeClassifierGolden(thinned(forward), [1, valid.input.chunk], valid.quantised);
    return addModelMetadata(network, { [CARD]: JSON.stringify(valid), [GOLDEN]: JSON.stringify(golden) });
  } finally {
    await session.release();
  }
}

async function delineate(
  window: SignalWindow,
  card: WaveCard,
  forward: WaveForward,
): Promise<DelineatedWaves> {
  const { leads, fs, beats } = window;
  const { input, decoding } = card;
  checkWindow(window);
  const prepared: Float32Array[] = [];
  const found: LeadShares[] = [];
  for (const lead of leads) {
    const grid = prepareWaveLead(lead, fs, input);
    if (grid.every((x) => x === 0)) continue;
    prepared.push(grid);
    const shares = await leadProbabilities(grid, input, forward);
    found.push({ ...shares, ...knownOf(lead, fs, input.fs, grid.length) });
  }
  const scale = input.fs / fs;
  const onGrid = Float64Array.from(beats, (sample) => sample * scale);
  const together = combineLeads(found, Math.floor(((leads[0].length - 1) * input.fs) / fs) + 1);
  const marks = markWaves(together, prepared, onGrid, input.fs, decoding);
  for (const mark of WAVE_MARKS) for (let i = 0; i < beats.length; i++) marks[mark][i] /= scale;
  return { ...marks, pWaves: pCandidates(together.P, input.fs).map((sample) => sample / scale) };
}

/** What a lead says, and where it was recorded: 1 a sample, everywhere when omitted. */
export interface LeadShares extends WaveProbabilities {
  readonly known?: Uint8Array;
}

/**
 * What the leads say together, nothing of no lead: a mean, in which a lead counts for each kind of wave as much as it
 * shows of it (the root of the sum of its squared probabilities), and not where it was not recorded.
 *
 * In a plain mean, a lead that does not show P waves outvotes one that does.
 */
export function combineLeads(leads: readonly LeadShares[], length: number): WaveProbabilities {
  if (leads.length === 1 && leads[0].known === undefined) return leads[0];
  const together = (wave: keyof WaveProbabilities): Float32Array => {
    const mean = new Float32Array(length);
    const counted = new Float32Array(length);
    for (const { known, [wave]: probability } of leads) {
      const weight = shownOf(probability);
      for (let i = 0; i < length; i++) {
        if (known?.[i] === 0) continue;
        mean[i] += weight * probability[i];
        counted[i] += weight;
      }
    }
    for (let i = 0; i < length; i++) if (counted[i] > 0) mean[i] /= counted[i];
    return mean;
  };
  return { P: together('P'), QRS: together('QRS'), T: together('T') };
}

/** Where a lead was recorded, on the grid; nothing to say of one without invalid samples. */
function knownOf(lead: Float32Array, fs: number, grid: number, length: number): Pick<LeadShares, 'known'> {
  if (!hasInvalid(lead)) return {};
  return {
    known: Uint8Array.from({ length }, (_, k) => (Number.isNaN(lead[Math.round((k * fs) / grid)]) ? 0 : 1)),
  };
}

/** The root of the sum of squares, never 0. */
function shownOf(probability: Float32Array): number {
  let sum = 1e-6;
  for (let i = 0; i < probability.length; i++) sum += probability[i] * probability[i];
  return Math.sqrt(sum);
}

function checkWindow({ leads, fs }: SignalWindow): void {
  const length = leads[0]?.length ?? 0;
  if (leads.length === 0 || leads.some((lead) => lead.length !== length)) {
    throw new EcgError(
      'bad-shape',
      `waves: leads of ${leads.map((lead) => lead.length).join(', ') || 'no'} samples, give one or more of one length`,
    );
  }
  if (length < SHORTEST * fs) {
    throw new EcgError(
      'too-short',
      `waves: a window of ${(length / fs).toFixed(2)} s, give ${SHORTEST} s or more`,
    );
  }
}

function readCard(metadata: Readonly<Record<string, string>>): WaveCard {
  const card = parseStrictly(WaveCardSchema, readCardEntry(metadata, WAVE_FORMAT), 'card of waves');
  return withTestMetrics(card, metadata);
}

/** What golden vectors hold of the network: every 64th sample, which all others around it have a part in. */
function thinned(forward: WaveForward): WaveForward {
  return async (data, n) =>
    (await forward(data, n)).filter((_, i) => Math.floor(i / OUTPUTS) % GOLDEN_STEP === 0);
}

/**
 * A network of waves, sealed or not, as what runs chunks.
 * @throws EcgError when run, `bad-format` for a network of another kind
 */
export function waveForward(session: Session, { chunk }: WaveChunkInput): WaveForward {
  return async (data, n) => {
    const { probabilities } = await session.run({ x: { data, shape: [n, 1, chunk] } });
    if (!(probabilities?.data instanceof Float32Array) || probabilities.data.length !== OUTPUTS * n * chunk) {
      throw new EcgError(
        'bad-format',
        'waves: the network does not give 4 shares a sample, give that of this card',
      );
    }
    return probabilities.data;
  };
}
