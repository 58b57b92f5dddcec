import {
  breatheWhenDue,
  type RecordingReader,
  type RunOptions,
  throwIfCancelled,
  type UnreadableStretch,
} from '../../core/index.js';
import { rrIntervals, type WaveMarks } from '../../ecg/index.js';
import type { AnalysisModels } from '../models.js';
import { type LeadQuality, surveyQuality } from './lead-quality.js';
import { type LeadLevels, surveyLevels } from './levels.js';
import type { Look } from './slice.js';
import { surveyWaves } from './waves.js';
import { surveyWindows, type WindowSeries } from './windows.js';

/** What the networks over signals say of a recording; null for those that were not there. */
export interface Survey {
  readonly rhythm: WindowSeries | null;
  readonly ventricular: WindowSeries | null;
  /** Samples of the recording, one entry a beat. */
  readonly marks: WaveMarks | null;
  /** Samples where P waves may be, those that lead no beat too; ascending. */
  readonly pWaves: Float64Array | null;
  /** A lead each. */
  readonly levels: readonly LeadLevels[] | null;
  readonly quality: readonly LeadQuality[] | null;
}

/** What was found of a recording before the survey. */
export interface Surveyed {
  /** R peaks. */
  readonly samples: Float64Array;
  readonly unreadable: readonly UnreadableStretch[];
  /** Leads in which beats were found. */
  readonly signals: readonly number[];
}

/** s that a slice answers for: as long as the quality network takes a lead's usual range over. */
const SLICE = 600;
/** s read at a time. */
const PIECE = 60;
/** s around a slice that its networks may look at; behind it as many as their longest window. */
const MARGIN = 5;
/** s from one window to the next. */
const RHYTHM_HOP = 10;
const VENTRICULAR_HOP = 2.5;
/** s up to which every lead is measured; of longer recordings those in which beats were found. */
const EVERY_LEAD = 1800;
const MOST_LEADS = 12;

/**
 * What every network over signals says, in one pass over the recording, slice by slice.
 *
 * Memory does not grow with the recording but for some numbers a beat, a window and a second.
 *
 * @param options  with `overlap` the networks look at a slice at the same time
 * @throws EcgError what the reader and the networks throw; `cancelled`
 */
export async function surveyRecording(
  reader: RecordingReader,
  { samples, unreadable, signals }: Surveyed,
  models: AnalysisModels,
  options: RunOptions & { readonly overlap?: boolean } = {},
): Promise<Survey> {
  const { info } = reader;
  const { fs, length } = info;
  const { rhythm, ventricular, waves, quality } = models;
  const measured = measuredLeads(reader, signals);
  const names = measured.map((i) => info.signals[i].lead);
  const seconds = quality && surveyQuality(quality.network, names, info);
  const rhythms = rhythm && surveyWindows(rhythm.network, RHYTHM_HOP, info, false);
  const attacks = ventricular && surveyWindows(ventricular.network, VENTRICULAR_HOP, info, true);
  const marked = waves && surveyWaves(waves.network, samples, info);
  const levels = marked && surveyLevels(marked.marks, rrIntervals(samples, fs, unreadable), names);
  const looks: Look[] = [seconds, rhythms, attacks].flatMap((task) => (task ? [task.look] : []));
  if (marked && levels)
    looks.push(async (slice) => {
      await marked.look(slice);
      await levels.look(slice);
    });
  const behind = Math.max(
    MARGIN,
    ...[rhythm, ventricular].map((found) => (found ? found.network.windowS : 0)),
  );
  for (let k = 0; looks.length > 0 && Math.round(k * SLICE * fs) < length; k++) {
    throwIfCancelled(options, `analyze ${info.id}`);
    const from = Math.round(k * SLICE * fs);
    const to = Math.min(length, Math.round((k + 1) * SLICE * fs));
    const offset = Math.max(0, from - Math.round(MARGIN * fs));
    const end = Math.min(length, to + Math.ceil(behind * fs));
    const leads = await readPieces(reader, measured, offset, end, options);
    const slice = { from, to, offset, leads, names, listened: signals.length, fs, beats: samples };
    if (options.overlap) await Promise.all(looks.map((look) => look(slice)));
    else for (const look of looks) await look(slice);
    options.onProgress?.({ stage: 'survey', done: to, total: length });
  }
  return {
    rhythm: rhythms ? rhythms.finish() : null,
    ventricular: attacks ? attacks.finish() : null,
    marks: marked ? marked.marks : null,
    pWaves: marked ? Float64Array.from(marked.pWaves) : null,
    levels: levels ? inFileOrder(levels.levels, measured) : null,
    quality: seconds ? inFileOrder(seconds.finish(), measured) : null,
  };
}

/** Samples of some leads, read piece by piece with breaths between them. */
async function readPieces(
  reader: RecordingReader,
  signals: readonly number[],
  from: number,
  to: number,
  options: RunOptions,
): Promise<Float32Array[]> {
  const leads = signals.map(() => new Float32Array(to - from));
  const size = Math.round(PIECE * reader.info.fs);
  for (let at = from; at < to; at += size) {
    throwIfCancelled(options, `analyze ${reader.info.id}`);
    const read = await reader.read({ from: at, to: Math.min(to, at + size), signals }, options);
    read.signals.forEach(({ samples }, lead) => {
      leads[lead].set(samples, at - from);
    });
    await breatheWhenDue();
  }
  return leads;
}

/** Items that stand in the order of some leads, in the order of the file. */
function inFileOrder<T>(items: readonly T[], leads: readonly number[]): T[] {
  return items
    .map((item, i) => ({ item, lead: leads[i] }))
    .sort((a, b) => a.lead - b.lead)
    .map(({ item }) => item);
}

/** The leads in which beats were found, then, in a short recording, the others at its rate. */
export function measuredLeads({ info }: RecordingReader, signals: readonly number[]): number[] {
  if (info.length / info.fs > EVERY_LEAD) return [...signals];
  const others = info.signals.flatMap(({ unit, fs }, i) =>
    unit === 'mV' && fs === info.fs && !signals.includes(i) ? [i] : [],
  );
  return [...signals, ...others].slice(0, MOST_LEADS);
}
