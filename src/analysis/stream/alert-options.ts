/** When alerts begin and end; times in s, rates in beats a minute. */
export interface AlertOptions {
  /** Without a beat for as long, in readable signal at rest, it is asystole. */
  readonly asystoleS: number;
  /** Without a beat for as long it is asystole even where the signal does not rest; then uncertain. */
  readonly restlessAsystoleS: number;
  /** An interval of at least as much is a pause. */
  readonly pauseS: number;
  /** The mean rate of `tachycardiaBeats` beats is higher. */
  readonly tachycardiaBpm: number;
  readonly tachycardiaBeats: number;
  /** The mean rate of `bradycardiaBeats` beats is lower. */
  readonly bradycardiaBpm: number;
  readonly bradycardiaBeats: number;
  /** By how much the rate must come back for either to be over. */
  readonly rateHysteresisBpm: number;
  /** Ventricular beats in a row, and their mean rate. */
  readonly runBeats: number;
  readonly runBpm: number;
  /** Every alert that is over is told when its cause has been away for as long. */
  readonly calmS: number;
  /** Atrial fibrillation lasts as long before it is told. */
  readonly fibrillationS: number;
}

/**
 * Source: asystole (no QRS for at least 4 s), extreme bradycardia (below 40 a minute for 5 beats) and extreme
 * tachycardia (above 140 a minute for 17 beats) of the PhysioNet/CinC Challenge 2015, Clifford et al., Computing in
 * Cardiology 42:273–276, 2015, doi:10.1109/CIC.2015.7408639. A pause of 3 s: Kusumoto et al., Circulation 140:e382–e482,
 * 2019, doi:10.1161/CIR.0000000000000628. A run of 3 beats above 100 a minute: Al-Khatib et al., Circulation
 * 138:e272–e391, 2018. Fibrillation of 60 s: `FIBRILLATION_DEFAULTS`. The others by judgement. No standard of
 * monitors was consulted and none is claimed; how soon alerts come is measured in experiments/stream.
 */
export const ALERT_DEFAULTS: AlertOptions = {
  asystoleS: 4,
  restlessAsystoleS: 10,
  pauseS: 3,
  tachycardiaBpm: 140,
  tachycardiaBeats: 17,
  bradycardiaBpm: 40,
  bradycardiaBeats: 5,
  rateHysteresisBpm: 5,
  runBeats: 3,
  runBpm: 100,
  calmS: 5,
  fibrillationS: 60,
};
