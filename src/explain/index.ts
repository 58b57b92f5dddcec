// Why a network's answer came out: which parts of an example a class rests on, whether that can be trusted, and the
// picture of it.

export { SinusBeats, zeroBaseline } from './beats/baseline.js';
export { BEAT_ZONES, type BeatInputs, type BeatZone, beatInputs, waveParts } from './beats/beat-parts.js';
export { type BeatDrawing, drawBeatAttribution } from './beats/draw-beat.js';
export {
  BEAT_METHODS,
  type BeatAttribution,
  type BeatExplainer,
  type BeatMethod,
  type BeatMethodName,
  probabilityScore,
} from './beats/explain-beat.js';
export { sharesOf } from './beats/shares.js';
export { drawImportanceGrid, type ImportanceGrid } from './draw-grid.js';
export { drawImportance, type ImportanceDrawing } from './draw-importance.js';
export type { Example, ExampleShapes, Part, Run, Score } from './example.js';
export { createFileGradCam, type FileGradCam } from './file-grad-cam.js';
export { createGradCam, type GradCam, type GradCamOptions } from './grad-cam.js';
export {
  type Attribution,
  createIntegratedGradients,
  type IntegratedGradients,
  type IntegratedGradientsOptions,
} from './integrated-gradients.js';
export { type Fill, fillByLine, fillFrom, occlude, slidingParts, spreadOverSamples } from './occlusion.js';
export {
  descending,
  type Perturbation,
  type PerturbationCurve,
  perturbationCurve,
} from './perturbation-curves.js';
export { rankCorrelation } from './rank-correlation.js';
