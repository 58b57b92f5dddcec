import { type Annotation, EcgError } from '../../core/index.js';
import { NOTE, symbolOfCode } from './annotation-codes.js';
import { decodeText } from './text.js';

/** An annotation type that a file defines for itself. */
export interface AnnotationDefinition {
  /** 1…58. */
  readonly code: number;
  /** Mnemonic without spaces. */
  readonly symbol: string;
  readonly description: string;
}

/** All that an annotation file holds. */
export interface AnnotationFile {
  /** In file order, which is ascending in every file that the WFDB library wrote. */
  readonly annotations: readonly Annotation[];
  /** Ticks a second of `sample`, where the file states it; otherwise the record's frames a second. */
  readonly fs?: number;
  /** The file's own annotation types, in the order of their table. */
  readonly definitions: readonly AnnotationDefinition[];
  /** True when every AUX text ends in a counted NUL, as the oldest databases have it. */
  readonly nulTerminatedAux: boolean;
  /** What is odd but readable, a sentence each. */
  readonly warnings: readonly string[];
}

const SKIP = 59;
const NUM = 60;
const SUB = 61;
const CHN = 62;
const AUX = 63;

/** An annotation as stored, before the file's own tables are taken out. */
interface Stored {
  sample: number;
  code: number;
  subtype: number;
  channel: number;
  num: number;
  aux: string | undefined;
}

/**
 * The annotations of a WFDB (MIT format) annotation file, in file order.
 *
 * @param bytes the whole file
 * @throws EcgError `unsupported` for an AHA tape-format file
 */
export function readAnnotations(bytes: Uint8Array): Annotation[] {
  return [...readAnnotationFile(bytes).annotations];
}

/**
 * The annotations of a WFDB (MIT format) annotation file with the file's own tables: time resolution
 * and annotation types. Any bytes are readable: what cannot be an annotation ends the file with a warning.
 *
 * @param bytes the whole file
 * @throws EcgError `unsupported` for an AHA tape-format file
 *
 * Source: `getann` and `get_ann_table`, lib/annot.c, WFDB library 10.7.
 */
export function readAnnotationFile(bytes: Uint8Array): AnnotationFile {
  if (isAha(bytes)) {
    throw new EcgError(
      'unsupported',
      'wfdb: an annotation file in AHA tape format is not supported, convert it with the WFDB programs rdann and wrann',
    );
  }
  const warnings: string[] = [];
  const { stored, nulTerminatedAux } = readStored(bytes, warnings);
  const { first, fs, definitions } = readTables(stored);
  const symbols = new Map(definitions.map((each) => [each.code, each.symbol]));
  const annotations: Annotation[] = [];
  for (let i = first; i < stored.length; i++) {
    const { sample, code, subtype, channel, num, aux } = stored[i];
    annotations.push({
      sample,
      symbol: symbols.get(code) ?? symbolOfCode(code),
      ...(subtype !== 0 && { subtype }),
      ...(channel !== 0 && { channel }),
      ...(num !== 0 && { num }),
      ...(aux !== undefined && { aux }),
    });
  }
  return { annotations, ...(fs !== undefined && { fs }), definitions, nulTerminatedAux, warnings };
}

function readStored(bytes: Uint8Array, warnings: string[]) {
  const stored: Stored[] = [];
  const end = bytes.length & ~1;
  let time = 0;
  let channel = 0;
  let num = 0;
  let texts = 0;
  let terminated = 0;
  let last: Stored | undefined;
  let at = 0;
  let ended = false;
  while (at < end) {
    const word = bytes[at] | (bytes[at + 1] << 8);
    at += 2;
    if (word === 0) {
      ended = true;
      break;
    }
    const code = word >> 10;
    const data = word & 0x3ff;
    if (code < SKIP) {
      time += data;
      last = { sample: time, code, subtype: 0, channel, num, aux: undefined };
      stored.push(last);
    } else if (code === SKIP) {
      if (at + 4 > end) break;
      // A PDP-11 long: the high word stands first.
      const high = bytes[at] | (bytes[at + 1] << 8);
      const low = bytes[at + 2] | (bytes[at + 3] << 8);
      time += (high << 16) | low;
      at += 4;
    } else if (code === AUX) {
      const length = data & 0xff;
      if (at + length > bytes.length) break;
      if (last !== undefined && length > 0) {
        const nul = bytes[at + length - 1] === 0;
        last.aux = decodeText(bytes.subarray(at, at + length - (nul ? 1 : 0)));
        texts++;
        if (nul) terminated++;
      }
      at += (length + 1) & ~1;
    } else if (code === SUB) {
      if (last !== undefined) last.subtype = (data << 24) >> 24;
    } else if (code === CHN) {
      channel = data & 0xff;
      if (last !== undefined) last.channel = channel;
    } else if (code === NUM) {
      num = (data << 24) >> 24;
      if (last !== undefined) last.num = num;
    }
  }
  if (!ended) warnings.push('the annotation file ends without its end mark, some annotations may be missing');
  return { stored, nulTerminatedAux: texts > 0 && terminated === texts };
}

/** The comments at sample 0 that describe the file itself, and the index of the first true annotation. */
function readTables(stored: readonly Stored[]) {
  const definitions: AnnotationDefinition[] = [];
  let fs: number | undefined;
  let first = 0;
  let inTable = false;
  for (; first < stored.length; first++) {
    const { sample, code, subtype, aux } = stored[first];
    if (sample !== 0 || code !== NOTE || subtype !== 0 || aux === undefined) break;
    const resolution = /^## time resolution: *(\S+)/.exec(aux);
    if (resolution !== null) {
      const value = Number(resolution[1]);
      if (Number.isFinite(value) && value > 0) fs = value;
    } else if (aux.startsWith('## annotation type definitions')) inTable = true;
    else if (aux.startsWith('## end of definitions')) inTable = false;
    else if (inTable) {
      const match = /^[ \t]*(\d{1,2})[ \t]+(\S+)(?:[ \t](.*))?$/s.exec(aux);
      if (match !== null) {
        const description = (match[3] ?? '').replace(/\n$/, '');
        definitions.push({ code: Number(match[1]), symbol: match[2], description });
      }
    } else if (!aux.startsWith('##')) break;
  }
  // The library ends its tables with a null annotation at sample 0, which is no annotation of the record.
  if (first > 0 && first < stored.length && stored[first].code === 0 && stored[first].sample === 0) first++;
  return { first, fs, definitions };
}

/** AHA files begin with a NUL and a letter of the AHA code, are whole 1024-byte blocks and end in 0xff. */
function isAha(bytes: Uint8Array): boolean {
  return (
    bytes.length > 0 &&
    bytes.length % 1024 === 0 &&
    bytes[0] === 0 &&
    'NVFEPQOUR'.includes(String.fromCharCode(bytes[1])) &&
    bytes[bytes.length - 1] === 0xff
  );
}
