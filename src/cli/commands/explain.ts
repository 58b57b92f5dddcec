import { join } from 'node:path';
import type { Command } from 'commander';
import { EcgError, RESEARCH_USE_ONLY } from '../../core/index.js';
import { createGradCam, drawImportanceGrid, type ImportanceDrawing } from '../../explain/index.js';
import { createRuntime } from '../../nn/node.js';
import { copyExample, exampleSize } from '../../training/index.js';
import { openRunNetworks, type RunNetwork } from '../../training/node.js';
import { writeWhole } from '../output-files.js';
import { addFolderOptions, type RecipeFlags, trainingPlace } from '../recipe-options.js';

interface Flags extends RecipeFlags {
  readonly out?: string;
}

export function addExplain(program: Command): void {
  const command = program
    .command('explain')
    .description("draw what a run's networks look at: Grad-CAM over one validation example of each class")
    .argument('<run>', 'the folder of a finished run over signals')
    .option('--out <file>', 'the picture; grad-cam.svg in the run when omitted');
  addFolderOptions(command).action(explainRun);
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
