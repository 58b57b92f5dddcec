import type { Random } from '../../core/index.js';
import type { Vector } from './lead-vectors.js';

/** One wave of a beat: a Gaussian in the phase of the cycle, a dipole in space. */
export interface Wave {
  /** The dipole at its peak, mV in the Frank axes. */
  readonly dipole: Vector;
  /** Radians on the cycle, R at 0, for waves that move with the rate; s from R for those that do not. */
  readonly at: number;
  /** Standard deviation, in the unit of `at`. */
  readonly width: number;
  /** True for P and T, whose distance and width follow the square root of the cycle. */
  readonly followsRate: boolean;
}

/** What a beat looks like, by its annotation symbol; `f` holds the beats of fibrillating atria (no P). */
export type Morphologies = ReadonlyMap<string, readonly Wave[]>;

const DEGREE = Math.PI / 180;
const slow = (degrees: number, width: number, dipole: Vector): Wave => ({
  dipole,
  at: degrees * DEGREE,
  width,
  followsRate: true,
});
const fast = (ms: number, widthMs: number, dipole: Vector): Wave => ({
  dipole,
  at: ms / 1000,
  width: widthMs / 1000,
  followsRate: false,
});

// P and T stand where McSharry's table 1 has them (−70° and 100°); T is two Gaussians because it rises
// slower than it falls. The dipoles are ours: chosen so that II, V1 and V5 look like an adult's.
const P: readonly Wave[] = [slow(-74, 0.16, [0.035, 0.06, -0.05]), slow(-64, 0.16, [0.04, 0.06, 0.04])];
const ECTOPIC_P: readonly Wave[] = [
  slow(-58, 0.13, [-0.06, -0.07, -0.03]),
  slow(-48, 0.1, [0.02, 0.03, 0.05]),
];
const QRS: readonly Wave[] = [
  fast(-27, 9, [-0.12, -0.06, -0.2]),
  fast(0, 12.5, [1.0, 0.98, 0.3]),
  fast(27, 12, [-0.1, -0.2, 0.5]),
];
const T: readonly Wave[] = [slow(84, 0.42, [0.13, 0.11, -0.1]), slow(104, 0.24, [0.15, 0.13, -0.1])];

// Right ventricular outflow: left bundle branch block, axis to the feet.
const PVC_RIGHT: readonly Wave[] = [
  fast(-30, 15, [0.1, 0.45, -0.1]),
  fast(0, 21, [0.75, 1.35, 0.75]),
  fast(38, 19, [0.3, 0.2, 0.4]),
  slow(88, 0.4, [-0.25, -0.38, -0.3]),
  slow(110, 0.26, [-0.16, -0.22, -0.18]),
];
// Left ventricle: right bundle branch block, axis upwards.
const PVC_LEFT: readonly Wave[] = [
  fast(-36, 12, [0.05, 0.3, -0.25]),
  fast(0, 22, [-0.65, -1.25, -0.85]),
  fast(44, 16, [-0.2, 0.25, 0.15]),
  slow(92, 0.42, [0.3, 0.4, 0.2]),
  slow(114, 0.26, [0.16, 0.22, 0.12]),
];
const ABERRANT_QRS: readonly Wave[] = [...QRS, fast(62, 20, [-0.28, -0.1, -0.5])];
// The stimulus, then a beat from the right apex: left bundle branch block, axis upwards.
const PACED: readonly Wave[] = [
  fast(-58, 1, [0.9, 1.3, 0.2]),
  fast(-22, 14, [0.25, -0.3, 0.2]),
  fast(8, 22, [0.55, -1.05, 0.9]),
  fast(46, 17, [0.25, -0.3, 0.3]),
  slow(92, 0.42, [-0.2, 0.35, -0.3]),
  slow(114, 0.26, [-0.1, 0.18, -0.14]),
];

const scaled = (waves: readonly Wave[], k: number): Wave[] =>
  waves.map((w) => ({ ...w, dipole: [w.dipole[0] * k, w.dipole[1] * k, w.dipole[2] * k] }));

/**
 * The beats of one person: the shapes above, each dipole turned and stretched a little by `random`.
 *
 * Source: McSharry, Clifford, Tarassenko & Smith, IEEE TBME 50(3):289–294, 2003,
 * doi:10.1109/TBME.2003.808805, for waves as Gaussians on the cycle; Clifford, Nemati & Sameni, Physiol.
 * Meas. 31(5):595–609, 2010, doi:10.1088/0967-3334/31/5/001, for dipoles and abnormal beats.
 */
export function createMorphologies(random: Random): Morphologies {
  const pvc = random.next() < 0.5 ? PVC_LEFT : PVC_RIGHT;
  const other = pvc === PVC_LEFT ? PVC_RIGHT : PVC_LEFT;
  const shapes: Readonly<Record<string, readonly Wave[]>> = {
    N: [...P, ...QRS, ...T],
    f: [...QRS, ...T],
    A: [...ECTOPIC_P, ...QRS, ...T],
    a: [...ECTOPIC_P, ...ABERRANT_QRS, ...scaled(T, 0.8)],
    J: [...QRS, ...T],
    j: [...QRS, ...T],
    V: pvc,
    E: other,
    F: [...P, ...scaled(QRS, 0.75), ...scaled(pvc, 0.4), ...scaled(T, 0.6)],
    '/': PACED,
  };
  // One person's axis: every dipole turned alike, about the z axis; every wave stretched on its own.
  const angle = 0.12 * random.normal();
  const gain = Math.exp(0.1 * random.normal());
  const stretch = new Map<Wave, number>();
  const personal = (wave: Wave): Wave => {
    const own = stretch.get(wave) ?? gain * Math.exp(0.08 * random.normal());
    stretch.set(wave, own);
    const [x, y, z] = wave.dipole;
    const [c, s] = [Math.cos(angle), Math.sin(angle)];
    return { ...wave, dipole: [own * (c * x - s * y), own * (s * x + c * y), own * z] };
  };
  return new Map(Object.entries(shapes).map(([symbol, waves]) => [symbol, waves.map(personal)]));
}
