/**
 * The mnemonic of each annotation code of the WFDB library.
 *
 * Source: `cstring` in lib/annot.c of the WFDB library 10.7; codes without a mnemonic are written `[15]`.
 */
const MNEMONICS: readonly string[] = [
  ' ', 'N', 'L', 'R', 'a', 'V', 'F', 'J', 'A', 'S',
  'E', 'j', '/', 'Q', '~', '[15]', '|', '[17]', 's', 'T',
  '*', 'D', '"', '=', 'p', 'B', '^', 't', '+', 'u',
  '?', '!', '[', ']', 'e', 'n', '@', 'x', 'f', '(',
  ')', 'r',
]; // biome-ignore format: ten codes a line

/** The highest code of a real annotation; 59 and above are pseudo-annotations. */
const MAX_CODE = 58;

/** The code of a comment annotation, which also carries a file's own tables. */
export const NOTE = 22;

const CODES: ReadonlyMap<string, number> = new Map(MNEMONICS.map((symbol, code) => [symbol, code]));

/** The mnemonic of an annotation code, `[53]` for a code without one. */
export function symbolOfCode(code: number): string {
  return MNEMONICS[code] ?? `[${code}]`;
}

/** The annotation code of a mnemonic, or undefined when the WFDB library knows none. */
export function codeOfSymbol(symbol: string): number | undefined {
  const known = CODES.get(symbol);
  if (known !== undefined) return known;
  const match = /^\[(\d{1,2})\]$/.exec(symbol);
  const code = match === null ? Number.NaN : Number(match[1]);
  return code <= MAX_CODE ? code : undefined;
}
