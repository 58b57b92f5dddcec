import type { TrainedRhythm } from '../../src/training/node.js';
import type { RhythmResults } from './results.js';

const CLASSES = ['N', 'A', 'O', '~'] as const;

/** `tables.md`: the challenge's score and confusion, the episodes of mitdb record by record. */
export function rhythmTables(trained: TrainedRhythm, results: RhythmResults): string {
  const { challenge, figures, mitdb, rules, sinus, model } = results;
  const cell = (id: string, scale = 1, digits = 3): string => {
    const found = figures.find((figure) => figure.id === id)!;
    const bounds = found.interval?.map((x) => (scale * x).toFixed(digits)).join('–');
    return `${(scale * found.value).toFixed(digits)}${bounds === undefined ? '' : ` (${bounds})`}`;
  };
  const lines = [
    '# The rhythm network',
    '',
    'Written by `npx tsx experiments/rhythm/run.ts`. In brackets: 95 % by bootstrap, of recordings or of patients.',
    '',
    '## cinc2017: four classes, five folds',
    '',
    '| | F1 |',
    '|:--|--:|',
    `| mean of N, A, O, seeds joined, mean of the folds | ${cell('rhythm.cinc2017.f1')} |`,
    `| the same, single networks | ${cell('rhythm.cinc2017.f1-single')} |`,
    `| the same, joined, 8-bit integers | ${cell('rhythm.cinc2017.f1-int8')} |`,
    ...CLASSES.map(
      (name) => `| ${name} | ${cell(`rhythm.cinc2017.f1-${name === '~' ? 'noise' : name.toLowerCase()}`)} |`,
    ),
    '',
    '| reference \\ answer | N | A | O | ~ |',
    '|:--|--:|--:|--:|--:|',
    ...challenge.confusion.map((row, r) => `| ${CLASSES[r]} | ${row.join(' | ')} |`),
    '',
    '| fold | joined | single networks | 8-bit |',
    '|:--|--:|:--|--:|',
    ...challenge.folds.map(
      ({ joint, seeds, int8 }, f) =>
        `| ${f + 1} | ${joint.toFixed(3)} | ${seeds.map((s) => s.toFixed(3)).join(' ')} | ${int8.toFixed(3)} |`,
    ),
    '',
    '![Confusion](confusion.svg)',
    '',
    '## mitdb: episodes of atrial fibrillation, patients held out',
    '',
    '| | |',
    '|:--|--:|',
    `| duration sensitivity, % | ${cell('rhythm.mitdb.af-se', 100, 1)} |`,
    `| duration positive predictivity, % | ${cell('rhythm.mitdb.af-ppv', 100, 1)} |`,
    `| the same where reference flutter counts as fibrillation: sensitivity, % | ${cell('rhythm.mitdb.af-or-flutter-se', 100, 1)} |`,
    `| positive predictivity, % | ${cell('rhythm.mitdb.af-or-flutter-ppv', 100, 1)} |`,
    `| false alarms a day, records without AF or AFL (${sinus.mitdb.hours.toFixed(1)} h) | ${cell('rhythm.mitdb.false-alarms-a-day', 1, 2)} |`,
    `| false alarms a day, svdb (${sinus.svdb.hours.toFixed(1)} h) | ${cell('rhythm.svdb.false-alarms-a-day', 1, 2)} |`,
    '',
    `Alarms in mitdb: ${listed(sinus.mitdb.in)}; in svdb: ${listed(sinus.svdb.in)}.`,
    '',
    '| record | reference, s | found, s | of it right, s |',
    '|:--|--:|--:|--:|',
    ...mitdb.map(
      ({ record, duration }) =>
        `| ${record} | ${duration.reference.toFixed(0)} | ${duration.test.toFixed(0)} | ${duration.overlap.toFixed(0)} |`,
    ),
    '',
    `Offsets of the logits of A, O and ~, each fitted on the other folds: ${results.offsets.folds.map((own) => own.slice(1).join(' ')).join(', ')}; released, on all: ${results.offsets.released.slice(1).join(' ')}.`,
    '',
    'Rules of the episodes, each chosen on the other folds: enter, stay, least s, bridge s, uneven.',
    '',
    ...rules.folds.map(
      (r, f) => `- fold ${f + 1}: ${r.enter}, ${r.stay}, ${r.leastS}, ${r.bridgeS}, ${r.uneven}`,
    ),
    `- released, on all: ${rules.released.enter}, ${rules.released.stay}, ${rules.released.leastS}, ${rules.released.bridgeS}, ${rules.released.uneven}`,
    '',
    '## Size',
    '',
    `${trained.parameters} parameters in ${challenge.folds[0].seeds.length} networks, ${(model.bytes / 1e6).toFixed(2)} MB, ${(model.int8Bytes / 1e6).toFixed(2)} MB with 8-bit integers.`,
    '',
  ];
  return lines.join('\n');
}

function listed(ids: readonly string[]): string {
  return ids.length === 0 ? 'none' : ids.join(', ');
}
