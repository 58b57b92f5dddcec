import { MODEL_ROLES, type ModelRole } from '../core/index.js';
import type { Runtime } from '../nn/index.js';
import { type BeatModel, loadBeatModel } from './beat-model.js';
import { loadQualityModel, type QualityModel } from './signal-networks/quality.js';
import { loadRhythmModel, type RhythmModel } from './signal-networks/rhythm.js';
import { loadVentricularModel, type VentricularModel } from './signal-networks/ventricular.js';
import { loadWaveModel, type WaveModel } from './signal-networks/waves.js';

/** A network and the file it came from. */
export interface LoadedNetwork<Model> {
  readonly network: Model;
  /** Of the model's file, 64 hexadecimal digits. */
  readonly sha256: string;
}

/** The networks of each role, as their loaders give them. */
interface Networks {
  readonly beats: BeatModel;
  readonly rhythm: RhythmModel;
  readonly ventricular: VentricularModel;
  readonly waves: WaveModel;
  readonly quality: QualityModel;
}

const LOADERS: { readonly [R in ModelRole]: (bytes: Uint8Array, runtime: Runtime) => Promise<Networks[R]> } =
  {
    beats: loadBeatModel,
    rhythm: loadRhythmModel,
    ventricular: loadVentricularModel,
    waves: loadWaveModel,
    quality: loadQualityModel,
  };

/** The networks that analyze a recording together; null where one was not asked for, or is not there. */
export type ModelSet = { readonly [R in ModelRole]: LoadedNetwork<Networks[R]> | null } & {
  /** Frees the runtime's memory; none of them can run any more. */
  close(): Promise<void>;
};

/** Where a set comes from. */
export interface ModelSource {
  /** The bytes of a role's model file; null where there is none. */
  readonly read: (role: ModelRole) => Promise<Uint8Array | null>;
  readonly sha256: (bytes: Uint8Array) => Promise<string>;
}

/**
 * The networks of some roles, each of which has reproduced its golden vectors on this runtime.
 * @throws EcgError what `source` and the loaders throw; what was loaded before is closed
 */
export async function openModelSet(
  source: ModelSource,
  runtime: Runtime,
  roles: readonly ModelRole[] = MODEL_ROLES,
): Promise<ModelSet> {
  const opened: { [R in ModelRole]?: LoadedNetwork<Networks[R]> } = {};
  const close = async () => {
    for (const role of MODEL_ROLES) await opened[role]?.network.close();
  };
  const open = async <R extends ModelRole>(role: R) => {
    const bytes = await source.read(role);
    if (bytes === null) return;
    const load = LOADERS[role] as (bytes: Uint8Array, runtime: Runtime) => Promise<Networks[R]>;
    const loaded: LoadedNetwork<Networks[R]> = {
      network: await load(bytes, runtime),
      sha256: await source.sha256(bytes),
    };
    Object.assign(opened, { [role]: loaded });
  };
  try {
    for (const role of roles) await open(role);
  } catch (error) {
    await close();
    throw error;
  }
  const empty = Object.fromEntries(MODEL_ROLES.map((role) => [role, null]));
  return { ...empty, ...opened, close } as ModelSet;
}
