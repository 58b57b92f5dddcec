import { createHash } from 'node:crypto';
import * as v from 'valibot';
import { type Doubt, DoubtSchema, parseStrictly, readCardMetadata } from '../../src/models/index.js';
import { flatten, list, number, table } from './markdown.js';

const text = v.string();
const records = v.array(v.object({ database: text, records: v.array(text) }));

/** What the cards of every kind of network share; whatever else they hold is shown as it stands. */
const CommonCardSchema = v.looseObject({
  format: text,
  task: text,
  name: text,
  version: text,
  summary: v.optional(text),
  labels: v.array(
    v.object({
      class: text,
      meaning: text,
      snomedCt: v.optional(v.object({ code: text, display: text })),
    }),
  ),
  input: v.record(text, v.unknown()),
  calibration: v.optional(
    v.looseObject({ temperature: v.number(), leastProbability: v.number(), basis: text }),
  ),
  doubt: v.optional(DoubtSchema),
  data: v.looseObject({
    training: records,
    heldOut: records,
    leaky: v.optional(v.boolean()),
    patientSplit: text,
    licence: text,
  }),
  quantised: v.optional(v.boolean()),
  metrics: v.array(
    v.object({
      id: text,
      value: v.number(),
      interval: v.optional(v.tuple([v.number(), v.number()])),
      unit: text,
      split: text,
    }),
  ),
  training: v.object({
    recipe: text,
    recipeSha256: text,
    seeds: v.array(v.number()),
    date: text,
    software: text,
  }),
  licence: text,
  intendedUse: text,
  limitations: v.array(text),
});

/** Parts of a card that have a section of their own, or say nothing to a reader. */
const SHOWN: ReadonlySet<string> = new Set(Object.keys(CommonCardSchema.entries));

/** What a network's kind of task is, for a reader. */
const TASKS: Readonly<Record<string, string>> = {
  beats: 'class of each beat of a recording',
  'beat-image': 'class of a beat drawn as a picture',
  cardiospike: 'whether two seconds of a lead show an arrhythmia',
  quality: 'quality of each second of a lead',
  rhythm: 'rhythm of windows of a recording',
  ventricular: 'ventricular tachycardia and fibrillation in windows of a recording',
  waves: 'onset, peak and end of P, QRS and T',
};

/**
 * The page of a network: its file's own metadata as Markdown, nothing else.
 *
 * @param file      name of the file, as `beats.onnx`
 * @param integers  the same network in 8-bit integers, where there is one
 * @throws EcgError `bad-format` for a file without a card; `bad-option` when its card lacks what every card has
 */
