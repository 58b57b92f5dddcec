import { type Command, InvalidArgumentError, Option } from 'commander';
import { BEAT_CLASSES, EcgError } from '../../core/index.js';
import { LABEL_MAPS } from '../../ecg/index.js';
import {
  auditSplit,
  type BeatComparison,
  classCountsOf,
  compareBeats,
  compareEpisodes,
  compareRuns,
  EC57_START,
  EC57_WINDOW,
  type EpisodeComparison,
  evaluateClasses,
  formatBeatTable,
  formatClassReport,
  formatEpisodeTable,
  formatRunTable,
  patientOf,
  REPORTED_WITHOUT,
  type RecordCounts,
  type RunComparison,
  type SplitLabel,
} from '../../evaluation/index.js';
import { openFile } from '../../formats/node.js';
import { type LoadedClassifier, loadBeatClassifier } from '../beat-classifier.js';
import { cancelOnInterrupt } from '../cancel.js';
import { findAnnotations, readTestAnnotations, scoreGivenBeats } from '../evaluation/score-record.js';
import { selectRecords } from '../evaluation/select-records.js';
import { countTestUse } from '../evaluation/test-uses.js';
import { parseCount, parsePositive } from '../open-options.js';
import { createProgressLine } from '../progress.js';

interface Flags {
  readonly reference: string;
  readonly test?: string;
  readonly testDir?: string;
  readonly given?: boolean;
  readonly map: keyof typeof LABEL_MAPS;
  readonly from?: number;
  readonly window: number;
  readonly leaky?: boolean;
  readonly model?: string;
  readonly threads: number;
}

/** The network of the benchmark: its card says which records it has never seen. */
const MODEL = 'beats-ds1';

export function addEvaluate(program: Command): void {
  program
    .command('evaluate')
    .description(
      "score beats against the experts' annotations, as EC57 and the WFDB programs do; by the network of the DS1 benchmark unless another is named",
    )
    .argument(
      '<records...>',
      'databases (mitdb), halves (mitdb-ds1, mitdb-ds2), records (mitdb/100) or paths',
    )
    .option('--reference <annotator>', "extension of the experts' annotations", 'atr')
    .option('--test <annotator>', 'score these annotation files instead of analyzing the recordings')
    .option('--test-dir <folder>', 'where the --test files lie, when not beside the records')
    .option('--given', "classify at the experts' R peaks instead of finding them")
    .addOption(
      new Option('--map <map>', 'how symbols become classes')
        .choices(Object.keys(LABEL_MAPS))
        .default('literature'),
    )
    .option('--from <s>', 'where scoring begins in each record; 300 (EC57), with --given 0', parseFrom)
    .option('--window <s>', 'how far two marks of one beat may be apart', parsePositive, EC57_WINDOW)
    .option('--leaky', 'score patients the network was trained on; every table says so')
    .option(
      '--model <file>',
      `a trained network (.onnx), or a built-in one: beats, beats-ds1 (${MODEL} when omitted)`,
    )
    .option('--threads <n>', 'threads for the network', parseCount, 1)
    .action(runEvaluate);
}

function parseFrom(text: string): number {
  const value = Number(text);
  if (!(value >= 0) || text.trim() === '') throw new InvalidArgumentError('expected seconds, 0 or more');
  return value;
}

