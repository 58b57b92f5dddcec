import { once } from 'node:events';
import { createServer, request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import type { FastifyRequest } from 'fastify';
import { expect, it } from 'vitest';
import { contextOf } from '../../../tests/server-context.js';
import { receiveFiles } from './receive-files.js';

it('a body that breaks off before anybody reads it is told to who reads, and ends nothing else', async () => {
  const { config } = contextOf();
  const received: Promise<unknown>[] = [];
  const server = createServer((raw) => {
    const request = { raw, headers: raw.headers } as unknown as FastifyRequest;
    received.push(
      receiveFiles(request, config, 'slow', async (bytes) => {
        await pause(100);
        let length = 0;
        for await (const piece of bytes) length += (piece as Uint8Array).length;
        return { bytes: length, kept: null };
      }).catch((fault: unknown) => fault),
    );
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const client = httpRequest({ port, method: 'POST', headers: { 'content-length': 1_000_000 } });
  client.on('error', () => undefined);
  client.write(new Uint8Array(1000));
  await pause(30);
  client.destroy();
  while (received.length === 0) await pause(5);
  expect(await received[0]).toMatchObject({ code: 'cancelled' });
  server.close();
});
