import { type Analysis, replaceControls } from '../core/index.js';
import { describeEvent, UNCERTAIN_TEXT } from './describe-event.js';
import { formatCount, formatNumberOf, formatRate, formatShare } from './number-format.js';
import { ORDINARY_RHYTHMS } from './rhythm-names.js';
import { burdenText, fold, groupText, intervalText, leadText, variabilityText } from './terminal-text.js';
import { createClock, formatDuration, formatStart } from './time-format.js';

/** How a terminal looks. */
export interface TerminalOptions {
  /** Columns; lines are folded to them. */
  readonly width: number;
  /** Whether ANSI colours may be used. */
  readonly color: boolean;
}

const LABEL = 17;
const MOST_EVENTS = 8;
/** A lead of which less is good has a line of its own. */
const WORTH_A_LINE = 0.95;

/** The analysis as a summary to read in a terminal: what counts first, what is uncertain beside it. */
export function formatTerminal(analysis: Analysis, { width, color }: TerminalOptions): string {
  const paint = (code: number) => (text: string) => (color ? `\u001b[${code}m${text}\u001b[0m` : text);
  const [bold, dim, yellow] = [paint(1), paint(2), paint(33)];
  const lines: string[] = [];
  const room = Math.max(16, width - LABEL - 2);
  const row = (label: string, text: string, style = (s: string) => s) =>
    fold(text, room).forEach((part, i) => {
      lines.push(`  ${dim((i === 0 ? label : '').padEnd(LABEL))}${style(part)}`);
    });
  const { recording, quality, beats, heartRate, classes, uncertain, ectopy, irregular, pauses, options } =
    analysis;
  const { rhythmBurden, intervals, hrv } = analysis;
  const clock = createClock(recording);

  lines.push(bold(replaceControls(recording.id)));
  const about = [
    formatStart(recording.startTime),
    formatDuration(recording.durationS),
    `${recording.analysed.join(', ')} at ${recording.fs} Hz`,
    recording.format,
  ];
  for (const part of fold(about.filter((x) => x !== null).join(' · '), width)) lines.push(dim(part));
  lines.push('');

  rhythmBurden?.forEach((burden, i) => {
    const style = ORDINARY_RHYTHMS.has(burden.rhythm) ? undefined : bold;
    row(i === 0 ? 'Rhythm' : '', burdenText(burden), style);
    if (burden.certainSeconds < burden.seconds && burden.rhythm !== 'unreadable')
      row(
        '',
        `of which ${formatDuration(Math.round(burden.seconds - burden.certainSeconds))} unsure`,
        yellow,
      );
  });
  if (rhythmBurden !== null) lines.push('');
  row('Readable', `${formatShare(quality.analysableShare)} (${formatDuration(quality.analysableS)})`);
  const lost = quality.unreadableBeats;
  row(
    'Beats',
    `${formatCount(beats.count)}${lost === 0 ? '' : ` · ${formatCount(lost)} of them in unreadable signal`}`,
  );
  row(
    'Heart rate',
    heartRate.meanBpm === null
      ? 'none: too few readable beats'
      : `${formatRate(heartRate.meanBpm)} on average`,
  );
  if (heartRate.slowest && heartRate.fastest) {
    row('', `${formatRate(heartRate.slowest.bpm)} at the slowest, ${clock(heartRate.slowest.from)}`);
    row('', `${formatRate(heartRate.fastest.bpm)} at the fastest, ${clock(heartRate.fastest.from)}`);
  }
  if (heartRate.longestRr)
    row('Longest RR', `${heartRate.longestRr.seconds.toFixed(2)} s, ${clock(heartRate.longestRr.from)}`);
  row(
    `Pauses ≥ ${options.pauseS} s`,
    pauses.count === 0
      ? 'none'
      : `${pauses.count}, the longest ${pauses.longestS?.toFixed(2)} s${pauses.certain.count === pauses.count ? '' : ` · ${pauses.certain.count} certain`}`,
  );
  const measured = intervals === null ? '' : intervalText(intervals);
  if (measured !== '') row('Intervals', measured);
  if (hrv !== null) row('Variability', variabilityText(hrv));
  for (const lead of quality.leads ?? []) {
    const faults = leadText(lead);
    if (lead.good < WORTH_A_LINE * lead.seconds.length) row(`Lead ${lead.lead}`, faults, yellow);
  }
  lines.push('');

  if (ectopy && classes && uncertain) {
    for (const [label, counts] of [
      ['Ventricular', ectopy.ventricular],
      ['Supraventricular', ectopy.supraventricular],
    ] as const) {
      row(label, groupText(counts), bold);
      if (counts.longestRun && counts.fastestRun) {
        const { longestRun, fastestRun } = counts;
        const longest = `longest run ${longestRun.beats} beats, ${clock(longestRun.from)}`;
        row('', `${longest} · fastest ${formatRate(fastestRun.bpm)}, ${clock(fastestRun.from)}`);
      }
      const patterns = [
        counts.bigeminy > 0 ? `bigeminy ${counts.bigeminy}×` : '',
        counts.trigeminy > 0 ? `trigeminy ${counts.trigeminy}×` : '',
      ];
      if (counts.bigeminy + counts.trigeminy > 0) row('', patterns.filter((p) => p !== '').join(' · '));
      if (counts.certain.beats !== counts.beats) row('  if certain', groupText(counts.certain));
    }
    row(
      'Other beats',
      `normal ${formatCount(classes.N)} · fusion ${classes.F} · paced or unknown ${classes.Q}`,
    );
    const unsure = `${formatNumberOf(uncertain.beats, 'beat')} (${formatShare(uncertain.share)}) marked uncertain`;
    row('Unsure', unsure, uncertain.beats > 0 ? yellow : undefined);
    for (const { reason, beats: count } of uncertain.reasons)
      row('', `${formatCount(count)}: ${UNCERTAIN_TEXT[reason]}`, dim);
    if (rhythmBurden === null && irregular && irregular.stretches.length > 0) {
      const long = `${formatDuration(Math.round(irregular.seconds))} (${formatShare(irregular.share)}) without pattern, as in`;
      row('RR intervals', `${long} atrial fibrillation; supraventricular beats there are uncertain`, yellow);
    }
  } else row('Classes', 'not classified: no model was used', yellow);

  const shown = analysis.events.filter((event) => event.kind !== 'rhythm-strip').slice(0, MOST_EVENTS);
  if (shown.length > 0) lines.push('', bold('Look at first'));
  for (const event of shown) {
    const { title, detail, unsure } = describeEvent(analysis, event);
    const text = `${title}${detail === '' ? '' : `, ${detail}`}`;
    row(clock(event.from), text);
    if (unsure !== null) row('', `unsure: ${unsure}`, yellow);
  }
  const notes = [...(quality.leadCheck?.sentences ?? []), ...analysis.warnings];
  if (notes.length > 0) lines.push('');
  for (const warning of notes) row('Note', warning, yellow);

  lines.push('');
  const { models, software } = analysis;
  const used = models.map(({ id, version, sha256 }) => `${id} ${version} (${sha256.slice(0, 12)})`);
  const by = used.length === 0 ? '' : ` · ${used.length === 1 ? 'model' : 'models'} ${used.join(', ')}`;
  const foot = [
    `${software.name} ${software.version}${by}`,
    ...(rhythmBurden === null ? ['Beats only: rhythms such as atrial fibrillation are not classified.'] : []),
    analysis.statement,
  ];
  for (const text of foot) for (const part of fold(text, width)) lines.push(dim(part));
  return `${lines.join('\n')}\n`;
}
