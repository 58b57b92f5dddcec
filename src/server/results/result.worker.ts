import { readFile } from 'node:fs/promises';
import { parentPort } from 'node:worker_threads';
import { collectStrips, correct, findMisfits } from '../../analysis/index.js';
import type { Analysis, RecordingInfo } from '../../core/index.js';
import { sampleReader } from '../../ecg/index.js';
import { open, writeAnnotations, writeCsv } from '../../formats/index.js';
import { toAnnotations, writeHtml, writeJson } from '../../report/index.js';
import { findMainFile } from '../imports/main-file.js';
import { namedSource } from '../imports/named-source.js';
import { threadFault } from '../thread-fault.js';
import type { ResultAnswer, ResultRequest, ResultSource } from './result-messages.js';
import { selectBeats, selectEpisodes } from './result-views.js';

// Parsing, correcting and writing an analysis of a day takes a tenth of a second: not on the thread that answers.

const port = parentPort;
if (port === null) throw new Error('result.worker runs in a worker thread only');

/** Of the built-in recording: singles, couplets, a run, bigeminy. */
const SAMPLE_MINUTES = 10;
/** Analyses that are kept, those used last. */
const KEPT = 3;
const kept = new Map<string, Promise<Analysis>>();

/** What a later correction would undo is still needed. */
class UndoConflict extends Error {}

function corrected(source: ResultSource): Promise<Analysis> {
  const key = `${source.sha256}.${source.corrections.length}`;
  const known = kept.get(key);
  const found = known ?? load(source);
  kept.delete(key);
  kept.set(key, found);
  found.catch(() => kept.delete(key));
  for (const oldest of kept.keys()) {
    if (kept.size <= KEPT) break;
    kept.delete(oldest);
  }
  return found;
}

async function load({ path, sha256, corrections }: ResultSource): Promise<Analysis> {
  if (corrections.length === 0) return JSON.parse(await readFile(path, 'utf8')) as Analysis;
  const found = await corrected({ path, sha256, corrections: [] });
  return correct(found, corrections, { strictFrom: Number.POSITIVE_INFINITY });
}

/** Nothing, when one more correction fits those before it. */
async function check(
  { path, sha256, corrections }: ResultSource,
  last: Extract<ResultRequest, { kind: 'check' }>['last'],
): Promise<void> {
  const found = await corrected({ path, sha256, corrections: [] });
  const misfits = await findMisfits(found, [...corrections, last]);
  const own = misfits.find(({ revision }) => revision === last.revision);
  if (own !== undefined) throw own.fault;
  // An analysis made anew may have lost some already; only what the undo takes from others counts.
  if (misfits.length > (await findMisfits(found, corrections)).length)
    throw new UndoConflict('corrections: later corrections rest on this one, undo them first');
}

async function answer(request: ResultRequest): Promise<Uint8Array> {
  const json = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));
  switch (request.kind) {
    case 'json':
      return new TextEncoder().encode(writeJson(await corrected(request.source)));
    case 'beats':
      return json(selectBeats(await corrected(request.source), request.filter));
    case 'episodes':
      return json(selectEpisodes(await corrected(request.source)));
    case 'annotations': {
      const analysis = await corrected(request.source);
      return writeAnnotations(toAnnotations(analysis));
    }
    case 'check':
      await check(request.source, request.last);
      return new Uint8Array(0);
    case 'sample': {
      const reader = sampleReader();
      const text = [...writeCsv(await reader.read({ to: SAMPLE_MINUTES * 60 * reader.info.fs }))].join('');
      return new TextEncoder().encode(text);
    }
    case 'report': {
      const analysis = JSON.parse(new TextDecoder().decode(request.json)) as Analysis;
      const paths = new Map(request.files.map(({ name, path }) => [name, path]));
      const reader = await open(await namedSource(paths, await findMainFile(paths)), request.options);
      try {
        return new TextEncoder().encode(writeHtml(analysis, await collectStrips(reader, analysis)));
      } finally {
        await reader.close();
      }
    }
    case 'file-annotations': {
      const { annotations } = JSON.parse(await readFile(request.path, 'utf8')) as RecordingInfo;
      const end = request.offset + request.limit;
      return json({
        annotations: annotations.slice(request.offset, end),
        next: end < annotations.length ? end : null,
      });
    }
  }
}

port.on('message', (request: ResultRequest) => {
  answer(request).then(
    (bytes) => {
      // A view of a larger buffer would take all of it along.
      const own = bytes.byteLength === bytes.buffer.byteLength ? bytes : bytes.slice();
      const message: ResultAnswer = { id: request.id, kind: 'bytes', bytes: own };
      port.postMessage(message, [own.buffer as ArrayBuffer]);
    },
    (error: unknown) => {
      const message: ResultAnswer = {
        id: request.id,
        kind: 'failed',
        ...threadFault(error),
        conflict: error instanceof UndoConflict,
      };
      port.postMessage(message);
    },
  );
});
