import { type Annotation, EcgError } from '../../core/index.js';
import { codeOfSymbol, NOTE } from './annotation-codes.js';
import type { AnnotationDefinition } from './annotation-reader.js';

/** How an annotation file is written. */
export interface WriteAnnotationsOptions {
  /** Ticks a second of `sample`, stated in the file; leave out when it is the record's frames a second. */
  readonly fs?: number;
  /** Mnemonics beyond the WFDB library's own; codes 42…49 are free for them. */
  readonly definitions?: readonly AnnotationDefinition[];
  /** Count a closing NUL into each AUX text, as the oldest databases do; the WFDB library does not. */
  readonly nulTerminatedAux?: boolean;
}

const SKIP = 59 << 10;
const NUM = 60 << 10;
const SUB = 61 << 10;
const CHN = 62 << 10;
const AUX = 63 << 10;
const MAX_DELTA = 1023;

/**
 * The bytes of a WFDB annotation file, the same that the WFDB library writes.
 *
 * @param annotations any order; written ascending in `sample`, equal samples in the given order
 * @throws EcgError `bad-option` for a mnemonic without a code, a field out of its range or an AUX text
 *   over 255 bytes
 *
 * Source: `putann` and `put_ann_table`, lib/annot.c, WFDB library 10.7.
 */
export function writeAnnotations(
  annotations: readonly Annotation[],
  options: WriteAnnotationsOptions = {},
): Uint8Array<ArrayBuffer> {
  const { fs, definitions = [], nulTerminatedAux = false } = options;
  const codes = new Map(definitions.map((each) => [each.symbol, each.code]));
  const tables = tableTexts(fs, definitions);
  const text = new TextEncoder();
  let out = new Uint8Array(64 + annotations.length * 4);
  let size = 0;
  let time = 0;
  let channel = 0;
  let num = 0;

  const word = (value: number) => {
    out[size++] = value & 0xff;
    out[size++] = (value >> 8) & 0xff;
  };
  const skip = (delta: number) => {
    word(SKIP);
    word((delta >> 16) & 0xffff);
    word(delta & 0xffff);
  };
  const put = (annotation: Annotation, code: number, aux: Uint8Array, atTime: number) => {
    // Fields, six bytes for each skip, and the text.
    const needed = size + 64 + aux.length;
    if (needed > out.length) {
      const grown = new Uint8Array(2 * needed);
      grown.set(out);
      out = grown;
    }
    let delta = atTime - time;
    while (delta > 0x7fffffff) {
      skip(0x7fffffff);
      delta -= 0x7fffffff;
    }
    while (delta < -0x80000000) {
      skip(-0x80000000);
      delta += 0x80000000;
    }
    if (code === 0) {
      // The word of a null annotation must not be 0, the end mark.
      skip(delta - 1);
      delta = 1;
    } else if (delta > MAX_DELTA || delta < 0) {
      skip(delta);
      delta = 0;
    }
    word((code << 10) | delta);
    const { subtype = 0 } = annotation;
    if (subtype !== 0) word(SUB | (subtype & 0x3ff));
    if ((annotation.channel ?? 0) !== channel) word(CHN | ((annotation.channel ?? 0) & 0x3ff));
    if ((annotation.num ?? 0) !== num) word(NUM | ((annotation.num ?? 0) & 0x3ff));
    if (aux.length > 0) {
      word(AUX | aux.length);
      out.set(aux, size);
      size += aux.length;
      if (aux.length & 1) out[size++] = 0;
    }
    time = atTime;
    channel = annotation.channel ?? 0;
    num = annotation.num ?? 0;
  };

  for (const each of tables) put({ sample: 0, symbol: '"' }, NOTE, text.encode(each), 0);
  if (tables.length > 0) put({ sample: 0, symbol: ' ' }, 0, new Uint8Array(0), 0);
  const empty = new Uint8Array(0);
  for (const annotation of inOrder(annotations)) {
    const code = codes.get(annotation.symbol) ?? codeOfSymbol(annotation.symbol);
    checkFields(annotation, code);
    const { aux = '' } = annotation;
    const bytes = aux === '' ? empty : text.encode(nulTerminatedAux ? `${aux}\0` : aux);
    if (bytes.length > 255) {
      throw fault(annotation, `an AUX text of ${bytes.length} bytes, shorten it to 255`);
    }
    put(annotation, code!, bytes, annotation.sample);
  }
  if (size + 2 > out.length) {
    const grown = new Uint8Array(size + 2);
    grown.set(out);
    out = grown;
  }
  word(0);
  return out.slice(0, size);
}

function tableTexts(fs: number | undefined, definitions: readonly AnnotationDefinition[]): string[] {
  const texts: string[] = [];
  if (fs !== undefined) {
    if (!(fs > 0 && Number.isFinite(fs))) {
      throw new EcgError('bad-option', `writeAnnotations: fs must be a positive number of hertz, got ${fs}`);
    }
    texts.push(`## time resolution: ${Number(fs.toPrecision(12))}`);
  }
  if (definitions.length > 0) {
    texts.push('## annotation type definitions');
    for (const { code, symbol, description } of definitions) {
      if (!Number.isInteger(code) || code < 1 || code > 58 || !/^\S+$/.test(symbol)) {
        throw new EcgError(
          'bad-option',
          `writeAnnotations: a definition needs a code from 1 to 58 and a mnemonic without spaces, got ${code} "${symbol}"`,
        );
      }
      texts.push(`${code} ${symbol} ${description}`);
    }
    texts.push('## end of definitions');
  }
  return texts;
}

function inOrder(annotations: readonly Annotation[]): readonly Annotation[] {
  for (let i = 1; i < annotations.length; i++) {
    if (annotations[i].sample < annotations[i - 1].sample) {
      return [...annotations].sort((a, b) => a.sample - b.sample);
    }
  }
  return annotations;
}

function checkFields(annotation: Annotation, code: number | undefined): void {
  const { sample, symbol, subtype = 0, channel = 0, num = 0 } = annotation;
  if (code === undefined) {
    throw fault(annotation, `the mnemonic "${symbol}", which has no code: give one in options.definitions`);
  }
  if (!Number.isSafeInteger(sample)) throw fault(annotation, 'a sample that is no integer');
  if (!inRange(subtype, -128, 127)) throw fault(annotation, `subtype ${subtype}, outside −128…127`);
  if (!inRange(channel, 0, 255)) throw fault(annotation, `channel ${channel}, outside 0…255`);
  if (!inRange(num, -128, 127)) throw fault(annotation, `num ${num}, outside −128…127`);
}

const inRange = (value: number, low: number, high: number) =>
  Number.isInteger(value) && value >= low && value <= high;

function fault(annotation: Annotation, what: string): EcgError {
  return new EcgError(
    'bad-option',
    `writeAnnotations: the annotation at sample ${annotation.sample} has ${what}`,
  );
}
