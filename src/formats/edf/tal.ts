/** One time-stamped annotation list: its texts hold at `onset` for `duration`. */
export interface Tal {
  /** s from the start time of the header. */
  readonly onset: number;
  /** s; 0 when absent. */
  readonly duration: number;
  /** Digits after the point of the onset as written. */
  readonly decimals: number;
  /** Without the empty ones; a list that only keeps time has none. */
  readonly texts: readonly string[];
}

const TEXT_END = 0x14;
const DURATION = 0x15;
/** s; about 31 years. */
const LONGEST = 1e9;

/**
 * The annotation lists of one record of an annotation channel, in file order.
 *
 * @returns lists, and the number of stretches of bytes that are none
 *
 * Source: EDF+ specification, Kemp & Olivan 2003, section 2.2.2, doi:10.1016/S1388-2457(03)00123-8. Departs: the
 * sign of an onset may be missing.
 */
export function parseTals(bytes: Uint8Array): { readonly tals: readonly Tal[]; readonly malformed: number } {
  const tals: Tal[] = [];
  let malformed = 0;
  const decoder = new TextDecoder();
  for (let at = 0; at < bytes.length; ) {
    if (bytes[at] === 0) {
      at++;
      continue;
    }
    const zero = bytes.indexOf(0, at);
    const end = zero < 0 ? bytes.length : zero;
    const tal = parseTal(bytes.subarray(at, end), decoder);
    if (tal === undefined) malformed++;
    else tals.push(tal);
    at = end + 1;
  }
  return { tals, malformed };
}

function parseTal(bytes: Uint8Array, decoder: TextDecoder): Tal | undefined {
  const stampEnd = bytes.indexOf(TEXT_END);
  if (stampEnd < 0 || stampEnd > 64) return undefined;
  const [onset = '', duration = '0'] = decoder
    .decode(bytes.subarray(0, stampEnd))
    .split(String.fromCharCode(DURATION));
  if (!/^[+-]?\d+(\.\d*)?$/.test(onset) || !/^\d*(\.\d*)?$/.test(duration)) return undefined;
  if (Math.abs(Number(onset)) > LONGEST || Number(duration) > LONGEST) return undefined;
  const texts = decoder
    .decode(bytes.subarray(stampEnd + 1))
    .split(String.fromCharCode(TEXT_END))
    .filter((text) => text !== '');
  return {
    onset: Number(onset),
    duration: Number(duration),
    decimals: onset.split('.')[1]?.length ?? 0,
    texts,
  };
}
