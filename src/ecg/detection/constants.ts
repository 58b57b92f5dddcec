/**
 * Every constant of the beat detector: one set for all recordings. Times in seconds; heights in running
 * QRS levels of a lead (a usual QRS has height 1); scores in nats.
 */
export const DETECTION = {
  /** Hz: the input is averaged down by a whole factor, to this or just above. */
  internalFs: 120,
  /** Width of each of the three boxcars of the band-pass, whose response peaks near 18 Hz. */
  boxcar: 0.028,
  /** Width of the smoothing of the energy: about a QRS. */
  smoothing: 0.11,
  /** The unit in which input is taken in and leads are judged. */
  hop: 0.5,
  /** Hops heard before the first decision; its beats are then found from the start. */
  learningHops: 16,
  /** How long a decision waits for what follows; the shortest that leaves the R peak its surroundings. */
  lag: 2,
  shortestLag: 0.35,
  /** Hops heard before the first decision where decisions are asked for sooner. */
  promptLearningHops: 8,

  /** Hops before and after a hop over which its noise is taken: longer than a short run, which is none. */
  noiseBefore: 6,
  noiseAfter: 1,
  /** Ratio of level to noise, less 1, at which a lead weighs half. */
  snrHalf: 6,
  /** Beats in the running median that is a lead's level. */
  levelBeats: 9,
  /** Without a beat for this long, levels are learned anew. */
  relearnAfter: 4,
  /** Hops before a hop over which a lead must show a peak, and the heights between which it comes alive. */
  aliveBefore: 3,
  deadBelow: 0.1,
  aliveAbove: 0.3,
  /** Hops before a hop over which it must be calm: no higher peak, no wider swing than these multiples. */
  calmBefore: 2,
  calmPeak: 3,
  calmSwing: 2.5,
  /** Share a hop by which the usual swing follows. */
  swingRate: 0.01,

  /** Distance within which only the highest peak is a candidate. */
  peakRadius: 0.1,
  /** Lowest candidate. */
  lowest: 0.12,
  refractory: 0.2,
  /** Threshold: base + height of late rejected peaks + noiseShare × noise around the candidate, at most max. */
  thresholdBase: 0.15,
  thresholdNoise: 0.7,
  thresholdMax: 0.6,
  /** And never below this multiple of the noise: noise alone has peaks of that height. */
  thresholdOverNoise: 1.2,
  /** Share a rejected peak by which the height of rejected peaks follows. */
  rejectedRate: 0.05,
  /** Evidence for a beat: gain × ln(height / threshold), within these bounds. */
  gain: 3,
  evidenceMin: -6,
  evidenceMax: 3,
  /** Cost of an RR longer than `late` × the expected one, a nat of excess. */
  late: 1.5,
  lateCost: 2,
  /** Cost of an RR shorter than `early` × the short RR of late, a nat; full where noise reaches earlyNoise. */
  early: 0.75,
  earlyCost: 3,
  earlyCostMax: 3,
  earlyNoise: 0.1,
  /** Distances of a run of candidates that is a rhythm by itself; how far neighbours may differ in both. */
  evenRun: 3,
  evenLowest: 0.5,
  evenHeight: 0.25,
  evenDistance: 0.2,
  /** RR intervals remembered; the expected is their median, the short one this quantile. */
  rrMemory: 8,
  shortQuantile: 0.15,
  /** s after a beat within which a lower peak may be its T wave; cost a nat that it is lower, over the ramp. */
  repolarisation: 0.38,
  repolarisationRamp: 0.1,
  repolarisationCost: 2,
  /** s after a beat within which a peak less sharp by the factor may be its T wave; cost a nat beyond it, ramp. */
  blunted: 0.5,
  bluntRamp: 0.1,
  bluntness: 2,
  bluntCost: 4,
  bluntCostMax: 5,
  bluntHeight: 0.5,
  /** s: step of the second difference, and how far around a peak it is taken. */
  bendStep: 0.008,
  bendReach: 0.05,

  /** Hops of a stretch whose kurtosis is taken, that of a stretch with beats at least, mean energy of a live lead. */
  peakednessHops: 20,
  peakedness: 3.8,
  peakednessLeast: 1e-12,

  /** The R peak: farthest from the median of ± baseline within ± reach, upwards preferred by this factor. */
  fiducialReach: 0.1,
  fiducialBaseline: 0.25,
  fiducialUpwards: 1.7,
  /** A peak this close to the end is none. */
  cutOff: 0.06,
  /** The lead that gives the R peak changes when it weighs less than this share of the best. */
  fiducialStay: 0.25,
} as const;