export function modelCardPage(file: string, bytes: Uint8Array, integers?: Uint8Array): string {
  const { card: raw, metrics: added } = readCardMetadata(bytes);
  const card = parseStrictly(CommonCardSchema, raw, `${file}: model card`);
  const metrics = [...card.metrics, ...added];
  const { data, training, calibration, doubt } = card;
  const other = Object.entries(card).filter(([name]) => !SHOWN.has(name));
  const parts = [
    `# ${card.name} ${card.version}`,
    `<!-- Written by \`npm run model-cards\` from the metadata of models/${file}; changes here are lost. -->`,
    card.summary ?? '',
    data.leaky === true
      ? '**LEAKY: patients stand on both sides of the split, knowingly; no figure here holds for a new patient.**'
      : '',
    `${card.intendedUse}`,
    table(
      ['', ''],
      [
        ['task', TASKS[card.task] ?? card.task],
        ['file', `\`models/${file}\`, ${kilobytes(bytes)}${card.quantised ? ', 8-bit integers' : ''}`],
        ...(integers === undefined
          ? []
          : [['in 8-bit integers', `\`models/int8/${file}\`, ${kilobytes(integers)}`]]),
        ['SHA-256', `\`${createHash('sha256').update(bytes).digest('hex')}\``],
        [
          'trained',
          `${training.date} by ${training.software}, recipe ${training.recipe}, seeds ${training.seeds.join(', ')}`,
        ],
        ['licence', `${card.licence}; of the data: ${data.licence}`],
      ],
    ),
    '## What it says',
    table(
      ['class', 'meaning', 'SNOMED CT'],
      card.labels.map(({ class: name, meaning, snomedCt }) => [
        name,
        meaning,
        snomedCt === undefined ? '–' : `${snomedCt.code} (${snomedCt.display})`,
      ]),
    ),
    '## Limitations',
    list(card.limitations),
    '## Figures',
    metrics.length === 0
      ? 'The file carries none; see the experiments.'
      : table(
          ['figure', 'value', '95 % interval', 'unit', 'measured on'],
          metrics.map(({ id, value, interval, unit, split }) => [
            id,
            number(value),
            interval === undefined ? '–' : `${number(interval[0])} to ${number(interval[1])}`,
            unit,
            split,
          ]),
        ),
    ...(calibration === undefined
      ? []
      : [
          '## Calibration',
          `Logits are divided by ${number(calibration.temperature)} before the softmax; what has no class of at least ${number(calibration.leastProbability)} is uncertain. Chosen on ${calibration.basis}.`,
        ]),
    ...(doubt === undefined
      ? []
      : doubtSection(
          doubt,
          card.labels.map((label) => label.class),
        )),
    '## Data and patients',
    `Patients were kept apart: ${data.patientSplit}.`,
    table(
      ['database', 'records trained on', 'records held out'],
      databases(data.training, data.heldOut).map((name) => [
        name,
        recordsOf(data.training, name),
        recordsOf(data.heldOut, name),
      ]),
    ),
    '## Input contract',
    'What `prepareInput` or its like makes of a recording, as the file says it.',
    table(['setting', 'value'], flatten(card.input)),
    ...other.flatMap(([name, value]) => [
      `## ${name[0].toUpperCase()}${name.slice(1)}`,
      table(['setting', 'value'], flatten(isRecord(value) ? value : { [name]: value })),
    ]),
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

const kilobytes = (bytes: Uint8Array): string => `${Math.round(bytes.length / 1000)} kB`;

type Records = v.InferOutput<typeof records>;

function databases(...sides: Records[]): string[] {
  return [...new Set(sides.flatMap((side) => side.map(({ database }) => database)))];
}

/** Records named while one can read them, else counted. */
function recordsOf(side: Records, database: string): string {
  const own = side.filter((part) => part.database === database).flatMap((part) => part.records);
  if (own.length === 0) return '–';
  return own.length <= 60 ? `${own.length}: ${own.join(' ')}` : `${own.length}`;
}

const isRecord = (value: unknown): boolean =>
  value !== null && typeof value === 'object' && !Array.isArray(value);

/** What the card knows of doubt, without the thousands of numbers of the beats that are familiar. */
function doubtSection(doubt: Doubt, classes: readonly string[]): string[] {
  const { confidence, familiar, outside, conformal, closeAt, basis } = doubt;
  const offsets = confidence.offsets.map((x, c) => `${classes[c]} ${number(x)}`).join(', ');
  return [
    '## Doubt',
    `How sure a class is: log odds of its probability, times ${number(confidence.slope)}, plus an offset (${offsets}). Outside score: ln squared distance from the nearest of ${familiar.centres.length} centres in ${familiar.axes.length} axes; above ${number(outside.unusual)} a shape is unusual, above ${number(outside.most)} outside what was trained on. Classes are close where the set of ${number(100 * closeAt)} % holds two or more. Chosen on ${basis}.`,
    table(
      ['sets: least probability of a class (patients it was chosen on)', ...classes],
      conformal.map(({ coverage, least, patients, promised }) => [
        `${number(100 * coverage)} %`,
        ...least.map((x, c) => `${number(x)} (${patients[c]}${promised[c] ? '' : ', no promise'})`),
      ]),
    ),
  ];
}
