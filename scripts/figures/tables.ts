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
    name: 'server',
    beside: 'Beside',
    interval: 'spread of runs',
    rows: [
      {
        label: 'live streams at once, 250 Hz × 2 leads, two cores',
        id: 'server.streams',
        digits: 0,
        beside: '200 is our aim',
      },
      {
        label: 'from the sample to its beat, p99',
        id: 'server.streams.p99-ms',
        digits: 0,
        beside: '1500 ms is our limit',
      },
      { label: 'samples or events lost', id: 'server.streams.lost', digits: 0, beside: '0' },
      {
        label: 'live beats: first class is that of the whole recording',
        id: 'stream.first-agreement',
        digits: 3,
        beside: 'agreement, not accuracy',
      },
      {
        label: 'revised class is',
        id: 'stream.final-agreement',
        digits: 3,
        beside: 'agreement, not accuracy',
      },
      {
        label: '`POST /predict`, requests a second',
        id: 'server.predict.rps',
        digits: 0,
        beside: '1500 is our aim',
      },
      { label: 'p99 at half the aim', id: 'server.predict.p99-ms', digits: 1, beside: '50 ms is our limit' },
      { label: '`kill -9` at random moments', id: 'server.kills', digits: 0, beside: '' },
      { label: 'acknowledged and lost', id: 'server.kills.lost', digits: 0, beside: '0' },
      {
        label: 'hostile requests made from the OpenAPI document',
        id: 'server.fuzz.requests',
        digits: 0,
        beside: '',
      },
      { label: 'answered wrongly, late or not at all', id: 'server.fuzz.failures', digits: 0, beside: '0' },
      {
        label: 'main thread, longest turn while a day is uploaded, analysed and read',
        id: 'server.loop.longest-block-ms',
        digits: 0,
        beside: '50 ms is our limit',
      },
    ],
  },
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
      { label: 'split as published: macro-F1', id: 'beats.ds2.standard.macro-f1', digits: 3, beside: '.922' },
      { label: 'S-F1', id: 'beats.ds2.standard.s-f1', digits: 3, beside: '.82' },
      { label: 'V-F1', id: 'beats.ds2.standard.v-f1', digits: 3, beside: '.95' },
      {
        label: 'trained on SVDB too: macro-F1',
        id: 'beats.ds2.with-svdb.macro-f1',
        digits: 3,
        beside: 'not reported',
      },
      { label: 'S-F1', id: 'beats.ds2.with-svdb.s-f1', digits: 3, beside: '.61 (Guo 2019)' },
      { label: 'V-F1', id: 'beats.ds2.with-svdb.v-f1', digits: 3, beside: '.90 (Guo 2019)' },
      {
        label: 'R peaks found, from 5:00, EC57: V sensitivity',
        id: 'beats.ds2.detected.v-se',
        digits: 3,
        beside: 'our aim .92',
      },
      { label: 'V positive predictivity', id: 'beats.ds2.detected.v-ppv', digits: 3, beside: 'our aim .93' },
      { label: 'S sensitivity', id: 'beats.ds2.detected.s-se', digits: 3, beside: 'our aim .80' },
      { label: 'S positive predictivity', id: 'beats.ds2.detected.s-ppv', digits: 3, beside: 'our aim .60' },
      {
        label: 'Calibration error (ECE)',
        id: 'beats.ds2.ece',
        digits: 4,
        beside: '.0127 (three networks, field measurement)',
      },
      { label: 'Error of all beats', id: 'beats.ds2.risk-at-100', digits: 4, beside: '.0517' },
      { label: 'Error of the surest 90 %', id: 'beats.ds2.risk-at-90', digits: 4, beside: '.0174' },
    ],
  },
  {
    name: 'product',
    beside: 'Beside',
    interval: '95 % interval',
    rows: [
      {
        label: 'macro-F1 (N, S, V)',
        id: 'beats.product.cv.macro-f1',
        digits: 3,
        beside: 'not comparable: all patients of both databases',
      },
      { label: 'S-F1', id: 'beats.product.cv.s-f1', digits: 3, beside: '–' },
      { label: 'V-F1', id: 'beats.product.cv.v-f1', digits: 3, beside: '–' },
    ],
  },
  {
    name: 'rhythm',
    beside: 'Published',
    interval: '95 % interval',
    rows: [
      {
        label: 'CinC 2017, mean F1 of N, A, O',
        id: 'rhythm.cinc2017.f1',
        digits: 3,
        beside: '.83 (winners, 8528 recordings, hidden test)',
      },
      { label: 'AF durations, mitdb: sensitivity', id: 'rhythm.mitdb.af-se', digits: 3, beside: '–' },
      {
        label: 'AF durations, mitdb: positive predictivity',
        id: 'rhythm.mitdb.af-ppv',
        digits: 3,
        beside: '–',
      },
      {
        label: 'where flutter in the reference counts as AF: sensitivity',
        id: 'rhythm.mitdb.af-or-flutter-se',
        digits: 3,
        beside: '–',
      },
      { label: 'positive predictivity', id: 'rhythm.mitdb.af-or-flutter-ppv', digits: 3, beside: '–' },
      {
        label: 'False AF alarms a day, mitdb records without AF',
        id: 'rhythm.mitdb.false-alarms-a-day',
        digits: 1,
        beside: '–',
      },
      {
        label: 'False AF alarms a day, SVDB (full of ectopy, never trained on)',
        id: 'rhythm.svdb.false-alarms-a-day',
        digits: 1,
        beside: '–',
      },
      { label: 'VF or VT in 5 s: sensitivity', id: 'rhythm.vf.se', digits: 3, beside: '.962 (Li 2014)' },
      { label: 'specificity', id: 'rhythm.vf.sp', digits: 3, beside: '.962 (Li 2014)' },
    ],
  },
  {
    name: 'waves',
    beside: 'CSE tolerance',
    interval: '95 % interval',
    rows: [
      { label: 'P waves: sensitivity', id: 'waves.p.se', digits: 3, beside: '' },
      { label: 'QRS complexes: sensitivity', id: 'waves.qrs.se', digits: 3, beside: '' },
      { label: 'T waves: sensitivity', id: 'waves.t.se', digits: 3, beside: '' },
      { label: 'P onset, SD', id: 'waves.p-onset.sd', digits: 1, beside: '10.2 ms' },
      { label: 'P end, SD', id: 'waves.p-end.sd', digits: 1, beside: '12.7 ms' },
      { label: 'QRS onset, SD', id: 'waves.qrs-onset.sd', digits: 1, beside: '6.5 ms' },
      { label: 'QRS end, SD', id: 'waves.qrs-end.sd', digits: 1, beside: '11.6 ms' },
      { label: 'T end, SD', id: 'waves.t-end.sd', digits: 1, beside: '30.6 ms' },
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
      {
        label: 'the same with every network on',
        id: 'holter24.all.seconds',
        digits: 1,
        beside: '60 s is our limit',
      },
      { label: 'memory for it', id: 'holter24.all.megabytes', digits: 0, beside: '800 MB is our limit' },
      { label: 'one beat of a stream', id: 'stream.beat-ms', digits: 2, beside: '5 ms is our limit' },
      {
        label: 'the five networks, single precision',
        id: 'models.fp32-megabytes',
        digits: 2,
        beside: '6 MB is our limit',
      },
      { label: 'in integers', id: 'models.int8-megabytes', digits: 2, beside: '2 MB is our limit' },
    ],
  },
];

/** Every table of the README. */
export const TABLES: readonly DrawnTable[] = [...VALUES.map(valueTable), publishedTable()];
