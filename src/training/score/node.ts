import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { EcgError, type RunOptions, throwIfCancelled } from '../../core/index.js';
import { LABEL_MAPS } from '../../ecg/index.js';
import { auditSplit, type ClassReport, DS2, patientOf } from '../../evaluation/index.js';
import { openFile } from '../../formats/node.js';
import { type Forward, forwardOf, inputShape, loadBeatModel, readModelCard } from '../../models/index.js';
import { exportModel } from '../../nn/index.js';
import { createNativeRuntime } from '../../nn/node.js';
import { readJobResult } from '../jobs/run/node.js';
import { networkInputs, plainNetwork } from '../plan.js';
import { writeWhole } from '../records/node.js';
import { sha256 } from '../runs/node.js';
import { predictRecord, type RecordPredictions, reportScores } from '../score-records.js';

/** What is scored, and where its recordings lie. */
export interface ScoreOptions extends RunOptions {
  /** The bytes of the released model. */
  readonly model: Uint8Array;
  /** The run that made it, for its single networks; only the released model is scored when omitted. */
  readonly runFolder?: string;
  readonly dataFolder: string;
}

/** One use of the test set. */
export interface TestUse {
  /** ISO 8601. */
  readonly date: string;
  readonly modelSha256: string;
  readonly model: string;
  /** Given R peaks, literature map: the released model's figures. */
  readonly figures: Readonly<Record<string, number>>;
}

/** Reports of one network. */
export interface NetworkScores {
  /** `released`, `seed 1`, … */
  readonly name: string;
  /** By `given literature`, `given ec57`, `found literature`, `found ec57`. */
  readonly reports: Readonly<Record<string, ClassReport>>;
}

/** All that a scoring gives. */
export interface Scores {
  readonly modelSha256: string;
  /** The released model first. */
  readonly networks: readonly NetworkScores[];
  readonly predictions: readonly RecordPredictions[];
}

/** Scores on the test set, and how often it has been used, this time included. */
export interface TestScores extends Scores {
  readonly uses: number;
}

/**
 * Scores a model on DS2, with reference and with detected R peaks, by both label maps, and counts the use.
 *
 * @param usesFile  JSON file that holds every use of the test set; this one is added
 * @throws EcgError as `scoreRecords`; `bad-format` when the file of uses is damaged
 */
export async function scoreTest(options: ScoreOptions & { readonly usesFile: string }): Promise<TestScores> {
  const ids = DS2.map((record) => `mitdb/${record}`);
  const scores = await scoreRecords(ids, 'mitdb DS2', options);
  const { name, version } = readModelCard(options.model);
  const uses = await countUse(options.usesFile, {
    date: new Date().toISOString(),
    modelSha256: scores.modelSha256,
    model: `${name} ${version}`,
    figures: headline(scores.networks[0].reports['given literature']),
  });
  return { ...scores, uses };
}

/**
 * Scores a model and its single networks on records with reference beats, with reference and with detected R
 * peaks, by both label maps.
 *
 * The split is audited with what the model's card says it was trained on.
 *
 * @param ids       `mitdb/100`
 * @param database  what tables call them: `mitdb DS2`
 * @throws EcgError `bad-option` when a patient stands in the model's training records and its recipe was not
 *   named leaky; what reading throws; `cancelled`
 */
export async function scoreRecords(
  ids: readonly string[],
  database: string,
  options: ScoreOptions,
): Promise<Scores> {
  const { model, runFolder } = options;
  const card = readModelCard(model);
  const train = card.data.training.flatMap(({ database: from, records }) =>
    records.map((r) => `${from}/${r}`),
  );
  const sources = card.data.training.map(
    ({ database: from, records }) => `${records.length} records of ${from}`,
  );
  const split = auditSplit(
    `${sources.join(' + ')} → ${database}`,
    { train, test: ids, patientOf },
    { leaky: card.data.leaky },
  );
  const runtime = await createNativeRuntime({ threads: 2 });
  const released = await loadBeatModel(model, runtime);
  const members = runFolder === undefined ? [] : await memberNetworks(runFolder, card, runtime);
  const names = ['released', ...members.map(({ name }) => name)];
  const networks = [released.forward, ...members.map(({ forward }) => forward)];
  const predictions: RecordPredictions[] = [];
  for (const id of ids) {
    throwIfCancelled(options, 'score');
    const reader = await openFile(join(options.dataFolder, id));
    try {
      predictions.push(await predictRecord(id, reader, card.input, networks));
    } finally {
      await reader.close();
    }
    options.onProgress?.({ stage: 'score', done: predictions.length, total: ids.length });
  }
  await released.close();
  await Promise.all(members.map(({ close }) => close()));
  const scores = names.map(
    (name, network): NetworkScores => ({
      name,
      reports: Object.fromEntries(
        (['given', 'found'] as const).flatMap((peaks) =>
          Object.values(LABEL_MAPS).map((map) => [
            `${peaks} ${map.id}`,
            reportScores(predictions, {
              database,
              split,
              map,
              peaks,
              network,
              temperature: card.calibration.temperature,
              without: ['mitdb/202', 'mitdb/232'],
            }),
          ]),
        ),
      ),
    }),
  );
  return { modelSha256: sha256(model), networks: scores, predictions };
}

/** The figures a use is remembered by. */
function headline(report: ClassReport): Record<string, number> {
  const { macroF1, classes } = report.statistics;
  return { 'macro-F1': macroF1, 'S-F1': classes.S.f1, 'V-F1': classes.V.f1 };
}

async function countUse(path: string, use: TestUse): Promise<number> {
  const text = await readFile(path, 'utf8').catch(() => '[]');
  let uses: TestUse[];
  try {
    uses = JSON.parse(text) as TestUse[];
  } catch (cause) {
    throw new EcgError(
      'bad-format',
      `score: ${path} is not JSON; restore it, it counts the test set's uses`,
      { cause },
    );
  }
  uses.push(use);
  await writeWhole(path, `${JSON.stringify(uses, null, 1)}\n`);
  return uses.length;
}

/** The single networks behind a released model. */
async function memberNetworks(
  runFolder: string,
  card: ReturnType<typeof readModelCard>,
  runtime: Awaited<ReturnType<typeof createNativeRuntime>>,
): Promise<{ name: string; forward: Forward; close: () => Promise<void> }[]> {
  return Promise.all(
    card.training.seeds.map(async (seed) => {
      const folder = join(runFolder, `seed-${seed}`);
      const result = await readJobResult(folder);
      if (result === undefined) {
        throw new EcgError('not-found', `score: no network in ${folder}, give the run that made the model`);
      }
      const bytes = exportModel({
        network: plainNetwork(card),
        inputs: networkInputs(card),
        parameters: result.parameters,
        statistics: result.statistics,
      });
      const session = await runtime.open(bytes);
      return {
        name: `seed ${seed}`,
        forward: forwardOf(session, inputShape(card.input)),
        close: () => session.release(),
      };
    }),
  );
}
