// Signal quality
export type { BadSignal } from './quality/judge-seconds.js';
export { createQualityMeter, type QualityMeter } from './quality/quality-meter.js';

// Synthesis
export { holterScript } from './synthesis/holter-script.js';
export { sampleReader } from './synthesis/sample-recording.js';
export type {
  Disturbance,
  RhythmSegment,
  SynthesisOptions,
  SynthesisScript,
} from './synthesis/script.js';
export { synthesize, synthesizeReader } from './synthesis/synthesize.js';
