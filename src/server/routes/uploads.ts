import type { ServerContext } from '../context.js';
import type { Route } from '../contract/route.js';
import type { UPLOADS_ROUTES } from '../contract/uploads.js';
import type { Asked, Handlers } from '../http/handler.js';
import { uploadsOf } from '../uploads/uploads.js';

/** Answers the routes of resumable uploads, which the tus server speaks by itself. */
export function uploadsHandlers(context: ServerContext): Handlers<typeof UPLOADS_ROUTES> {
  const uploads = uploadsOf(context);
  const speak = async ({ actor, request, reply }: Pick<Asked<Route>, 'actor' | 'request' | 'reply'>) => {
    reply.hijack();
    for (const [name, value] of Object.entries(reply.getHeaders()))
      if (value !== undefined) reply.raw.setHeader(name, value);
    await uploads.answer(actor, request.raw, reply.raw);
    return undefined;
  };
  return {
    describeUploads: speak,
    createUpload: speak,
    checkUpload: speak,
    continueUpload: speak,
    endUpload: speak,
  };
}
