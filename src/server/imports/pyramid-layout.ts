import * as v from 'valibot';
import { EcgError } from '../../core/index.js';

/** Samples in a bucket of the finest level. */
export const PYRAMID_FINEST = 16;
/** Buckets that one of the next level covers. */
export const PYRAMID_FACTOR = 8;
/** Buckets of a lead at its coarsest level, at most: as many are read at once without a thought. */
const FEW_BUCKETS = 512;
const MAGIC = 'ECGPYR1\n';
/** Bytes before the header: the magic word and the length of the header. */
export const PYRAMID_PREFIX = 12;
const LARGEST_HEAD = 16 * 2 ** 20;

const whole = v.pipe(v.number(), v.integer(), v.minValue(0));
const LeadLayoutSchema = v.object({
  /** Of this lead at its own rate. */
  samples: whole,
  /** Byte of its first sample. */
  offset: whole,
  /** Finest first. */
  levels: v.array(
    v.object({
      /** Samples in a bucket; the last one may hold fewer. */
      bucket: whole,
      buckets: whole,
      /** Byte of its first pair. */
      offset: whole,
    }),
  ),
});
const PyramidHeadSchema = v.object({ leads: v.array(LeadLayoutSchema) });

export type LeadLayout = v.InferOutput<typeof LeadLayoutSchema>;
export type PyramidHead = v.InferOutput<typeof PyramidHeadSchema>;

/** Where everything of a pyramid lies. */
export function layOut(samples: readonly number[]): PyramidHead {
  // Offsets are digits of the header, whose length they depend on: a second time they are right.
  const guess = place(samples, 0);
  return place(samples, headRoom(guess));
}

function place(samples: readonly number[], start: number): PyramidHead {
  let at = start;
  return {
    leads: samples.map((count) => {
      const offset = at;
      at += 4 * count;
      const levels: LeadLayout['levels'] = [];
      for (let bucket = PYRAMID_FINEST, buckets = Number.POSITIVE_INFINITY; buckets > FEW_BUCKETS; ) {
        buckets = Math.ceil(count / bucket);
        levels.push({ bucket, buckets, offset: at });
        at += 8 * buckets;
        bucket *= PYRAMID_FACTOR;
      }
      return { samples: count, offset, levels };
    }),
  };
}

/** Bytes for the prefix and a header whose offsets have all digits that an integer may have. */
function headRoom({ leads }: PyramidHead): number {
  const offsets = leads.reduce((sum, { levels }) => sum + 1 + levels.length, 0);
  const digits = String(Number.MAX_SAFE_INTEGER).length;
  return Math.ceil((PYRAMID_PREFIX + JSON.stringify({ leads }).length + offsets * digits) / 16) * 16;
}

/** The beginning of the file, up to the first sample. */
export function pyramidHeadBytes(head: PyramidHead): Uint8Array {
  const room = head.leads[0]?.offset ?? PYRAMID_PREFIX + JSON.stringify(head).length;
  const text = JSON.stringify(head).padEnd(room - PYRAMID_PREFIX, ' ');
  const bytes = new Uint8Array(PYRAMID_PREFIX + text.length);
  bytes.set(new TextEncoder().encode(MAGIC), 0);
  new DataView(bytes.buffer).setUint32(MAGIC.length, text.length, true);
  bytes.set(new TextEncoder().encode(text), PYRAMID_PREFIX);
  return bytes;
}

/** Bytes of the header, by the first bytes of the file. */
export function pyramidHeadLength(prefix: Uint8Array): number {
  const magic = new TextDecoder().decode(prefix.subarray(0, MAGIC.length));
  const bytes =
    prefix.length === PYRAMID_PREFIX
      ? new DataView(prefix.buffer, prefix.byteOffset).getUint32(MAGIC.length, true)
      : 0;
  if (magic !== MAGIC || bytes > LARGEST_HEAD) throw noPyramid();
  return bytes;
}

/** @throws EcgError `bad-format` */
export function parsePyramidHead(bytes: Uint8Array): PyramidHead {
  try {
    return v.parse(PyramidHeadSchema, JSON.parse(new TextDecoder().decode(bytes)));
  } catch (cause) {
    throw noPyramid(cause);
  }
}

function noPyramid(cause?: unknown): EcgError {
  return new EcgError(
    'bad-format',
    'pyramid: the stored signal of this recording is not one; import the recording again',
    { cause },
  );
}
