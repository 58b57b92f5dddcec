import { parentPort, workerData } from 'node:worker_threads';
import { EcgError } from '../../core/index.js';
import type { PdfAnswer, PdfRequest } from './messages.js';
import { renderPdf } from './node.js';
import { unpackAnalysis } from './pack.js';

const port = parentPort;
if (port === null) throw new Error('pdf.worker runs in a worker thread only');

const { packed, strips, options } = workerData as PdfRequest;
renderPdf(unpackAnalysis(packed), strips, options).then(
  (bytes) => {
    const answer: PdfAnswer = { kind: 'done', bytes };
    port.postMessage(answer, [bytes.buffer as ArrayBuffer]);
  },
  (error: unknown) => {
    const answer: PdfAnswer = {
      kind: 'failed',
      code: error instanceof EcgError ? error.code : undefined,
      message: error instanceof Error ? error.message : String(error),
    };
    port.postMessage(answer);
  },
);
