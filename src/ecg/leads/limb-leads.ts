/** The four limb leads that follow from I and II; mV. */
export interface DerivedLimbLeads {
  readonly iii: Float32Array;
  readonly avr: Float32Array;
  readonly avl: Float32Array;
  readonly avf: Float32Array;
}

/**
 * III = II − I, aVR = −(I + II) / 2, aVL = I − II / 2, aVF = II − I / 2, sample by sample.
 *
 * @param i   lead I, mV
 * @param ii  lead II, mV, as long
 *
 * Source: Einthoven's law and Goldberger's leads; Malmivuo & Plonsey, Bioelectromagnetism, 1995, ch. 15.
 */
export function deriveLimbLeads(i: Float32Array, ii: Float32Array): DerivedLimbLeads {
  const of = (a: number, b: number) => i.map((x, k) => a * x + b * ii[k]);
  return { iii: of(-1, 1), avr: of(-0.5, -0.5), avl: of(1, -0.5), avf: of(-0.5, 1) };
}
