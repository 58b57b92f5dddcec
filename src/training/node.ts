// Training on this machine: recordings from disk, networks in worker threads, runs in folders.

export {
  crossValidateBeats,
  type TrainBeatsOptions,
  type TrainedBeats,
  trainBeats,
  type Validation,
  validateOn,
} from './beats/node.js';
export type { CrossValidatedNetwork } from './recipes/cross-validate/networks.js';
export { type CrossValidation, crossValidateRecipe } from './recipes/cross-validate/node.js';
export { listRuns } from './recipes/list/node.js';
export { type AnyRecipe, readBeatRecipe, readRecipe } from './recipes/read/node.js';
export { type ReproduceOptions, type Reproduction, reproduceRecipe } from './recipes/repro/node.js';
export {
  type RhythmFold,
  type TrainedRhythm,
  type TrainRhythmOptions,
  trainRhythm,
} from './recipes/rhythm/release/node.js';
export type { EnsembleMetrics, ExampleScores, NetworkMetrics, RunMetrics } from './recipes/run/metrics.js';
export {
  type EvaluateRunOptions,
  evaluateRun,
  type RecipeRun,
  type RecipeRunOptions,
  trainRecipe,
} from './recipes/run/node.js';
export { openRunNetworks, type RunNetwork } from './recipes/run/open/node.js';
export { readRunMetrics } from './recipes/run/read-metrics/node.js';
export { type Tuned, type TuneOptions, tuneRecipe } from './recipes/tune/node.js';
export {
  type TrainedVentricular,
  type TrainVentricularOptions,
  trainVentricular,
} from './recipes/ventricular/release/node.js';
export { type DataFolders, loadTrainingRecords, recordIds } from './records/node.js';
export { openRun, recipeSha256, sha256 } from './runs/node.js';
export {
  type NetworkScores,
  type ScoreOptions,
  type Scores,
  scoreRecords,
  scoreTest,
  type TestScores,
  type TestUse,
} from './score/node.js';
export type { SearchEvent } from './search/node.js';
export {
  crossValidateWaves,
  trainWaveModel,
  type WaveCrossValidation,
} from './waves/cross-validate/node.js';
export { loadWaveRecords } from './waves/records/node.js';
