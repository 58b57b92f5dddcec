import { EcgError } from '../../core/index.js';
import { sampleAtRate } from '../../formats/index.js';
import { MOST_VALUES, type SignalView } from '../contract/signal.js';
import { type Pyramid, readMinMax, readSamples } from '../imports/pyramid.js';
import type { JsonPiece } from './signal-text.js';

/** Which stretch of which leads, and how finely. */
export interface SignalWish {
  /** Names, or numbers from 0; all when omitted. */
  readonly leads?: readonly string[];
  /** Samples at the rate of the recording. */
  readonly from?: number;
  readonly to?: number;
  /** Every sample when omitted. */
  readonly points?: number;
}

/** A recording's rate, length and leads. */
export interface SignalOutline {
  readonly fs: number;
  readonly length: number;
  readonly leads: readonly { readonly lead: string; readonly unit: string; readonly fs: number }[];
}

/** A stretch of one lead. */
interface LeadStretch {
  readonly lead: string;
  readonly unit: string;
  readonly fs: number;
  readonly kind: SignalView['leads'][number]['kind'];
  /** At the rate of the lead. */
  readonly start: number;
  readonly end: number;
  /** Samples; or minima, then maxima. */
  readonly columns: readonly Float32Array[];
  /** Of points. */
  readonly edges: Float64Array | null;
}

export interface SignalStretch {
  readonly fs: number;
  readonly from: number;
  readonly to: number;
  readonly leads: readonly LeadStretch[];
}

/**
 * A stretch of signal from its pyramid.
 *
 * @throws EcgError `bad-option` for a lead that is not there, a stretch outside the recording, or too many values
 */
export async function readSignal(
  pyramid: Pyramid,
  outline: SignalOutline,
  wish: SignalWish,
): Promise<SignalStretch> {
  const from = wish.from ?? 0;
  const to = Math.min(wish.to ?? outline.length, outline.length);
  if (from > to)
    throw new EcgError(
      'bad-option',
      `signal: from ${from} to ${to} is no stretch of a recording of ${outline.length} samples`,
    );
  const chosen = (wish.leads ?? outline.leads.map((_, i) => String(i))).map((name) =>
    findLead(outline, name),
  );
  const plans = chosen.map((index) => {
    const { fs } = outline.leads[index];
    const start = sampleAtRate(from, fs, outline.fs);
    const end = Math.min(sampleAtRate(to, fs, outline.fs), pyramid.leads[index]?.samples ?? 0);
    const points = wish.points !== undefined && wish.points < end - start ? wish.points : null;
    return { index, start, end, points };
  });
  const values = plans.reduce(
    (sum, { start, end, points }) => sum + (points === null ? end - start : 2 * points),
    0,
  );
  if (values > MOST_VALUES)
    throw new EcgError(
      'bad-option',
      `signal: this would be ${values} values, at most ${MOST_VALUES} come at once; ask for a shorter stretch, fewer leads or points`,
    );
  const leads: LeadStretch[] = [];
  for (const { index, start, end, points } of plans) {
    const { lead, unit, fs } = outline.leads[index];
    if (points === null) {
      const samples = await readSamples(pyramid, index, start, end);
      leads.push({ lead, unit, fs, kind: 'samples', start, end, columns: [samples], edges: null });
    } else {
      const { edges, min, max } = await readMinMax(pyramid, index, start, end, points);
      const [first, last] = [edges[0], edges[edges.length - 1]];
      leads.push({ lead, unit, fs, kind: 'min-max', start: first, end: last, columns: [min, max], edges });
    }
  }
  return { fs: outline.fs, from, to, leads };
}

/** Index of a lead by its name, or by its number where no lead is called so. */
function findLead({ leads }: SignalOutline, name: string): number {
  const exact = leads.findIndex(({ lead }) => lead === name);
  const index = exact >= 0 ? exact : leads.findIndex(({ lead }) => lead.toLowerCase() === name.toLowerCase());
  if (index >= 0) return index;
  if (/^\d{1,4}$/.test(name) && Number(name) < leads.length) return Number(name);
  throw new EcgError(
    'bad-option',
    `signal: there is no lead ${name}, there are ${leads.map(({ lead }) => lead).join(', ')}`,
  );
}

/** A stretch as pieces of the JSON of a `SignalView`. */
export function signalPieces({ fs, from, to, leads }: SignalStretch): JsonPiece[] {
  const pieces: JsonPiece[] = [`{"fs":${fs},"from":${from},"to":${to},"leads":[`];
  for (const [i, { lead, unit, fs, kind, start, columns, edges }] of leads.entries()) {
    const head = JSON.stringify({ lead, unit, fs, kind, start }).slice(0, -1);
    pieces.push(`${i === 0 ? '' : ','}${head}`);
    if (edges === null) pieces.push(',"samples":', columns[0], '}');
    else pieces.push(',"edges":', edges, ',"min":', columns[0], ',"max":', columns[1], '}');
  }
  pieces.push(']}');
  return pieces;
}

/** A stretch as 32-bit floats, little-endian, and the headers that say what they are. */
export function signalBytes({ fs, from, to, leads }: SignalStretch): {
  readonly bytes: Uint8Array;
  readonly headers: Readonly<Record<string, string>>;
} {
  const columns = leads.flatMap((lead) => lead.columns);
  const values = new Float32Array(columns.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const column of columns) {
    values.set(column, at);
    at += column.length;
  }
  const list = (value: (lead: LeadStretch) => string | number) => leads.map(value).join(',');
  return {
    bytes: new Uint8Array(values.buffer),
    headers: {
      'signal-fs': String(fs),
      'signal-from': String(from),
      'signal-to': String(to),
      'signal-leads': list(({ lead }) => encodeURIComponent(lead)),
      'signal-units': list(({ unit }) => encodeURIComponent(unit)),
      'signal-lead-fs': list((lead) => lead.fs),
      'signal-kinds': list(({ kind }) => kind),
      'signal-counts': list((lead) => lead.columns[0].length),
      'signal-starts': list(({ start }) => start),
      'signal-ends': list(({ end }) => end),
    },
  };
}
