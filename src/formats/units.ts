/** Micro sign, Greek mu and the `u` of those who have neither. */
const MILLIVOLTS: ReadonlyMap<string, number> = new Map([
  ['v', 1000],
  ['volt', 1000],
  ['volts', 1000],
  ['mv', 1],
  ['millivolt', 1],
  ['millivolts', 1],
  ['uv', 1e-3],
  ['microv', 1e-3],
  ['microvolt', 1e-3],
  ['microvolts', 1e-3],
  ['nv', 1e-6],
]);

/**
 * Millivolts in one of a unit, or undefined when the unit is no voltage.
 *
 * Knows V, mV, uV and nV in any case, and `µ` (micro sign), `μ` (Greek mu) and the replacement character that a
 * Latin-1 `µ` becomes in UTF-8, all before a V.
 */
export function millivoltsIn(unit: string): number | undefined {
  return MILLIVOLTS.get(
    unit
      .trim()
      .toLowerCase()
      .replace(/^[\u00b5\u03bc\ufffd]/, 'u'),
  );
}
