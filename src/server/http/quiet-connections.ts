import type { Server } from 'node:http';
import type { Socket } from 'node:net';

/**
 * What ends the connections of a server that no request uses at the moment, those that never sent one among them, which
 * Node takes for busy.
 */
export function quietConnections(server: Server): () => void {
  const requests = new Map<Socket, number>();
  const change = (socket: Socket, by: number) => {
    const now = requests.get(socket);
    if (now !== undefined) requests.set(socket, now + by);
  };
  server.on('connection', (socket) => {
    requests.set(socket, 0);
    socket.once('close', () => requests.delete(socket));
  });
  server.on('request', ({ socket }, response) => {
    change(socket, 1);
    response.once('close', () => change(socket, -1));
  });
  // WebSockets are said goodbye to by those who hold them.
  server.on('upgrade', ({ socket }) => requests.delete(socket));
  return () => {
    for (const [socket, count] of requests) if (count === 0) socket.destroy();
  };
}
