import {
  type Analysis,
  type AnalysisEvent,
  type EventStrip,
  escapeText,
  type ModelRole,
} from '../core/index.js';
import { describeEvent, eventSeconds } from './describe-event.js';
import { createEventSentences } from './event-sentence.js';
import { intervalTables, variabilityTables } from './html-measures.js';
import { doubtTable, qualitySection } from './html-quality.js';
import { burdenTable, rhythmEpisodeTable, rhythmHeadline } from './html-rhythm.js';
import { PAGE_STYLE } from './html-style.js';
import { ectopyTable, episodeTable, hourTable } from './html-tables.js';
import { shareText } from './html-text.js';
import { formatCount, formatNumberOf, formatRate } from './number-format.js';
import { beatsInStrip } from './strip-beats.js';
import { writeStripSvg } from './svg-strip.js';
import { writeTrendSvg } from './svg-trend.js';
import { createClock, formatDuration, formatStart } from './time-format.js';

type Clock = (sample: number) => string;

/**
 * The report as one HTML page that needs nothing else: no script, no request, no font. Summary first, then the
 * whole recording in one picture, counts, the events worth a look with their strips in true size, hours, and
 * what was done how.
 *
 * @param strips  the signal around the events, by `eventId`; an event without one is listed only
 */
export function writeHtml(analysis: Analysis, strips: readonly EventStrip[]): string {
  const clock = createClock(analysis.recording);
  const { recording, intervals, hrv, quality } = analysis;
  const doubts = doubtTable(analysis);
  const title = escapeText(recording.id);
  const shown = new Map(strips.map((strip) => [strip.eventId, strip]));
  const sentenceOf = createEventSentences(analysis);
  const figures = analysis.events.map((event) => {
    const strip = shown.get(event.id);
    return strip === undefined ? '' : figure(analysis, event, strip, clock, sentenceOf(event));
  });
  const about = [
    formatStart(recording.startTime),
    formatDuration(recording.durationS),
    `${recording.analysed.map(escapeText).join(', ')} at ${recording.fs} Hz`,
    escapeText(recording.format),
  ].filter((part) => part !== null);
  const sections = [
    section(
      analysis.rhythms === null ? 'Heart rate' : 'Heart rate and rhythm',
      `<div class="wide">${writeTrendSvg(analysis, clock)}</div>${trendKey(analysis)}`,
    ),
    analysis.rhythms === null
      ? ''
      : section('Rhythms', `${burdenTable(analysis)}${rhythmEpisodeTable(analysis, shown, clock)}`),
    section('Ectopic beats', ectopyTable(analysis, clock)),
    analysis.events.length === 0 ? '' : section('Look at first', eventList(analysis, shown, clock)),
    strips.length === 0 ? '' : section('Strips', `${stripKey(analysis)}${figures.join('')}`, 'strips'),
    intervals === null ? '' : section('Intervals', intervalTables(intervals)),
    hrv === null ? '' : section('Heart-rate variability', variabilityTables(hrv)),
    quality.leads === null || quality.leads.length === 0
      ? ''
      : section('Signal quality', qualitySection(quality.leads, recording.durationS)),
    doubts === '' ? '' : section('Unsure beats', doubts),
    analysis.hours.length < 2 ? '' : section('Hours', hourTable(analysis, clock)),
    analysis.episodes.length === 0 ? '' : episodeSection(analysis, shown, clock),
  ];
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>ECG analysis: ${title}</title><style>${PAGE_STYLE}</style></head>
<body><main>
<header><div><h1>${title}</h1><p class="about">${about.join(' · ')}</p></div><span class="research">Research use only</span></header>
${rhythmHeadline(analysis)}
${facts(analysis, clock)}
${warnings(analysis)}
${sections.join('\n')}
${footer(analysis)}
</main></body></html>
`;
}

function section(title: string, body: string, kind = ''): string {
  return `<section${kind === '' ? '' : ` class="${kind}"`}><h2>${title}</h2>${body}</section>`;
}

function facts(analysis: Analysis, clock: Clock): string {
  const { quality, beats, heartRate, ectopy, pauses, uncertain, options } = analysis;
  const fact = (name: string, value: string, note: string) =>
    `<div class="fact"><dt>${name}</dt><dd><div class="value">${value}</div><div class="note">${note}</div></dd></div>`;
  const { slowest, fastest, meanBpm } = heartRate;
  const range =
    slowest && fastest
      ? `${Math.round(slowest.bpm)} at ${clock(slowest.from)}, ${Math.round(fastest.bpm)} at ${clock(fastest.from)}`
      : meanBpm === null
        ? 'too few readable beats'
        : `too few beats for a range over ${options.rateBeats}`;
  const burden = (origin: 'ventricular' | 'supraventricular', name: string) => {
    const counts = ectopy?.[origin];
    if (counts === undefined) return '';
    const without =
      counts.certain.beats === counts.beats
        ? ''
        : `<br><span class="unsure">${shareText(counts.certain.share)} without unsure beats</span>`;
    return fact(name, shareText(counts.share), `${formatNumberOf(counts.beats, 'beat')}${without}`);
  };
  return `<dl class="facts">${[
    fact('Readable', shareText(quality.analysableShare), formatDuration(quality.analysableS)),
    fact(
      'Beats',
      formatCount(beats.count),
      [
        heartRate.longestRr ? `longest RR ${heartRate.longestRr.seconds.toFixed(2)} s` : '',
        quality.unreadableBeats === 0
          ? ''
          : `<span class="unsure">${formatCount(quality.unreadableBeats)} in unreadable signal</span>`,
      ]
        .filter((part) => part !== '')
        .join('<br>'),
    ),
    fact('Heart rate', formatRate(meanBpm), range),
    burden('ventricular', 'Ventricular'),
    burden('supraventricular', 'Supraventricular'),
    fact(
      'Pauses',
      formatCount(pauses.count),
      pauses.longestS === null
        ? `none of ${options.pauseS} s or more`
        : `longest ${pauses.longestS.toFixed(2)} s${pausesWithout(pauses)}`,
    ),
    uncertain === null
      ? fact('Classes', '–', 'not classified: no model was used')
      : fact('Unsure', shareText(uncertain.share), `${formatNumberOf(uncertain.beats, 'beat')}`),
  ].join('')}</dl>`;
}

function pausesWithout({ count, certain }: Analysis['pauses']): string {
  if (certain.count === count) return '';
  return `<br><span class="unsure">${formatCount(certain.count)} without unsure ones</span>`;
}

function warnings(analysis: Analysis): string {
  const all = [...(analysis.quality.leadCheck?.sentences ?? []), ...analysis.warnings];
  if (all.length === 0) return '';
  return `<ul class="warnings">${all.map((text) => `<li>${escapeText(text)}</li>`).join('')}</ul>`;
}

function eventList(analysis: Analysis, shown: ReadonlyMap<string, EventStrip>, clock: Clock): string {
  const items = analysis.events.map((event) => {
    const { title, detail, unsure } = describeEvent(analysis, event);
    const name = shown.has(event.id) ? `<a href="#${event.id}">${title}</a>` : title;
    const more = detail === '' ? '' : ` <span class="soft">${escapeText(detail)}</span>`;
    const doubt = unsure === null ? '' : ` <span class="unsure">unsure</span>`;
    return `<li><span class="when">${clock(event.from)}</span><span>${name}${more}${doubt}</span></li>`;
  });
  return `<ol class="events">${items.join('')}</ol>`;
}

function figure(
  analysis: Analysis,
  event: AnalysisEvent,
  strip: EventStrip,
  clock: Clock,
  sentence: string,
): string {
  const { title, ...told } = describeEvent(analysis, event);
  // The sentence of a rhythm says all of that.
  const { detail, unsure } = event.rhythm === null ? told : { detail: '', unsure: null };
  const { fs } = analysis.recording;
  const end = strip.from + (strip.leads[0]?.samples.length ?? 0);
  const cut =
    event.to > end
      ? `, the first ${Math.round((end - event.from) / fs)} s of ${formatDuration(Math.round(eventSeconds(analysis, event)))}`
      : '';
  const svg = writeStripSvg(strip, beatsInStrip(analysis, strip), {
    title: `${title} at ${clock(event.from)}`,
    ...(event.kind === 'rhythm-strip' ? {} : { highlight: event }),
    clock,
  });
  const doubt = unsure === null ? '' : ` <span class="unsure">Unsure: ${unsure}.</span>`;
  const more = detail === '' ? '' : `, ${escapeText(detail)}`;
  const words = sentence === '' ? '' : `<br><span class="soft">${escapeText(sentence)}</span>`;
  return (
    `<figure id="${event.id}"><figcaption><b>${title}</b>${more}${cut} ` +
    `<span class="soft">${clock(event.from)}</span>${doubt}${words}</figcaption><div class="paper">${svg}</div></figure>`
  );
}

function trendKey(analysis: Analysis): string {
  const lanes =
    analysis.beats.class === null ? '' : ' Lanes: where ventricular, supraventricular and unsure beats lie.';
  const rhythm =
    analysis.rhythms === null
      ? ''
      : ' The band names the rhythm, hatched where unsure; the gravest of each column is shown.';
  const irregular =
    analysis.rhythms !== null || analysis.irregular === null || analysis.irregular.stretches.length === 0
      ? ''
      : ` For ${formatDuration(Math.round(analysis.irregular.seconds))} (${shareText(analysis.irregular.share)}) the intervals are irregular: they follow no pattern, as in atrial fibrillation, and supraventricular beats there are unsure.`;
  return `<p class="key">Beats a minute from each RR interval: median in black, lowest to highest in blue; grey cannot be read.${rhythm}${lanes}${irregular}</p>`;
}

function stripKey(analysis: Analysis): string {
  const classes =
    analysis.beats.class === null
      ? 'Beats are marked, not classified.'
      : 'Above each beat its class, and its probability unless it is a certain N; a dashed frame and a question mark say unsure, and below stands why where it is not the probability.';
  return `<p class="key">25 mm/s, 10 mm/mV; the pulse is 1 mV and 0.2 s. ${classes}</p>`;
}

function episodeSection(analysis: Analysis, shown: ReadonlyMap<string, EventStrip>, clock: Clock): string {
  const open = analysis.episodes.length <= 30 ? ' open' : '';
  return section(
    'Episodes',
    `<details${open}><summary>${formatNumberOf(analysis.episodes.length, 'episode')}</summary><div class="episodes">${episodeTable(analysis, shown, clock)}</div></details>`,
  );
}

const ROLES: Readonly<Record<ModelRole, string>> = {
  beats: 'Beats classified',
  rhythm: 'Rhythms named',
  ventricular: 'Ventricular tachycardia and fibrillation found',
  waves: 'Waves marked',
  quality: 'Quality of leads judged',
};

function footer({ models, software, options, statement, classes, rhythms, intervals }: Analysis): string {
  const used = models
    .map(
      ({ role, id, version, sha256 }) =>
        `<li>${ROLES[role]} by ${escapeText(id)} ${escapeText(version)}, SHA-256 <code>${sha256}</code></li>`,
    )
    .join('');
  const by =
    models.length === 0
      ? 'No network was used; beats were found but not classified.'
      : classes === null
        ? 'Beats were found but not classified.'
        : `Of the beats ${formatCount(classes.N)} are normal, ${formatCount(classes.S)} supraventricular, ${formatCount(classes.V)} ventricular, ${formatCount(classes.F)} fusion, ${formatCount(classes.Q)} paced or unknown.`;
  const named =
    rhythms === null
      ? 'Only beats are classified; rhythms such as atrial fibrillation are not, and in them counts of supraventricular beats mean little.'
      : 'Rhythms are named from windows of half a minute and of five seconds and from the beats; episodes shorter than that may be missed. In atrial fibrillation and flutter supraventricular beats cannot be told and are unsure.';
  const measured =
    intervals === null
      ? ''
      : ' Intervals are medians over normal beats; QT is corrected for the rate of the last minute.';
  return `<footer><p><b>${escapeText(statement)}</b></p>
<p>${software.name} ${software.version}. ${by}</p>${used === '' ? '' : `<ul>${used}</ul>`}
<p>${named} No RR interval reaches over a gap or an unreadable stretch. A run is three or more beats in a row, bigeminy and trigeminy at least three cycles, a pause an RR interval of ${options.pauseS} s or more; slowest and fastest rate are means over ${options.rateBeats} intervals. A class less probable than ${options.certainFrom.toFixed(2)} is unsure, and so is a beat in noise. An episode is as probable as its least probable beat.${measured}</p></footer>`;
}
