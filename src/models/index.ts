// The input contract, and the beats prepared by it

export {
  type BeatModel,
  forwardOf,
  loadBeatModel,
  readModelCard,
  sealBeatModel,
} from './beat-model.js';
export type { SpanBeats } from './beat-windows.js';
export { type BeatNetwork, BeatNetworkSchema, type BeatOutputs, beatEnsemble, beatNetwork } from './beats.js';
export { BEAT_LABELS, type ModelCard, ModelCardSchema, parseModelCard } from './card.js';
export {
  type Classifier,
  loadClassifier,
  readClassifierCard,
  sealClassifier,
} from './classifier/classifier.js';
export { type ClassifierCard, ClassifierCardSchema } from './classifier/classifier-card.js';
export { type BeatPredictions, classifyBeats, softmax } from './classify-beats.js';
export { type BeatTable, finishBeat, type InputBatch, writeBeat } from './compose.js';
export {
  type FeatureGroup,
  type InputContract,
  InputContractSchema,
  type InputShape,
  inputShape,
  parseInputContract,
} from './contract.js';
// When a beat's class is not to be relied on
export { conformalSets, setSize } from './doubt/conformal-sets.js';
export { type BeatEvidence, type DoubtLimits, type DoubtReason, doubtReason } from './doubt/doubt-reason.js';
export {
  type Conformal,
  type Doubt,
  DoubtSchema,
  type FamiliarBeats,
  type LabelConfidence,
} from './doubt/doubt-schema.js';
export { type BeatJudge, createBeatJudge, type JudgedBeats } from './doubt/judge-beats.js';
export { labelConfidences, logOdds } from './doubt/label-confidence.js';
export { createOutsideScorer, type OutsideScorer } from './doubt/outside-scores.js';
export { ENSEMBLES, type Ensemble, type EnsembleMember, type EnsembleName } from './ensemble.js';
export { addTestMetrics, readCardMetadata } from './file-entries.js';
// The beat network
export type { Forward } from './golden.js';
export { BEAT_PICTURE, type BeatPicture, BeatPictureSchema, drawBeat } from './inputs/beat-picture.js';
// Inputs of the classifiers: single heartbeats, short windows
export {
  cutHeartbeats,
  HEARTBEAT,
  type HeartbeatInput,
  HeartbeatInputSchema,
  heartbeatShape,
  normaliseHeartbeatRows,
} from './inputs/heartbeat.js';
export { whyNotABeat } from './inputs/looks-like-beat.js';
export { pictureInput } from './inputs/picture-input.js';
export {
  createQualityWindows,
  QUALITY_SECOND,
  type QualitySecondInput,
  QualitySecondSchema,
  type QualityWindows,
  qualitySecondLength,
} from './inputs/quality-second.js';
export {
  createRhythmWindow,
  RHYTHM_WINDOW,
  type RhythmWindowInput,
  type RhythmWindowLayout,
  RhythmWindowSchema,
  type RhythmWindowWriter,
  rhythmWindowLayout,
} from './inputs/rhythm-window.js';
export {
  cutScreeningWindows,
  SCREENING,
  type ScreeningInput,
  ScreeningInputSchema,
} from './inputs/screening.js';
export {
  chooseWindowLead,
  createStockwellPicture,
  cutWindows,
  STOCKWELL_WINDOW,
  type StockwellPicture,
  type StockwellWindowInput,
  StockwellWindowSchema,
  stockwellPictureShape,
  windowLength,
} from './inputs/stockwell-window.js';
export {
  createVentricularWindows,
  VENTRICULAR_WINDOW,
  type VentricularWindowInput,
  VentricularWindowSchema,
  type VentricularWindows,
  ventricularWindowLength,
} from './inputs/ventricular-window.js';
export { prepareWaveLead, type WaveChunkInput, WaveChunkSchema } from './inputs/wave-chunk.js';
export { chooseLeads } from './leads.js';
export {
  groupLikeBeats,
  type LikeBeats,
  type PredictedBeats,
  predictBeats,
  shareVentricular,
} from './like-beats.js';
export { centreLikeness, writeLikeness } from './likeness.js';
export { type LoadedNetwork, type ModelSet, type ModelSource, openModelSet } from './model-set.js';
// Networks over signals and pictures, by their kind
export { meanNetwork } from './networks/mean-network.js';
export type { NetworkShape } from './networks/network-kind.js';
export { buildNetwork, NETWORKS, type NetworkConfig, NetworkConfigSchema } from './networks/table.js';
export { type UNet1dConfig, UNet1dSchema, unet1d } from './networks/unet-1d.js';
export { type PreparedRecord, type PrepareOptions, prepareInput, prepareRecord } from './prepare-input.js';
export { loadQualityModel, type QualityModel } from './signal-networks/quality.js';
// Networks over stretches of signal
export { loadRhythmModel, RHYTHM_TASK, type RhythmModel } from './signal-networks/rhythm.js';
export type { SignalWindow } from './signal-networks/signal-window.js';
export {
  loadVentricularModel,
  VENTRICULAR_CLASSES,
  VENTRICULAR_TASK,
  type VentricularModel,
} from './signal-networks/ventricular.js';
export {
  type WaveCard,
  WaveCardSchema,
  type WaveDecoding,
  WaveDecodingSchema,
} from './signal-networks/wave-card.js';
export { leadProbabilities, type WaveForward } from './signal-networks/wave-probabilities.js';
export {
  combineLeads,
  loadWaveModel,
  readWaveCard,
  sealWaveModel,
  type WaveModel,
  waveForward,
} from './signal-networks/waves.js';
// Beats of a live stream
export { type BeatInput, type BeatStream, createBeatStream } from './stream/beat-stream.js';
export { createLikeBeatSharing, type LikeBeatSharing } from './stream/like-beat-sharing.js';
export { createSignalRing, type SignalRing } from './stream/signal-ring.js';
export { parseStrictly } from './strict.js';