async function runEvaluate(words: string[], flags: Flags): Promise<void> {
  checkFlags(flags);
  const records = await selectRecords(words);
  const ids = records.map(({ id }) => id);
  const classifier =
    flags.test === undefined ? await loadBeatClassifier(flags.model ?? MODEL, flags.threads) : undefined;
  const split = labelSplit(classifier, ids, flags);
  const map = LABEL_MAPS[flags.map];
  // EC57 lets a detector learn for five minutes; papers that give the R peaks score every beat.
  const from = flags.from ?? (flags.given ? 0 : EC57_START);
  const database = [...new Set(records.map((record) => record.database))].join(' + ');
  const title = { database, map, split, from };
  const signal = cancelOnInterrupt();

  const beats: BeatComparison[] = [];
  const runs: RunComparison[] = [];
  const episodes: EpisodeComparison[] = [];
  const classes: RecordCounts[] = [];
  const scored: { probabilities: Float32Array; labels: Int32Array }[] = [];
  const line = createProgressLine('evaluate');
  try {
    for (const [i, { id, path }] of records.entries()) {
      const options = { signal };
      const reader = await openFile(path, { annotators: [flags.reference], signal });
      try {
        const { annotations, fs, length } = reader.info;
        if (annotations.length === 0) {
          throw new EcgError(
            'not-found',
            `evaluate: ${id} has no annotations '${flags.reference}' to score against`,
          );
        }
        if (from >= length / fs) {
          throw new EcgError(
            'bad-option',
            `evaluate: ${id} ends after ${(length / fs).toFixed(1)} s, before scoring begins at ${from} s; set --from`,
          );
        }
        const who = { record: id, patient: patientOf(id) };
        if (classifier && flags.given) {
          const result = await scoreGivenBeats(reader, classifier, map, from, options);
          classes.push({ ...who, counts: result.counts });
          scored.push(result);
        } else {
          const test = classifier
            ? await findAnnotations(reader, classifier, options)
            : await readTestAnnotations(path, flags.test ?? '', flags.testDir);
          const period = { record: id, fs, from, to: length / fs, matchWindow: flags.window, map };
          const comparison = compareBeats(annotations, test, period);
          beats.push(comparison);
          classes.push({ ...who, counts: classCountsOf(comparison) });
          for (const kind of ['V', 'S'] as const) runs.push(compareRuns(annotations, test, kind, period));
          // Our own analysis names no rhythm yet: its episodes would all count as missed.
          if (!classifier) {
            for (const kind of ['AF', 'VF'] as const)
              episodes.push(compareEpisodes(annotations, test, kind, period));
          }
        }
      } finally {
        await reader.close();
      }
      line.update({ stage: 'score', done: i + 1, total: records.length });
    }
  } finally {
    line.clear();
    await classifier?.close();
  }

  const { stdout } = process;
  const context = { ...title, peaks: flags.given ? ('given' as const) : ('found' as const) };
  if (beats.length > 0) {
    stdout.write(`${formatBeatTable(beats, context)}\n`);
    for (const kind of ['V', 'S'] as const) {
      stdout.write(
        `${formatRunTable(
          runs.filter((run) => run.kind === kind),
          context,
        )}\n`,
      );
    }
  }
  for (const kind of ['AF', 'VF'] as const) {
    const ofKind = episodes.filter((episode) => episode.kind === kind);
    if (ofKind.length > 0) stdout.write(`${formatEpisodeTable(ofKind, context)}\n`);
  }
  if (new Set(classes.map(({ patient }) => patient)).size > 1) {
    const report = evaluateClasses(classes, {
      context,
      bootstrap: { seed: 1 },
      without: REPORTED_WITHOUT,
      ...(scored.length === 0 ? {} : { scored: { ...joinScored(scored), classes: BEAT_CLASSES.length } }),
    });
    stdout.write(`${formatClassReport(report)}\n`);
  }
  if (classifier) {
    const held = heldOut(classifier).filter((id) => ids.includes(id));
    if (held.length > 0) {
      const uses = await countTestUse(classifier.identity.sha256, held);
      stdout.write(`Held-out records were scored ${uses} time${uses === 1 ? '' : 's'} on this machine.\n`);
    }
    stdout.write('Research use only: not a medical device.\n');
  }
}

function checkFlags({ test, testDir, given, model, leaky }: Flags): void {
  const fault = (message: string) => new EcgError('bad-option', `evaluate: ${message}`);
  if (test !== undefined && given) throw fault('--test and --given exclude each other, choose one');
  if (test !== undefined && model !== undefined)
    throw fault('--test and --model exclude each other, choose one');
  if (test !== undefined && leaky) throw fault('--leaky is said of a network, leave it out with --test');
  if (test === undefined && testDir !== undefined)
    throw fault('--test-dir needs --test, the extension of the files in it');
}

function joinScored(parts: readonly { probabilities: Float32Array; labels: Int32Array }[]) {
  return {
    probabilities: parts.flatMap(({ probabilities }) => Array.from(probabilities)),
    labels: parts.flatMap(({ labels }) => Array.from(labels)),
  };
}

function heldOut({ card }: LoadedClassifier): string[] {
  return card.data.heldOut.flatMap(({ database, records }) =>
    records.map((record) => `${database}/${record}`),
  );
}

/** The split's label: what the network was trained on against what is scored; files of others carry their own. */
function labelSplit(
  classifier: LoadedClassifier | undefined,
  ids: string[],
  { test, leaky }: Flags,
): SplitLabel {
  if (classifier === undefined) return auditSplit(`unknown (annotator ${test})`, { train: [], test: ids });
  const train = classifier.card.data.training.flatMap(({ database, records }) =>
    records.map((record) => `${database}/${record}`),
  );
  const name = `trained on ${classifier.card.data.training.map(({ database }) => database).join(' + ')}`;
  return auditSplit(name, { train, test: ids }, { leaky: leaky === true });
}
