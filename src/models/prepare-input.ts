import { breatheWhenDue, EcgError, type RecordingReader, type RunOptions } from '../core/index.js';
import { rrIntervals } from '../ecg/index.js';
import { cutSpan, type SpanBeats } from './beat-windows.js';
import { type BeatTable, finishBeat, type InputBatch, writeBeat } from './compose.js';
import { type InputContract, type InputShape, inputShape } from './contract.js';
import { gridLength, readGridSignals } from './grid-signals.js';
import { chooseLeads } from './leads.js';
import { meanIntervals } from './rr-features.js';

/** How a recording is read and handed on; none of it changes a number. */
export interface PrepareOptions extends RunOptions {
  /** s of signal read at a time; 60 when omitted. */
  readonly sliceSeconds?: number;
  /** Beats of a batch; 1024 when omitted. */
  readonly batchSize?: number;
}

/**
 * A recording's beats as input tensors of a network, batch after batch, in the beats' order.
 *
 * Nothing longer than two of the contract's spans is held in memory.
 *
 * @param beats  ascending sample indices at the recording's fs
 * @throws EcgError `bad-option` for beats out of order or outside; `unsupported` without an ECG lead; what the
 *   reader throws; `cancelled`
 */
export async function* prepareInput(
  reader: RecordingReader,
  beats: ArrayLike<number>,
  contract: InputContract,
  options: PrepareOptions = {},
): AsyncGenerator<InputBatch> {
  const shape = inputShape(contract);
  const batchSize = options.batchSize ?? 1024;
  await breatheWhenDue();
  const table = beatTable(reader, beats, contract, shape);
  await breatheWhenDue();
  const reach = contract.likeness?.reach ?? 0;
  let open: SpanBeats[] = [];
  let emitted = 0;
  const emit = function* (to: number): Generator<InputBatch> {
    while (emitted < to) {
      const end = Math.min(to, emitted + batchSize);
      const waves = new Float32Array((end - emitted) * shape.channels * shape.length);
      const features = new Float32Array((end - emitted) * shape.features);
      for (let beat = emitted; beat < end; beat++) {
        const span = open.find((s) => beat < s.to) as SpanBeats;
        writeBeat(contract, shape, table, span, beat, waves, features, beat - emitted, 0);
        finishBeat(contract, shape, waves, features, beat - emitted);
      }
      yield { from: emitted, to: end, waves, features };
      emitted = end;
    }
  };
  for await (const span of spansOf(reader, beats, contract, table, 0, options)) {
    open.push(span);
    // The last beats of a span look ahead at the likeness of the next one's first.
    yield* emit(span.to - reach);
    open = open.filter((s) => s.to > emitted);
    options.onProgress?.({ stage: 'prepare', done: span.to, total: beats.length });
  }
  yield* emit(beats.length);
}

/** All beats of one recording, kept for training: what `writeBeat` needs to make any of them. */
export interface PreparedRecord {
  readonly table: BeatTable;
  readonly spans: readonly SpanBeats[];
  /** Beat times, s. */
  readonly times: Float64Array;
}

/**
 * The beats of a recording before composition, with `margin` grid samples around each window, so that
 * training can shift, scale and jitter them.
 *
 * @throws EcgError as `prepareInput`
 */
export async function prepareRecord(
  reader: RecordingReader,
  beats: ArrayLike<number>,
  contract: InputContract,
  margin: number,
  options: PrepareOptions = {},
): Promise<PreparedRecord> {
  const table = beatTable(reader, beats, contract, inputShape(contract));
  const spans: SpanBeats[] = [];
  for await (const span of spansOf(reader, beats, contract, table, margin, options)) spans.push(span);
  const times = Float64Array.from({ length: beats.length }, (_, i) => beats[i] / reader.info.fs);
  return { table, spans, times };
}

/** The table of a recording: intervals known, likeness and presence still empty. */
function beatTable(
  reader: RecordingReader,
  beats: ArrayLike<number>,
  contract: InputContract,
  shape: InputShape,
): BeatTable {
  const { fs, gaps, length, id } = reader.info;
  const times = new Float64Array(beats.length);
  for (let i = 0; i < beats.length; i++) {
    // The last annotation of a file may stand one past its last sample (svdb 860).
    if (!(beats[i] >= 0 && beats[i] <= length) || (i > 0 && beats[i] < beats[i - 1])) {
      throw new EcgError(
        'bad-option',
        `prepareInput: beat ${i} of ${id} lies at sample ${beats[i]}, expected ascending samples from 0 to ${length}`,
      );
    }
    times[i] = beats[i] / fs;
  }
  const before = rrIntervals(Float64Array.from(beats), fs, gaps);
  return {
    before,
    mean: meanIntervals(times, before, contract.rr),
    likeness: new Float32Array(beats.length * shape.likenessPerBeat),
    present: new Uint8Array(beats.length * contract.leads.count),
  };
}

/** The spans of a recording one after the other; fills the table's likeness and presence on the way. */
async function* spansOf(
  reader: RecordingReader,
  beats: ArrayLike<number>,
  contract: InputContract,
  table: BeatTable,
  margin: number,
  options: PrepareOptions,
): AsyncGenerator<SpanBeats> {
  const end = gridLength(reader, contract);
  if (beats.length === 0 || end < 1) return;
  const { fs, length, id, signals } = reader.info;
  const leads = chooseLeads(signals, contract);
  if (leads.length === 0) {
    throw new EcgError(
      'unsupported',
      `prepareInput: ${id} has no signal in mV among its ${signals.length}; an ECG lead is needed`,
    );
  }
  const shape = inputShape(contract);
  const around = shape.cut.length + margin + Math.ceil((contract.alignment?.search ?? 0) * contract.fs);
  const spans = Math.max(1, Math.ceil(length / fs / contract.span));
  const figures = shape.likenessPerBeat;
  let from = 0;
  for (let span = 0; span < spans; span++) {
    const limit = ((span + 1) * length) / spans;
    let to = from;
    while (to < beats.length && (span === spans - 1 || beats[to] < limit)) to++;
    if (to === from) continue;
    const peaks = Int32Array.from({ length: to - from }, (_, i) =>
      Math.min(end - 1, Math.round((beats[from + i] / fs) * contract.fs)),
    );
    const grid = await readGridSignals(
      reader,
      leads,
      contract,
      Math.max(0, peaks[0] - around),
      Math.min(end, peaks[peaks.length - 1] + around),
      options.sliceSeconds ?? 60,
      options,
    );
    const ratios = table.before.slice(from, to).map((rr, i) => rr / table.mean[from + i]);
    const cut = await cutSpan(grid, peaks, ratios, contract, margin, from);
    table.likeness.set(cut.likeness, from * figures);
    table.present.set(cut.present, from * contract.leads.count);
    await breatheWhenDue();
    yield cut;
    from = to;
  }
}
