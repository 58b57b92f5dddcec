import {
  type Analysis,
  breatheWhenDue,
  EcgError,
  type RecordingReader,
  type RunOptions,
} from '../core/index.js';
import { ASYSTOLE_S, rrIntervals } from '../ecg/index.js';
import { both } from './both.js';
import { checkPlacement } from './check-placement.js';
import { findDisturbedPauses } from './disturbed-pauses.js';
import { findBeats } from './find-beats.js';
import { findIrregular } from './irregular.js';
import { doubtWithin, labelBeats, openWithin } from './label-beats.js';
import { limitSentences } from './limit-sentences.js';
import { type AnalysisModels, hasSurvey, identitiesOf } from './models.js';
import { nameRhythms } from './name-rhythms.js';
import { fibrillatingStretches, stretchesWithoutP } from './rhythms.js';
import { summarize } from './summarize.js';
import { measuredLeads, surveyRecording } from './survey/survey.js';

/** What a caller may decide about an analysis. */
export interface AnalyzeOptions extends RunOptions {
  /**
   * s; an RR interval of at least this is a pause. 2 when omitted: the lowest of the thresholds in use (2–3 s),
   * so that none is kept silent, and the longest are shown first.
   */
  readonly pauseS?: number;
  /** A class less probable than this is uncertain; what the model's calibration says when omitted. */
  readonly certainFrom?: number;
  /**
   * True where networks run in a thread of their own: they are then asked at the same time, so that one part prepares
   * while another computes. False when omitted, and better so where they share the caller's thread.
   */
  readonly overlap?: boolean;
  /** RR intervals over which the lowest and highest heart rate are averaged; 8 when omitted. */
  readonly rateBeats?: number;
}

/**
 * What a recording holds: its beats, their classes and waves, rates, ectopy, pauses, rhythms, how good the signal is,
 * and how much of that is certain.
 *
 * Reads the recording slice by slice, first to detect beats, then to classify them, then for the networks over signals;
 * memory grows with the beats alone.
 *
 * @param models  what none of them tells stays open; `{}` finds the beats and their rate
 * @throws EcgError `bad-option`; `unsupported` without an ECG lead or below 100 Hz; `too-short` below 2 s;
 *   what the reader throws; `cancelled`
 */
export async function analyze(
  reader: RecordingReader,
  models: AnalysisModels,
  options: AnalyzeOptions = {},
): Promise<Analysis> {
  const { beats: classifier = null } = models;
  const chosen: Analysis['options'] = {
    pauseS: options.pauseS ?? 2,
    certainFrom: options.certainFrom ?? classifier?.leastProbability ?? 0,
    rateBeats: options.rateBeats ?? 8,
  };
  checkOptions(chosen);
  const cancel = options.signal === undefined ? {} : { signal: options.signal };
  const { info } = reader;
  const { samples, unreadable, signals, warnings } = await findBeats(reader, options);
  const label = async (own: RunOptions) =>
    classifier && labelBeats(reader, samples, unreadable, classifier, chosen.certainFrom, own);
  const look = (own: RunOptions) =>
    surveyRecording(reader, { samples, unreadable, signals }, models, {
      ...own,
      overlap: options.overlap ?? false,
    });
  const [labels, survey] = options.overlap
    ? await both((own) => label(quiet(own, hasSurvey(models))), look, options)
    : [await label(options), await look(options)];
  await breatheWhenDue();
  const rr = rrIntervals(samples, info.fs, unreadable);
  const irregular = labels && (await findIrregular(samples, labels, rr));
  const disturbed = await findDisturbedPauses(
    reader,
    samples,
    rr,
    Math.min(chosen.pauseS, ASYSTOLE_S),
    signals,
    {
      ...(options.signal === undefined ? {} : { signal: options.signal }),
    },
  );
  const beats = { samples, labels };
  const rhythms = await nameRhythms({ info, beats, rr, unreadable, disturbed, ...survey });
  const open = rhythms !== null && models.rhythm ? stretchesWithoutP(rhythms) : (irregular ?? []);
  if (labels !== null) {
    await openWithin(labels, samples, open);
    await doubtWithin(labels, samples, fibrillatingStretches(rhythms ?? []));
  }
  return summarize({
    info,
    analysed: signals.map((i) => info.signals[i].lead),
    models: identitiesOf(models),
    options: chosen,
    beats,
    disturbed,
    irregular,
    unreadable,
    rhythms,
    waves: survey.marks && survey.levels && { marks: survey.marks, levels: survey.levels },
    quality: survey.quality,
    leadCheck: await checkPlacement(reader, beats, unreadable, measuredLeads(reader, signals), cancel),
    warnings: [...warnings, ...limitSentences(info, unreadable, samples, classifier !== null)],
  });
}

/** Without progress, where other work that takes longer tells it. */
function quiet({ signal, ...rest }: RunOptions, isQuiet: boolean): RunOptions {
  const cancel = signal === undefined ? {} : { signal };
  return isQuiet ? cancel : { ...rest, ...cancel };
}

function checkOptions({ pauseS, certainFrom, rateBeats }: Analysis['options']): void {
  const faults: string[] = [];
  if (!(pauseS >= 0.5 && pauseS <= 60)) faults.push(`pauseS is ${pauseS}, expected 0.5 to 60 s`);
  if (!(certainFrom >= 0 && certainFrom <= 1)) faults.push(`certainFrom is ${certainFrom}, expected 0 to 1`);
  if (!(Number.isInteger(rateBeats) && rateBeats >= 1 && rateBeats <= 1000))
    faults.push(`rateBeats is ${rateBeats}, expected a whole number from 1 to 1000`);
  if (faults.length > 0) throw new EcgError('bad-option', `analyze: ${faults.join('; ')}`);
}
