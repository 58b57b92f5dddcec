import { type FileHandle, open, readFile } from 'node:fs/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { collectStrips } from '../../analysis/index.js';
import type { Analysis, RecordingInfo, RecordingReader } from '../../core/index.js';
import { streamFhirObservation } from '../../formats/index.js';
import { writeFhirReport, writeHtml } from '../../report/index.js';
import { renderPdf } from '../../report/pdf/node.js';
import { openPyramid } from '../imports/pyramid.js';
import { storedReader } from '../imports/stored-reader.js';
import { createReadBetween } from '../storage/file-ranges.js';
import { threadFault } from '../thread-fault.js';
import type { ReportAnswer, ReportRequest } from './report-messages.js';

// Laying out a report takes a second and more: not on the thread that answers.

const port = parentPort;
if (port === null) throw new Error('report.worker runs in a worker thread only');
const request = workerData as ReportRequest;
const encoder = new TextEncoder();

/** Text of the pieces that are sent together. */
const LEAST = 2 ** 18;

async function openStored(): Promise<RecordingReader> {
  const info = JSON.parse(await readFile(request.infoPath, 'utf8')) as RecordingInfo;
  const handle: FileHandle = await open(request.pyramidPath, 'r');
  const pyramid = await openPyramid(createReadBetween(handle));
  return storedReader(info, pyramid, () => handle.close());
}

async function* write(): AsyncGenerator<Uint8Array, void, void> {
  if (request.kind === 'fhir-report') {
    yield encoder.encode(writeFhirReport(parse(request.analysis), request.options));
    return;
  }
  const reader = await openStored();
  try {
    if (request.kind === 'fhir-observation') {
      let text = '';
      for await (const piece of streamFhirObservation(reader, request.options, request.range)) {
        text += piece;
        if (text.length < LEAST) continue;
        yield encoder.encode(text);
        text = '';
      }
      yield encoder.encode(text);
      return;
    }
    const analysis = parse(request.analysis);
    const strips = await collectStrips(reader, analysis);
    yield request.kind === 'html'
      ? encoder.encode(writeHtml(analysis, strips))
      : await renderPdf(analysis, strips);
  } finally {
    await reader.close();
  }
}

const parse = (bytes: Uint8Array): Analysis => JSON.parse(new TextDecoder().decode(bytes)) as Analysis;

const pieces = write();

async function next(): Promise<ReportAnswer> {
  const { done, value } = await pieces.next();
  return done === true ? { kind: 'end' } : { kind: 'piece', bytes: value };
}

port.on('message', () => {
  next().then(
    (answer) => {
      if (answer.kind !== 'piece') return port.postMessage(answer);
      // A view of a larger buffer would take all of it along.
      const { bytes } = answer;
      const own = bytes.byteLength === bytes.buffer.byteLength ? bytes : bytes.slice();
      port.postMessage({ kind: 'piece', bytes: own }, [own.buffer as ArrayBuffer]);
    },
    (error: unknown) => {
      const failed: ReportAnswer = { kind: 'failed', ...threadFault(error) };
      port.postMessage(failed);
    },
  );
});
