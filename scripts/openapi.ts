/**
 * Writes `docs/openapi.json` from the server's contracts, and from it the types of the client.
 *
 *   npx tsx scripts/openapi.ts
 *
 * The generator of the types comes from the npm registry when this runs; what it made is committed.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { areTypesOf, generatorArguments, markTypes } from './openapi/client-types.js';
import { openApiText } from './openapi/document.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const documentFile = join(root, 'docs/openapi.json');
const typesFile = join(root, 'src/server/client/openapi.ts');

const text = openApiText();
writeFileSync(documentFile, text);
if (areTypesOf(readFileSync(typesFile, { encoding: 'utf8', flag: 'a+' }), text)) {
  console.log('docs/openapi.json and the types of the client are up to date');
} else {
  // Outside the repository, so that the generator finds its own compiler and not ours.
  const folder = mkdtempSync(join(tmpdir(), 'ectopy-openapi-'));
  try {
    writeFileSync(join(folder, 'openapi.json'), text);
    execFileSync('npx', generatorArguments('openapi.json', 'openapi.ts'), { cwd: folder, stdio: 'inherit' });
    writeFileSync(typesFile, markTypes(readFileSync(join(folder, 'openapi.ts'), 'utf8'), text));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  execFileSync('npx', ['--no-install', 'biome', 'format', '--write', typesFile], {
    cwd: root,
    stdio: 'inherit',
  });
  console.log('written: docs/openapi.json, src/server/client/openapi.ts');
}
