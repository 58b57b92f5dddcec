// The PhysioNet/CinC challenge of 2017
export {
  CHALLENGE_CLASSES,
  type ChallengeScore,
  challengeConfusion,
  challengeIntervals,
  challengeScore,
} from './challenge/challenge-score.js';
// Classes

export { quantile } from '../core/index.js';
export {
  type BootstrapOptions,
  bootstrapPatients,
  bootstrapSums,
  type Interval,
  type Resampled,
} from './classification/bootstrap.js';
export {
  addCounts,
  type ClassCounts,
  classCountsOf,
  countClasses,
  type RecordCounts,
} from './classification/class-counts.js';
export {
  type ClassStatistic,
  type ClassStatistics,
  classStatistics,
} from './classification/class-statistics.js';
export { type ConfusionStatistics, confusionStatistics } from './classification/confusion-statistics.js';
export { type CurveAreas, curveAreas } from './classification/curve-areas.js';
export { type DoubtedBeats, type DoubtReport, doubtReport } from './classification/doubt-report.js';
export {
  type ClassReport,
  type ClassReportOptions,
  evaluateClasses,
} from './classification/evaluate-classes.js';
export { evaluateExamples, type ScoredExamples } from './classification/evaluate-examples.js';
export type { Estimate, ExampleBin, ExampleClass, ExampleReport } from './classification/example-report.js';
export { type Reliability, type ReliabilityBin, reliability } from './classification/reliability.js';
export { type RiskCoverage, riskCoverage } from './classification/risk-coverage.js';
export type { ScoredBeats } from './classification/scored-beats.js';
export { type ScoredSets, type SetCoverage, setCoverage } from './classification/set-coverage.js';
// Delineation: marks of waves
export {
  type CompareMarksOptions,
  compareMarks,
  MARK_WINDOW,
  type MarkComparison,
  type MarkComparisons,
  type WaveMark,
} from './delineation/compare-marks.js';
export {
  type ComparedLead,
  CSE_TOLERANCES_MS,
  type MarkFigure,
  type MarkReport,
  reportMarks,
} from './delineation/delineation-report.js';
export { medianReference } from './delineation/median-reference.js';
// EC57: beat by beat, run by run, episode by episode
export {
  addMatrices,
  type BeatStatistics,
  type BeatSummary,
  beatStatistics,
  rmsRrErrorMs,
  shutdownMisses,
  summariseBeats,
} from './ec57/beat-statistics.js';
export {
  type BeatComparison,
  type BeatComparisonOptions,
  type BeatMatrix,
  type BeatPair,
  compareBeats,
  emptyMatrix,
  MATRIX_LABELS,
  type MatrixColumn,
  type MatrixRow,
} from './ec57/compare-beats.js';
export {
  compareEpisodes,
  type EpisodeComparison,
  type EpisodeKind,
  type EpisodeSummary,
  summariseEpisodes,
} from './ec57/compare-episodes.js';
export {
  compareRuns,
  RUN_LENGTHS,
  type RunComparison,
  type RunLength,
  type RunStatistics,
  type RunSummary,
  summariseRuns,
} from './ec57/compare-runs.js';
export { episodeIntervals } from './ec57/episode-intervals.js';
export type { RunKind } from './ec57/find-runs.js';
// EC57: the lines of the reference programs
export {
  BEAT_HEADING,
  formatBeatLine,
  formatBeatMatrix,
  formatBeatSummary,
  formatShutdownLine,
  formatShutdownSummary,
  SHUTDOWN_HEADING,
} from './ec57/format-beats.js';
export { episodeHeading, formatEpisodeLine, formatEpisodeSummary } from './ec57/format-episodes.js';
export { formatRunLine, formatRunSummary, RUN_HEADING, SVE_RUN_TITLE } from './ec57/format-runs.js';
export { type MatchStep, matchBeats } from './ec57/match-beats.js';
export { type ComparisonPeriod, EC57_START, EC57_WINDOW } from './ec57/period.js';
export { fraction, type Ratio } from './ec57/ratio.js';
// Changes judged over the same seeds
export { comparePaired, type PairedComparison, type PairedVerdict } from './paired/compare-paired.js';
export { formatPairedTable, type PairedRow } from './paired/paired-table.js';
// Protocols and splits
export { DS1, DS2, MITDB, MITDB_PACED, type PatientOf, patientOf, REPORTED_WITHOUT } from './protocols.js';
export { auditSplit, type SplitLabel, type SplitRecords } from './split.js';
// Tables
export { formatClassReport } from './tables/class-tables.js';
export { formatMarkTable } from './tables/delineation-table.js';
export { formatDoubtReport, formatRecordCoverage } from './tables/doubt-tables.js';
export { formatBeatTable, formatEpisodeTable, formatRunTable } from './tables/ec57-tables.js';
export { formatExampleReport } from './tables/example-tables.js';
export { type TableContext, tableTitle } from './tables/table-title.js';
