import {
  createStreamAnalyzer,
  createStreamBatcher,
  type StreamModels,
  type StreamOptions,
} from '../../src/analysis/index.js';
import type { RecordingReader, StreamEvent } from '../../src/core/index.js';

/** s of signal that are pushed at a time: what is told does not depend on it. */
const CHUNK = 5;

/** All events of a recording that is heard as a live stream. */
export async function hearRecording(
  reader: RecordingReader,
  models: StreamModels,
  options: Partial<StreamOptions> = {},
): Promise<StreamEvent[]> {
  const { fs, length, signals } = reader.info;
  const own = signals.flatMap(({ unit, fs: rate }, i) => (unit === 'mV' && rate === fs ? [i] : []));
  const stream = createStreamAnalyzer({ fs, leads: own.map((i) => signals[i].lead), models, ...options });
  const batcher = createStreamBatcher(models);
  const events: StreamEvent[] = [];
  const run = () => batcher.run([stream], (_, told) => events.push(...told));
  const size = Math.round(CHUNK * fs);
  const leads = (await reader.read({ signals: own })).signals.map(({ samples }) => samples);
  for (let at = 0; at < length; at += size) {
    stream.push(leads.map((x) => x.subarray(at, Math.min(length, at + size))));
    await run();
  }
  stream.end();
  do await run();
  while (stream.waiting > 0);
  return events;
}
