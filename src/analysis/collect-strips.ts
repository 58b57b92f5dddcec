import type { Analysis, AnalysisEvent, EventStrip, RecordingReader, RunOptions } from '../core/index.js';
import { throwIfCancelled } from '../core/index.js';

/** s of signal in a strip: 250 mm of paper. */
const STRIP = 10;
/** s shown before an event that fills its strip. */
const LEAD_IN = 2;

/** The samples around each event of an analysis, of the leads that were analysed; what a report draws. */
export async function collectStrips(
  reader: RecordingReader,
  analysis: Analysis,
  options: RunOptions = {},
): Promise<EventStrip[]> {
  const { analysed, fs, length } = analysis.recording;
  const signals: number[] = [];
  reader.info.signals.forEach((signal, i) => {
    if (signal.unit === 'mV' && signal.fs === fs && analysed.includes(signal.lead)) signals.push(i);
  });
  const strips: EventStrip[] = [];
  for (const event of analysis.events) {
    throwIfCancelled(options, `strips of ${analysis.recording.id}`);
    const from = stripStart(event, fs, length);
    const to = Math.min(length, from + Math.round(STRIP * fs));
    const recording = await reader.read({ from, to, signals: signals.slice(0, analysed.length) }, options);
    strips.push({
      eventId: event.id,
      from,
      fs,
      leads: recording.signals.map(({ lead, samples }) => ({ lead, samples })),
    });
  }
  return strips;
}

/** Where the strip of an event begins: the event in its middle, or its begin near the left edge if it is long. */
function stripStart(event: AnalysisEvent, fs: number, length: number): number {
  const strip = Math.round(STRIP * fs);
  const room = strip - (event.to - event.from);
  const before = room < 2 * LEAD_IN * fs ? LEAD_IN * fs : room / 2;
  return Math.max(0, Math.min(length - strip, Math.round(event.from - before)));
}
