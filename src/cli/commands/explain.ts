import { join } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import { BEAT_CLASSES, type BeatClass, EcgError, RESEARCH_USE_ONLY } from '../../core/index.js';
import {
  BEAT_METHODS,
  type BeatMethodName,
  createGradCam,
  drawImportanceGrid,
  type ImportanceDrawing,
} from '../../explain/index.js';
import { openFile } from '../../formats/node.js';
import { createRuntime } from '../../nn/node.js';
import { copyExample, exampleSize } from '../../training/index.js';
import { openRunNetworks, type RunNetwork } from '../../training/node.js';
import { cancelOnInterrupt } from '../cancel.js';
import { explainBeat } from '../explain-beat.js';
import { findRecord } from '../find-record.js';
import { addOpenFlags, type OpenFlags, openOptions, parseCount } from '../open-options.js';
import { createNamer, writeWhole } from '../output-files.js';
import { createProgressLine } from '../progress.js';
import { addFolderOptions, type RecipeFlags, trainingPlace } from '../recipe-options.js';

interface Flags extends RecipeFlags, OpenFlags {
  readonly out?: string;
  readonly beat?: number;
  readonly at?: number;
  readonly method?: BeatMethodName;
  readonly class?: BeatClass;
  readonly model?: string;
}

export function addExplain(program: Command): void {
  const command = program
    .command('explain')
    .description(
      "draw why a network answers as it does: one beat of a recording, or Grad-CAM over a run's validation examples",
    )
    .argument('<what>', 'a recording, with --beat or --at; else the folder of a finished run over signals')
    .option('--beat <n>', 'the beat by its number, from 1, as in the rows of analyze --csv', parseCount)
    .option('--at <time>', 'the beat nearest to a time from the begin: 00:12:31, 12:31 or 751', parseTime)
    .option(
      '--method <name>',
      `how a beat is explained: ${Object.keys(BEAT_METHODS).join(', ')}; integrated-gradients when omitted`,
      parseMethod,
    )
    .option(
      '--class <name>',
      `explain this class (${BEAT_CLASSES.join(', ')}) instead of the most probable one`,
      parseClass,
    )
    .option('--model <file>', 'another trained network of beats (.onnx) than the built-in one')
    .option('--out <file>', 'the picture; ID.beat-N.svg here, or grad-cam.svg in the run, when omitted');
  addOpenFlags(addFolderOptions(command)).action(explain);
}

async function explain(what: string, flags: Flags): Promise<void> {
  const { beat, at, method, class: wanted, model } = flags;
  if (beat !== undefined && at !== undefined)
    throw new EcgError('bad-option', 'explain: give --beat or --at, not both');
  if (beat !== undefined || at !== undefined) return explainRecording(what, flags);
  if (method !== undefined || wanted !== undefined || model !== undefined)
    throw new EcgError(
      'bad-option',
      'explain: --method, --class and --model explain one beat of a recording; say which with --beat or --at',
    );
  return explainRun(what, flags);
}

async function explainRecording(file: string, flags: Flags): Promise<void> {
  const { beat, at, class: wanted, model, method = 'integrated-gradients' } = flags;
  const signal = cancelOnInterrupt();
  const line = createProgressLine(file);
  const reader = await openFile(await findRecord(file), { ...openOptions(flags), signal });
  try {
    const answer = await explainBeat(
      reader,
      {
        method,
        ...(beat !== undefined && { beat }),
        ...(at !== undefined && { at }),
        ...(wanted !== undefined && { class: wanted }),
        ...(model !== undefined && { model }),
      },
      { signal, onProgress: line.update },
    );
    line.clear();
    const out = flags.out ?? `${createNamer()(reader.info.id)}.beat-${answer.beat}.svg`;
    await writeWhole(out, [answer.svg]);
    process.stdout.write(
      [answer.title, answer.sentence, out, RESEARCH_USE_ONLY]
        .filter((text) => text !== '')
        .join('\n')
        .concat('\n'),
    );
  } finally {
    line.clear();
    await reader.close();
  }
}

/** s of `00:12:31`, `12:31` or `751`. */
function parseTime(text: string): number {
  if (!/^(\d+:)?(\d+:)?\d+(\.\d+)?$/.test(text))
    throw new InvalidArgumentError('expected a time from the begin, as 00:12:31');
  return text.split(':').reduce((sum, part) => 60 * sum + Number(part), 0);
}

function parseMethod(text: string): BeatMethodName {
  if (!Object.hasOwn(BEAT_METHODS, text))
    throw new InvalidArgumentError(`expected one of ${Object.keys(BEAT_METHODS).join(', ')}`);
  return text as BeatMethodName;
}

function parseClass(text: string): BeatClass {
  const found = BEAT_CLASSES.find((name) => name === text.toUpperCase());
  if (found === undefined) throw new InvalidArgumentError(`expected one of ${BEAT_CLASSES.join(', ')}`);
  return found;
}

async function explainRun(folder: string, flags: Flags): Promise<void> {
  const networks = await openRunNetworks(folder, trainingPlace(flags));
  const rows = [];
  for (const network of networks) rows.push({ name: network.name, cells: await explainNetwork(network) });
  const out = flags.out ?? join(folder, 'grad-cam.svg');
  const { label } = networks[0].prepared;
  const title = `Grad-CAM, one validation example of each class${label.leaky ? ' (LEAKY protocol)' : ''}. Research use only`;
  await writeWhole(out, [drawImportanceGrid({ title, rows })]);
  process.stdout.write(`${out}\n${RESEARCH_USE_ONLY}\n`);
}

/** The class of each example explained, where the validation examples have one. */
async function explainNetwork({ prepared, ...trained }: RunNetwork): Promise<ImportanceDrawing[]> {
  const { set, split, input } = prepared;
  if (set.shape.length !== 2) {
    throw new EcgError(
      'unsupported',
      `explain: examples of shape [${set.shape}] are no signals; give a run over signals`,
    );
  }
  const fs = input['fs'];
  if (typeof fs !== 'number')
    throw new EcgError('unsupported', 'explain: the input contract names no sampling rate');
  const runtime = await createRuntime({ threads: 1 });
  const cam = await createGradCam(runtime, { ...trained, shape: set.shape, classes: set.classes.length });
  const cells: ImportanceDrawing[] = [];
  const x = new Float32Array(exampleSize(set));
  const length = set.shape[1];
  try {
    for (const [index, name] of set.classes.entries()) {
      const own = split.validation.filter((i) => set.label[i] === index);
      if (own.length === 0) continue;
      const chosen = own[own.length >> 1];
      copyExample(set, chosen, x, 0);
      const title = `${name}, ${set.records[set.record[chosen]].id}`;
      cells.push({ title, signal: x.slice(0, length), importance: await cam.explain(x, index), fs });
    }
  } finally {
    await cam.close();
  }
  return cells;
}
