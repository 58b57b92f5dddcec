import {
  BEAT_CLASSES,
  breatheWhenDue,
  type RecordingInfo,
  type RhythmEpisode,
  type UnreadableStretch,
} from '../core/index.js';
import {
  ASYSTOLE_S,
  asystoleEpisodes,
  composeRhythms,
  fibrillationEpisodes,
  findAvBlock,
  groundRhythms,
  pacedEpisodes,
  SINUS_RATE_DEFAULTS,
  sinusRateEpisodes,
  supraventricularTachycardias,
  ventricularEpisodes,
  ventricularRuns,
  type WaveMarks,
} from '../ecg/index.js';
import type { Beats } from './beats.js';
import type { WindowSeries } from './survey/windows.js';
import { firstEndingAfter } from './unreadable.js';

/** What rhythms are named from. */
export interface RhythmEvidence {
  readonly info: Pick<RecordingInfo, 'fs' | 'length'>;
  readonly beats: Beats;
  /** s, NaN where there is no interval. */
  readonly rr: Float64Array;
  readonly unreadable: readonly UnreadableStretch[];
  /** Beats that end a pause in which a beat may hide. */
  readonly disturbed: ReadonlySet<number>;
  readonly rhythm: WindowSeries | null;
  readonly ventricular: WindowSeries | null;
  /** One entry a beat. */
  readonly marks: WaveMarks | null;
  /** Samples where P waves may be, those that lead no beat too; ascending. */
  readonly pWaves: Float64Array | null;
}

const NORMAL = BEAT_CLASSES.indexOf('N');
const PACED = BEAT_CLASSES.indexOf('Q');
const ATRIAL: readonly number[] = [NORMAL, BEAT_CLASSES.indexOf('S')];

/**
 * One rhythm for every sample of a recording: what the networks say of windows, what the beats say, and where neither
 * can be read, by the order of `RHYTHM_PRECEDENCE`; null when no network judged it.
 *
 * Ventricular tachycardia, fibrillation and asystole are told by their own signs, so that noise the rhythm network sees
 * there does not hide them. Sinus rates count where sinus rhythm was found.
 */
export async function nameRhythms(evidence: RhythmEvidence): Promise<RhythmEpisode[] | null> {
  const { info, beats, rr, unreadable, disturbed, rhythm, ventricular, marks, pWaves } = evidence;
  if (rhythm === null && ventricular === null) return null;
  const { fs, length } = info;
  const { samples, labels } = beats;
  const candidates: RhythmEpisode[] = [];
  const add = async (found: readonly RhythmEpisode[]) => {
    // Not by arguments: there may be more than a call takes.
    for (const episode of found) candidates.push(episode);
    await breatheWhenDue();
  };
  if (ventricular !== null) await add(ventricularEpisodes(ventricular, { fs }));
  // What fibrillates shows no beats either; only what is left of a stretch without beats counts.
  const still = asystoleEpisodes(samples, unreadable, length, {
    fs,
    rests: restsBetween(samples, disturbed),
  });
  await add(outsideAll(still, candidates).filter(({ from, to }) => to - from >= ASYSTOLE_S * fs));
  const grave = [...candidates];
  if (rhythm !== null) {
    // Ventricular, fused and paced beats say nothing of the atria.
    const strange = labels === null ? [] : labels.classes.map((c) => (ATRIAL.includes(c) ? 0 : 1));
    await add(fibrillationEpisodes(rhythm, samples, { fs, strange }));
    const ectopic = labels === null ? [] : samples.filter((_, i) => labels.classes[i] !== NORMAL);
    const ground = groundRhythms(rhythm, ectopic, { fs, length });
    await add(ground.filter((found) => found.rhythm !== 'unreadable' || !meets(found, grave)));
    const sinus = ground.filter((found) => found.rhythm === 'sinus');
    await add(
      withinAny(
        sinusRateEpisodes(
          { samples, rr, classes: labels?.classes ?? [] },
          { leastS: shortestRate(length / fs) },
        ),
        sinus,
      ),
    );
  }
  if (labels !== null) {
    const rhythmBeats = { samples, rr, classes: labels.classes, uncertain: labels.uncertain };
    await add(ventricularRuns(rhythmBeats));
    await add(supraventricularTachycardias(rhythmBeats));
    await add(
      pacedEpisodes(
        rhythmBeats,
        Uint8Array.from(labels.classes, (c) => (c === PACED ? 1 : 0)),
      ),
    );
  }
  if (marks !== null && pWaves !== null)
    await add(await findAvBlock({ beats: samples, pWaves, marks, fs, unreadable }));
  await add(unreadable.map(({ from, to }) => ({ from, to, ...UNREADABLE })));
  const composed = composeRhythms(candidates, length, rhythm === null ? NOT_ASKED : undefined);
  return fillSlivers(composed, SLIVER * fs);
}

