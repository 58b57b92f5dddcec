import { type Analysis, replaceControls } from '../../core/index.js';
import { formatCount, formatShare } from '../number-format.js';
import { type Cell, type PdfNode, table } from './page.js';

type Spread = NonNullable<Analysis['intervals']>['summary']['pr'];

/** With a true minus, and none before zero. */
const signed = (x: number, decimals: number): string =>
  x
    .toFixed(decimals)
    .replace(/^-(?=.*[1-9])/, '−')
    .replace('-', '');

/** PR, QRS, QT, QTc and ST; undefined where no network marked waves. */
export function intervalTable({ intervals }: Analysis): PdfNode | undefined {
  if (intervals === null) return undefined;
  const { summary, st, axis } = intervals;
  const { qtc } = summary;
  const row = (name: string, spread: Spread, decimals: number): Cell[] => [
    name,
    spread === null ? '–' : { text: signed(spread.median, decimals), bold: true },
    spread === null ? '–' : `${signed(spread.p5, decimals)} – ${signed(spread.p95, decimals)}`,
    spread === null ? '–' : formatCount(spread.beats),
  ];
  const rows = [
    row('PR, ms', summary.pr, 0),
    row('QRS, ms', summary.qrs, 0),
    row('QT, ms', summary.qt, 0),
    row('QTc Fridericia, ms', qtc.fridericia, 0),
    row('QTc Bazett, ms', qtc.bazett, 0),
    row('QTc Framingham, ms', qtc.framingham, 0),
    row('QTc Hodges, ms', qtc.hodges, 0),
    ...st
      .filter(({ mv }) => mv !== null)
      .map(({ lead, mv }) => row(`ST ${replaceControls(lead)}, mV`, mv, 2)),
  ];
  const angles = (['qrs', 'p', 't'] as const).flatMap((wave) => {
    const degrees = axis?.[wave] ?? null;
    return degrees === null ? [] : [`${wave.toUpperCase()} ${signed(degrees, 0)}°`];
  });
  return {
    stack: [
      table('Intervals', ['', 'Median', '5–95 %', 'Beats'], rows, { widths: ['*', 'auto', 'auto', 'auto'] }),
      ...(angles.length === 0 ? [] : [{ text: `Frontal axis: ${angles.join(', ')}`, style: 'key' }]),
    ],
  };
}

/** Heart-rate variability; undefined with too few normal beats. */
export function variabilityTable({ hrv }: Analysis): PdfNode | undefined {
  if (hrv === null) return undefined;
  const { nn, time, frequency, nonlinear } = hrv;
  const ms = (x: number | null) => (x === null ? null : `${x.toFixed(x < 10 ? 1 : 0)} ms`);
  const power = (x: number | null | undefined) => (x == null ? null : `${formatCount(Math.round(x))} ms²`);
  const plain = (x: number | null | undefined) => (x == null ? null : x.toFixed(2));
  const rows: [string, string | null][] = [
    ['Mean NN', ms(time.meanNnMs)],
    ['SDNN', ms(time.sdnnMs)],
    ['SDANN', ms(time.sdannMs)],
    ['RMSSD', ms(time.rmssdMs)],
    ['pNN50', time.pnn50 === null ? null : formatShare(time.pnn50)],
    ['Triangular index', time.triangularIndex === null ? null : time.triangularIndex.toFixed(1)],
    ['Total power', power(frequency?.totalMs2)],
    ['LF, HF power', frequency === null ? null : `${power(frequency.lfMs2)}, ${power(frequency.hfMs2)}`],
    ['LF/HF', plain(frequency?.lfHf)],
    [
      'SD1, SD2',
      nonlinear === null ? null : [nonlinear.sd1Ms, nonlinear.sd2Ms].map((x) => ms(x) ?? '–').join(', '),
    ],
    ['Sample entropy', plain(nonlinear?.sampleEntropy)],
  ];
  const known = rows.flatMap(([name, value]): Cell[][] => (value === null ? [] : [[name, value]]));
  return {
    stack: [
      table('Heart-rate variability', ['', 'Value'], known, { widths: ['*', 'auto'] }),
      {
        text: `${formatCount(nn.count)} NN intervals of ${formatCount(nn.of)} readable RR intervals.`,
        style: 'key',
      },
    ],
  };
}
