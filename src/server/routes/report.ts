import type { Actor } from '../access/actor.js';
import type { ServerContext } from '../context.js';
import type { REPORT_ROUTES } from '../contract/report.js';
import type { Answer, Handlers } from '../http/handler.js';
import { REPORT_POLICY } from '../http/security-headers.js';
import { storedRecording } from '../reports/stored-recording.js';
import { writeReport } from '../reports/write-report.js';
import { findResult, resultReaderOf } from '../results/find-result.js';
import { notThere } from '../results/not-there.js';

/** Answers the routes of reports for people. */
export function reportHandlers(context: ServerContext): Handlers<typeof REPORT_ROUTES> {
  const report = async (
    id: string,
    kind: 'html' | 'pdf',
    { actor, signal }: { actor: Actor; signal: AbortSignal },
  ): Promise<Answer> => {
    const result = await findResult(context, id);
    if ('reason' in result) return notThere(result);
    const stored = storedRecording(context, result.recording);
    if ('reason' in stored) return notThere(stored);
    await context.audit.append(actor, 'report.read', id, { format: kind, revision: result.revision });
    const analysis = await resultReaderOf(context).json(result.source);
    const body = await writeReport({ kind, analysis, ...stored }, signal);
    return {
      type: kind === 'html' ? 'text/html' : 'application/pdf',
      headers: {
        etag: result.etag,
        'content-disposition': `inline; filename="report.${kind}"`,
        ...(kind === 'html' ? { 'content-security-policy': REPORT_POLICY } : {}),
      },
      body,
    };
  };
  return {
    writeHtmlReport: ({ params, ...asked }) => report(params.id, 'html', asked),
    writePdfReport: ({ params, ...asked }) => report(params.id, 'pdf', asked),
  };
}
