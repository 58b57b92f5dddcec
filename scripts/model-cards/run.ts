// Writes docs/model-cards: a page a network, from the metadata of its own file.
//   npm run model-cards
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { FOLDER, modelCardPages } from './pages.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
rmSync(`${root}/${FOLDER}`, { recursive: true, force: true });
mkdirSync(`${root}/${FOLDER}`, { recursive: true });
for (const [name, page] of modelCardPages(root)) {
  writeFileSync(`${root}/${FOLDER}/${name}`, page);
  console.log(`${FOLDER}/${name}`);
}
