import {
  type Analysis,
  breatheWhenDue,
  inPortions,
  type RecordingInfo,
  type UnreadableStretch,
} from '../core/index.js';
import {
  adaptedRr,
  correctQt,
  frontalAxis,
  measureIntervals,
  P_PRESENCE,
  QT_FORMULAS,
  spreadOf,
  type WaveMarks,
} from '../ecg/index.js';
import { type Beats, classIndex } from './beats.js';
import type { BeatSpan } from './irregular.js';
import { visitWithin } from './label-beats.js';
import type { LeadLevels } from './survey/levels.js';

/** What intervals are computed from. */
export interface MarkedBeats {
  readonly info: Pick<RecordingInfo, 'fs' | 'length'>;
  readonly beats: Beats;
  /** s, NaN where there is no interval. */
  readonly rr: Float64Array;
  readonly marks: WaveMarks;
  readonly levels: readonly LeadLevels[];
  readonly unreadable: readonly UnreadableStretch[];
  /** Where the atria fibrillate or flutter: what looks like a P wave there is none. */
  readonly withoutP: readonly BeatSpan[];
}

const P_LETTERS: Readonly<Record<(typeof P_PRESENCE)[number], string>> = {
  unknown: '?',
  absent: 'n',
  present: 'y',
};

/**
 * PR, QRS and QT of every beat, and over the normal ones their spread, QT corrected by four formulas for the rate it
 * has adapted to, ST levels and axes. Normal are the certain N where beats were classified, else all in readable signal.
 */
export async function summarizeIntervals(marked: MarkedBeats): Promise<NonNullable<Analysis['intervals']>> {
  const { info, beats, rr, marks, levels, unreadable } = marked;
  const n = beats.samples.length;
  await breatheWhenDue();
  const measured = measureIntervals(marks, { ...info, unreadable });
  await visitWithin(beats.samples, marked.withoutP, (i) => {
    measured.prMs[i] = Number.NaN;
    measured.p[i] = P_PRESENCE.indexOf('unknown');
  });
  const normal = normalBeats(beats, unreadable);
  const adapted = adaptedRr(beats.samples, rr, info.fs);
  await breatheWhenDue();
  /** The values of normal beats. */
  const spread = async (value: (i: number) => number) => {
    const values = new Float64Array(normal.length);
    await inPortions(0, normal.length, (from, to) => {
      for (let k = from; k < to; k++) values[k] = value(normal[k]);
    });
    return spreadOf(values);
  };
  const qtc: Partial<Record<(typeof QT_FORMULAS)[number], Awaited<ReturnType<typeof spread>>>> = {};
  for (const formula of QT_FORMULAS)
    qtc[formula] = rounded(await spread((i) => correctQt(measured.qtMs[i], adapted[i])[formula]));
  const { bazett = null, fridericia = null, framingham = null, hodges = null } = qtc;
  const st: NonNullable<Analysis['intervals']>['st'] = [];
  for (const { lead, st: values } of levels)
    st.push({ lead, mv: rounded(await spread((i) => values[i]), 3) });
  const axisOf = async (wave: 'p' | 'qrs' | 't') => {
    const sizes: number[] = [];
    const unknown = P_PRESENCE.indexOf('unknown');
    const size = (area: Float32Array, i: number) =>
      wave === 'p' && measured.p[i] === unknown ? Number.NaN : area[i];
    for (const { areas } of levels)
      sizes.push((await spread((i) => size(areas[wave], i)))?.median ?? Number.NaN);
    const angle = frontalAxis(
      levels.map(({ lead }) => lead),
      sizes,
    );
    return angle === null ? null : Math.round(angle);
  };
  const axis = { qrs: await axisOf('qrs'), p: await axisOf('p'), t: await axisOf('t') };
  const letters = P_PRESENCE.map((presence) => P_LETTERS[presence]);
  const p: string[] = [];
  await inPortions(0, n, (from, to) => {
    p.push(Array.from(measured.p.subarray(from, to), (code) => letters[code]).join(''));
  });
  return {
    summary: {
      pr: rounded(await spread((i) => measured.prMs[i])),
      qrs: rounded(await spread((i) => measured.qrsMs[i])),
      qt: rounded(await spread((i) => measured.qtMs[i])),
      qtc: { bazett, fridericia, framingham, hodges },
    },
    st,
    axis: Object.values(axis).every((angle) => angle === null) ? null : axis,
    pr: await wholeMs(measured.prMs),
    qrs: await wholeMs(measured.qrsMs),
    qt: await wholeMs(measured.qtMs),
    p: p.join(''),
  };
}

/** Indices of the beats whose intervals speak for the heart at rest in its own rhythm. */
function normalBeats({ samples, labels }: Beats, unreadable: readonly UnreadableStretch[]): Int32Array {
  const found = new Int32Array(samples.length);
  const wanted = classIndex('N');
  let count = 0;
  let u = 0;
  for (let i = 0; i < samples.length; i++) {
    while (u < unreadable.length && unreadable[u].to <= samples[i]) u++;
    if (u < unreadable.length && unreadable[u].from <= samples[i]) continue;
    if (labels === null || (labels.classes[i] === wanted && labels.uncertain[i] === 0)) found[count++] = i;
  }
  return found.subarray(0, count);
}

/** A spread in so many decimals. */
function rounded<T extends { median: number; p5: number; p95: number; beats: number }>(
  spread: T | null,
  decimals = 0,
): { median: number; p5: number; p95: number; beats: number } | null {
  if (spread === null) return null;
  const round = (x: number) => Number(x.toFixed(decimals));
  return { median: round(spread.median), p5: round(spread.p5), p95: round(spread.p95), beats: spread.beats };
}

/** Whole ms, null where unknown. */
async function wholeMs(values: Float64Array): Promise<(number | null)[]> {
  const list = new Array<number | null>(values.length);
  await inPortions(0, values.length, (from, to) => {
    for (let i = from; i < to; i++) list[i] = Number.isNaN(values[i]) ? null : Math.round(values[i]);
  });
  return list;
}
