/** The README's tables: which figures stand where and what they are compared with. */
import { publishedTable } from './published.js';
import { type DrawnTable, valueTable } from './render.js';

interface FigureRow {
  readonly label: string;
  readonly id: string;
  readonly digits: number;
  /** What a reader measures it against, with its source. */
  readonly beside: string;
}

export interface FigureTable {
  /** The name in the README's markers: `<!-- figures:beats -->`. */
  readonly name: string;
  readonly beside: string;
  /** What stands in brackets behind a value. */
  readonly interval: string;
  readonly rows: readonly FigureRow[];
}

const VALUES: readonly FigureTable[] = [
  {
    name: 'detection',
    beside: '`gqrs` (WFDB software)',
    interval: '95 % interval',
    rows: [
      {
        label: 'Beats found, MIT-BIH (48 records): sensitivity',
        id: 'qrs.mitdb.se',
        digits: 2,
        beside: '99.74',
      },
      { label: 'positive predictivity', id: 'qrs.mitdb.ppv', digits: 2, beside: '99.72' },
      { label: 'worst record, lower of the two', id: 'qrs.mitdb.worst', digits: 2, beside: '96.14' },
      { label: 'Beats found, SVDB (52 records): sensitivity', id: 'qrs.svdb.se', digits: 2, beside: '99.77' },
      { label: 'positive predictivity', id: 'qrs.svdb.ppv', digits: 2, beside: '99.41' },
    ],
  },
  {
    name: 'beats',
    beside: 'Published, automatic, disjoint patients',
    interval: '95 % interval',
    rows: [
      {
        label: 'macro-F1 (N, S, V)',
        id: 'beats.ds2.macro-f1',
        digits: 3,
        beside: '.873 (Saenz-Cogollo 2020), .922 (Zahid 2022)',
      },
      {
        label: 'S-F1',
        id: 'beats.ds2.s-f1',
        digits: 3,
        beside: '.51 (de Chazal 2004), .61 (Guo 2019), .82 (Zahid 2022)',
      },
      {
        label: 'S-F1 without record 232',
        id: 'beats.ds2.s-f1-without-232',
        digits: 3,
        beside: 'not reported',
      },
      { label: 'V-F1', id: 'beats.ds2.v-f1', digits: 3, beside: '.90 (Guo 2019), .95 (Zahid 2022)' },
    ],
  },
  {
    name: 'speed',
    beside: 'Beside',
    interval: 'spread of runs',
    rows: [
      {
        label: 'EC57 numbers that differ from the WFDB programs’',
        id: 'ec57.golden.differences',
        digits: 0,
        beside: '`bxb`, `rxr`, `epicmp`, `sumstats`, 48 records × 2 annotators',
      },
      {
        label: 'Beat detection, 48 records, reading included',
        id: 'qrs.vs-gqrs',
        digits: 2,
        beside: '`gqrs` = 1',
      },
      { label: 'Training step, CNN', id: 'train.cnn.vs-pytorch', digits: 2, beside: 'PyTorch (CPU) = 1' },
      {
        label: 'Training step, CNN-BiLSTM',
        id: 'train.cnn-bilstm.vs-pytorch',
        digits: 2,
        beside: 'PyTorch (CPU) = 1',
      },
      {
        label: 'Training step, 2-D CNN',
        id: 'train.cnn2d.vs-pytorch',
        digits: 2,
        beside: 'PyTorch (CPU) = 1',
      },
      {
        label: 'Training step, CNN-BiGRU',
        id: 'train.cnn-bigru.vs-pytorch',
        digits: 2,
        beside: 'PyTorch (CPU) = 1',
      },
      {
        label: 'Training step, CNN with attention',
        id: 'train.cnn-attention.vs-pytorch',
        digits: 2,
        beside: 'PyTorch (CPU) = 1',
      },
      {
        label: 'Training step, deep 2-D CNN, 128 × 128 × 3',
        id: 'train.deep-cnn2d.vs-pytorch',
        digits: 2,
        beside: 'PyTorch (CPU) = 1',
      },
      {
        label: 'Training step, ConvNeXt V2',
        id: 'train.convnext-v2.vs-pytorch',
        digits: 2,
        beside: 'PyTorch (CPU) = 1',
      },
      {
        label: 'INT8 export: macro-F1 lost, worst network of all recipes',
        id: 'int8.worst-loss',
        digits: 2,
        beside: '0.5 points is our limit',
      },
      {
        label: 'Stockwell transform, 10 s window, 64 voices',
        id: 'stockwell.window-ms',
        digits: 2,
        beside: '20 ms is our limit',
      },
      {
        label: '24 h, two leads, file to report',
        id: 'holter24.seconds',
        digits: 1,
        beside: '30 s is our limit',
      },
      { label: 'memory for it', id: 'holter24.megabytes', digits: 0, beside: '600 MB is our limit' },
    ],
  },
];

/** Every table of the README. */
export const TABLES: readonly DrawnTable[] = [...VALUES.map(valueTable), publishedTable()];
