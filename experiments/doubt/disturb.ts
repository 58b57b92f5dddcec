import type { Recording, RecordingReader } from '../../src/core/index.js';
import { addNoise, isQrs, noiseAmplitude, noiseGain, qrsAmplitude } from '../../src/ecg/index.js';
import { openFile } from '../../src/formats/node.js';

/** What is done to all leads of a recording; the arrays are its own. */
export type Disturbance = (recording: Recording) => readonly Float32Array[];

/** A recording as another would have come out of the same heart. */
export async function disturbedReader(
  reader: RecordingReader,
  disturbance: Disturbance,
): Promise<RecordingReader> {
  const whole = await reader.read();
  const leads = disturbance(whole);
  return {
    info: reader.info,
    read: async ({ from = 0, to = reader.info.length, signals = leads.map((_, i) => i) } = {}) => ({
      ...whole,
      offset: from,
      signals: signals.map((i) => ({ ...whole.signals[i]!, samples: leads[i]!.slice(from, to) })),
    }),
    close: () => reader.close(),
  };
}

/** The disturbances of mitdb's recordings: leads upside down, a lead off, nstdb's noises all along. */
export async function disturbances(dataFolder: string): Promise<Record<string, Disturbance>> {
  const upsideDown = (x: Float32Array) => x.map((value) => -value);
  return {
    'both leads inverted': ({ signals }) => signals.map(({ samples }) => upsideDown(samples)),
    'first lead inverted': ({ signals }) =>
      signals.map(({ samples }, i) => (i === 0 ? upsideDown(samples) : samples)),
    'first lead off (flat but for 10 µV of the other)': ({ signals }) =>
      signals.map(({ samples }, i) => (i === 0 ? fadedOther(signals[1]?.samples ?? samples) : samples)),
    'muscle noise, 0 dB': await noise(dataFolder, 'ma', 0),
    'muscle noise, −6 dB': await noise(dataFolder, 'ma', -6),
    'baseline wander, −6 dB': await noise(dataFolder, 'bw', -6),
  };
}

/** An open input picks up a little of its neighbour. */
function fadedOther(x: Float32Array): Float32Array {
  let most = 0;
  for (const value of x) if (Math.abs(value) > most) most = Math.abs(value);
  return x.map((value) => (0.01 * value) / Math.max(most, 1e-6));
}

async function noise(dataFolder: string, name: string, snrDb: number): Promise<Disturbance> {
  const reader = await openFile(`${dataFolder}/nstdb/${name}`);
  const channels = (await reader.read()).signals.map(({ samples }) => samples);
  const { fs } = reader.info;
  await reader.close();
  return (recording) => {
    const beats = recording.annotations.filter(({ symbol }) => isQrs(symbol)).map(({ sample }) => sample);
    return recording.signals.map(({ samples }, i) => {
      const channel = channels[i % channels.length]!;
      const gain = noiseGain(qrsAmplitude(samples, recording.fs, beats), noiseAmplitude(channel, fs), snrDb);
      return addNoise(samples, channel, gain, [{ from: 0, to: samples.length }]);
    });
  };
}
