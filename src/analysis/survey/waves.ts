import { breatheWhenDue, firstAtOrAfter } from '../../core/index.js';
import { createWaveMarks, WAVE_MARKS, type WaveMarks } from '../../ecg/index.js';
import type { WaveNetwork } from '../models.js';
import { type Look, windowOf } from './slice.js';

/** s of signal marked at a time. */
const WINDOW = 30;
/** s around it that the network sees as well, so that every wave of its beats lies inside. */
const MARGIN = 2;

/**
 * Marks the waves of every beat, slice by slice, and collects where P waves may be that lead none; samples of the
 * recording.
 */
export function surveyWaves(
  network: WaveNetwork,
  beats: Float64Array,
  recording: { readonly fs: number; readonly length: number },
): { readonly look: Look; readonly marks: WaveMarks; readonly pWaves: number[] } {
  const { fs, length } = recording;
  const marks = createWaveMarks(beats.length);
  const pWaves: number[] = [];
  const look: Look = async (slice) => {
    const pieces = Math.max(1, Math.round((slice.to - slice.from) / (WINDOW * fs)));
    for (let piece = 0; piece < pieces; piece++) {
      const from = slice.from + Math.round(((slice.to - slice.from) * piece) / pieces);
      const to = slice.from + Math.round(((slice.to - slice.from) * (piece + 1)) / pieces);
      const begin = Math.max(0, from - Math.round(MARGIN * fs));
      const end = Math.min(length, to + Math.round(MARGIN * fs));
      const [seen, first, last] = [begin, from, to].map((sample) => firstAtOrAfter(beats, sample));
      if (first === last) continue;
      const found = await network.delineate(windowOf(slice, begin, end));
      for (const column of WAVE_MARKS)
        for (let i = first; i < last; i++) marks[column][i] = found[column][i - seen] + begin;
      for (const sample of found.pWaves)
        if (sample + begin >= from && sample + begin < to) pWaves.push(sample + begin);
      await breatheWhenDue();
    }
  };
  return { look, marks, pWaves };
}
