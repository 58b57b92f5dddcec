import {
  challengeConfusion,
  challengeIntervals,
  challengeScore,
  episodeIntervals,
  type Interval,
} from '../../src/evaluation/index.js';
import { type EpisodeScores, scoreEpisodes } from '../../src/training/index.js';
import type { TrainedRhythm } from '../../src/training/node.js';

const COMMAND = 'npx tsx experiments/rhythm/run.ts';

/** One published number; see scripts/figures. */
interface Figure {
  readonly id: string;
  readonly value: number;
  readonly interval?: readonly [number, number];
  readonly unit: string;
  readonly split: string;
  readonly command: string;
  readonly date: string;
}

/** What `results.json` holds of a training. */
export function rhythmResults(trained: TrainedRhythm) {
  const { folds } = trained;
  const joined = (of: 'reference' | 'answers') =>
    Uint8Array.from(folds.flatMap((fold) => [...fold.answers[of]]));
  const [reference, answers] = [joined('reference'), joined('answers')];
  const pooled = challengeScore(challengeConfusion(reference, answers));
  const intervals = challengeIntervals(reference, answers, { seed: 1 });
  const foldOf = new Map(folds.flatMap((fold) => fold.series.map(({ id }) => [id, fold] as const)));
  const mitdb = scoreEpisodes(
    folds.flatMap(({ series }) => series),
    ({ id }) => foldOf.get(id)!.rules,
  );
  const together = scoreEpisodes(
    folds.flatMap(({ series }) => series),
    ({ id }) => foldOf.get(id)!.rules,
    'together',
  );
  const svdb = scoreEpisodes(trained.others, () => trained.rules);
  const durations = episodeIntervals(mitdb.comparisons, { seed: 1 });
  const either = episodeIntervals(together.comparisons, { seed: 1 });
  const { overlap, reference: fibrillation, test } = mitdb.summary.duration;
  const joint = mean(folds.map((fold) => fold.joint.score));
  const int8 = mean(folds.map((fold) => fold.int8.score));
  const seeds = folds[0].seeds.length;
  const date = new Date().toISOString().slice(0, 10);
  const figure = (id: string, value: number, unit: string, split: string, interval?: Interval): Figure => ({
    id,
    value,
    ...(interval && { interval: [interval.low, interval.high] as const }),
    unit,
    split,
    command: COMMAND,
    date,
  });
  const challenge = `cinc2017, ${reference.length} recordings, ${folds.length} folds, each recording a patient`;
  const patients = `mitdb, ${mitdb.comparisons.length} records, ${folds.length} folds by patient, own beats, EC57 from 5:00`;
  const joinedSeeds = `mean of the folds, ${seeds} seeds joined`;
  return {
    figures: [
      figure('rhythm.cinc2017.f1', joint, 'fraction', `${challenge}, ${joinedSeeds}`, intervals.score),
      figure(
        'rhythm.cinc2017.f1-single',
        mean(folds.flatMap((fold) => fold.seeds.map(({ score }) => score))),
        'fraction',
        `${challenge}, mean of folds and ${seeds} seeds`,
      ),
      figure('rhythm.cinc2017.f1-int8', int8, 'fraction', `${challenge}, ${joinedSeeds}, 8-bit integers`),
      ...(['N', 'A', 'O', '~'] as const).map((name) =>
        figure(
          `rhythm.cinc2017.f1-${name === '~' ? 'noise' : name.toLowerCase()}`,
          pooled.f1[name],
          'fraction',
          `${challenge}, all folds together`,
          intervals[name],
        ),
      ),
      figure(
        'rhythm.mitdb.af-se',
        overlap / fibrillation,
        'fraction',
        `${patients}, duration`,
        durations.sensitivity,
      ),
      figure(
        'rhythm.mitdb.af-ppv',
        overlap / test,
        'fraction',
        `${patients}, duration`,
        durations.positivePredictivity,
      ),
      ...(['sensitivity', 'positivePredictivity'] as const).map((name) => {
        const { duration } = together.summary;
        const se = name === 'sensitivity';
        return figure(
          `rhythm.mitdb.af-or-flutter-${se ? 'se' : 'ppv'}`,
          duration.overlap / (se ? duration.reference : duration.test),
          'fraction',
          `${patients}, duration, reference flutter counts as fibrillation`,
          either[name],
        );
      }),
      figure(
        'rhythm.mitdb.false-alarms-a-day',
        alarmsADay(mitdb),
        'count',
        `mitdb records without AF or AFL, ${hoursOf(mitdb)}`,
      ),
      figure(
        'rhythm.svdb.false-alarms-a-day',
        alarmsADay(svdb),
        'count',
        `svdb, never trained on, ${hoursOf(svdb)}`,
      ),
    ],
    challenge: {
      ...pooled,
      folds: folds.map((fold) => ({
        joint: fold.joint.score,
        seeds: fold.seeds.map((s) => s.score),
        int8: fold.int8.score,
      })),
    },
    int8Loss: joint - int8,
    offsets: { released: trained.offsets, folds: folds.map(({ offsets }) => offsets) },
    rules: { released: trained.rules, folds: folds.map(({ rules }) => rules) },
    sinus: { mitdb: mitdb.sinus, svdb: svdb.sinus },
    mitdb: mitdb.comparisons.filter(({ duration }) => duration.reference + duration.test > 0),
    model: {
      parameters: trained.parameters,
      bytes: trained.fp32.length,
      int8Bytes: trained.int8.length,
      secondsOfOneSeed: trained.seconds,
    },
  };
}

export type RhythmResults = ReturnType<typeof rhythmResults>;

function alarmsADay({ sinus }: EpisodeScores): number {
  return (24 * sinus.alarms) / sinus.hours;
}

function hoursOf({ sinus }: EpisodeScores): string {
  return `${sinus.hours.toFixed(1)} h`;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, x) => sum + x, 0) / values.length;
}
