import type { Annotation } from '../../core/index.js';
import { FLUTTER_BEGIN, FLUTTER_END, RHYTHM_CHANGE } from '../../ecg/index.js';
import type { Stretch } from './beat-sequence.js';
import { type ComparisonPeriod, samplePeriod } from './period.js';
import { addRatios, fraction, meanDefined, type Ratio } from './ratio.js';

/** Atrial fibrillation (`(AFIB` to the next other rhythm), or ventricular flutter and fibrillation (`[` to `]`). */
export type EpisodeKind = 'AF' | 'VF';

/** What an episode-by-episode comparison of one record found. Plain data. */
export interface EpisodeComparison {
  readonly record: string;
  readonly kind: EpisodeKind;
  readonly episodes: { readonly sensitivity: Ratio; readonly positivePredictivity: Ratio };
  /** s of overlap, of reference episodes and of test episodes. */
  readonly duration: { readonly overlap: number; readonly reference: number; readonly test: number };
}

/**
 * How a test annotator's episodes agree with the reference's: any overlap finds an episode, and the durations
 * say how well.
 *
 * A test episode of AF that overlaps no reference AF but reference atrial flutter is neither right nor wrong;
 * durations do not know that exception.
 *
 * @param options.to  s, the end of the recording: where an episode that is never closed ends
 * @throws EcgError `bad-option` for an impossible period
 *
 * Source: ANSI/AAMI EC57:2012; equal to the WFDB software's `epicmp` on tests/ec57-golden.test.ts.
 */
export function compareEpisodes(
  reference: readonly Annotation[],
  test: readonly Annotation[],
  kind: EpisodeKind,
  options: ComparisonPeriod & { readonly record: string; readonly to: number },
): EpisodeComparison {
  const { from, to } = samplePeriod(options);
  const within = (annotations: readonly Annotation[]) => clip(find(annotations, kind, to), from, to);
  const ref = within(reference);
  const alg = within(test);
  const flutter = kind === 'AF' ? clip(rhythmEpisodes(reference, '(AFL', to), from, to) : [];
  const found = (episodes: readonly Stretch[], others: readonly Stretch[]) =>
    episodes.filter((episode) => others.some((other) => overlap(episode, other) > 0)).length;
  const excused = alg.filter(
    (episode) =>
      !ref.some((other) => overlap(episode, other) > 0) &&
      flutter.some((other) => overlap(episode, other) > 0),
  ).length;
  const both = ref.reduce((sum, r) => sum + alg.reduce((s, t) => s + overlap(r, t), 0), 0);
  return {
    record: options.record,
    kind,
    episodes: {
      sensitivity: { hits: found(ref, alg), of: ref.length },
      positivePredictivity: { hits: found(alg, ref), of: alg.length - excused },
    },
    duration: {
      overlap: both / options.fs,
      reference: length(ref) / options.fs,
      test: length(alg) / options.fs,
    },
  };
}

function find(annotations: readonly Annotation[], kind: EpisodeKind, end: number): Stretch[] {
  return kind === 'AF' ? rhythmEpisodes(annotations, '(AFIB', end) : flutterEpisodes(annotations, end);
}

/** From each mark of the rhythm to the next mark of another. */
function rhythmEpisodes(annotations: readonly Annotation[], name: string, end: number): Stretch[] {
  const episodes: Stretch[] = [];
  let from: number | undefined;
  for (const { sample, symbol, aux } of annotations) {
    if (symbol !== RHYTHM_CHANGE) continue;
    if (aux === name) {
      from ??= sample;
    } else if (from !== undefined) {
      episodes.push({ from, to: sample });
      from = undefined;
    }
  }
  if (from !== undefined) episodes.push({ from, to: end });
  return episodes;
}

function flutterEpisodes(annotations: readonly Annotation[], end: number): Stretch[] {
  const episodes: Stretch[] = [];
  let from: number | undefined;
  for (const { sample, symbol } of annotations) {
    if (symbol === FLUTTER_BEGIN) from ??= sample;
    if (symbol !== FLUTTER_END || from === undefined) continue;
    episodes.push({ from, to: sample });
    from = undefined;
  }
  if (from !== undefined) episodes.push({ from, to: end });
  return episodes;
}

function clip(episodes: readonly Stretch[], from: number, to: number): Stretch[] {
  return episodes
    .map((e) => ({ from: Math.max(e.from, from), to: Math.min(e.to, to) }))
    .filter((e) => e.to > e.from);
}

function overlap(a: Stretch, b: Stretch): number {
  return Math.max(0, Math.min(a.to, b.to) - Math.max(a.from, b.from));
}

function length(episodes: readonly Stretch[]): number {
  return episodes.reduce((sum, e) => sum + e.to - e.from, 0);
}

/** Several records together. */
export interface EpisodeSummary {
  readonly records: number;
  readonly kind: EpisodeKind;
  readonly gross: EpisodeComparison['episodes'];
  readonly duration: EpisodeComparison['duration'];
  /** Fractions, means over the records that define them; NaN where none does. */
  readonly average: {
    readonly sensitivity: number;
    readonly positivePredictivity: number;
    readonly durationSensitivity: number;
    readonly durationPositivePredictivity: number;
  };
}

/** Gross and average episode statistics of several records of one kind. */
export function summariseEpisodes(comparisons: readonly EpisodeComparison[]): EpisodeSummary {
  const total = (of: keyof EpisodeComparison['duration']) =>
    comparisons
      .map((c) => c.duration[of])
      .sort((a, b) => a - b)
      .reduce((sum, s) => sum + s, 0);
  return {
    records: comparisons.length,
    kind: comparisons[0]?.kind ?? 'AF',
    gross: {
      sensitivity: addRatios(comparisons.map((c) => c.episodes.sensitivity)),
      positivePredictivity: addRatios(comparisons.map((c) => c.episodes.positivePredictivity)),
    },
    duration: { overlap: total('overlap'), reference: total('reference'), test: total('test') },
    average: {
      sensitivity: meanDefined(comparisons.map((c) => fraction(c.episodes.sensitivity))),
      positivePredictivity: meanDefined(comparisons.map((c) => fraction(c.episodes.positivePredictivity))),
      durationSensitivity: meanDefined(comparisons.map((c) => c.duration.overlap / c.duration.reference)),
      durationPositivePredictivity: meanDefined(comparisons.map((c) => c.duration.overlap / c.duration.test)),
    },
  };
}
