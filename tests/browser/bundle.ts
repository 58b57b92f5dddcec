import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build, type Rollup } from 'vite';

const root = fileURLToPath(new URL('.', import.meta.url));
const models = fileURLToPath(new URL('../../models', import.meta.url));

/** What the bundler made of the page. */
export interface PageBundle {
  /** Paths from the repository's root of every module of which some code is left, and what is left of it, bytes. */
  readonly modules: ReadonlyMap<string, number>;
  /** The page's script: our code with its libraries, without ONNX Runtime, which comes as files of its own. */
  readonly code: string;
  /** Bytes of JavaScript after gzip: that script, and ONNX Runtime's. */
  readonly gzip: { readonly page: number; readonly runtime: number };
  /** Bytes of ONNX Runtime's WebAssembly as it lies there. */
  readonly wasm: number;
}

/** The page and the network in a folder, ready to be served by anything that serves files. */
export async function bundlePage(folder: string): Promise<PageBundle> {
  const built = (await build({
    root,
    configFile: false,
    logLevel: 'error',
    base: './',
    build: { outDir: folder, emptyOutDir: true, target: 'es2022', reportCompressedSize: false },
  })) as Rollup.RollupOutput;
  await cp(join(models, 'beats.onnx'), join(folder, 'beats.onnx'));
  const modules = new Map<string, number>();
  const gzip = { page: 0, runtime: 0 };
  let code = '';
  let wasm = 0;
  for (const part of built.output) {
    if (part.type === 'asset') {
      if (part.fileName.endsWith('.wasm')) wasm += part.source.length;
      continue;
    }
    if (part.isEntry) code += part.code;
    gzip[part.isEntry ? 'page' : 'runtime'] += gzipSync(part.code).length;
    for (const [id, { renderedLength }] of Object.entries(part.modules)) {
      if (renderedLength > 0)
        modules.set(id.replace(/^.*?\/((src|tests|node_modules)\/)/, '$1'), renderedLength);
    }
  }
  return { modules, code, gzip, wasm };
}
