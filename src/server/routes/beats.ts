import { open } from 'node:fs/promises';
import { undoneRevisions } from '../../analysis/index.js';
import { BEAT_CLASSES, type Correction, EcgError } from '../../core/index.js';
import type { Actor } from '../access/actor.js';
import type { ServerContext } from '../context.js';
import type { BEATS_ROUTES } from '../contract/beats.js';
import { ServiceFault } from '../fault.js';
import type { Answer, Handlers } from '../http/handler.js';
import { withoutName } from '../recordings/recording-view.js';
import { etagOf, type FoundResult, findResult, resultReaderOf } from '../results/find-result.js';
import { jobsOver } from '../results/jobs-over.js';
import { notThere } from '../results/not-there.js';
import { appendCorrection } from '../storage/corrections.js';
import { getRecording } from '../storage/recordings.js';
import { attachment } from './recordings.js';

const PAGE = 1000;
/** A client may keep a result and ask each time whether it still holds. */
const KEEP_AND_ASK = { 'cache-control': 'private, no-cache' };
/** Of all corrections of a recording together: all of them are applied each time. */
const MOST_CORRECTIONS = 20_000;

/** Answers the routes of analyses, beats and corrections. */
export function beatsHandlers(context: ServerContext): Handlers<typeof BEATS_ROUTES> {
  const { database, blobs, audit, jobs, now } = context;
  const reader = resultReaderOf(context);

  /** Answers with the result of a recording, or says why there is none. */
  const withResult = async (
    id: string,
    actor: Actor,
    action: string,
    answer: (result: FoundResult) => Promise<Answer>,
  ): Promise<Answer> => {
    const result = await findResult(context, id);
    if ('reason' in result) return notThere(result);
    await audit.append(actor, action, id, { revision: result.revision });
    const answered = await answer(result);
    return { ...answered, headers: { ...KEEP_AND_ASK, etag: result.etag, ...answered.headers } };
  };

  /** Stores one more correction, when it fits; whose If-Match held until just before is told so. */
  const append = async (
    result: FoundResult,
    actor: Actor,
    changes: Correction['changes'],
    comment: string | null,
    isConditional: boolean,
  ): Promise<Answer> => {
    const { recording, revision, source } = result;
    const total = source.corrections.reduce((sum, each) => sum + each.changes.length, changes.length);
    if (total > MOST_CORRECTIONS)
      throw new ServiceFault(
        'too-large',
        `corrections: more than ${MOST_CORRECTIONS} changes of one recording; analyse it again with other options`,
      );
    const correction: Correction = {
      revision: revision + 1,
      at: new Date(now()).toISOString(),
      by: actor.id,
      comment,
      changes,
    };
    await reader.check(source, correction);
    await appendCorrection(database, {
      recording_id: recording.id,
      revision,
      at: correction.at,
      actor: actor.id,
      changes: JSON.stringify(changes),
      comment,
    }).catch((fault: unknown) => {
      if (isConditional && fault instanceof ServiceFault && fault.code === 'conflict')
        throw new ServiceFault('precondition-failed', fault.message, { cause: fault });
      throw fault;
    });
    await audit.append(actor, 'beats.correct', recording.id, {
      revision: correction.revision,
      changes: changes.length,
    });
    return {
      headers: { etag: etagOf(result.analysisId, correction.revision) },
      body: { revision: correction.revision, correction },
    };
  };

  return {
    async readAnalysis({ params, query, actor, request, signal }) {
      if (query.wait !== undefined) await jobsOver(jobs, params.id, query.wait, signal);
      return withResult(params.id, actor, 'analysis.read', async ({ source, etag }) => {
        if (names(request.headers['if-none-match'], etag)) return { status: 304 };
        const type = 'application/json';
        if (source.corrections.length > 0) return { type, body: await reader.json(source) };
        const handle = await open(source.path, 'r').catch((cause: unknown) => {
          throw new EcgError('not-found', 'analysis: the recording has been deleted meanwhile', { cause });
        });
        return { type, body: handle.createReadStream() };
      });
    },

    listBeats: ({ params, query, actor }) =>
      withResult(params.id, actor, 'beats.read', async ({ source }) => {
        const { limit = PAGE, class: classes, ...filter } = query;
        const strange = classes?.find((letter) => !BEAT_CLASSES.some((each) => each === letter));
        if (strange !== undefined)
          throw new EcgError('bad-option', `beats: ${strange} is no class, take ${BEAT_CLASSES.join(', ')}`);
        const wanted = { ...filter, limit, ...(classes === undefined ? {} : { class: classes }) };
        return { type: 'application/json', body: await reader.beats(source, wanted) };
      }),

    listEpisodes: ({ params, actor }) =>
      withResult(params.id, actor, 'episodes.read', async ({ source }) => ({
        type: 'application/json',
        body: await reader.episodes(source),
      })),

    writeAnnotations: ({ params, actor }) =>
      withResult(params.id, actor, 'annotations.read', async ({ source, recording }) => {
        const name = recording.pseudonymised === 1 ? withoutName('.atr', 0) : `${recording.name}.atr`;
        return {
          type: 'application/octet-stream',
          headers: { 'content-disposition': attachment(name) },
          body: await reader.annotations(source),
        };
      }),

    async readAnnotations({ params, query, actor }) {
      const recording = await getRecording(database, params.id);
      if (recording.info_sha256 === null)
        return notThere({
          reason: 'it is not read yet',
          ...(recording.status === 'importing' ? { retryAfterS: 2 } : {}),
        });
      await audit.append(actor, 'annotations.read', recording.id);
      const { offset = 0, limit = PAGE } = query;
      return {
        type: 'application/json',
        body: await reader.fileAnnotations(blobs.path(recording.info_sha256), offset, limit),
      };
    },

    async correctBeats({ params, body, actor, request }) {
      const result = await findResult(context, params.id);
      if ('reason' in result) return notThere(result);
      const header = request.headers['if-match'];
      if (header === undefined)
        throw new ServiceFault(
          'precondition-required',
          `beats: If-Match is needed, with the ETag of what you looked at; it is ${result.etag} now`,
        );
      checkMatch(header, result);
      return append(result, actor, body.changes, body.comment ?? null, true);
    },

    async listCorrections({ params, actor }) {
      const result = await findResult(context, params.id);
      if ('reason' in result) {
        await audit.append(actor, 'corrections.read', params.id);
        return { body: { revision: 0, corrections: [] } };
      }
      await audit.append(actor, 'corrections.read', params.id);
      return {
        headers: { etag: result.etag },
        body: { revision: result.revision, corrections: result.source.corrections },
      };
    },

    async undoCorrection({ params, actor, request }) {
      const result = await findResult(context, params.id);
      if ('reason' in result) return notThere(result);
      const header = request.headers['if-match'];
      if (header !== undefined) checkMatch(header, result);
      const { corrections } = result.source;
      if (!corrections.some(({ revision }) => revision === params.revision))
        throw new EcgError('not-found', `corrections: there is no revision ${params.revision}`);
      if (undoneRevisions(corrections).has(params.revision))
        throw new ServiceFault('conflict', `corrections: revision ${params.revision} is undone already`);
      return append(result, actor, [{ kind: 'undo', revision: params.revision }], null, header !== undefined);
    },
  };
}

function checkMatch(header: string, { etag }: FoundResult): void {
  if (!names(header, etag))
    throw new ServiceFault(
      'precondition-failed',
      `corrections: somebody changed the beats meanwhile; read them again, their ETag is ${etag} now`,
    );
}

/** Whether a header of tags names one, or any. */
function names(header: string | undefined, etag: string): boolean {
  return (header ?? '')
    .split(',')
    .some((tag) => tag.trim() === '*' || tag.trim().replace(/^W\//, '') === etag);
}
