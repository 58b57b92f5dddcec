import type { Analysis } from '../core/index.js';
import { escapeText } from '../core/index.js';
import { row, table } from './html-table.js';
import { shareText } from './html-text.js';
import { formatCount } from './number-format.js';

type Intervals = NonNullable<Analysis['intervals']>;
type Spread = Intervals['summary']['pr'];
type Variability = NonNullable<Analysis['hrv']>;

/**
 * Ranges adults at rest are compared with. Source: Surawicz et al., JACC 53:976–981, 2009 (QRS); Rautaharju et al.,
 * JACC 53:982–991, 2009 (QTc, axis of no sex named here: men, women); PR of Chou's Electrocardiography, 6th ed.
 */
const USUAL = {
  pr: '120–200',
  qrs: 'below 120',
  qtc: 'below 450 men, 460 women',
  axis: '−30° to 90°',
} as const;

/** PR, QRS, QT, QTc, ST and axes; without beats that could be measured, that. */
export function intervalTables(intervals: Intervals): string {
  const { summary, st, axis } = intervals;
  const { qtc } = summary;
  const rows: readonly (readonly [string, Spread, string])[] = [
    ['PR', summary.pr, USUAL.pr],
    ['QRS', summary.qrs, USUAL.qrs],
    ['QT', summary.qt, ''],
    ['QTc Fridericia', qtc.fridericia, USUAL.qtc],
    ['QTc Bazett', qtc.bazett, USUAL.qtc],
    ['QTc Framingham', qtc.framingham, USUAL.qtc],
    ['QTc Hodges', qtc.hodges, USUAL.qtc],
  ];
  if (rows.every(([, spread]) => spread === null))
    return '<p class="soft">No normal beat in readable signal could be measured.</p>';
  const heads = ['ms', 'Median', '5–95 %', 'Beats', 'Usual in adults'];
  const body = rows.map(([name, spread, usual]) =>
    row(name, [
      spread === null ? '–' : `<b>${Math.round(spread.median)}</b>`,
      range(spread, 0),
      spread === null ? '–' : formatCount(spread.beats),
      `<span class="soft">${usual}</span>`,
    ]),
  );
  return `<div class="pair">${table(heads, body.join(''))}<div>${stTable(st)}${axisLine(axis)}</div></div>`;
}

function range(spread: Spread, decimals: number): string {
  return spread === null ? '–' : `${signed(spread.p5, decimals)} – ${signed(spread.p95, decimals)}`;
}

/** With a true minus. */
const signed = (x: number, decimals: number): string =>
  x
    .toFixed(decimals)
    .replace(/^-(?=.*[1-9])/, '−')
    .replace('-', '');

function stTable(st: Intervals['st']): string {
  const known = st.filter(({ mv }) => mv !== null);
  if (known.length === 0) return '';
  const body = known.map(({ lead, mv }) =>
    row(escapeText(lead), [mv === null ? '–' : `<b>${signed(mv.median, 2)}</b>`, range(mv, 2)]),
  );
  return table(['ST, mV', 'Median', '5–95 %'], body.join(''), 'narrow');
}

function axisLine(axis: Intervals['axis']): string {
  if (axis === null) return '';
  const angle = (name: string, degrees: number | null) =>
    degrees === null ? [] : [`${name} <b>${signed(degrees, 0)}°</b>`];
  const parts = [...angle('QRS', axis.qrs), ...angle('P', axis.p), ...angle('T', axis.t)];
  return `<p class="axes">Frontal axis: ${parts.join(', ')} <span class="soft">(QRS usually ${USUAL.axis})</span></p>`;
}

/** Heart-rate variability in three groups. */
export function variabilityTables({ nn, time, frequency, nonlinear }: Variability): string {
  const ms = (x: number | null) => (x === null ? '–' : `${x.toFixed(x < 10 ? 1 : 0)} ms`);
  const power = (x: number | null) => (x === null ? '–' : `${formatCount(Math.round(x))} ms²`);
  const plain = (x: number | null) => (x === null ? '–' : x.toFixed(2));
  const group = (name: string, pairs: readonly (readonly [string, string])[]) =>
    table([name, ''], pairs.map(([label, value]) => row(label, [value])).join(''), 'narrow');
  const groups = [
    group('Time', [
      ['Mean NN', ms(time.meanNnMs)],
      ['SDNN', ms(time.sdnnMs)],
      ['SDANN', ms(time.sdannMs)],
      ['SDNN index', ms(time.sdnnIndexMs)],
      ['RMSSD', ms(time.rmssdMs)],
      ['pNN50', shareText(time.pnn50)],
      ['Triangular index', time.triangularIndex === null ? '–' : time.triangularIndex.toFixed(1)],
    ]),
    frequency === null
      ? ''
      : group('Frequency', [
          ['Total', power(frequency.totalMs2)],
          ['ULF', power(frequency.ulfMs2)],
          ['VLF', power(frequency.vlfMs2)],
          ['LF', power(frequency.lfMs2)],
          ['HF', power(frequency.hfMs2)],
          ['LF/HF', plain(frequency.lfHf)],
        ]),
    nonlinear === null
      ? ''
      : group('Order', [
          ['SD1', ms(nonlinear.sd1Ms)],
          ['SD2', ms(nonlinear.sd2Ms)],
          ['Sample entropy', plain(nonlinear.sampleEntropy)],
          ['DFA α1', plain(nonlinear.dfaAlpha1)],
          ['DFA α2', plain(nonlinear.dfaAlpha2)],
        ]),
  ];
  return `<div class="trio">${groups.join('')}</div><p class="key">${formatCount(nn.count)} NN intervals of ${formatCount(nn.of)} readable RR intervals: ${escapeText(nn.rule)}.</p>`;
}
