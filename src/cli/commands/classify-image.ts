import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { EcgError, throwIfCancelled } from '../../core/index.js';
import { readPicture } from '../../formats/index.js';
import { fileSource } from '../../formats/node.js';
import {
  BeatPictureSchema,
  type Classifier,
  loadClassifier,
  parseStrictly,
  pictureInput,
  whyNotABeat,
} from '../../models/index.js';
import { readBundledModel } from '../../models/node.js';
import { createRuntime } from '../../nn/node.js';
import { cancelOnInterrupt } from '../cancel.js';
import { describeFault } from '../exit-codes.js';
import { parseCount } from '../open-options.js';

/** Bytes; larger files are no pictures of beats. */
const LARGEST = 100e6;

interface Flags {
  readonly model?: string;
  readonly json?: boolean;
  readonly threads: number;
}

/** What is said of one picture. */
interface Verdict {
  readonly file: string;
  /** The likeliest class; null where the picture is none of a beat. */
  readonly class: string | null;
  readonly meaning: string | null;
  /** Calibrated, of that class. */
  readonly probability: number | null;
  /** Of every class. */
  readonly probabilities: Readonly<Record<string, number>> | null;
  /** Why the class is not to be relied on; null where it is. */
  readonly uncertain: string | null;
}

export function addClassifyImage(program: Command): void {
  program
    .command('classify-image')
    .description('classify pictures of single beats: PNG or JPEG, any size, light or dark, grey or colour')
    .argument('<files...>', 'pictures drawn as the recipe beat-image draws them')
    .option('--json', 'everything known of each picture, one document a picture')
    .option('--model <file>', 'another trained network (.onnx) than the built-in one')
    .option('--threads <n>', 'threads for the network', parseCount, 1)
    .action(runClassifyImage);
}

async function runClassifyImage(files: string[], flags: Flags): Promise<void> {
  const signal = cancelOnInterrupt();
  const classifier = await loadPictureClassifier(flags);
  const { card } = classifier;
  let exitCode = 0;
  try {
    if (!flags.json)
      process.stdout.write(`${card.name} ${card.version}. Research use only: not a medical device.\n`);
    for (const file of files) {
      try {
        throwIfCancelled({ signal }, 'classify-image');
        const verdict = await classifyFile(file, classifier);
        process.stdout.write(flags.json ? `${JSON.stringify(verdict, null, 2)}\n` : `${describe(verdict)}\n`);
      } catch (fault) {
        const { code, message } = describeFault(fault);
        process.stderr.write(`ectopy: ${file}: ${message}\n`);
        exitCode ||= code;
        if (signal.aborted) break;
      }
    }
  } finally {
    await classifier.close();
  }
  process.exitCode = exitCode;
}

async function loadPictureClassifier({ model, threads }: Flags): Promise<Classifier> {
  const bytes =
    model === undefined
      ? await readBundledModel('beat-image')
      : await readFile(model).catch((cause: unknown) => {
          throw new EcgError('not-found', `--model: ${model} cannot be read, check the path`, { cause });
        });
  const classifier = await loadClassifier(bytes, await createRuntime({ threads }));
  if (classifier.card.input['kind'] === 'beat-picture') return classifier;
  const { name, task } = classifier.card;
  await classifier.close();
  throw new EcgError('bad-option', `--model: ${name} is a network of ${task}, give one of beat-image`);
}

/** Below it, the other classes together are more probable than the best one, however a network was calibrated. */
const MORE_THAN_THE_OTHERS = 0.5;

async function classifyFile(file: string, { card, classify }: Classifier): Promise<Verdict> {
  const contract = parseStrictly(BeatPictureSchema, card.input, `${card.name}: input`);
  const ink = pictureInput(readPicture(await readBytes(file), file), contract);
  const why = whyNotABeat(ink, contract);
  if (why !== undefined) {
    const uncertain = `not a picture of a beat: ${why}`;
    return { file, class: null, meaning: null, probability: null, probabilities: null, uncertain };
  }
  const values = await classify(
    Float32Array.from(ink, (value) => value / 255),
    1,
  );
  const best = values.indexOf(Math.max(...values));
  const probability = values[best];
  const least = Math.max(card.calibration.leastProbability, MORE_THAN_THE_OTHERS);
  return {
    file,
    class: card.labels[best].class,
    meaning: card.labels[best].meaning,
    probability,
    probabilities: Object.fromEntries(card.labels.map((label, i) => [label.class, values[i]])),
    uncertain: probability < least ? `its probability is below ${percent(least)}` : null,
  };
}

async function readBytes(file: string): Promise<Uint8Array> {
  const source = await fileSource(file);
  try {
    if (source.size > LARGEST) {
      throw new EcgError(
        'unsupported',
        `picture: ${file} has ${source.size} bytes, at most ${LARGEST} are read`,
      );
    }
    return await source.read(0, source.size);
  } finally {
    await source.close();
  }
}

function describe({ file, class: name, meaning, probability, uncertain }: Verdict): string {
  if (name === null || probability === null) return `${file}: uncertain (${uncertain})`;
  const said = `${name}, ${meaning}, ${percent(probability)}`;
  return uncertain === null ? `${file}: ${said}` : `${file}: uncertain (${uncertain}); likeliest ${said}`;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
