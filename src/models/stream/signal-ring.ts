/** The last samples of some leads. */
export interface SignalRing {
  /** Sample that comes next. */
  readonly end: number;
  /** Oldest sample that is kept. */
  readonly begin: number;
  /** Takes samples `from`…`to − 1` of a chunk; one array a lead. */
  write(chunk: readonly Float32Array[], from: number, to: number): void;
  /** A lead's samples `from`…`to − 1`, NaN where they are not kept. */
  copy(lead: number, from: number, to: number): Float32Array;
  /** Highest less lowest valid sample of a lead from `from` to `to`; 0 where there is none. */
  range(lead: number, from: number, to: number): number;
  /** Forgets all, and goes on at a sample. */
  restart(at: number): void;
}

/**
 * A ring of samples.
 *
 * @param capacity  samples of each lead that are kept
 * @param start     index of the first sample that will be written
 */
export function createSignalRing(leads: number, capacity: number, start: number): SignalRing {
  const rings = Array.from({ length: leads }, () => new Float32Array(capacity));
  let end = start;
  let first = start;
  const begin = () => Math.max(first, end - capacity);
  return {
    get end() {
      return end;
    },
    get begin() {
      return begin();
    },
    write(chunk, from, to) {
      for (let at = from; at < to; ) {
        const slot = end % capacity;
        const n = Math.min(to - at, capacity - slot);
        for (let lead = 0; lead < leads; lead++) rings[lead].set(chunk[lead].subarray(at, at + n), slot);
        at += n;
        end += n;
      }
    },
    copy(lead, from, to) {
      const out = new Float32Array(to - from);
      const ring = rings[lead];
      const known = Math.max(from, begin());
      const stop = Math.min(to, end);
      out.fill(Number.NaN, 0, Math.min(out.length, Math.max(0, known - from)));
      for (let at = known; at < stop; ) {
        const slot = at % capacity;
        const n = Math.min(stop - at, capacity - slot);
        out.set(ring.subarray(slot, slot + n), at - from);
        at += n;
      }
      if (stop < to) out.fill(Number.NaN, Math.max(0, stop - from));
      return out;
    },
    range(lead, from, to) {
      const ring = rings[lead];
      let low = Number.POSITIVE_INFINITY;
      let high = Number.NEGATIVE_INFINITY;
      for (let at = Math.max(from, begin()); at < Math.min(to, end); at++) {
        const x = ring[at % capacity];
        if (x < low) low = x;
        if (x > high) high = x;
      }
      return high > low ? high - low : 0;
    },
    restart(at) {
      first = at;
      end = at;
    },
  };
}
