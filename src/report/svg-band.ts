import { escapeText } from '../core/index.js';

/** What one column of a band shows. */
export interface BandCell {
  readonly colour: string;
  /** What it is, for those who point at it. */
  readonly title: string;
  /** Uncertain stretches are hatched. */
  readonly unsure?: boolean;
}

/** Where a band lies in its drawing. */
export interface BandPlace {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** A row of equal columns as SVG: neighbours that show the same are one rectangle, nothing is drawn for undefined. */
export function drawBand(cells: readonly (BandCell | undefined)[], place: BandPlace): string {
  const { left, top, width, height } = place;
  const x = (column: number) => left + (width * column) / cells.length;
  let svg = '';
  for (let from = 0; from < cells.length; ) {
    const cell = cells[from];
    let to = from + 1;
    while (to < cells.length && isSame(cells[to], cell)) to++;
    if (cell !== undefined) {
      const shape = `x="${r(x(from))}" y="${top}" width="${r(x(to) - x(from))}" height="${height}"`;
      const hatch = cell.unsure ? `<rect ${shape} fill="url(#unsure)"/>` : '';
      svg += `<g><title>${escapeText(cell.title)}</title><rect ${shape} fill="${cell.colour}"/>${hatch}</g>`;
    }
    from = to;
  }
  return svg;
}

/** The pattern of uncertain stretches; a page holds it once. */
export const UNSURE_HATCH =
  '<defs><pattern id="unsure" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">' +
  '<path d="M0 0v6" stroke="#fff" stroke-opacity=".7" stroke-width="4"/></pattern></defs>';

/**
 * Of each of `columns` equal parts of a recording the item of highest rank that lies in it, so that nothing grave is
 * lost however short; undefined where none does.
 *
 * @param items   ascending, not overlapping, in the unit of `length`
 */
export function highestInColumns<T extends { readonly from: number; readonly to: number }>(
  items: readonly T[],
  length: number,
  columns: number,
  rank: (item: T) => number,
): (T | undefined)[] {
  const found: (T | undefined)[] = new Array(columns).fill(undefined);
  for (const item of items) {
    const from = Math.floor((item.from / length) * columns);
    const to = Math.min(columns, Math.max(from + 1, Math.ceil((item.to / length) * columns)));
    for (let column = from; column < to; column++) {
      const before = found[column];
      if (before === undefined || rank(item) > rank(before)) found[column] = item;
    }
  }
  return found;
}

function isSame(a: BandCell | undefined, b: BandCell | undefined): boolean {
  return a?.colour === b?.colour && a?.title === b?.title && a?.unsure === b?.unsure;
}

const r = (n: number): number => Math.round(n * 10) / 10;
