import type { FastifyReply } from 'fastify';

/** The signals of requests under way: each fires when its client has gone, its time is up or the server closes. */
export interface AskedSignals {
  /** Made when first asked for: most requests are answered before anybody looks. */
  of(reply: FastifyReply): AbortSignal;
  /** Fires the signal of one request, if anybody holds it. */
  abort(reply: FastifyReply, reason: Error): void;
  /** Fires those of hijacked replies (they would never end), or of all. */
  abortAll(which: 'hijacked' | 'all', reason: Error): void;
}

export function createAskedSignals(): AskedSignals {
  const controllers = new Map<FastifyReply, AbortController>();
  return {
    of(reply) {
      const known = controllers.get(reply);
      if (known !== undefined) return known.signal;
      const controller = new AbortController();
      controllers.set(reply, controller);
      const gone = () => {
        controllers.delete(reply);
        if (!reply.raw.writableFinished) controller.abort(new Error('the client has gone'));
      };
      if (reply.raw.destroyed) gone();
      // A WebSocket has no answer to end: its connection is what closes.
      else (reply.request.ws ? reply.raw.socket : reply.raw)?.once('close', gone);
      return controller.signal;
    },
    abort(reply, reason) {
      controllers.get(reply)?.abort(reason);
    },
    abortAll(which, reason) {
      for (const [reply, controller] of controllers) {
        if (which === 'all' || reply.sent) controller.abort(reason);
      }
    },
  };
}
