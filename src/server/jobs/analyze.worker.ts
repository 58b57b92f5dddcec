import { open, readFile, writeFile } from 'node:fs/promises';
import { type AnalysisModels, analysisModels, analyze } from '../../analysis/index.js';
import { EcgError, type Progress, type RecordingInfo } from '../../core/index.js';
import { loadModelSet } from '../../models/node.js';
import { writeJson } from '../../report/index.js';
import { openPyramid } from '../imports/pyramid.js';
import { storedReader } from '../imports/stored-reader.js';
import { createReadBetween } from '../storage/file-ranges.js';
import type { AnalysisReply, AnalysisRequest, AnalysisTask } from './analysis-messages.js';
import { watchParent } from './watch-parent.js';

/** The process that analyses imported recordings, one at a time, with networks it loads once. */
const PROGRESS_EVERY_MS = 250;
/** Share of the work that finding beats is; the rest is networks. */
const DETECTION = 0.15;

const say = (reply: AnalysisReply): void => {
  process.send?.(reply);
};

let models: Promise<AnalysisModels> | undefined;
let signal = { aborted: false };

/** The networks compute in a thread of their own, while this one prepares what comes next and hears of a cancel. */
async function loadModels(): Promise<AnalysisModels> {
  return analysisModels(await loadModelSet({ threads: 2 }));
}

async function run({ info, pyramid, out, options }: AnalysisTask): Promise<void> {
  const cancel = { aborted: false };
  signal = cancel;
  try {
    models ??= loadModels();
    const described = JSON.parse(await readFile(info, 'utf8')) as RecordingInfo;
    const file = await open(pyramid, 'r');
    const reader = storedReader(described, await openPyramid(createReadBetween(file)), () => file.close());
    try {
      const analysis = await analyze(reader, await models, {
        ...(options.pauseS === undefined ? {} : { pauseS: options.pauseS }),
        ...(options.certainFrom === undefined ? {} : { certainFrom: options.certainFrom }),
        ...(options.rateBeats === undefined ? {} : { rateBeats: options.rateBeats }),
        overlap: true,
        signal: cancel,
        onProgress: createTeller(),
      });
      if (cancel.aborted) throw new EcgError('cancelled', 'analyze: cancelled');
      await writeFile(out, writeJson(analysis));
    } finally {
      await reader.close();
    }
    say({ kind: 'analyzed' });
  } catch (error) {
    const full = (error as NodeJS.ErrnoException).code === 'ENOSPC';
    const code = error instanceof EcgError ? error.code : null;
    say({
      kind: 'failed',
      code: full ? 'storage-full' : code,
      message: error instanceof Error ? error.message : String(error),
    });
  }
}

/** Tells progress that never goes back, now and then. */
function createTeller(): (progress: Progress) => void {
  let last = Number.NEGATIVE_INFINITY;
  let most = 0;
  return ({ stage, done, total }) => {
    const share = total > 0 ? done / total : 0;
    most = Math.max(most, stage === 'detect' ? DETECTION * share : DETECTION + (1 - DETECTION) * share);
    if (performance.now() - last < PROGRESS_EVERY_MS) return;
    last = performance.now();
    say({ kind: 'progress', stage, done: most });
  };
}

watchParent();
process.on('message', (request: AnalysisRequest) => {
  if (request.kind === 'cancel') signal.aborted = true;
  else void run(request.task);
});
