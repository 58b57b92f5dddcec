/** `npm run figures`: collects every figure into docs/figures.json and redraws the README's tables from it. */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { collectFigures, writeFigures } from './collect.js';
import { renderPage } from './render.js';
import { TABLES } from './tables.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const figures = collectFigures(root);
writeFileSync(`${root}/docs/figures.json`, writeFigures(figures));
const page = readFileSync(`${root}/README.md`, 'utf8');
writeFileSync(`${root}/README.md`, renderPage(page, TABLES, figures));
console.log(`${figures.length} figures in docs/figures.json, ${TABLES.length} tables in README.md`);
