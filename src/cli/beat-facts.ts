import { EcgError, type Gap, type RecordingReader } from '../core/index.js';
import { measureIntervals, P_PRESENCE } from '../ecg/index.js';
import { chooseLeads, type InputContract, loadWaveModel, type WaveModel } from '../models/index.js';
import { readBundledModel } from '../models/node.js';
import type { Runtime } from '../nn/index.js';
import type { BeatFacts } from '../report/index.js';

/** s on either side of the beat that the network of waves is shown. */
const AROUND = 5;

/**
 * What the network of waves says of a beat: whether it has a P wave, and how long its QRS lasts; nothing where that
 * network did not come with the installation.
 */
export async function factsOfWaves(
  runtime: Runtime,
  reader: RecordingReader,
  samples: Float64Array,
  index: number,
  unreadable: readonly Gap[],
  contract: InputContract,
): Promise<Pick<BeatFacts, 'pWave' | 'qrsMs'>> {
  const unknown = { pWave: null, qrsMs: null };
  const model = await loadWaves(runtime);
  if (model === null) return unknown;
  try {
    const { fs, length, signals } = reader.info;
    const from = Math.max(0, Math.round(samples[index] - AROUND * fs));
    const to = Math.min(length, Math.round(samples[index] + AROUND * fs));
    const { signals: read } = await reader.read({ from, to, signals: chooseLeads(signals, contract) });
    const near = samples.filter((sample) => sample >= from && sample < to).map((sample) => sample - from);
    const marks = await model.delineate({
      leads: read.map(({ samples: lead }) => lead),
      names: read.map(({ lead }) => lead),
      ...{ fs, beats: near },
    });
    const shifted = unreadable.map((gap) => ({ from: gap.from - from, to: gap.to - from }));
    const { qrsMs, p } = measureIntervals(marks, { fs, length: to - from, unreadable: shifted });
    const i = near.indexOf(samples[index] - from);
    const presence = P_PRESENCE[p[i]];
    return {
      pWave: presence === 'unknown' ? null : presence,
      qrsMs: Number.isNaN(qrsMs[i]) ? null : qrsMs[i],
    };
  } catch (error) {
    // A recording too short for that network has no facts of it.
    if (error instanceof EcgError && error.code === 'too-short') return unknown;
    throw error;
  } finally {
    await model.close();
  }
}

async function loadWaves(runtime: Runtime): Promise<WaveModel | null> {
  try {
    return await loadWaveModel(await readBundledModel('waves'), runtime);
  } catch (error) {
    if (error instanceof EcgError && error.code === 'not-found') return null;
    throw error;
  }
}
