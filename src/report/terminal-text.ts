import { type Analysis, type EctopyCounts, replaceControls } from '../core/index.js';
import { formatCount, formatNumberOf, formatShare } from './number-format.js';
import { ORDINARY_RHYTHMS, RHYTHM_NAMES } from './rhythm-names.js';
import { formatDuration } from './time-format.js';

type Burden = NonNullable<Analysis['rhythmBurden']>[number];

/** `Atrial fibrillation 20.3 % · 2 episodes, longest 5 min 56 s`. */
export function burdenText({ rhythm, share, episodes, longestS, seconds }: Burden): string {
  const much = `${RHYTHM_NAMES[rhythm]} ${formatShare(share)}`;
  if (ORDINARY_RHYTHMS.has(rhythm)) return much;
  const long = (s: number) => formatDuration(s < 10 ? s : Math.round(s));
  return episodes === 1
    ? `${much} · 1 episode of ${long(seconds)}`
    : `${much} · ${formatCount(episodes)} episodes, longest ${long(longestS)}`;
}

/** `PR 152 · QRS 92 · QT 388 · QTc 412 ms (Fridericia)`; empty when none could be measured. */
export function intervalText({ summary }: NonNullable<Analysis['intervals']>): string {
  const { pr, qrs, qt, qtc } = summary;
  const parts = [
    ['PR', pr],
    ['QRS', qrs],
    ['QT', qt],
    ['QTc', qtc.fridericia],
  ] as const;
  const known = parts.flatMap(([name, spread]) =>
    spread === null ? [] : [`${name} ${Math.round(spread.median)}`],
  );
  return known.length === 0 ? '' : `${known.join(' · ')} ms${qtc.fridericia === null ? '' : ' (Fridericia)'}`;
}

/** `SDNN 123 · RMSSD 32 ms · LF/HF 1.2`. */
export function variabilityText({ time, frequency }: NonNullable<Analysis['hrv']>): string {
  const rmssd = time.rmssdMs === null ? '' : ` · RMSSD ${Math.round(time.rmssdMs)}`;
  const ratio = frequency?.lfHf === null || frequency === null ? '' : ` · LF/HF ${frequency.lfHf.toFixed(1)}`;
  return `SDNN ${Math.round(time.sdnnMs)}${rmssd} ms${ratio}`;
}

/** Shares of a lead's seconds that are not good; empty where all are. */
export function leadText({
  seconds,
  noisy,
  flat,
  clipped,
}: NonNullable<Analysis['quality']['leads']>[number]): string {
  const parts = [
    ['noisy', noisy],
    ['flat or off', flat],
    ['clipped', clipped],
  ] as const;
  return parts
    .flatMap(([name, count]) => (count === 0 ? [] : [`${formatShare(count / seconds.length)} ${name}`]))
    .join(' · ');
}

/** Beats, burden and groups of one ectopic class. */
export function groupText(counts: EctopyCounts['certain']): string {
  const groups = [
    formatNumberOf(counts.singles, 'single'),
    formatNumberOf(counts.couplets, 'couplet'),
    formatNumberOf(counts.runs, 'run'),
  ];
  const burden = `${formatNumberOf(counts.beats, 'beat')}, ${formatShare(counts.share)}`;
  return counts.beats === 0 ? burden : `${burden} · ${groups.join(' · ')}`;
}

/** The text in lines of at most `width` characters, broken at spaces; a break takes the place of a `·`. */
export function fold(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of replaceControls(text).split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line.replace(/ ·$/, ''));
      line = word === '·' ? '' : word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  lines.push(line);
  return lines;
}
