import { type Analysis, type AnalysisEvent, type EventStrip, replaceControls } from '../../core/index.js';
import { UNSURE_COLOUR } from '../colours.js';
import { describeEvent, eventSeconds } from '../describe-event.js';
import { createEventSentences } from '../event-sentence.js';
import { beatsInStrip } from '../strip-beats.js';
import { layOutLeads } from '../strip-layout.js';
import { STRIP_STYLE, writeStripSvg } from '../svg-strip.js';
import { formatDuration } from '../time-format.js';
import { inlineStyle } from './inline-style.js';
import { heading, PAGE, type PdfNode, PT_PER_MM, SOFT } from './page.js';

type Clock = (sample: number) => string;

/** mm of a page for the leads of one drawing: what caption, beat labels and times leave. */
const MOST_MM = (PAGE.height - PAGE.top - PAGE.bottom) / PT_PER_MM - 32;

/** The strips of the ranked events in true size, each with its words; nothing for events without one. */
export function stripFigures(analysis: Analysis, strips: readonly EventStrip[], clock: Clock): PdfNode[] {
  if (strips.length === 0) return [];
  const shown = new Map(strips.map((strip) => [strip.eventId, strip]));
  const sentenceOf = createEventSentences(analysis);
  const figures = analysis.events.flatMap((event, i) => {
    const strip = shown.get(event.id);
    return strip === undefined || strip.leads.length === 0
      ? []
      : figure(analysis, event, { strip, number: i + 1, sentence: sentenceOf(event) }, clock);
  });
  const classified =
    analysis.beats.class === null
      ? 'Beats are marked, not classified.'
      : 'Above each beat its class, and its probability unless it is a certain N; a dashed frame and a question mark say unsure.';
  return figures.length === 0
    ? []
    : [
        { ...heading('Strips'), pageBreak: 'before', margin: [0, 0, 0, 2] },
        {
          text: `25 mm/s, 10 mm/mV when printed at 100 %; the pulse is 1 mV and 0.2 s. ${classified}`,
          style: 'key',
          margin: [0, 0, 0, 6],
        },
        ...figures,
      ];
}

function figure(
  analysis: Analysis,
  event: AnalysisEvent,
  { strip, number, sentence }: { strip: EventStrip; number: number; sentence: string },
  clock: Clock,
): PdfNode[] {
  const { title, ...told } = describeEvent(analysis, event);
  // The sentence of a rhythm says all of that.
  const { detail, unsure } = event.rhythm === null ? told : { detail: '', unsure: null };
  const { fs } = analysis.recording;
  const end = strip.from + (strip.leads[0]?.samples.length ?? 0);
  const cut =
    event.to > end
      ? `, the first ${Math.round((end - event.from) / fs)} s of ${formatDuration(Math.round(eventSeconds(analysis, event)))}`
      : '';
  const parts = pagesOf(strip);
  return parts.map((part, i) => ({
    unbreakable: true,
    margin: [0, 0, 0, 10],
    stack: [
      {
        text: [
          { text: `${number}  ${title}`, bold: true, fontSize: 10 },
          detail === '' ? '' : `, ${detail}`,
          cut,
          { text: `   ${clock(event.from)}`, color: SOFT },
          parts.length === 1
            ? ''
            : { text: `   leads ${part.leads.map(({ lead }) => lead).join(', ')}`, color: SOFT },
          unsure === null ? '' : { text: `   Unsure: ${unsure}.`, color: UNSURE_COLOUR },
        ],
      },
      ...(i > 0 || sentence === '' ? [] : [{ text: replaceControls(sentence), style: 'small' }]),
      drawing(analysis, event, part, { title, clock }),
    ],
  }));
}

/** The drawing at 25 mm/s: its own millimetres are those of the paper. */
function drawing(
  analysis: Analysis,
  event: AnalysisEvent,
  strip: EventStrip,
  { title, clock }: { title: string; clock: Clock },
): PdfNode {
  const svg = writeStripSvg(strip, beatsInStrip(analysis, strip), {
    title: `${title} at ${clock(event.from)}`,
    ...(event.kind === 'rhythm-strip' ? {} : { highlight: event }),
    clock,
    standalone: true,
  });
  const width = Number(/width="([\d.]+)mm"/.exec(svg)?.[1]);
  return { svg: inlineStyle(svg, STRIP_STYLE), width: width * PT_PER_MM, margin: [0, 3, 0, 0] };
}

/** A strip of more leads than a page holds, as several of all its time. */
function pagesOf(strip: EventStrip): EventStrip[] {
  const heights = layOutLeads(strip.leads.map(({ samples }) => samples)).map(({ height }) => height);
  const pages: EventStrip[] = [];
  let leads: EventStrip['leads'][number][] = [];
  let used = 0;
  strip.leads.forEach((lead, i) => {
    const height = heights[i] as number;
    if (leads.length > 0 && used + height > MOST_MM) {
      pages.push({ ...strip, leads });
      leads = [];
      used = 0;
    }
    leads.push(lead);
    used += height;
  });
  pages.push({ ...strip, leads });
  return pages;
}
