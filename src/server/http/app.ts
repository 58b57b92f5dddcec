import { randomUUID } from 'node:crypto';
import multipart from '@fastify/multipart';
import rateLimit from '@fastify/rate-limit';
import websocket from '@fastify/websocket';
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type { WebSocket } from 'ws';
import { EcgError } from '../../core/index.js';
import type { ServerContext } from '../context.js';
import type { Problem } from '../contract/faults.js';
import type { Route } from '../contract/route.js';
import type { RequestSpan } from '../observe/traces.js';
import { type AskedSignals, createAskedSignals } from './asked-signal.js';
import { dieOfSilence } from './body-silence.js';
import { answerBrokenRequest, HEADERS_MS, LARGEST_HEADERS } from './broken-request.js';
import { withinDeadline } from './deadline.js';
import type { Asked } from './handler.js';
import { checkHandshake } from './handshake.js';
import { createIdentify, type Identify } from './identify.js';
import { limitRequests } from './limit-requests.js';
import { checkLength, checkMediaType } from './media-type.js';
import { createNotFound } from './not-found.js';
import { openConnections } from './open-connections.js';
import { createOriginGuard } from './origin-guard.js';
import { refuse } from './problem.js';
import { readJson } from './read-json.js';
import { type AnyHandler, RESOURCES, type Resource } from './resources.js';
import { SECURITY_HEADERS } from './security-headers.js';
import { sendAnswer } from './send-answer.js';
import { dropBody } from './unwanted-body.js';
import { validate } from './validate.js';

/** Bytes of a message of a WebSocket. */
const LARGEST_MESSAGE = 2 ** 20;
/** ms for a JSON body, and for the next bytes of another. */
const JSON_BODY_MS = 30_000;
const SILENCE_MS = 60_000;
const KEEP_ALIVE_MS = 30_000;
/** ms that requests under way get when the server closes. */
const GRACE_MS = 5_000;
/** Of a body whose rest is read and dropped after a refusal; after longer ones the connection is closed. */
const LARGEST_LEFT_OVER = 2 ** 20;

declare module 'fastify' {
  interface FastifyContextConfig {
    route?: Route;
  }
}

/**
 * The server's interface as an application: every resource's routes, guarded, validated and answered. It listens when
 * it is told to, and answers `inject` without listening.
 *
 * @param resources  all of the interface when omitted
 */
export async function buildApp(
  context: ServerContext,
  resources: readonly Resource[] = RESOURCES,
): Promise<FastifyInstance> {
  const { config, metrics, log, traces } = context;
  const app = Fastify({
    logger: false,
    genReqId: () => randomUUID(),
    requestIdHeader: false,
    return503OnClosing: true,
    forceCloseConnections: 'idle',
    keepAliveTimeout: KEEP_ALIVE_MS,
    // Bodies have limits of their own: one for the whole would end large uploads.
    requestTimeout: 0,
    bodyLimit: Number.MAX_SAFE_INTEGER,
    http: { maxHeaderSize: LARGEST_HEADERS, headersTimeout: HEADERS_MS, requireHostHeader: false },
    routerOptions: { maxParamLength: 512, ignoreTrailingSlash: false },
    frameworkErrors: (fault, request, reply) => {
      answerFault(fault, request, reply as FastifyReply);
    },
    clientErrorHandler: answerBrokenRequest,
  });
  // Ids, patterns and counts only: looking for names in each of these lines would cost more than all the rest of it.
  const requestLog = log.child({}, { redact: [] });
  const connections = openConnections(app.server);
  const signals = createAskedSignals();
  const guard = createOriginGuard(config);
  const identify = createIdentify(context);
  const notFound = createNotFound(resources.flatMap(({ routes }) => Object.values(routes)));

  const answerFault = (fault: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    const { problem, headers } = refuse(fault, request.id);
    if (problem.code === 'internal') log.error({ id: request.id, err: fault }, 'internal error');
    signals.abort(reply, new Error(problem.code));
    const left = Number(
      request.headers['content-length'] ?? (request.headers['transfer-encoding'] ? Infinity : 0),
    );
    if (!request.raw.complete) {
      if (left > LARGEST_LEFT_OVER) reply.header('connection', 'close');
      // Whoever read it may have stopped in the middle; the next request comes after its end.
      request.raw.unpipe().resume();
    } else request.raw.resume();
    // A connection that asked to be upgraded is no longer Node's to close.
    if (request.headers.upgrade !== undefined) {
      reply.header('connection', 'close');
      reply.raw.once('finish', () => request.socket.end());
    }
    return reply
      .code(problem.status)
      .headers({ ...SECURITY_HEADERS, ...headers })
      .type('application/problem+json')
      .send(JSON.stringify(inWordsOf(request.routeOptions.config.route, problem)));
  };

  // Bodies reach their routes unread: JSON is read by `readJson` with its limits, all else by the handler.
  app.removeAllContentTypeParsers();
  await app.register(multipart, {
    limits: {
      fileSize: config.limits.upload,
      files: config.limits.files,
      fields: 32,
      fieldSize: 65_536,
      parts: config.limits.files + 32,
      headerPairs: 50,
    },
  });
  app.addContentTypeParser('*', (_request, _payload, done) => done(null));
  await app.register(websocket, { options: { maxPayload: LARGEST_MESSAGE } });
  await app.register(rateLimit, { global: false });
  app.server.on('checkExpectation', (request, response) => app.server.emit('request', request, response));

  const spans = new WeakMap<FastifyRequest, RequestSpan>();
  if (traces !== undefined) {
    app.addHook('onRequest', async (request) => {
      const route = request.routeOptions.config.route;
      spans.set(
        request,
        traces.begin(route === undefined ? 'any' : request.method, route?.path ?? 'none', request.headers),
      );
    });
  }
  app.addHook('onRequest', async (request, reply) => {
    reply.headers(SECURITY_HEADERS).header('x-request-id', request.id);
    if (request.raw.url?.startsWith('/') !== true)
      throw new EcgError('bad-option', 'request: this is no proxy, ask for a path');
    if (guard.admit(request, reply)) return reply;
    if (request.ws) checkHandshake(request);
    return undefined;
  });
  app.addHook('onRequest', limitRequests(app, context, identify));
  app.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.config.route;
    const labels = {
      route: route?.path ?? 'none',
      method: route === undefined ? 'any' : request.method,
      status: reply.statusCode,
    };
    spans.get(request)?.end(reply.statusCode);
    metrics.requests.observe(labels, reply.elapsedTime / 1000);
    const level = route?.tag === 'system' ? 'debug' : 'info';
    requestLog[level]({ id: request.id, ...labels, ms: Math.round(reply.elapsedTime) }, 'request');
    done();
  });
  app.setErrorHandler((fault, request, reply) => answerFault(fault, request, reply));
  app.setNotFoundHandler((request, reply) =>
    answerFault(notFound(request.method, request.url.split('?', 1)[0]), request, reply),
  );
  app.addHook('preClose', (done) => {
    const closing = new Error('the server closes');
    signals.abortAll('hijacked', closing);
    connections.endQuiet();
    const grace = setTimeout(() => {
      signals.abortAll('all', closing);
      setTimeout(() => connections.endAll(), 1000).unref();
    }, GRACE_MS).unref();
    app.server.once('close', () => clearTimeout(grace));
    done();
  });

  for (const { routes, handlers } of resources) {
    const answering = handlers(context);
    for (const [operation, route] of Object.entries(routes)) {
      register(app, context, route, answering[operation], { identify, signals });
    }
  }
  return app;
}

