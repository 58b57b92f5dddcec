#!/usr/bin/env node
import { Command, CommanderError } from 'commander';
import { VERSION } from '../core/index.js';
import { addAnalyze } from './commands/analyze.js';
import { addAudit } from './commands/audit.js';
import { addBackup } from './commands/backup.js';
import { addClassifyImage } from './commands/classify-image.js';
import { addCv } from './commands/cv.js';
import { addData } from './commands/data.js';
import { addEval } from './commands/eval.js';
import { addEvaluate } from './commands/evaluate.js';
import { addExplain } from './commands/explain.js';
import { addHpo } from './commands/hpo.js';
import { addKeys } from './commands/keys.js';
import { addRepro } from './commands/repro.js';
import { addRestore } from './commands/restore.js';
import { addRuns } from './commands/runs.js';
import { addServe } from './commands/serve.js';
import { addTrain } from './commands/train.js';
import { addWorker } from './commands/worker.js';
import { describeFault } from './exit-codes.js';

/** Every command; a new one is its own file and one line here. */
const COMMANDS = [
  addAnalyze,
  addClassifyImage,
  addEvaluate,
  addTrain,
  addEval,
  addCv,
  addHpo,
  addExplain,
  addRuns,
  addRepro,
  addData,
  addServe,
  addWorker,
  addKeys,
  addAudit,
  addBackup,
  addRestore,
];

// A reader that has seen enough (`| head`) is no fault, and files asked for are still written whole.
process.stdout.on('error', (fault: NodeJS.ErrnoException) => {
  if (fault.code !== 'EPIPE') throw fault;
});

const program = new Command('ectopy')
  .description('Finds arrhythmias in electrocardiograms. Research use only: not a medical device.')
  .version(VERSION)
  .showHelpAfterError('(see --help)')
  .exitOverride();
for (const add of COMMANDS) add(program);

try {
  await program.parseAsync();
} catch (fault) {
  // Commander has printed its own message already; help and version end with 0, misuse with 2.
  if (fault instanceof CommanderError) process.exitCode = fault.exitCode === 0 ? 0 : 2;
  else {
    const { code, message } = describeFault(fault);
    process.stderr.write(`ectopy: ${message}\n`);
    process.exitCode = code;
  }
}
