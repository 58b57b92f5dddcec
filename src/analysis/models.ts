import type { ModelIdentity, ModelRole } from '../core/index.js';
import type { DelineatedWaves } from '../ecg/index.js';
import type { LoadedNetwork, ModelSet, SignalWindow } from '../models/index.js';
import { type BeatClassifier, createBeatClassifier } from './classifier.js';

/** What an analysis tells of a network. */
interface Named {
  readonly card: { readonly name: string; readonly version: string };
}

/** A network that says what a window of signal shows. */
export interface WindowNetwork extends Named {
  /** s of signal it looks at. */
  readonly windowS: number;
  readonly classes: readonly string[];
  /** Calibrated probabilities [windows, classes]; NaN for a window that cannot be read. */
  classify(windows: readonly SignalWindow[]): Promise<Float32Array>;
}

/** A network that marks the waves of the beats of a window, samples from its first. */
export interface WaveNetwork extends Named {
  delineate(window: SignalWindow): Promise<DelineatedWaves>;
}

/** A network that says how good each whole second of a lead is: indices into `LEAD_QUALITIES`. */
export interface QualityNetwork extends Named {
  judge(lead: Float32Array, fs: number): Promise<Uint8Array>;
}

/** The networks an analysis rests on; what one of them would tell stays open without it. */
export interface AnalysisModels {
  readonly beats?: BeatClassifier | null;
  readonly rhythm?: LoadedNetwork<WindowNetwork> | null;
  readonly ventricular?: LoadedNetwork<WindowNetwork> | null;
  readonly waves?: LoadedNetwork<WaveNetwork> | null;
  readonly quality?: LoadedNetwork<QualityNetwork> | null;
}

/** A loaded set as `analyze` takes it. */
export function analysisModels(set: Omit<ModelSet, 'close'>): AnalysisModels {
  const { beats, ...others } = set;
  return { ...others, beats: beats && createBeatClassifier(beats.network, beats.sha256) };
}

/** Whether any of the networks looks at signals. */
export function hasSurvey({ rhythm, ventricular, waves, quality }: AnalysisModels): boolean {
  return [rhythm, ventricular, waves, quality].some((found) => found !== null && found !== undefined);
}

/** What an analysis says of the networks it used. */
export function identitiesOf(models: AnalysisModels): ModelIdentity[] {
  const { beats, rhythm, ventricular, waves, quality } = models;
  const named = (role: ModelRole, found: LoadedNetwork<Named> | null | undefined): ModelIdentity[] =>
    found
      ? [{ role, id: found.network.card.name, version: found.network.card.version, sha256: found.sha256 }]
      : [];
  return [
    ...(beats ? [{ role: 'beats' as const, ...beats.identity }] : []),
    ...named('rhythm', rhythm),
    ...named('ventricular', ventricular),
    ...named('waves', waves),
    ...named('quality', quality),
  ];
}
