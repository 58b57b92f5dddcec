import { cellsOf, MOST_COLUMNS, sniffDialect } from './dialect.js';
import { hasDecimalComma, type Metadata, parseMetadata } from './metadata.js';
import { type Dialect, isMissing, numberInText } from './number.js';
import { timeKindOf } from './time.js';

/** One column of a table as its header names it. */
export interface Column {
  /** Without its unit; `column 0` where the table has no header. */
  readonly name: string;
  /** As written in the header; empty where it says none. */
  readonly unit: string;
  /** `text` columns hold no numbers and no times. */
  readonly holds: 'numbers' | 'times' | 'text';
}

/** Where the data of a text file begin and how they are written. */
export interface Layout {
  readonly dialect: Dialect;
  readonly columns: readonly Column[];
  /** Whether names were read rather than made up. */
  readonly named: boolean;
  readonly metadata: Metadata;
  /** Byte where the first row begins. */
  readonly dataOffset: number;
  /** Cells of the first rows, for looking at. */
  readonly rows: readonly (readonly string[])[];
}

interface Line {
  readonly text: string;
  readonly offset: number;
}

const COMMENT = /^\s*(#|%|\/\/)/;
/** Consecutive lines of which three quarters have to look like rows where the data begin. */
const RUN = 8;
const MOST_ROWS = 1000;
const UNITS =
  /^([µμu\ufffdmn]?v|[µμu\ufffd]?s|ms|sec(onds?)?|milli(volts?|seconds?)|micro(volts?|seconds?)|volts?|adu|adc|counts?|n\/?[au]|bpm|mmhg|%|hh:mm:ss(\.mmm)?|sample interval|samples?|)$/i;

/**
 * The layout of a table of numbers from the first bytes of its file, or undefined when they are no such table.
 *
 * @param head  the first bytes
 * @param whole true when they are the whole file; the last line may else be cut short and is not looked at
 */
export function sniffLayout(head: Uint8Array, whole: boolean): Layout | undefined {
  for (const byte of head) if (byte < 32 && (byte < 9 || byte > 13)) return undefined;
  const lines = linesOf(head, whole);
  const filled = lines.filter(({ text }) => text.trim() !== '' && !COMMENT.test(text));
  if (filled.length < 2) return undefined;
  const texts = filled.map(({ text }) => text);
  const tail = lastRows(texts);
  const dialect = sniffDialect(tail, hasDecimalComma(texts.slice(0, 40)));
  const held = tail.map((text) => cellsOf(text, dialect).map((cell) => holdsOf(cell, dialect)));
  const width = median(held.map((cells) => cells.length));
  const holds = Array.from({ length: width }, (_, i) => mostly(held.map((cells) => cells[i] ?? 'nothing')));
  while (holds.length > 1 && holds[holds.length - 1] === 'nothing') holds.pop();
  const numbers = (i: number) => held.filter((cells) => cells[i] === 'numbers').length;
  if (!holds.some((kind, i) => kind === 'numbers' && numbers(i) >= Math.max(2, held.length / 2)))
    return undefined;

  const isRow = (text: string) => {
    const cells = cellsOf(text, dialect);
    return holds.every((kind, i) => {
      const cell = holdsOf(cells[i] ?? '', dialect);
      return kind === 'text' || kind === 'nothing' || cell === kind || cell === 'nothing';
    });
  };
  const rowLike = texts.map((text) => isRow(text));
  const first = rowLike.findIndex((like, i) => {
    const run = rowLike.slice(i, i + RUN);
    return like && run.filter(Boolean).length >= 0.75 * run.length;
  });
  const begin = filled[first];
  if (begin === undefined || filled.length - first < 2) return undefined;
  const rows = texts.slice(first, first + MOST_ROWS).map((text) => cellsOf(text, dialect));
  if (!rows.some((cells) => cells.some((cell) => holdsOf(cell, dialect) === 'numbers'))) return undefined;

  const before = lines.filter(({ offset }) => offset < begin.offset);
  const header = headerOf(before, holds.length, dialect);
  const metadata = parseMetadata(header.rest.map(({ text }) => text));
  const columns = holds.map((kind, i): Column => {
    const { name, unit } = nameAndUnit(header.names?.[i] ?? '');
    const made = holds.length === 1 && metadata.lead !== undefined ? metadata.lead : `column ${i}`;
    return {
      name: header.names === undefined ? made : name,
      unit: header.units?.[i] ?? unit,
      holds: kind === 'nothing' ? 'numbers' : kind,
    };
  });
  return { dialect, columns, named: header.names !== undefined, metadata, dataOffset: begin.offset, rows };
}

/** Those of the last 20 lines that hold no words; the last half of all lines where fewer than two do. */
function lastRows(texts: readonly string[]): readonly string[] {
  const wordless = (text: string) => !/\p{L}{2,}/u.test(text.replace(/nan|null|none|n\/?a/gi, ''));
  const rows = texts.slice(-20).filter(wordless);
  return rows.length >= 2 ? rows : texts.slice(Math.ceil(texts.length / 2));
}

/** Names directly above the data, or names and then units; every line above those is metadata. */
function headerOf(
  before: readonly Line[],
  width: number,
  dialect: Dialect,
): {
  readonly names?: readonly string[];
  readonly units?: readonly string[];
  readonly rest: readonly Line[];
} {
  const fits = (line: Line | undefined): string[] | undefined => {
    if (line === undefined || line.text.trim() === '') return undefined;
    // Some programs put `#` before the names; a sentence there has other cells than the table, or long ones.
    const isComment = COMMENT.test(line.text);
    const plain = line.text.replace(COMMENT, '').trim();
    let cells = cellsOf(plain, dialect);
    // Names in fixed columns may hold single blanks: `Elapsed time   MLII   V5`.
    if (dialect.separator === ' ' && cells.length !== width) cells = plain.split(/\s{2,}/);
    if (isComment && (width < 2 || cells.some((cell) => cell.length > 30))) return undefined;
    while (cells.length > width && cells[cells.length - 1] === '') cells.pop();
    const isPair = width === 1 && /[,;\t]/.test(cells[0] ?? '');
    return cells.length === width && !isPair ? cells : undefined;
  };
  const last = fits(before[before.length - 1]);
  if (last === undefined) return { rest: before };
  const above = fits(before[before.length - 2]);
  if (above !== undefined && last.every((cell) => UNITS.test(withoutBrackets(cell)))) {
    return { names: above, units: last.map(withoutBrackets), rest: before.slice(0, -2) };
  }
  return { names: last, rest: before.slice(0, -1) };
}

function withoutBrackets(cell: string): string {
  return cell.replace(/^[([{](.*)[)\]}]$/, '$1');
}

/** `MLII (mV)`, `ECG [uV]`, `V5_mV` and `II / mV` apart. */
function nameAndUnit(text: string): { readonly name: string; readonly unit: string } {
  // No unit stands in a name that long, and the patterns below would take their time.
  if (text.length > 200) return { name: `${text.slice(0, 200)}…`, unit: '' };
  const bracket = /^(.*?)\s*[([{]\s*([^)\]}]*?)\s*[)\]}]$/.exec(text);
  if (bracket !== null) return { name: bracket[1] ?? '', unit: bracket[2] ?? '' };
  const suffix = /^(.+?)(?:_|\s*[/,]\s*|\s+)([µμu\ufffdmn]?V|ms|s|adu|adc)$/i.exec(text);
  return suffix === null ? { name: text, unit: '' } : { name: suffix[1] ?? '', unit: suffix[2] ?? '' };
}

