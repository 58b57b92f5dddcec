export { type AnalyzeOptions, analyze } from './analyze.js';
export type { BeatLabels, Beats } from './beats.js';
export { type BeatClassifier, type ClassifiedBeats, createBeatClassifier } from './classifier.js';
export { collectStrips } from './collect-strips.js';
export { type CorrectOptions, correct } from './correct.js';
export { findMisfits, type Misfit, undoneRevisions } from './correct-beats.js';
export { type FoundBeats, findBeats } from './find-beats.js';
export { labelBeats } from './label-beats.js';
export {
  type AnalysisModels,
  analysisModels,
  type QualityNetwork,
  type WaveNetwork,
  type WindowNetwork,
} from './models.js';
// Live streams
export { ALERT_DEFAULTS, type AlertOptions } from './stream/alert-options.js';
export { createStreamAnalyzer } from './stream/stream-analyzer.js';
export { type BatcherOptions, createStreamBatcher } from './stream/stream-batcher.js';
export type {
  RequestLimits,
  ResumePoint,
  StreamAnalyzer,
  StreamAnswers,
  StreamBatcher,
  StreamModels,
  StreamOptions,
  StreamRequests,
} from './stream/stream-types.js';
export { type Findings, summarize } from './summarize.js';
