import { createRequire } from 'node:module';
import { dirname, join, sep } from 'node:path';
import { Worker } from 'node:worker_threads';
import { type Analysis, EcgError, type EventStrip } from '../../core/index.js';
import { type PdfOptions, reportDocument } from './document.js';
import type { PdfAnswer, PdfRequest } from './messages.js';
import { buffersOf, packAnalysis } from './pack.js';
import { type PdfNode, TABLE_LAYOUTS } from './page.js';

export type { PdfOptions } from './document.js';

/** The part of a PDF document under construction that is needed here. */
interface PdfStream extends NodeJS.ReadableStream {
  readonly info: Record<string, unknown>;
  endMetadata: () => void;
  end(): void;
}

/** The part of pdfmake's interface for Node that is needed here. */
interface PdfMake {
  setFonts(fonts: Readonly<Record<string, Readonly<Record<string, string>>>>): void;
  setTableLayouts(layouts: typeof TABLE_LAYOUTS): void;
  setUrlAccessPolicy(allow: (url: string) => boolean): void;
  setLocalAccessPolicy(allow: (path: string) => boolean): void;
  createPdf(document: PdfNode): { getStream(): Promise<PdfStream> };
}

/**
 * The report as PDF, A4 on its side, computed in a thread of its own: summary, trend and rhythm band, tables, and the
 * strips of the ranked events at 25 mm/s and 10 mm/mV. The same analysis gives the same bytes.
 *
 * @param strips  the signal around the events, by `eventId`; an event without one is listed only
 * @param signal  ends the thread
 * @throws EcgError `cancelled`
 */
export async function writePdf(
  analysis: Analysis,
  strips: readonly EventStrip[],
  { signal, ...options }: PdfOptions & { readonly signal?: AbortSignal } = {},
): Promise<Uint8Array> {
  const cancelled = () =>
    new EcgError('cancelled', `pdf: the report of ${analysis.recording.id} was cancelled`);
  if (signal?.aborted) throw cancelled();
  const packed = await packAnalysis(analysis);
  const worker = startWorker({ packed, strips, options }, buffersOf(packed));
  try {
    const answer = await new Promise<PdfAnswer>((resolve, reject) => {
      worker.once('message', resolve);
      worker.once('error', reject);
      worker.once('exit', () =>
        reject(signal?.aborted ? cancelled() : new Error('pdf: the thread has ended')),
      );
      signal?.addEventListener('abort', () => void worker.terminate(), { once: true });
    });
    if (answer.kind === 'done') return answer.bytes;
    throw answer.code === undefined ? new Error(answer.message) : new EcgError(answer.code, answer.message);
  } finally {
    await worker.terminate();
  }
}

/**
 * The bytes of `writePdf`, computed on this thread, which takes a second or more; for threads that may.
 */
export async function renderPdf(
  analysis: Analysis,
  strips: readonly EventStrip[],
  options: PdfOptions = {},
): Promise<Uint8Array> {
  const require = createRequire(import.meta.url);
  const pdfmake = require('pdfmake') as PdfMake;
  const folder = dirname(require.resolve('pdfmake/fonts/Roboto/Roboto-Regular.ttf'));
  const font = (name: string) => join(folder, `Roboto-${name}.ttf`);
  pdfmake.setFonts({
    Roboto: {
      normal: font('Regular'),
      bold: font('Medium'),
      italics: font('Italic'),
      bolditalics: font('MediumItalic'),
    },
  });
  pdfmake.setTableLayouts(TABLE_LAYOUTS);
  // A report fetches nothing and reads nothing but its fonts, whatever a recording calls itself.
  pdfmake.setUrlAccessPolicy(() => false);
  pdfmake.setLocalAccessPolicy((path) => path.startsWith(folder + sep));
  const document = reportDocument(analysis, strips, options);
  // The identifier of the file follows from the time of making: a fixed one makes it the same every time.
  const info = {
    ...(document['info'] as PdfNode),
    creationDate: new Date(0),
    producer: 'ectopy',
    creator: 'ectopy',
  };
  const stream = await pdfmake.createPdf({ ...document, info }).getStream();
  delete stream.info['CreationDate'];
  // XMP would repeat title and date, with the title's brackets bare.
  stream.endMetadata = () => {};
  const pieces: Uint8Array[] = [];
  await new Promise<void>((resolve, reject) => {
    stream.on('data', (piece: Uint8Array) => pieces.push(piece));
    stream.on('end', resolve);
    stream.on('error', reject);
    stream.end();
  });
  const bytes = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}

/** Run from its sources (tests, tsx), the worker is TypeScript too, which its thread has to learn first. */
function startWorker(workerData: PdfRequest, transferList: ArrayBuffer[]): Worker {
  if (!import.meta.url.endsWith('.ts'))
    return new Worker(new URL('./pdf.worker.js', import.meta.url), { workerData, transferList });
  const file = JSON.stringify(new URL('./pdf.worker.ts', import.meta.url).href);
  const bootstrap = `import('tsx/esm/api').then(({ register }) => { register(); return import(${file}); });`;
  return new Worker(bootstrap, { eval: true, workerData, transferList });
}
