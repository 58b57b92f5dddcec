import { join } from 'node:path';
import {
  type Annotation,
  breatheWhenDue,
  type RunOptions,
  throwIfCancelled,
} from '../../../../core/index.js';
import { rhythmSpans } from '../../../../ecg/index.js';
import { patientOf } from '../../../../evaluation/index.js';
import { openFile } from '../../../../formats/node.js';
import { type BeatPicture, drawBeat, pictureInput } from '../../../../models/index.js';
import type { ExampleSet } from '../../../examples/example-set.js';
import type { BeatPlace } from '../choose-beats.js';
import type { PictureClass } from '../data.js';

/** s; each so long a stretch of an episode gives one picture. */
const STRETCH = 0.6;
/** mV; fibrillation below is called fine and hardly told from a flat line. */
const SMALLEST_WAVE = 0.2;
const EPISODES: ReadonlySet<string> = new Set(['VFL', 'VFIB', 'VF']);

/**
 * The beats of some records that belong to a class, and a place in each stretch of flutter or fibrillation where no
 * waves are annotated.
 *
 * @param ids  `mitdb/207`, `vfdb/418`
 * @throws EcgError `not-found`, `bad-format` from reading; `cancelled`
 */
export async function findBeats(
  ids: readonly string[],
  classes: readonly PictureClass[],
  contract: BeatPicture,
  dataFolder: string,
  options?: RunOptions,
): Promise<BeatPlace[]> {
  const places: BeatPlace[] = [];
  for (const [record, id] of ids.entries()) {
    throwIfCancelled(options, 'training');
    const reader = await openFile(join(dataFolder, id), signalOnly(options));
    try {
      const { annotations, fs, length } = reader.info;
      const annotated = id.startsWith('mitdb/');
      const waves = annotated ? [] : stretches(annotations, fs, length);
      const lead =
        waves.length > 0 ? (await reader.read({ signals: [0] }, signalOnly(options))).signals[0] : undefined;
      const shown = lead === undefined ? [] : visibleWaves(lead.samples, fs, waves, contract);
      classes.forEach(({ symbols, only, episodes }, label) => {
        const beats = annotations
          .filter(({ symbol }) => symbols.includes(symbol))
          .map(({ sample }) => sample);
        const own = annotated && (only === undefined || id === `mitdb/${only}`) ? beats : [];
        for (const sample of episodes ? [...own, ...shown] : own) places.push({ record, sample, label });
      });
    } finally {
      await reader.close();
    }
  }
  return places;
}

/** The middles of the whole stretches of the episodes. */
function stretches(annotations: readonly Annotation[], fs: number, length: number): number[] {
  const size = STRETCH * fs;
  return rhythmSpans(annotations, length).flatMap(({ rhythm, from, to }) =>
    EPISODES.has(rhythm)
      ? Array.from({ length: Math.floor((to - from) / size) }, (_, k) => Math.round(from + (k + 0.5) * size))
      : [],
  );
}

/**
 * The highest sample of each stretch, where annotated flutter waves have their mark; without stretches that leave
 * the picture for more than half of it, or in which nothing moves: an electrode was off.
 */
function visibleWaves(
  samples: Float32Array,
  fs: number,
  middles: readonly number[],
  contract: BeatPicture,
): number[] {
  const half = Math.floor((STRETCH * fs) / 2);
  const highest = contract.zeroLine / contract.pixelsPerMv;
  const lowest = (contract.zeroLine - contract.height) / contract.pixelsPerMv;
  return middles.flatMap((middle) => {
    const from = Math.max(0, middle - half);
    const to = Math.min(samples.length, middle + half);
    let best = from;
    let least = Number.POSITIVE_INFINITY;
    let inside = 0;
    for (let i = from; i < to; i++) {
      if (samples[i] > samples[best]) best = i;
      if (samples[i] < least) least = samples[i];
      if (samples[i] < highest && samples[i] > lowest) inside++;
    }
    const seen = inside * 2 >= to - from && samples[best] - least >= SMALLEST_WAVE;
    return seen ? [best] : [];
  });
}

/**
 * The pictures of beats as a network sees them.
 *
 * @param places  ascending by record
 * @throws EcgError as `findBeats`
 */
export async function drawBeats(
  ids: readonly string[],
  classes: readonly PictureClass[],
  places: readonly BeatPlace[],
  contract: BeatPicture,
  dataFolder: string,
  options?: RunOptions,
): Promise<ExampleSet> {
  const shape = [1, contract.inputHeight, contract.inputWidth];
  const size = contract.inputHeight * contract.inputWidth;
  const data = new Uint8Array(places.length * size);
  const label = Uint8Array.from(places, (place) => place.label);
  const record = Uint16Array.from(places, (place) => place.record);
  let at = 0;
  for (const [r, id] of ids.entries()) {
    throwIfCancelled(options, 'training');
    options?.onProgress?.({ stage: 'prepare', done: r, total: ids.length });
    if (places[at]?.record !== r) continue;
    const reader = await openFile(join(dataFolder, id), signalOnly(options));
    try {
      const { signals } = await reader.read({ signals: [0] }, signalOnly(options));
      const { samples, fs } = signals[0];
      for (; places[at]?.record === r; at++) {
        await breatheWhenDue();
        data.set(pictureInput(drawBeat(samples, fs, places[at].sample, contract), contract), at * size);
      }
    } finally {
      await reader.close();
    }
  }
  options?.onProgress?.({ stage: 'prepare', done: ids.length, total: ids.length });
  const records = ids.map((id) => ({ id, patient: patientOf(id) }));
  return { classes: classes.map(({ name }) => name), shape, data, label, record, records };
}

/** Cancelling passes on; the progress of one record would only flicker. */
function signalOnly(options: RunOptions | undefined): RunOptions {
  return options?.signal === undefined ? {} : { signal: options.signal };
}
