import type { Analysis } from '../../core/index.js';
import { LEAD_QUALITIES, replaceControls } from '../../core/index.js';
import { RHYTHM_COLOURS, UNSURE_COLOUR } from '../colours.js';
import { describeEvent, UNCERTAIN_TEXT } from '../describe-event.js';
import { formatCount, formatProbability, formatRate, formatShare } from '../number-format.js';
import { ORDINARY_RHYTHMS, RHYTHM_NAMES } from '../rhythm-names.js';
import { formatDuration } from '../time-format.js';
import { type Cell, heading, type PdfNode, SOFT, table } from './page.js';

type Clock = (sample: number) => string;

const MOST_EPISODES = 60;
const duration = (seconds: number): string => formatDuration(seconds < 10 ? seconds : Math.round(seconds));
const unsure = (text: string): PdfNode => ({ text, color: UNSURE_COLOUR });

/** How much of the recording each rhythm takes; undefined when no network judged them. */
export function burdenTable({ rhythmBurden }: Analysis): PdfNode | undefined {
  if (rhythmBurden === null) return undefined;
  const heads = ['Rhythm', 'Share', 'Time', 'of it sure', 'Episodes', 'Longest', 'Mean rate'];
  const rows = rhythmBurden.map((burden): Cell[] => [
    { text: [{ text: '● ', color: RHYTHM_COLOURS[burden.rhythm] }, RHYTHM_NAMES[burden.rhythm]] },
    formatShare(burden.share),
    duration(burden.seconds),
    burden.rhythm === 'unreadable'
      ? '–'
      : burden.certainSeconds === burden.seconds
        ? 'all'
        : unsure(duration(burden.certainSeconds)),
    formatCount(burden.episodes),
    duration(burden.longestS),
    formatRate(burden.meanBpm),
  ]);
  return { stack: [table('Rhythms', heads, rows, { widths: ['*', ...heads.slice(1).map(() => 'auto')] })] };
}

/** Counts of both ectopic classes, and the same without the uncertain beats. */
export function ectopyTable({ ectopy, classes }: Analysis, clock: Clock): PdfNode {
  if (ectopy === null || classes === null)
    return { stack: [heading('Ectopic beats'), unsure('The beats were not classified: no model was used.')] };
  const origins = [
    ['Ventricular (V)', ectopy.ventricular],
    ['Supraventricular (S)', ectopy.supraventricular],
  ] as const;
  const number = (pick: (counts: (typeof origins)[number][1]) => Cell) =>
    origins.map(([, counts]) => pick(counts));
  const pair = (name: string, of: 'beats' | 'singles' | 'couplets' | 'runs'): Cell[] => [
    name,
    ...number((counts) =>
      counts.certain[of] === counts[of]
        ? formatCount(counts[of])
        : {
            text: [
              formatCount(counts[of]),
              { text: ` (${formatCount(counts.certain[of])} sure)`, color: UNSURE_COLOUR },
            ],
          },
    ),
  ];
  const rows: Cell[][] = [
    pair('Beats', 'beats'),
    [
      'Burden',
      ...number(({ share, certain, beats }) =>
        certain.beats === beats
          ? formatShare(share)
          : {
              text: [
                formatShare(share),
                { text: ` (${formatShare(certain.share)} sure)`, color: UNSURE_COLOUR },
              ],
            },
      ),
    ],
    pair('Singles', 'singles'),
    pair('Couplets', 'couplets'),
    pair('Runs of three or more', 'runs'),
    [
      'Longest run',
      ...number(({ longestRun }) =>
        longestRun === null ? '–' : `${longestRun.beats} beats, ${clock(longestRun.from)}`,
      ),
    ],
    [
      'Fastest run',
      ...number(({ fastestRun }) =>
        fastestRun === null ? '–' : `${formatRate(fastestRun.bpm)}, ${clock(fastestRun.from)}`,
      ),
    ],
    [
      'Bigeminy, trigeminy',
      ...number(({ bigeminy, trigeminy }) => `${formatCount(bigeminy)}, ${formatCount(trigeminy)}`),
    ],
  ];
  const others = `Other beats: ${formatCount(classes.N)} normal, ${formatCount(classes.F)} fusion, ${formatCount(classes.Q)} paced or unknown.`;
  return {
    stack: [
      table('Ectopic beats', ['', ...origins.map(([name]) => name)], rows, { widths: ['*', 'auto', 'auto'] }),
      { text: others, style: 'key' },
    ],
  };
}

