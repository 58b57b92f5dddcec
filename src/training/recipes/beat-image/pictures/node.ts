import { join } from 'node:path';
import {
  type Annotation,
  breatheWhenDue,
  type RunOptions,
  throwIfCancelled,
} from '../../../../core/index.js';
import { RHYTHM_CHANGE } from '../../../../ecg/index.js';
import { patientOf } from '../../../../evaluation/index.js';
import { openFile } from '../../../../formats/node.js';
import { type BeatPicture, drawBeat, pictureInput } from '../../../../models/index.js';
import type { ExampleSet } from '../../../examples/example-set.js';
import type { BeatPlace } from '../choose-beats.js';
import type { PictureClass } from '../data.js';

/** s; each so long a stretch of an episode gives one picture. */
const STRETCH = 0.6;
const EPISODE = /^\((VFL|VFIB|VF)$/;

/**
 * The beats of some records that belong to a class, and a place in the middle of each stretch of flutter or
 * fibrillation where there are no beats.
 *
 * @param ids  `mitdb/207`, `vfdb/418`
 * @throws EcgError `not-found`, `bad-format` from reading; `cancelled`
 */
export async function findBeats(
  ids: readonly string[],
  classes: readonly PictureClass[],
  dataFolder: string,
  options?: RunOptions,
): Promise<BeatPlace[]> {
  const places: BeatPlace[] = [];
  for (const [record, id] of ids.entries()) {
    throwIfCancelled(options, 'training');
    const reader = await openFile(join(dataFolder, id), signalOnly(options));
    try {
      const { annotations, fs, length } = reader.info;
      classes.forEach(({ symbols, only, episodes }, label) => {
        const samples = id.startsWith('mitdb/')
          ? only === undefined || id === `mitdb/${only}`
            ? annotations.filter(({ symbol }) => symbols.includes(symbol)).map(({ sample }) => sample)
            : []
          : episodes
            ? stretches(annotations, fs, length)
            : [];
        for (const sample of samples) places.push({ record, sample, label });
      });
    } finally {
      await reader.close();
    }
  }
  return places;
}

/** The middles of the whole stretches of the episodes. */
function stretches(annotations: readonly Annotation[], fs: number, length: number): number[] {
  const rhythms = annotations.filter(({ symbol }) => symbol === RHYTHM_CHANGE);
  return rhythms.flatMap(({ sample, aux }, i) => {
    if (!EPISODE.test(aux?.trim() ?? '')) return [];
    const end = rhythms[i + 1]?.sample ?? length;
    const size = STRETCH * fs;
    return Array.from({ length: Math.floor((end - sample) / size) }, (_, k) =>
      Math.round(sample + (k + 0.5) * size),
    );
  });
}

/**
 * The pictures of beats as a network sees them; stretches of an episode are centred on their highest sample, where
 * annotated flutter waves have their mark.
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
        const sample = id.startsWith('mitdb/') ? places[at].sample : highest(samples, fs, places[at].sample);
        data.set(pictureInput(drawBeat(samples, fs, sample, contract), contract), at * size);
      }
    } finally {
      await reader.close();
    }
  }
  options?.onProgress?.({ stage: 'prepare', done: ids.length, total: ids.length });
  const records = ids.map((id) => ({ id, patient: patientOf(id) }));
  return { classes: classes.map(({ name }) => name), shape, data, label, record, records };
}

/** The highest sample of the stretch around `middle`. */
function highest(samples: Float32Array, fs: number, middle: number): number {
  const half = Math.floor((STRETCH * fs) / 2);
  let best = middle;
  for (let i = Math.max(0, middle - half); i < Math.min(samples.length, middle + half); i++) {
    if (samples[i] > samples[best]) best = i;
  }
  return best;
}

/** Cancelling passes on; the progress of one record would only flicker. */
function signalOnly(options: RunOptions | undefined): RunOptions {
  return options?.signal === undefined ? {} : { signal: options.signal };
}
