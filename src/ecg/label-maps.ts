import type { BeatClass } from '../core/index.js';

/** How beat symbols become the five classes. Every table names the map it used. */
export interface LabelMap {
  /** What a command line and a JSON file say: `ec57`, `literature`. */
  readonly id: string;
  /** What a table's title says. */
  readonly title: string;
  /** Symbols of each class, written together. */
  readonly symbols: Readonly<Record<BeatClass, string>>;
}

/**
 * The map of EC57's reference programs: junctional and atrial escape beats (`j e n`) are supraventricular.
 *
 * Source: ANSI/AAMI EC57:2012; the WFDB software's `bxb`, reproduced in tests/ec57-golden.test.ts.
 */
export const EC57_MAP: LabelMap = {
  id: 'ec57',
  title: 'EC57 map (e, j, n are S)',
  symbols: { N: 'NLRB', S: 'AaJSejn', V: 'VEr', F: 'F', Q: '/fQ?' },
};

/**
 * The map of most papers: escape beats (`e j`) are N.
 *
 * Source: de Chazal, O'Dwyer & Reilly, IEEE TBME 51(7):1196–1206, 2004, doi:10.1109/TBME.2004.827359.
 * Departs: `B`, `n`, `r` and `?`, which mitdb does not hold and the paper does not list, go where their
 * names put them (bundle branch block N, escape N, R-on-T V, unclassified Q).
 */
export const LITERATURE_MAP: LabelMap = {
  id: 'literature',
  title: 'literature map (e, j are N)',
  symbols: { N: 'NLRejBn', S: 'AaJS', V: 'VEr', F: 'F', Q: '/fQ?' },
};

/** Both maps by `id`, for the command line and HTTP. */
export const LABEL_MAPS: Readonly<Record<'ec57' | 'literature', LabelMap>> = {
  ec57: EC57_MAP,
  literature: LITERATURE_MAP,
};

/** The flutter wave, `!`: a QRS for the detector's sake, of no class. */
export const FLUTTER_WAVE = '!';

const BEATS = new Set('NLRBAaJSejnVErF/fQ?');

/** True for the symbols that mark a heartbeat; a flutter wave, a blocked P wave, a rhythm or a note is none. */
export function isBeat(symbol: string): boolean {
  return BEATS.has(symbol);
}

/** True for every symbol a QRS detector must find: beats and flutter waves. */
export function isQrs(symbol: string): boolean {
  return symbol === FLUTTER_WAVE || BEATS.has(symbol);
}

/** The class of a beat symbol; undefined when it marks no beat. */
export function beatClassOf(symbol: string, map: LabelMap): BeatClass | undefined {
  return tableOf(map).get(symbol);
}

const tables = new WeakMap<LabelMap, ReadonlyMap<string, BeatClass>>();

function tableOf(map: LabelMap): ReadonlyMap<string, BeatClass> {
  let table = tables.get(map);
  if (table === undefined) {
    const entries = (Object.entries(map.symbols) as [BeatClass, string][]).flatMap(([beatClass, symbols]) =>
      [...symbols].map((symbol) => [symbol, beatClass] as const),
    );
    table = new Map(entries);
    tables.set(map, table);
  }
  return table;
}

/** The annotation symbol that opens a rhythm; the rhythm's name is its `aux`. */
export const RHYTHM_CHANGE = '+';
/** The annotation symbol of a change of signal quality; its `subtype` says which. */
export const QUALITY_CHANGE = '~';
/** Ventricular flutter or fibrillation begins, and ends. */
export const FLUTTER_BEGIN = '[';
export const FLUTTER_END = ']';
