import { Readable } from 'node:stream';
import { EcgError } from '../../core/index.js';
import type { ServerContext } from '../context.js';
import type { SIGNAL_ROUTES } from '../contract/signal.js';
import type { Handlers } from '../http/handler.js';
import { openPyramid } from '../imports/pyramid.js';
import { notThere } from '../results/not-there.js';
import { readSignal, type SignalOutline, signalBytes, signalPieces } from '../results/read-signal.js';
import { writeJsonPieces } from '../results/signal-text.js';
import { getRecording } from '../storage/recordings.js';

const BYTES = 'application/octet-stream';

/** Answers the routes of signals. */
export function signalHandlers({ database, blobs, audit }: ServerContext): Handlers<typeof SIGNAL_ROUTES> {
  return {
    async readSignal({ params, query, actor, request }) {
      const {
        id,
        status,
        fs,
        length,
        leads,
        pyramid_sha256: pyramid,
        error_message,
      } = await getRecording(database, params.id);
      if (pyramid === null || fs === null || length === null || leads === null) {
        if (status === 'failed')
          return notThere({ reason: `it could not be read: ${error_message ?? 'upload it again'}` });
        return notThere({ reason: 'it is still being read; ask again', retryAfterS: 2 });
      }
      const outline: SignalOutline = { fs, length, leads: JSON.parse(leads) as SignalOutline['leads'] };
      const opened = await openPyramid((from, to) => blobs.read(pyramid, { from, to })).catch(
        (fault: unknown) => {
          if (fault instanceof EcgError && fault.code === 'not-found')
            throw new EcgError('not-found', 'signal: the recording has been deleted meanwhile', {
              cause: fault,
            });
          throw fault;
        },
      );
      const { lead, ...rest } = query;
      const stretch = await readSignal(opened, outline, {
        ...rest,
        ...(lead === undefined ? {} : { leads: lead }),
      });
      await audit.append(actor, 'signal.read', id, { from: stretch.from, to: stretch.to });
      if ((request.headers.accept ?? '').includes(BYTES)) {
        const { bytes, headers } = signalBytes(stretch);
        return { type: BYTES, headers: { ...headers, vary: 'Accept' }, body: bytes };
      }
      return {
        type: 'application/json',
        headers: { vary: 'Accept' },
        body: Readable.from(writeJsonPieces(signalPieces(stretch))),
      };
    },
  };
}
