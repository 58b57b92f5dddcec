import { type Analysis, replaceControls } from '../../core/index.js';
import { RHYTHM_COLOURS, UNSURE_COLOUR } from '../colours.js';
import { formatCount, formatNumberOf, formatRate, formatShare } from '../number-format.js';
import { ORDINARY_RHYTHMS, RHYTHM_NAMES } from '../rhythm-names.js';
import { formatDuration, formatStart } from '../time-format.js';
import { CONTENT_WIDTH, INK, LINE, type PdfNode, SOFT } from './page.js';

type Clock = (sample: number) => string;

/** What the recording is, and that this is for research. */
export function titleBlock({ recording }: Analysis): PdfNode {
  const about = [
    formatStart(recording.startTime),
    formatDuration(recording.durationS),
    `${recording.analysed.join(', ')} at ${recording.fs} Hz`,
    recording.format,
  ].filter((part) => part !== null);
  return {
    stack: [
      {
        columns: [
          {
            width: '*',
            stack: [
              { text: replaceControls(recording.id), style: 'title' },
              { text: replaceControls(about.join(' · ')), style: 'soft', margin: [0, 2, 0, 0] },
            ],
          },
          { width: 'auto', ...badge('Research use only') },
        ],
      },
      {
        canvas: [{ type: 'line', x1: 0, y1: 5, x2: CONTENT_WIDTH, y2: 5, lineWidth: 1.4, lineColor: INK }],
      },
    ],
  };
}

function badge(text: string): PdfNode {
  return {
    layout: { hLineColor: () => INK, vLineColor: () => INK, hLineWidth: () => 0.8, vLineWidth: () => 0.8 },
    table: { body: [[{ text, bold: true, fontSize: 9, margin: [4, 1, 4, 1] }]] },
    margin: [0, 8, 0, 0],
  };
}

/** The rhythms of the recording in one line, the longest first; undefined when no network judged them. */
export function rhythmLine({ rhythmBurden }: Analysis): PdfNode | undefined {
  if (rhythmBurden === null || rhythmBurden.length === 0) return undefined;
  const text = rhythmBurden.flatMap(({ rhythm, share, episodes, longestS, seconds, certainSeconds }) => {
    const long = (s: number) => formatDuration(s < 10 ? s : Math.round(s));
    const often = ORDINARY_RHYTHMS.has(rhythm)
      ? ''
      : episodes > 1
        ? `, ${formatNumberOf(episodes, 'episode')}, longest ${long(longestS)}`
        : `, 1 episode of ${long(seconds)}`;
    const doubt = certainSeconds === 0 && rhythm !== 'unreadable' ? ' unsure' : '';
    return [
      { text: '●\u00a0', color: RHYTHM_COLOURS[rhythm] },
      { text: RHYTHM_NAMES[rhythm], bold: true },
      { text: ` ${formatShare(share)}` },
      { text: often, color: SOFT },
      { text: doubt, color: UNSURE_COLOUR },
      '      ',
    ];
  });
  return { text, fontSize: 10.5, margin: [0, 8, 0, 0] };
}

/** The seven numbers that come first, each with what qualifies it. */
export function factRow(analysis: Analysis, clock: Clock): PdfNode {
  const { quality, beats, heartRate, pauses, uncertain, options } = analysis;
  const { slowest, fastest, meanBpm, longestRr } = heartRate;
  const facts: [name: string, value: string, notes: (string | undefined)[], doubt?: string | undefined][] = [
    ['Readable', formatShare(quality.analysableShare), [formatDuration(quality.analysableS)]],
    [
      'Beats',
      formatCount(beats.count),
      [longestRr === null ? undefined : `longest RR ${longestRr.seconds.toFixed(2)} s`],
      quality.unreadableBeats === 0
        ? undefined
        : `${formatCount(quality.unreadableBeats)} in unreadable signal`,
    ],
    [
      'Heart rate',
      formatRate(meanBpm),
      slowest !== null && fastest !== null
        ? [
            `lowest ${Math.round(slowest.bpm)} at ${clock(slowest.from)}`,
            `highest ${Math.round(fastest.bpm)} at ${clock(fastest.from)}`,
          ]
        : ['too few readable beats for a range'],
    ],
    burden(analysis, 'ventricular', 'Ventricular'),
    burden(analysis, 'supraventricular', 'Supraventricular'),
    [
      `Pauses ≥ ${options.pauseS} s`,
      formatCount(pauses.count),
      [pauses.longestS === null ? undefined : `longest ${pauses.longestS.toFixed(2)} s`],
      pauses.certain.count === pauses.count ? undefined : `${pauses.certain.count} without unsure ones`,
    ],
    uncertain === null
      ? ['Classes', '–', ['not classified: no model was used']]
      : ['Unsure', formatShare(uncertain.share), [formatNumberOf(uncertain.beats, 'beat')]],
  ];
  const cell = ([name, value, notes, doubt]: (typeof facts)[number]): PdfNode => ({
    stack: [
      { text: name, style: 'small' },
      { text: value, style: 'value', ...(value.length > 9 ? { fontSize: 13 } : {}) },
      ...notes.filter((note) => note !== undefined).map((text) => ({ text, style: 'small' })),
      ...(doubt === undefined ? [] : [{ text: doubt, fontSize: 7.5, color: UNSURE_COLOUR }]),
    ],
  });
  return {
    margin: [0, 10, 0, 0],
    layout: {
      hLineWidth: () => 0,
      vLineWidth: (line: number) => (line === 0 || line === facts.length ? 0 : 0.5),
      vLineColor: () => LINE,
      paddingLeft: (column: number) => (column === 0 ? 0 : 8),
      paddingRight: () => 4,
    },
    table: { widths: facts.map(() => '*'), body: [facts.map(cell)] },
  };
}

function burden(
  { ectopy }: Analysis,
  origin: 'ventricular' | 'supraventricular',
  name: string,
): [string, string, string[], string | undefined] {
  const counts = ectopy?.[origin];
  if (counts === undefined) return [name, '–', ['not classified'], undefined];
  const doubt =
    counts.certain.beats === counts.beats
      ? undefined
      : `${formatShare(counts.certain.share)} without unsure beats`;
  return [name, formatShare(counts.share), [formatNumberOf(counts.beats, 'beat')], doubt];
}

/** What is odd or limits the result, and what people changed; undefined without either. */
export function noticeList({ quality, warnings, corrections }: Analysis): PdfNode | undefined {
  const all = [...(quality.leadCheck?.sentences ?? []), ...warnings].map(replaceControls);
  const changes = (corrections ?? []).flatMap((correction) => correction.changes);
  const people = new Set((corrections ?? []).map(({ by }) => by)).size;
  const corrected =
    corrections === undefined || corrections.length === 0
      ? []
      : [
          `Corrected by hand: ${formatNumberOf(changes.length, 'change')} in ${formatNumberOf(corrections.length, 'correction')} by ${people === 1 ? 'one person' : `${people} people`}, the last ${corrections.at(-1)?.at ?? ''}. All figures follow from the corrected beats.`,
        ];
  if (all.length + corrected.length === 0) return undefined;
  return {
    margin: [0, 9, 0, 0],
    layout: {
      hLineWidth: () => 0,
      vLineWidth: (line: number) => (line === 0 ? 2 : 0),
      vLineColor: () => UNSURE_COLOUR,
      fillColor: () => '#fff8e6',
      paddingTop: () => 2,
      paddingBottom: () => 2,
      paddingLeft: () => 8,
    },
    table: { widths: ['*'], body: [...corrected, ...all].map((text) => [{ text, fontSize: 8 }]) },
  };
}
