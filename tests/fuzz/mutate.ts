import type { Random } from '../../src/core/index.js';

/** Texts that number fields of headers and tables choke on. */
const NUMBERS = [
  ...['0', '-1', '1', '', '1e308', '-1e308', 'NaN', 'Infinity', '99999999999', '4294967296', '0.0000001'],
  ...['2147483648', '-32768', '1/0', '0x10', '1,5', '1e-320', '٣', '--', '65535', '212', '999'],
];

/** Characters that are repeated. */
const RUNS = ' ,;\t0."\'([#\n:-';

/** The bytes with one to eight seeded changes: flips, cuts, copies, insertions, extreme numbers, a piece of another. */
export function mutate(bytes: Uint8Array, other: Uint8Array, random: Random): Uint8Array {
  let out = Uint8Array.from(bytes);
  for (let left = 1 + random.integer(8); left > 0; left--) out = change(out, other, random);
  return out;
}

function change(bytes: Uint8Array, other: Uint8Array, random: Random): Uint8Array<ArrayBuffer> {
  const at = random.integer(bytes.length + 1);
  const span = 1 + random.integer(Math.max(1, Math.min(64, bytes.length - at)));
  switch (random.integer(10)) {
    case 0: {
      const out = Uint8Array.from(bytes);
      if (at < out.length) out[at] = (out[at] as number) ^ (1 << random.integer(8));
      return out;
    }
    case 1: {
      const out = Uint8Array.from(bytes);
      out.fill(random.integer(256), at, at + span);
      return out;
    }
    case 2:
      return spliced(bytes, at, span, new Uint8Array(0));
    case 3:
      return spliced(bytes, at, 0, bytes.subarray(at, at + span));
    case 4:
      return spliced(
        bytes,
        at,
        0,
        Uint8Array.from({ length: span }, () => random.integer(256)),
      );
    case 5:
      return Uint8Array.from(bytes.subarray(0, at));
    case 6: {
      const from = random.integer(other.length + 1);
      return spliced(bytes, at, span, other.subarray(from, from + random.integer(200)));
    }
    case 7:
      return withNumber(bytes, at, random);
    case 8: {
      // Long runs of one character find patterns that take quadratic time.
      const run = new Uint8Array(random.integer(12) === 0 ? 20_000 : 200);
      return spliced(bytes, at, 0, run.fill(RUNS.charCodeAt(random.integer(RUNS.length))));
    }
    default: {
      const out = Uint8Array.from(bytes);
      for (let i = at; i < Math.min(out.length, at + span); i++) out[i] = random.integer(256);
      return out;
    }
  }
}

/** The next written number after `at` replaced by one of `NUMBERS`; in place where the file has fixed fields. */
function withNumber(bytes: Uint8Array, at: number, random: Random): Uint8Array<ArrayBuffer> {
  const isPart = (byte: number | undefined) =>
    byte !== undefined && ((byte >= 48 && byte <= 57) || byte === 46);
  let from = at;
  while (from < bytes.length && !isPart(bytes[from])) from++;
  let to = from;
  while (isPart(bytes[to])) to++;
  const text = NUMBERS[random.integer(NUMBERS.length)] as string;
  const fixed = random.integer(2) === 0 ? text.padEnd(to - from).slice(0, Math.max(1, to - from)) : text;
  return spliced(bytes, from, to - from, new TextEncoder().encode(fixed));
}

function spliced(bytes: Uint8Array, at: number, drop: number, put: Uint8Array): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(at + put.length + Math.max(0, bytes.length - at - drop));
  out.set(bytes.subarray(0, at));
  out.set(put, at);
  out.set(bytes.subarray(at + drop), at + put.length);
  return out;
}
