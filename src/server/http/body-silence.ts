import type { IncomingMessage } from 'node:http';

/** Ends the connection of a client that is silent in the middle of a body: half-open uploads hold files and memory. */
export function dieOfSilence(request: IncomingMessage, silenceMs: number): void {
  const { socket } = request;
  // Injected requests have a body and no connection.
  if (request.complete || socket.setTimeout === undefined) return;
  const die = () => socket.destroy();
  socket.setTimeout(silenceMs);
  socket.once('timeout', die);
  const heard = () => {
    socket.off('timeout', die);
    socket.setTimeout(0);
  };
  request.once('end', heard).once('close', heard);
}