/** s that a rate lasts to name a rhythm: as everywhere, or most of a recording that is shorter. */
function shortestRate(seconds: number): number {
  return Math.min(SINUS_RATE_DEFAULTS.leastS, MOST_OF_IT * seconds);
}
const MOST_OF_IT = 0.6;

/** s; what is named neither by windows nor by beats for shorter, beside atrial fibrillation, belongs to it. */
const SLIVER = 3;

/** The rhythms without the slivers that are left where fibrillation is told from beat to beat, as before the first. */
function fillSlivers(rhythms: readonly RhythmEpisode[], most: number): RhythmEpisode[] {
  const filled: RhythmEpisode[] = [];
  rhythms.forEach((episode, i) => {
    const isGround = episode.rhythm === 'sinus' || episode.rhythm === 'other';
    const [before, after] = [filled.at(-1), rhythms[i + 1]];
    const beside = [before, after].find((other) => other?.rhythm === 'atrial-fibrillation');
    const closed = [before, after].every(
      (other) => other === undefined || other === beside || other.rhythm === 'unreadable' || isAtrial(other),
    );
    const told = isGround && beside && closed && episode.to - episode.from < most ? beside : episode;
    const { from, to } = episode;
    if (before !== undefined && isSame(before, told)) filled[filled.length - 1] = { ...before, to };
    else filled.push({ ...told, from, to });
  });
  return filled;
}

const isAtrial = ({ rhythm }: RhythmEpisode) =>
  rhythm === 'atrial-fibrillation' || rhythm === 'atrial-flutter';

const isSame = (a: RhythmEpisode, b: RhythmEpisode) =>
  a.rhythm === b.rhythm &&
  a.uncertain === b.uncertain &&
  a.reason === b.reason &&
  a.probability === b.probability;

const NOT_ASKED = {
  rhythm: 'other',
  probability: null,
  uncertain: true,
  reason: 'no network of rhythms was used',
} as const;

const UNREADABLE = { rhythm: 'unreadable', probability: null, uncertain: false, reason: null } as const;

/** Whether nothing stirs between two beats; unknown, so not sure, where no two beats bound the stretch. */
function restsBetween(samples: Float64Array, disturbed: ReadonlySet<number>) {
  const indexOf = new Map<number, number>();
  samples.forEach((sample, i) => {
    indexOf.set(sample, i);
  });
  return (from: number, to: number): boolean => {
    const next = indexOf.get(to);
    return next !== undefined && samples[next - 1] === from && !disturbed.has(next);
  };
}

/** Whether an episode overlaps one of some. */
function meets(episode: RhythmEpisode, others: readonly RhythmEpisode[]): boolean {
  return others.some(({ from, to }) => from < episode.to && to > episode.from);
}

/** The parts of episodes that lie in none of some stretches; both ascending, neither overlapping among itself. */
function outsideAll(
  episodes: readonly RhythmEpisode[],
  stretches: readonly { readonly from: number; readonly to: number }[],
): RhythmEpisode[] {
  return episodes.flatMap((episode) => {
    const parts: RhythmEpisode[] = [];
    let at = episode.from;
    for (let i = firstEndingAfter(stretches, episode.from); i < stretches.length; i++) {
      const { from, to } = stretches[i];
      if (from >= episode.to) break;
      if (from > at) parts.push({ ...episode, from: at, to: from });
      at = to;
    }
    if (at < episode.to) parts.push({ ...episode, from: at });
    return parts;
  });
}

/** The parts of episodes that lie within one of some stretches; both ascending, neither overlapping among itself. */
function withinAny(
  episodes: readonly RhythmEpisode[],
  stretches: readonly { readonly from: number; readonly to: number }[],
): RhythmEpisode[] {
  return episodes.flatMap((episode) => {
    const parts: RhythmEpisode[] = [];
    for (let i = firstEndingAfter(stretches, episode.from); i < stretches.length; i++) {
      const { from, to } = stretches[i];
      if (from >= episode.to) break;
      parts.push({ ...episode, from: Math.max(from, episode.from), to: Math.min(to, episode.to) });
    }
    return parts;
  });
}
