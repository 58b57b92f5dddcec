/** A QT interval as it would be at 60 beats a minute, by the formulas in use, ms. */
export interface CorrectedQt {
  /** QT / √RR. Source: Bazett, Heart 7:353–370, 1920. */
  readonly bazett: number;
  /** QT / ∛RR. Source: Fridericia, Acta Med. Scand. 53:469–486, 1920, doi:10.1111/j.0954-6820.1920.tb18266.x. */
  readonly fridericia: number;
  /** QT + 154 (1 − RR). Source: Sagie et al., Am. J. Cardiol. 70:797–801, 1992, doi:10.1016/0002-9149(92)90562-D. */
  readonly framingham: number;
  /** QT + 1.75 (60 / RR − 60). Source: Hodges, Salerno & Erlien, J. Am. Coll. Cardiol. 1:694, 1983. */
  readonly hodges: number;
}

/** The formulas, in the order of every table. */
export const QT_FORMULAS = [
  'bazett',
  'fridericia',
  'framingham',
  'hodges',
] as const satisfies readonly (keyof CorrectedQt)[];

/**
 * The QT interval corrected for heart rate.
 *
 * @param qtMs  ms
 * @param rrS   s, the interval the QT has adapted to: the preceding one (`rrIntervals`), in Holter recordings `adaptedRr`
 * @returns     ms; NaN where either is unknown
 */
export function correctQt(qtMs: number, rrS: number): CorrectedQt {
  const rr = rrS > 0 ? rrS : Number.NaN;
  return {
    bazett: qtMs / Math.sqrt(rr),
    fridericia: qtMs / Math.cbrt(rr),
    framingham: qtMs + 154 * (1 - rr),
    hodges: qtMs + 1.75 * (60 / rr - 60),
  };
}
