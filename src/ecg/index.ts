// One beat
export { type BeatFindings, beatFindings, type FindingColumns } from './beat-findings.js';
// Beats
export {
  type BeatDetector,
  createBeatDetector,
  type DetectionOptions,
  detectBeats,
} from './detection/detect-beats.js';

export type { Peakedness } from './detection/peakedness.js';
export type { FrequencyDomainHrv } from './hrv/frequency-domain.js';
// Heart-rate variability
export {
  type HeartRateVariability,
  heartRateVariability,
  type NonlinearHrv,
} from './hrv/heart-rate-variability.js';
export { type NnBeats, type NnIntervals, nnIntervals } from './hrv/nn-intervals.js';
export type { TimeDomainHrv } from './hrv/time-domain.js';
// Intervals
export { adaptedRr } from './intervals/adapted-rr.js';
export {
  type BeatIntervals,
  type MarkedSignal,
  measureIntervals,
  P_PRESENCE,
  type PPresence,
} from './intervals/beat-intervals.js';
export { type CorrectedQt, correctQt, QT_FORMULAS } from './intervals/corrected-qt.js';
export { frontalAxis } from './intervals/frontal-axis.js';
export { type Spread, spreadOf } from './intervals/spread.js';
export { type LeadSlice, stLevels } from './intervals/st-level.js';
export { waveAreas } from './intervals/wave-area.js';
// Beat symbols and their classes
export {
  beatClassOf,
  EC57_MAP,
  FLUTTER_BEGIN,
  FLUTTER_END,
  FLUTTER_WAVE,
  isBeat,
  isQrs,
  LABEL_MAPS,
  type LabelMap,
  LITERATURE_MAP,
  QUALITY_CHANGE,
  RHYTHM_CHANGE,
} from './label-maps.js';
// Leads
export { checkLeads, type LeadCheck, type LeadsToCheck, type LimbSwap } from './leads/check-leads.js';
export { plainLeadName } from './leads/lead-name.js';
export { type DerivedLimbLeads, deriveLimbLeads } from './leads/limb-leads.js';
export { INDEPENDENT_LEADS } from './leads/polarity.js';
export { mergeStretches } from './merge-stretches.js';
// Signal quality
export type { BadSignal } from './quality/judge-seconds.js';
export { findLeadFaults } from './quality/lead-faults.js';
export { createQualityMeter, type QualityMeter } from './quality/quality-meter.js';
export {
  CLIPPED_SECOND,
  FLAT_SECOND,
  GOOD_SECOND,
  NOISY_SECOND,
  SECOND_QUALITY,
  type SecondQuality,
} from './quality/second-quality.js';
export { createSignalWatch, type SignalWatch, type WatchedState } from './quality/signal-watch.js';
export { ASYSTOLE_S, type AsystoleOptions, asystoleEpisodes } from './rhythm/asystole.js';
// Rhythm
export { type ConductionMarks, findAvBlock } from './rhythm/av-block.js';
export { RHYTHM_CODES, type RhythmCode, rhythmClassOf } from './rhythm/codes.js';
export { composeRhythms, type Otherwise, RHYTHM_PRECEDENCE } from './rhythm/compose-rhythms.js';
export {
  FIBRILLATION_DEFAULTS,
  type FibrillationOptions,
  fibrillationEpisodes,
  type RhythmSeries,
} from './rhythm/fibrillation-episodes.js';
export { GROUND_DEFAULTS, type GroundOptions, groundRhythms } from './rhythm/ground-rhythm.js';
export { PACED_DEFAULTS, type PacedOptions, pacedEpisodes } from './rhythm/paced-rhythm.js';
export {
  type BeatRunOptions,
  SINUS_RATE_DEFAULTS,
  type SinusRateOptions,
  SUPRAVENTRICULAR_RUN_DEFAULTS,
  sinusRateEpisodes,
  supraventricularTachycardias,
  VENTRICULAR_RUN_DEFAULTS,
  ventricularRuns,
} from './rhythm/rate-rhythms.js';
export type { RhythmBeats } from './rhythm/rhythm-beats.js';
export { RR_SUMMARY, rrSummary } from './rhythm/rr-summary.js';
export { sampleEntropy } from './rhythm/sample-entropy.js';
export {
  VENTRICULAR_DEFAULTS,
  type VentricularOptions,
  ventricularEpisodes,
} from './rhythm/ventricular-episodes.js';
export { type RhythmSpan, rhythmSpans } from './rhythm-spans.js';
export { rrIntervals } from './rr-intervals.js';
// Synthesis
export { electrodeMotion } from './synthesis/electrode-motion.js';
export { holterScript } from './synthesis/holter-script.js';
export {
  addNoise,
  type NoisySpan,
  noiseAmplitude,
  noiseGain,
  noiseStressSpans,
  qrsAmplitude,
  signalToNoise,
} from './synthesis/noise-stress.js';
export { sampleReader } from './synthesis/sample-recording.js';
export type {
  Disturbance,
  RhythmSegment,
  SynthesisOptions,
  SynthesisScript,
} from './synthesis/script.js';
export { synthesize, synthesizeReader } from './synthesis/synthesize.js';
// Waves
export { markWaves, type WaveProbabilities, type WaveRules } from './waves/mark-waves.js';
export { pCandidates } from './waves/p-candidates.js';
export {
  createWaveMarks,
  type DelineatedWaves,
  WAVE_MARKS,
  type WaveMarks,
} from './waves/wave-marks.js';
