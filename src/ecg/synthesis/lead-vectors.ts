/** A direction or a dipole moment in the Frank axes: x to the left, y to the feet, z to the back. */
export type Vector = readonly [x: number, y: number, z: number];

const I: Vector = [0.632, -0.235, 0.059];
const II: Vector = [0.235, 1.066, -0.132];
const combine = (a: number, b: number): Vector => [
  a * I[0] + b * II[0],
  a * I[1] + b * II[1],
  a * I[2] + b * II[2],
];

/**
 * What each lead sees of the heart's dipole; the limb leads obey Einthoven's and Goldberger's identities.
 *
 * Source: Dower, Machado & Osborne, Clinical Cardiology 3(2):87–95, 1980, doi:10.1002/clc.4960030202.
 */
const LEAD_VECTORS: Readonly<Record<string, Vector>> = {
  I,
  II,
  MLII: II,
  III: combine(-1, 1),
  aVR: combine(-0.5, -0.5),
  aVL: combine(1, -0.5),
  aVF: combine(-0.5, 1),
  V1: [-0.515, 0.157, -0.917],
  V2: [0.044, 0.164, -1.387],
  V3: [0.882, 0.098, -1.277],
  V4: [1.213, 0.127, -0.601],
  V5: [1.125, 0.127, -0.086],
  V6: [0.831, 0.076, 0.23],
};

/** Every lead that can be synthesized. */
export const KNOWN_LEADS: readonly string[] = Object.keys(LEAD_VECTORS);

/** mV a lead of the standard set shows of a dipole. */
export function projectOnLead(dipole: Vector, lead: string): number {
  const v = LEAD_VECTORS[lead]!;
  return dipole[0] * v[0] + dipole[1] * v[1] + dipole[2] * v[2];
}
