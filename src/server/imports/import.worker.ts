import { EcgError, type RecordingInfo } from '../../core/index.js';
import { open } from '../../formats/index.js';
import { watchParent } from '../jobs/watch-parent.js';
import type { ImportMessage, ImportTask } from './import-messages.js';
import { findMainFile } from './main-file.js';
import { namedSource } from './named-source.js';
import { pseudonymise, withoutNames } from './pseudonymise.js';
import { writeStored } from './write-stored.js';

/**
 * The process that opens what came from outside, one upload at a time, and may be killed at any moment.
 */
const PROGRESS_EVERY_MS = 250;

function say(message: ImportMessage): void {
  process.send?.(message);
}

async function importRecording(task: ImportTask): Promise<void> {
  const { files, folder, options, pseudonymise: hide, recordingId } = task;
  const paths = new Map(files.map(({ name, path }) => [name, path]));
  try {
    const opened = new Set<string>();
    const main = await findMainFile(paths);
    const reader = await open(await namedSource(paths, main, opened), options);
    let last = performance.now();
    let kept: RecordingInfo;
    try {
      kept = await writeStored(
        reader,
        folder,
        (info) => {
          const unused = [...paths.keys()].filter((name) => !opened.has(name));
          const told =
            unused.length === 0
              ? info
              : { ...info, warnings: [...info.warnings, `Not needed and left out: ${unused.join(', ')}.`] };
          return hide ? pseudonymise(told, recordingId, [...paths.keys()]) : told;
        },
        {
          onProgress: ({ done, total }) => {
            if (performance.now() - last < PROGRESS_EVERY_MS) return;
            last = performance.now();
            say({ kind: 'progress', done: done / total });
          },
        },
      );
    } finally {
      await reader.close();
    }
    const { annotations: _a, gaps: _g, notes: _n, warnings: _w, ...summary } = kept;
    say({ kind: 'imported', summary });
  } catch (error) {
    const code = error instanceof EcgError ? error.code : null;
    const full = (error as NodeJS.ErrnoException).code === 'ENOSPC';
    const message = error instanceof Error ? error.message : String(error);
    say({
      kind: 'failed',
      code: full ? 'storage-full' : code,
      message: hide ? withoutNames(message, [...paths.keys()]) : message,
    });
  }
}

watchParent();
process.on('message', (task: ImportTask) => void importRecording(task));
say({ kind: 'ready' });