interface Parts {
  readonly identify: Identify;
  readonly signals: AskedSignals;
}

function register(
  app: FastifyInstance,
  { config }: ServerContext,
  route: Route,
  answer: AnyHandler,
  { identify, signals }: Parts,
): void {
  const ask = async (request: FastifyRequest, reply: FastifyReply): Promise<Asked<Route>> => {
    const actor = await identify(request, route);
    const largest = route.largestBody ?? config.limits.json;
    let body: unknown;
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      checkMediaType(route, request.headers['content-type']);
      if (route.body !== undefined) body = await readJson(request.raw, largest, JSON_BODY_MS);
      else if (route.accepts === undefined) await dropBody(request.raw);
      else {
        checkLength(route.largestBody, request.headers['content-length']);
        dieOfSilence(request.raw, SILENCE_MS);
      }
    } else await dropBody(request.raw);
    const [params, query, parsed] = validate([
      { in: 'path', schema: route.params, value: request.params },
      { in: 'query', schema: route.query, value: request.query },
      { in: 'body', schema: route.body, value: body },
    ]);
    // The schemas of this one route made these; its handler knows their types.
    return {
      params: params as never,
      query: query as never,
      body: parsed as never,
      actor,
      get signal() {
        return signals.of(reply);
      },
      request,
      reply,
    };
  };
  const answerRoute = async (request: FastifyRequest, reply: FastifyReply) => {
    const answered = await withinDeadline(route, reply, signals, async () =>
      answer(await ask(request, reply)),
    );
    return answered === undefined ? reply : sendAnswer(reply, answered);
  };
  const url = route.path.replace(/\{([^}]+)\}/g, ':$1');
  const config_ = { route };
  if (route.socket === undefined) {
    app.route({ method: route.method, url, handler: answerRoute, config: config_ });
    return;
  }
  const asked = new WeakMap<FastifyRequest, Asked<Route>>();
  app.route({
    method: 'GET',
    url,
    config: config_,
    // Everything that can be refused is refused before the connection is upgraded.
    preHandler: async (request, reply) => {
      if (!request.ws) throw new EcgError('bad-option', 'request: open a WebSocket here');
      asked.set(request, await ask(request, reply));
    },
    handler: async () => undefined,
    wsHandler: (socket: WebSocket, request) => {
      const now = asked.get(request);
      if (now === undefined) socket.terminate();
      else void answer(now, socket);
    },
  });
}

/** A problem, with the member in which clients of the Open Inference Protocol look for words. */
function inWordsOf(route: Route | undefined, problem: Problem): Problem {
  return route?.tag === 'inference' ? { ...problem, error: problem.detail } : problem;
}
