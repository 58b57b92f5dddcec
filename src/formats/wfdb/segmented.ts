import { EcgError, type Gap, type RunOptions, type SignalInfo, throwIfCancelled } from '../../core/index.js';
import type { ByteSource } from '../source.js';
import { calibrate } from './calibration.js';
import { type Header, MAX_HEADER_BYTES, parseHeader, type SegmentLine } from './header.js';
import { closeSegment, openSegment, reopenSegment, type Segment } from './segment.js';
import type { Part, Timeline } from './timeline.js';

/** Segments whose files stay open between reads. */
const OPEN_SEGMENTS = 4;

/**
 * A record of segments, its headers read and its signal files measured.
 *
 * In a fixed layout every segment has the same signals. In a variable layout the first segment has length 0
 * and lists all signals; the signals of the others are found by their description. The segment `~` is a gap.
 *
 * @throws EcgError `bad-format`; `unsupported` for segments of segments; `not-found` naming a missing header or
 *   signal file; `cancelled`
 */
export async function openSegmented(
  header: Header,
  lines: readonly SegmentLine[],
  source: ByteSource,
  frameFs: number,
  warnings: string[],
  options: RunOptions | undefined,
): Promise<Timeline> {
  const total = lines.reduce((sum, line) => sum + line.length, 0);
  if (!Number.isSafeInteger(total)) {
    throw new EcgError(
      'bad-format',
      `wfdb: the segments of ${source.name} add up to ${total} samples, which is impossible`,
    );
  }
  if (header.length !== undefined && header.length !== total) {
    warnings.push(`the header states ${header.length} samples, its segments add up to ${total}`);
  }
  const layoutLine = lines.find((line) => line.name !== '~');
  if (layoutLine === undefined) {
    throw new EcgError(
      'bad-format',
      `wfdb: all segments of ${source.name} are gaps, so its signals are unknown`,
    );
  }
  const open = (name: string) => source.sibling(name);
  const shelf = shelfOf(open);
  const said = new Set<string>();
  const parts: Part[] = [];
  const known = new Map<string, Segment>();
  let layout: Layout | undefined;
  let start = 0;
  try {
    for (const [index, line] of lines.entries()) {
      throwIfCancelled(options, 'open');
      options?.onProgress?.({ stage: 'open', done: index, total: lines.length });
      if (line.name !== '~') {
        const file = `${line.name}.hea`;
        // A segment may stand in a record more than once.
        const own = known.get(file)?.header ?? (await readSegmentHeader(open, file, frameFs, source.name));
        layout ??= layoutOf(own, frameFs, line.length === 0, said);
        if (line.length > 0) {
          const segment = known.get(file) ?? (await measureSegment(own, file, open, said));
          known.set(file, segment);
          parts.push({
            start,
            frames: Math.min(line.length, segment.frames),
            signals: placesIn(layout, own, file, frameFs, said),
            open: () => shelf.take(segment),
          });
        }
      }
      start += line.length;
    }
  } catch (error) {
    await shelf.close();
    throw error;
  }
  warnings.push(...said);
  const { signals, samplesPerFrame, notes } = layout!;
  return {
    signals,
    samplesPerFrame,
    frames: total,
    parts,
    gaps: gapsBetween(parts, total),
    notes,
    close: shelf.close,
  };
}

/** What all segments have to fit. */
interface Layout {
  readonly signals: readonly SignalInfo[];
  readonly samplesPerFrame: readonly number[];
  readonly notes: readonly string[];
  /** True when segments may lack signals. */
  readonly variable: boolean;
}

function layoutOf(header: Header, frameFs: number, variable: boolean, said: Set<string>): Layout {
  const warnings: string[] = [];
  const signals = header.signals.map((line, i) => calibrate(line, frameFs, i, warnings));
  // The gains of a layout header scale nothing: every segment states its own.
  if (!variable) for (const warning of warnings) said.add(warning);
  return {
    signals,
    samplesPerFrame: header.signals.map((line) => line.samplesPerFrame),
    notes: header.notes,
    variable,
  };
}