type Holds = 'numbers' | 'times' | 'text' | 'nothing';

function holdsOf(cell: string, dialect: Dialect): Holds {
  if (cell.length > 100) return 'text';
  if (isMissing(cell)) return 'nothing';
  if (!Number.isNaN(numberInText(cell, dialect.decimal))) return 'numbers';
  return timeKindOf(cell) === undefined ? 'text' : 'times';
}

function mostly(kinds: readonly Holds[]): Holds {
  const telling = kinds.filter((kind) => kind !== 'nothing');
  const count = (kind: Holds) => telling.filter((other) => other === kind).length;
  if (telling.length === 0) return 'nothing';
  return (['numbers', 'times', 'text'] as const).reduce((best, kind) =>
    count(kind) > count(best) ? kind : best,
  );
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;
}

/** At most `MOST_COLUMNS` cells and as many lines as the head holds, each with the byte where it begins. */
function linesOf(head: Uint8Array, whole: boolean): Line[] {
  const feed = head.includes(10) ? 10 : 13;
  const bom = head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf ? 3 : 0;
  const decoder = new TextDecoder();
  const lines: Line[] = [];
  for (let at = bom; at < head.length && lines.length < MOST_COLUMNS; ) {
    const found = head.indexOf(feed, at);
    if (found < 0 && !whole) break;
    const end = found < 0 ? head.length : found;
    lines.push({ text: decoder.decode(head.subarray(at, end)).replace(/\r$/, ''), offset: at });
    at = end + 1;
  }
  return lines;
}
