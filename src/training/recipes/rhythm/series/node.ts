import { join } from 'node:path';
import type { RunOptions } from '../../../../core/index.js';
import { createRhythmWindow, softmax } from '../../../../models/index.js';
import type { Session } from '../../../../nn/index.js';
import type { RhythmData } from '../data.js';
import { RHYTHM_LABELS } from '../label-rhythm.js';
import { readDetected, writeWindows } from '../records/node.js';
import type { SeriesRecord } from '../score-episodes.js';

/** s from one window to the next, as an analysis goes. */
const HOP = 10;
const BATCH = 16;
/** Beats of less likeness are of another shape. */
const STRANGE = 0.6;

/**
 * What a network says of all of a recording: windows of its first lead every 10 s.
 *
 * @param id           `mitdb/100`
 * @param session      reads `x` [N, ...] and gives `logits`
 * @param temperature  divides the logits
 */
export async function readSeries(
  id: string,
  dataFolder: string,
  data: Pick<RhythmData, 'input'>,
  session: Session,
  temperature: number,
  options?: RunOptions,
): Promise<SeriesRecord> {
  const found = await readDetected(join(dataFolder, id), options);
  const { samples, fs } = found.recording.signals[0];
  const { window } = data.input;
  const count = Math.floor((samples.length / fs - window) / HOP) + 1;
  const starts = Array.from({ length: count }, (_, w) => w * HOP);
  const writer = createRhythmWindow(data.input);
  const kinds = RHYTHM_LABELS.length;
  const logits = new Float32Array(count * kinds);
  // Each window that holds a beat has a say whether it is strange.
  const votes = new Int16Array(found.beats.length);
  for (let from = 0; from < count; from += BATCH) {
    const some = starts.slice(from, from + BATCH);
    const x = await writeWindows(found, 0, some, data, writer, (_, first, likeness) => {
      likeness.forEach((own, i) => {
        votes[first + i] += own < STRANGE ? 1 : -1;
      });
    });
    const result = await session.run({ x: { data: x, shape: [some.length, ...writer.layout.shape] } });
    logits.set(result['logits'].data as Float32Array, from * kinds);
  }
  return {
    id,
    fs,
    length: samples.length,
    beats: found.beats,
    strange: Uint8Array.from(votes, (sum) => (sum > 0 ? 1 : 0)),
    annotations: found.recording.annotations ?? [],
    series: {
      starts: starts.map((start) => Math.round(start * fs)),
      length: Math.round(window * fs),
      classes: RHYTHM_LABELS,
      probabilities: softmax(logits, kinds, temperature),
    },
  };
}
