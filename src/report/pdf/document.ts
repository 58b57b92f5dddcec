import { type Analysis, type EventStrip, type ModelRole, replaceControls } from '../../core/index.js';
import { formatCount } from '../number-format.js';
import { TREND_STYLE, writeTrendSvg } from '../svg-trend.js';
import { createClock } from '../time-format.js';
import { inlineStyle } from './inline-style.js';
import { intervalTable, variabilityTable } from './measures.js';
import { CONTENT_WIDTH, heading, INK, PAGE, type PdfNode, SOFT, STYLES } from './page.js';
import { stripFigures } from './strips.js';
import { factRow, noticeList, rhythmLine, titleBlock } from './summary.js';
import {
  burdenTable,
  doubtTable,
  ectopyTable,
  episodeTable,
  eventTable,
  hourTable,
  qualityTable,
} from './tables.js';

/** What a report may be told beside the analysis. */
export interface PdfOptions {
  /** ISO 8601 time of making, shown in the last line; a report without one is the same bytes every time. */
  readonly createdAt?: string;
}

/**
 * The report as pdfmake lays it out: summary and the whole recording in one picture on the first page, then measures,
 * events in words, strips in true size, hours, and what was done how. Every page says that it is for research.
 */
export function reportDocument(
  analysis: Analysis,
  strips: readonly EventStrip[],
  { createdAt }: PdfOptions = {},
): PdfNode {
  const clock = createClock(analysis.recording);
  const id = replaceControls(analysis.recording.id).slice(0, 80);
  const pair = (...nodes: (PdfNode | undefined)[]): PdfNode[] => {
    const known = nodes.filter((node) => node !== undefined);
    return known.length === 0
      ? []
      : [{ columns: known.map((node) => ({ width: '*', ...node })), columnGap: 28, unbreakable: true }];
  };
  const one = (node: PdfNode | undefined): PdfNode[] => (node === undefined ? [] : [node]);
  return {
    pageSize: 'A4',
    pageOrientation: 'landscape',
    pageMargins: [PAGE.side, PAGE.top, PAGE.side, PAGE.bottom],
    info: { title: `ECG analysis: ${id}`, subject: analysis.statement },
    language: 'en',
    displayTitle: true,
    defaultStyle: { font: 'Roboto', fontSize: 8.5, color: INK, lineHeight: 1.15 },
    styles: STYLES,
    header: (page: number) => ({
      margin: [PAGE.side, 22, PAGE.side, 0],
      columns: [
        { text: page === 1 ? 'ECG analysis' : `ECG analysis: ${id}`, color: SOFT, fontSize: 8 },
        { text: 'Research use only. Not a medical device.', alignment: 'right', bold: true, fontSize: 8 },
      ],
    }),
    footer: (page: number, pages: number) => ({
      margin: [PAGE.side, 14, PAGE.side, 0],
      columns: [
        { width: '*', text: analysis.statement, color: SOFT, fontSize: 7.5 },
        { width: 'auto', text: `Page ${page} of ${pages}`, alignment: 'right', color: SOFT, fontSize: 8 },
      ],
    }),
    content: [
      titleBlock(analysis),
      ...one(rhythmLine(analysis)),
      factRow(analysis, clock),
      ...one(noticeList(analysis)),
      { stack: trend(analysis, clock), unbreakable: true },
      ...one(eventTable(analysis, clock)),
      ...pair(burdenTable(analysis), ectopyTable(analysis, clock)),
      ...pair(intervalTable(analysis), variabilityTable(analysis)),
      ...pair(qualityTable(analysis), doubtTable(analysis)),
      ...stripFigures(analysis, strips, clock),
      ...one(episodeTable(analysis, clock)),
      ...one(hourTable(analysis, clock)),
      { stack: method(analysis, createdAt), unbreakable: true },
    ],
  };
}

function trend(analysis: Analysis, clock: (sample: number) => string): PdfNode[] {
  const svg = inlineStyle(writeTrendSvg(analysis, clock), TREND_STYLE);
  const rhythm =
    analysis.rhythms === null
      ? ''
      : ' The band names the rhythm, hatched where unsure; the gravest of each column is shown.';
  const lanes =
    analysis.beats.class === null ? '' : ' Lanes: where ventricular, supraventricular and unsure beats lie.';
  return [
    heading(analysis.rhythms === null ? 'Heart rate' : 'Heart rate and rhythm'),
    { svg, width: CONTENT_WIDTH },
    {
      text: `Beats a minute from each RR interval: median in black, lowest to highest in blue; grey cannot be read.${rhythm}${lanes}`,
      style: 'key',
    },
  ];
}

const ROLES: Readonly<Record<ModelRole, string>> = {
  beats: 'beats classified',
  rhythm: 'rhythms named',
  ventricular: 'ventricular tachycardia and fibrillation found',
  waves: 'waves marked',
  quality: 'quality of leads judged',
};

function method(
  { models, software, options, rhythms, intervals, corrections }: Analysis,
  createdAt: string | undefined,
): PdfNode[] {
  const used = models.map(
    ({ role, id, version, sha256 }) => `${ROLES[role]} by ${id} ${version} (SHA-256 ${sha256})`,
  );
  const named =
    rhythms === null
      ? 'Only beats are classified; rhythms such as atrial fibrillation are not, and in them counts of supraventricular beats mean little.'
      : 'Rhythms are named from windows of half a minute and of five seconds and from the beats; shorter episodes may be missed. In atrial fibrillation and flutter supraventricular beats cannot be told and are unsure.';
  const measured =
    intervals === null
      ? ''
      : ' Intervals are medians over normal beats; QT is corrected for the rate of the last minute.';
  const rules = `No RR interval reaches over a gap or an unreadable stretch. A run is three or more beats in a row, bigeminy and trigeminy at least three cycles, a pause an RR interval of ${options.pauseS} s or more; slowest and fastest rate are means over ${options.rateBeats} intervals. A class less probable than ${options.certainFrom.toFixed(2)} is unsure, and so is a beat in noise.${measured}`;
  const made = [
    `${software.name} ${software.version}`,
    ...(createdAt === undefined ? [] : [`made ${createdAt}`]),
    ...(corrections === undefined
      ? []
      : [`revision ${formatCount(corrections.at(-1)?.revision ?? 0)} of the corrections`]),
  ].join(', ');
  return [
    heading('Method'),
    { text: `${named} ${rules}`, style: 'small' },
    {
      text:
        used.length === 0
          ? 'No network was used; beats were found but not classified.'
          : `Networks: ${used.join('; ')}.`,
      style: 'small',
      margin: [0, 4, 0, 0],
    },
    { text: `${made}.`, style: 'small', margin: [0, 4, 0, 0] },
  ];
}
