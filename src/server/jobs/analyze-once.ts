import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { ServiceFault } from '../fault.js';
import { OneShotOptionsSchema } from '../imports/import-options.js';
import type { Importer } from '../imports/importer.js';
import { INFO_FILE, PYRAMID_FILE } from '../imports/write-stored.js';
import type { AnalysisPool } from './analysis-pool.js';
import type { NamedFile } from './job-service.js';
import { given, parseOptions } from './perform.js';

/** ms that somebody who waits for an answer waits for a free process. */
const WAIT_MS = 30_000;

export interface AnalyzeOnceOptions {
  readonly importer: Importer;
  readonly analyses: AnalysisPool;
  /** Folder for temporary folders. */
  readonly making: string;
  /** Analyses at once. */
  readonly workers: number;
  readonly pseudonymise: boolean;
}

/** Analyses uploads of which nothing stays, a few at once; the others are told to come back. */
export function createAnalyzeOnce({ importer, analyses, making, workers, pseudonymise }: AnalyzeOnceOptions) {
  // Twice as many as can be analysed: while one is computed, the next one is read.
  const most = 2 * workers;
  let asked = 0;

  return async (
    files: readonly NamedFile[],
    options: Readonly<Record<string, unknown>>,
    signal: AbortSignal,
  ): Promise<Readable> => {
    const { pauseS, certainFrom, rateBeats, ...openOptions } = parseOptions(
      OneShotOptionsSchema,
      options,
      'analyze',
    );
    if (workers === 0)
      throw new ServiceFault(
        'unavailable',
        'analyze: this server analyses nothing itself; upload the recording, a worker analyses it then',
      );
    if (asked >= most)
      throw new ServiceFault(
        'unavailable',
        `analyze: ${asked} recordings are being analysed, try again later`,
        {
          retryAfterS: 30,
        },
      );
    asked++;
    let folder: string | undefined;
    const clear = async () => {
      if (folder !== undefined) await rm(folder, { recursive: true, force: true });
    };
    try {
      folder = await mkdtemp(join(making, 'once-'));
      await importer.run(
        { files, folder, options: given(openOptions), pseudonymise, recordingId: randomUUID() },
        { signal },
      );
      const out = join(folder, 'analysis.json');
      await analyses.run(
        {
          info: join(folder, INFO_FILE),
          pyramid: join(folder, PYRAMID_FILE),
          out,
          options: { pauseS, certainFrom, rateBeats },
        },
        { signal, waitMs: WAIT_MS },
      );
      const text = createReadStream(out);
      text.once('close', () => void clear().catch(() => {}));
      return text;
    } catch (fault) {
      await clear();
      throw fault;
    } finally {
      asked--;
    }
  };
}