/** One row an hour; undefined for recordings of one. */
export function hourTable({ hours }: Analysis, clock: Clock): PdfNode | undefined {
  if (hours.length < 2) return undefined;
  const heads = ['From', 'Readable', 'Beats', 'Mean', 'Slowest', 'Fastest', 'V', 'S', 'Pauses', 'Unsure'];
  const number = (n: number | null) => (n === null ? '–' : formatCount(n));
  const rows = hours.map((hour): Cell[] => [
    clock(hour.from),
    formatShare(hour.analysableShare),
    formatCount(hour.beats),
    formatRate(hour.meanBpm),
    formatRate(hour.slowestBpm),
    formatRate(hour.fastestBpm),
    number(hour.ventricular),
    number(hour.supraventricular),
    formatCount(hour.pauses),
    number(hour.uncertain),
  ]);
  return {
    stack: [table('Hours', heads, rows, { widths: heads.map(() => '*') })],
  };
}

/** Episodes of rhythms that are not ordinary, in time; undefined without any. */
export function episodeTable({ rhythms, recording }: Analysis, clock: Clock): PdfNode | undefined {
  const worthy = (rhythms ?? []).filter(({ rhythm }) => !ORDINARY_RHYTHMS.has(rhythm));
  if (worthy.length === 0) return undefined;
  const heads = ['From', 'Rhythm', 'Length', 'Beats', 'Rate', 'Probability', 'Unsure because'];
  const rows = worthy.slice(0, MOST_EPISODES).map((episode): Cell[] => [
    clock(episode.from),
    {
      text: [{ text: '● ', color: RHYTHM_COLOURS[episode.rhythm] }, RHYTHM_NAMES[episode.rhythm]],
    },
    duration((episode.to - episode.from) / recording.fs),
    formatCount(episode.beats),
    formatRate(episode.bpm),
    episode.probability === null ? '–' : formatProbability(episode.probability),
    episode.uncertain ? unsure(episode.reason ?? 'it is not sure') : '',
  ]);
  const more =
    worthy.length > MOST_EPISODES
      ? [{ text: `The first ${MOST_EPISODES} of ${formatCount(worthy.length)}.`, style: 'key' }]
      : [];
  return {
    stack: [
      table('Episodes', heads, rows, { widths: [90, '*', 70, 50, 60, 60, 240], names: [0, 1, 6] }),
      ...more,
    ],
  };
}

/** The ranked events in words; undefined without any. */
export function eventTable(analysis: Analysis, clock: Clock): PdfNode | undefined {
  if (analysis.events.length === 0) return undefined;
  const rows = analysis.events.map((event, i): Cell[] => {
    const { title, detail, unsure: doubt } = describeEvent(analysis, event);
    return [
      { text: String(i + 1), color: SOFT },
      { text: clock(event.from) },
      { text: [{ text: title, bold: true }, detail === '' ? '' : `, ${detail}`] },
      doubt === null ? '' : { text: `unsure: ${doubt}`, color: UNSURE_COLOUR },
    ];
  });
  return {
    stack: [
      table('Look at first', ['', 'When', 'What', 'Doubt'], rows, {
        widths: [14, 80, '*', '*'],
        names: [0, 1, 2, 3],
      }),
    ],
  };
}

/** Each lead's seconds by their quality; undefined when no network judged them. */
export function qualityTable({ quality }: Analysis): PdfNode | undefined {
  if (quality.leads === null || quality.leads.length === 0) return undefined;
  const names = { good: 'Good', noisy: 'Noisy', flat: 'Flat or off', clipped: 'Clipped' } as const;
  const rows = quality.leads.map((lead): Cell[] => [
    replaceControls(lead.lead),
    ...LEAD_QUALITIES.map((name) =>
      formatShare(lead.seconds.length === 0 ? null : lead[name] / lead.seconds.length),
    ),
  ]);
  return {
    stack: [
      table('Signal quality', ['Lead', ...LEAD_QUALITIES.map((name) => names[name])], rows, {
        widths: ['*', 'auto', 'auto', 'auto', 'auto'],
      }),
    ],
  };
}

/** How many beats are unsure for each reason; undefined when none is. */
export function doubtTable({ uncertain, beats }: Analysis): PdfNode | undefined {
  if (uncertain === null || uncertain.beats === 0) return undefined;
  const rows = uncertain.reasons.map(({ reason, beats: n }): Cell[] => [
    UNCERTAIN_TEXT[reason],
    formatCount(n),
    formatShare(n / beats.count),
  ]);
  return {
    stack: [table('Unsure beats', ['Why', 'Beats', 'Share'], rows, { widths: ['*', 'auto', 'auto'] })],
  };
}