/** Where each signal of the record lies in a segment. */
function placesIn(
  layout: Layout,
  header: Header,
  file: string,
  frameFs: number,
  said: Set<string>,
): Part['signals'] {
  const warnings: string[] = [];
  const own = header.signals.map((line, i) => calibrate(line, frameFs, i, warnings));
  for (const warning of warnings) said.add(warning);
  if (!layout.variable && own.length !== layout.signals.length) {
    throw new EcgError(
      'bad-format',
      `wfdb: ${file} has ${own.length} signals where the first segment has ${layout.signals.length}, use a variable layout for that`,
    );
  }
  // Two signals of one name are told apart by their order.
  const byName = new Map<string, number[]>();
  for (const [i, { lead }] of own.entries()) {
    const same = byName.get(lead);
    if (same === undefined) byName.set(lead, [i]);
    else same.push(i);
  }
  return layout.signals.map((signal, k) => {
    const index = layout.variable ? byName.get(signal.lead)?.shift() : k;
    if (index === undefined || header.signals[index].format === 0) return undefined;
    if (header.signals[index].samplesPerFrame !== layout.samplesPerFrame[k]) {
      throw new EcgError(
        'bad-format',
        `wfdb: ${file} has ${header.signals[index].samplesPerFrame} samples a frame of ${signal.lead}, other segments ${layout.samplesPerFrame[k]}`,
      );
    }
    if (own[index].unit !== signal.unit) {
      said.add(`${signal.lead} is in ${own[index].unit} in ${file}, in ${signal.unit} elsewhere`);
    }
    return { index, scale: own[index].adc! };
  });
}

async function measureSegment(
  header: Header,
  file: string,
  open: (name: string) => Promise<ByteSource | undefined>,
  said: Set<string>,
): Promise<Segment> {
  const segment = await openSegment(header, file, open);
  await closeSegment(segment);
  for (const warning of segment.warnings) said.add(warning);
  return segment;
}

async function readSegmentHeader(
  open: (name: string) => Promise<ByteSource | undefined>,
  file: string,
  frameFs: number,
  master: string,
): Promise<Header> {
  const source = await open(file);
  if (source === undefined) {
    throw new EcgError('not-found', `wfdb: the segment header ${file} is missing, put it beside ${master}`);
  }
  try {
    const header = parseHeader(await source.read(0, Math.min(source.size, MAX_HEADER_BYTES)), file);
    if (header.segments !== undefined) {
      throw new EcgError('unsupported', `wfdb: the segment ${file} has segments itself, which WFDB forbids`);
    }
    if (header.fs !== undefined && Math.abs(header.fs - frameFs) > 1e-6 * frameFs) {
      throw new EcgError(
        'bad-format',
        `wfdb: ${file} has ${header.fs} Hz, its record ${master} ${frameFs} Hz`,
      );
    }
    return header;
  } finally {
    await source.close();
  }
}

/** Keeps the files of the segments used last open. */
function shelfOf(open: (name: string) => Promise<ByteSource | undefined>) {
  let shelf: Segment[] = [];
  return {
    take: async (segment: Segment): Promise<Segment> => {
      shelf = [segment, ...shelf.filter((each) => each !== segment)];
      while (shelf.length > OPEN_SEGMENTS) await closeSegment(shelf.pop()!);
      await reopenSegment(segment, open);
      return segment;
    },
    close: async (): Promise<void> => {
      for (const segment of shelf) await closeSegment(segment);
      shelf = [];
    },
  };
}

/** The stretches that no segment with signals covers. */
function gapsBetween(parts: readonly Part[], total: number): Gap[] {
  const gaps: Gap[] = [];
  let end = 0;
  for (const part of parts) {
    if (part.frames === 0 || part.signals.every((place) => place === undefined)) continue;
    if (part.start > end) gaps.push({ from: end, to: part.start });
    end = part.start + part.frames;
  }
  if (end < total) gaps.push({ from: end, to: total });
  return gaps;
}
