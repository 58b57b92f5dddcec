import type { Server } from 'node:http';
import type { Socket } from 'node:net';

/** Ends connections that Node leaves open when a server closes. */
export interface OpenConnections {
  /** Those that no request uses at the moment, those that never sent one among them. */
  endQuiet(): void;
  /** All, WebSockets too. */
  endAll(): void;
}

export function openConnections(server: Server): OpenConnections {
  const all = new Set<Socket>();
  const requests = new Map<Socket, number>();
  const change = (socket: Socket, by: number) => {
    const now = requests.get(socket);
    if (now !== undefined) requests.set(socket, now + by);
  };
  server.on('connection', (socket) => {
    requests.set(socket, 0);
    all.add(socket);
    socket.once('close', () => {
      requests.delete(socket);
      all.delete(socket);
    });
  });
  server.on('request', ({ socket }, response) => {
    change(socket, 1);
    response.once('close', () => change(socket, -1));
  });
  // WebSockets are said goodbye to by those who hold them.
  server.on('upgrade', ({ socket }) => requests.delete(socket));
  return {
    endQuiet() {
      for (const [socket, count] of requests) if (count === 0) socket.destroy();
    },
    endAll() {
      for (const socket of all) socket.destroy();
    },
  };
}
