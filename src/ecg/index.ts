// Beats
export {
  type BeatDetector,
  createBeatDetector,
  type DetectionOptions,
  detectBeats,
} from './detection/detect-beats.js';

export type { Peakedness } from './detection/peakedness.js';

// Intervals

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
// Signal quality
export type { BadSignal } from './quality/judge-seconds.js';
export { createQualityMeter, type QualityMeter } from './quality/quality-meter.js';
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
export { createWaveMarks, WAVE_MARKS, type WaveMarks } from './waves/wave-marks.js';
