import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ServerContext } from '../context.js';
import { ANALYZE_ROUTES } from '../contract/analyze.js';
import { ServiceFault } from '../fault.js';
import type { Handlers } from '../http/handler.js';
import { REPORT_POLICY } from '../http/security-headers.js';
import type { NamedFile } from '../jobs/job-service.js';
import { openOptionsOf } from '../receive/open-options.js';
import { receiveFiles, withFields } from '../receive/receive-files.js';
import { resultReaderOf } from '../results/find-result.js';
import { describeFileFault } from '../storage/durable-files.js';

/** Answers the route of one-shot analyses. */
export function analyzeHandlers(context: ServerContext): Handlers<typeof ANALYZE_ROUTES> {
  const { jobs, blobs, config, audit } = context;
  return {
    async analyze({ query, actor, request, signal }) {
      // Of files that a crash leaves here the sweep takes care.
      const folder = await mkdtemp(join(blobs.making, 'analyze-'));
      try {
        const received = await receiveFiles(request, config, query.name, async (bytes, largest) => {
          const path = join(folder, randomUUID());
          return { bytes: await write(bytes, path, largest), kept: path };
        });
        const options = withFields(ANALYZE_ROUTES.analyze.query, query, received.fields);
        const { report, pauseS, certainFrom } = options;
        const files: NamedFile[] = received.files.map((file) => ({ name: file.name, path: file.kept }));
        const open = openOptionsOf(options);
        const asked = {
          ...open,
          ...(pauseS === undefined ? {} : { pauseS }),
          ...(certainFrom === undefined ? {} : { certainFrom }),
        };
        await audit.append(actor, 'analysis.once', 'nothing stored', { files: files.length });
        const json = await jobs.analyzeOnceJson(files, asked, signal);
        if (report === undefined) return { type: 'application/json', body: json };
        return {
          type: 'text/html',
          headers: { 'content-security-policy': REPORT_POLICY },
          body: await resultReaderOf(context).report(await bytesOf(json), files, open),
        };
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    },
  };
}

/** Writes a stream to a file; tells its bytes. */
async function write(stream: Readable, path: string, largest: number): Promise<number> {
  let bytes = 0;
  const limit = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      if (bytes <= largest) done(null, chunk);
      else done(new ServiceFault('too-large', `upload: a file of at most ${largest} bytes is accepted`));
    },
  });
  try {
    await pipeline(stream, limit, createWriteStream(path, { mode: 0o600 }));
  } catch (fault) {
    throw describeFileFault(fault);
  }
  return bytes;
}

async function bytesOf(stream: Readable): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) chunks.push(typeof chunk === 'string' ? Buffer.from(chunk) : chunk);
  return Buffer.concat(chunks);
}
