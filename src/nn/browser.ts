import { onnxRuntime } from './ort.js';
import type { Runtime } from './runtime.js';

/** How the browser's runtime starts. */
export interface BrowserRuntimeOptions {
  /** Threads of one operation; more than 1 needs cross-origin isolation. 1 when omitted. */
  readonly threads?: number;
  /** Folder of the `.wasm` files, where the bundler does not place them itself. */
  readonly wasmPaths?: string;
}

/** The WebAssembly runtime, `onnxruntime-web`, in a page or a worker. */
export async function createRuntime(options: BrowserRuntimeOptions = {}): Promise<Runtime> {
  const ort = await import('onnxruntime-web/wasm');
  ort.env.wasm.numThreads = options.threads ?? 1;
  if (options.wasmPaths !== undefined) ort.env.wasm.wasmPaths = options.wasmPaths;
  return onnxRuntime('onnxruntime-web', ort, {
    executionProviders: ['wasm'],
    logSeverityLevel: 3,
  });
}
