import { KINDS, type NoiseKind } from './stress.js';

/** dB: edges of the bins of a second's ratio. */
const EDGES = [-6, -3, 0, 3, 6, 9, 12, 15, 18, 21, 24];

/** Seconds of one kind of noise whose ratio lies in one bin. */
export interface BorderRow {
  readonly kind: NoiseKind;
  /** dB, inclusive, and exclusive. */
  readonly from: number;
  readonly to: number;
  readonly seconds: number;
  /** Share of them in which a beat is missed or invented; null of few. */
  readonly failed: number | null;
}

/** Fewer seconds say nothing. */
const FEWEST = 100;

/** Counts seconds in which detection fails by the ratio of the best lead in the band of QRS complexes. */
export function createBorder() {
  const counts = KINDS.map(() => EDGES.map(() => ({ seconds: 0, failed: 0 })));
  return {
    add(kind: NoiseKind, ratio: number, hasFailed: boolean): void {
      const bin = EDGES.findLastIndex((edge) => ratio >= edge);
      if (bin < 0 || bin === EDGES.length - 1) return;
      const own = counts[KINDS.indexOf(kind)][bin];
      own.seconds++;
      if (hasFailed) own.failed++;
    },
    rows: (): BorderRow[] =>
      KINDS.flatMap((kind, k) =>
        EDGES.slice(0, -1).map((from, e) => {
          const { seconds, failed } = counts[k][e];
          return {
            kind,
            from,
            to: EDGES[e + 1],
            seconds,
            failed: seconds < FEWEST ? null : failed / seconds,
          };
        }),
      ),
  };
}
