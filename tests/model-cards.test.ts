import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { flatten, table } from '../scripts/model-cards/markdown.js';
import { modelCardPage } from '../scripts/model-cards/page.js';
import { FOLDER, modelCardPages } from '../scripts/model-cards/pages.js';
import { addTestMetrics } from '../src/models/index.js';
import { addModelMetadata, constant, writeModel } from '../src/nn/index.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const pages = modelCardPages(root);

describe('docs/model-cards', () => {
  it('has a page for each network, and no other', () => {
    expect(readdirSync(`${root}/${FOLDER}`).sort()).toEqual([...pages.keys()].sort());
  });

  it.each([...pages.keys()])('%s is what its file says; `npm run model-cards` writes it', (name) => {
    expect(readFileSync(`${root}/${FOLDER}/${name}`, 'utf8')).toBe(pages.get(name));
  });

  it('says on each page what it is for, that it is for research, and names no path of a machine', () => {
    for (const page of pages.values()) {
      expect(page).toMatch(/Research use only/);
      expect(page).not.toMatch(/\/work\/|\.\.\/shared|undefined|\[object|NaN/);
    }
  });
});

describe('a page', () => {
  const card = {
    format: 'some-format',
    task: 'waves',
    name: 'waves',
    version: '2.0.0',
    labels: [
      { class: 'P', meaning: 'a wave | of the atria' },
      { class: 'T', meaning: 'repolarisation', snomedCt: { code: '123', display: 'it' } },
    ],
    input: { fs: 250, window: { before: 0.25 }, zones: [{ name: 'qrs', from: -0.1 }] },
    decoding: { shortest: 0.04 },
    data: {
      training: [{ database: 'ludb', records: ['1', '2'] }],
      heldOut: [{ database: 'qtdb', records: [] }],
      leaky: true,
      patientSplit: 'by record',
      licence: 'ODC-By',
    },
    metrics: [{ id: 'P.se', value: 0.98765, interval: [0.97, 0.991], unit: '0…1', split: 'ludb' }],
    training: {
      recipe: 'waves 2',
      recipeSha256: '0'.repeat(64),
      seeds: [1],
      date: '2026-11-20',
      software: 'ectopy 0.1.0',
    },
    licence: 'Apache-2.0',
    intendedUse: 'Research use only.',
    limitations: ['Few patients.'],
  };
  const file = addModelMetadata(writeModel({ y: constant([1], [1]) }), {
    'ectopy.card': JSON.stringify(card),
  });

  it('shows all a card holds, of a format it has never seen too', () => {
    const page = modelCardPage('waves.onnx', file);
    for (const line of [
      '# waves 2.0.0',
      '| P | a wave \\| of the atria | – |',
      '| T | repolarisation | 123 (it) |',
      '| P.se | 0.988 | 0.97 to 0.991 | 0…1 | ludb |',
      '| window · before | 0.25 |',
      '| zones · qrs · from | -0.1 |',
      '## Decoding',
      '| shortest | 0.04 |',
      '| ludb | 2: 1 2 | – |',
      '- Few patients.',
    ])
      expect(page).toContain(line);
    expect(page).toMatch(/\*\*LEAKY/);
  });

  it('has the figures that were added to the file later', () => {
    const metric = { id: 'later', value: 0.5, unit: '0…1', split: 'there' };
    expect(modelCardPage('waves.onnx', addTestMetrics(file, [metric]))).toContain(
      '| later | 0.5 | – | 0…1 | there |',
    );
  });

  it('refuses a file without a card, or with half of one', () => {
    const bare = writeModel({ y: constant([1], [1]) });
    expect(() => modelCardPage('x.onnx', bare)).toThrow(expect.objectContaining({ code: 'bad-format' }));
    const half = addModelMetadata(bare, { 'ectopy.card': '{"name":"x"}' });
    expect(() => modelCardPage('x.onnx', half)).toThrow(expect.objectContaining({ code: 'bad-option' }));
  });
});

describe('tables', () => {
  it('count lists too long to read, and say none', () => {
    expect(flatten({ many: Array.from({ length: 30 }, () => 1), few: [1, 2], no: null, empty: [] })).toEqual([
      ['many', '30 values'],
      ['few', '1, 2'],
      ['no', 'none'],
      ['empty', 'none'],
    ]);
    expect(table(['a'], [['one\ntwo']])).toBe('| a |\n|---|\n| one two |');
  });
});
