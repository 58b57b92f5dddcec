/** Draws docs/architecture.svg: the rooms of the house and who may know whom, bottom to top. */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

interface Room {
  readonly name: string;
  readonly what: string;
  readonly column: number;
  readonly row: number;
  readonly width?: number;
}

const ROOMS: readonly Room[] = [
  { name: 'cli', what: 'parse, call, print', column: 0, row: 0, width: 4 },
  { name: 'server', what: 'REST, streams, jobs, storage, access', column: 0, row: 1, width: 3 },
  { name: 'report', what: 'Analysis → page, text, .atr', column: 0, row: 2 },
  { name: 'analysis', what: 'Recording → Analysis', column: 1, row: 2 },
  { name: 'explain', what: 'why: Grad-CAM', column: 2, row: 2 },
  { name: 'training', what: 'data, folds, loop, recipes', column: 3, row: 2 },
  { name: 'models', what: 'inputs, networks, card, registry', column: 1, row: 3, width: 2 },
  { name: 'evaluation', what: 'EC57, metrics, intervals', column: 3, row: 3 },
  { name: 'ecg', what: 'beats, quality, label maps', column: 1, row: 4, width: 1 },
  { name: 'nn', what: 'autodiff → ONNX graph, quantiser', column: 2, row: 4, width: 2 },
  { name: 'formats', what: 'bytes ⇄ Recording, pictures', column: 0, row: 4 },
  { name: 'dsp', what: 'filters, resampling, FFT, Stockwell transform', column: 0, row: 5, width: 2 },
  { name: 'core', what: 'the words: Recording, Annotation, Analysis, EcgError', column: 0, row: 6, width: 4 },
];

const CELL = { width: 190, height: 62, gap: 14 };
const left = (column: number) => 20 + column * (CELL.width + CELL.gap);
const top = (row: number) => 56 + row * (CELL.height + CELL.gap);

const boxes = ROOMS.map(({ name, what, column, row, width = 1 }) => {
  const w = width * CELL.width + (width - 1) * CELL.gap;
  const x = left(column);
  const y = top(row);
  return `<g><rect x="${x}" y="${y}" width="${w}" height="${CELL.height}" rx="8" fill="#fff" stroke="#7a2436" stroke-width="1.5"/>
<text x="${x + w / 2}" y="${y + 27}" class="name">${name}</text>
<text x="${x + w / 2}" y="${y + 46}" class="what">${what}</text></g>`;
});

const width = left(4) - CELL.gap + 20;
const height = top(7) + 8;
const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-label="The folders of Ectopy, each resting on the ones it may import">
<style>text{font-family:system-ui,sans-serif;text-anchor:middle}.name{font-size:17px;font-weight:600;fill:#3b0f1a}.what{font-size:12.5px;fill:#444}.head{font-size:14px;fill:#444}</style>
<rect width="${width}" height="${height}" rx="12" fill="#fdf3f4"/>
<text x="${width / 2}" y="34" class="head">A room may import rooms below it, by their front door (index.ts). The exact table is a test.</text>
${boxes.join('\n')}
</svg>
`;
writeFileSync(fileURLToPath(new URL('../docs/architecture.svg', import.meta.url)), svg);
