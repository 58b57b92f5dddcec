export { averageLogits, type Calibration, calibrate, type HeldOut } from './calibration.js';
export { type BeatSet, collectBeats, type TrainingRecord } from './dataset.js';
export type { TrainingEvent } from './events.js';
export { copyExample, type ExampleSet, type ExampleSplit, exampleSize } from './examples/example-set.js';
export { patientFolds } from './folds.js';
export { type GeneratedReview, reviewGenerated } from './gan/review-generated.js';
export { type GanConfig, synthesiseExamples } from './gan/synthesise-examples.js';
export { drawLearningCurve, type EpochFigures } from './learning-curve.js';
export { networkInputs, plainNetwork } from './plan.js';
export { predictLogits } from './predict.js';
export { type BeatRecipe, BeatRecipeSchema, parseBeatRecipe } from './recipe.js';
export { sideOf as qualitySideOf } from './recipes/quality/data.js';
export { secondRatios } from './recipes/quality/disturb-lead.js';
export { cleanStretches } from './recipes/quality/lead-quality.js';
export { type NetworkPlan, networkPlans, parseRecipe, type Recipe } from './recipes/recipe.js';
export {
  type EpisodeRules,
  type EpisodeScores,
  type SeriesRecord,
  scoreEpisodes,
} from './recipes/rhythm/score-episodes.js';
export { type RecipeSelection, selectRecipe } from './recipes/select.js';
export { type EpisodeFigures, episodeFigures } from './recipes/ventricular/scored-episodes.js';
export {
  countByOtherFolds,
  countWindows,
  type Figure,
  type ScoredRecord as VentricularRecord,
  ventricularProbability,
  type WindowCounts,
  type WindowFigures,
  windowFigures,
} from './recipes/ventricular/scored-windows.js';
export { drawConfusion } from './report/confusion-chart.js';
export { standaloneChart } from './report/standalone-chart.js';
export {
  type BeatLogits,
  predictRecord,
  type RecordPredictions,
  recordCounts,
  reportScores,
  type ScoreContext,
} from './score-records.js';
export { type TrainedNetwork, type TrainNetworkOptions, trainNetwork } from './train-network.js';
export { validationFigures } from './validation.js';
export type { PredictedRecord } from './waves/choose-decoding.js';
export { parseWaveRecipe, type WaveRecipe } from './waves/wave-recipe.js';
export type { WaveRecord } from './waves/wave-records.js';
export type { WaveScoring, WaveView } from './waves/wave-scoring.js';
