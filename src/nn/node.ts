import { EcgError } from '../core/index.js';
import { onnxRuntime } from './ort.js';
import type { Runtime } from './runtime.js';

/** How many threads a runtime may use. */
export interface RuntimeOptions {
  /** Threads of one operation; 1 when omitted, so that results and load are the same everywhere. */
  readonly threads?: number;
}

/**
 * The native runtime, `onnxruntime-node`.
 * @throws EcgError `not-found` when that optional package is not installed for this platform
 */
export async function createNativeRuntime(options: RuntimeOptions = {}): Promise<Runtime> {
  let ort: typeof import('onnxruntime-node');
  try {
    ort = await import('onnxruntime-node');
  } catch (cause) {
    throw new EcgError(
      'not-found',
      'nn: the native runtime is not installed, run "npm install onnxruntime-node" (training needs it)',
      { cause },
    );
  }
  return onnxRuntime('onnxruntime-node', ort, sessionOptions(options));
}

/** The version of the native runtime, `1.30.0`; `none` where it is not installed. */
export async function nativeVersion(): Promise<string> {
  const ort = await import('onnxruntime-node').catch(() => undefined);
  return ort?.env.versions.common ?? 'none';
}

/** The WebAssembly runtime, `onnxruntime-web`, inside Node: several times slower than the native one. */
export async function createWasmRuntime(options: RuntimeOptions = {}): Promise<Runtime> {
  const ort = await import('onnxruntime-web');
  ort.env.wasm.numThreads = options.threads ?? 1;
  return onnxRuntime('onnxruntime-web', ort, { ...sessionOptions(options), executionProviders: ['wasm'] });
}

/** The native runtime where it is installed, else WebAssembly. */
export async function createRuntime(options: RuntimeOptions = {}): Promise<Runtime> {
  try {
    return await createNativeRuntime(options);
  } catch (error) {
    if (error instanceof EcgError && error.code === 'not-found') return createWasmRuntime(options);
    throw error;
  }
}

function sessionOptions({ threads = 1 }: RuntimeOptions) {
  return {
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    executionMode: 'sequential',
    logSeverityLevel: 3,
  } as const;
}
