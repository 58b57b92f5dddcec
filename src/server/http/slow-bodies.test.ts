import { createServer, type IncomingMessage } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { dieOfSilence } from './body-silence.js';
import { readJson } from './read-json.js';

const opened: { close(): void }[] = [];
afterEach(() => {
  for (const each of opened.splice(0)) each.close();
});

/** A request whose body has begun and never ends, and the client that sends it. */
async function unfinished(beginning: string): Promise<{ request: IncomingMessage; client: Socket }> {
  const server = createServer();
  opened.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const asked = new Promise<IncomingMessage>((resolve) => server.once('request', resolve));
  const client = connect((server.address() as AddressInfo).port, '127.0.0.1');
  opened.push({ close: () => client.destroy() });
  client.on('error', () => {});
  client.write(`POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n${beginning}`);
  return { request: await asked, client };
}

describe('a body that does not come', () => {
  it('as JSON is given up, however often a byte of it comes', async () => {
    const { request, client } = await unfinished('{"a":');
    const dribble = setInterval(() => client.write(' '), 10);
    opened.push({ close: () => clearInterval(dribble) });
    const began = performance.now();
    await expect(readJson(request, 1000, 120)).rejects.toMatchObject({ code: 'timed-out' });
    expect(performance.now() - began).toBeGreaterThan(100);
  });

  it('as JSON is given up when its client leaves', async () => {
    const { request, client } = await unfinished('{"a":');
    const read = readJson(request, 1000, 20_000);
    client.destroy();
    await expect(read).rejects.toMatchObject({ code: 'cancelled' });
  });

  it('as bytes ends the connection after a silence, not before', async () => {
    const { request, client } = await unfinished('abc');
    const over = new Promise<number>((resolve) => client.once('close', () => resolve(performance.now())));
    dieOfSilence(request, 300);
    request.resume();
    let last = 0;
    for (let i = 0; i < 6; i++) {
      client.write('x');
      last = performance.now();
      await new Promise((resolve) => setTimeout(resolve, 80));
    }
    // It was never silent for so long, and only now it is.
    expect(request.socket.destroyed).toBe(false);
    expect((await over) - last).toBeGreaterThan(250);
  });
});
