import { Agent, request } from 'node:http';

/** What a steady load measured. */
export interface Steady {
  /** ms from the moment a request was due to its whole answer, one a request, ascending. */
  readonly latencies: Float64Array;
  readonly failures: number;
}

/** ms between two looks at the clock. */
const TICK = 1;
const CONNECTIONS = 64;

/**
 * Requests at a constant rate, whether the server answers or not: time counts from the moment a request was due, so that
 * a server that stalls is charged for all who would have come meanwhile (coordinated omission).
 *
 * @param rate     requests a second
 * @param seconds  of the load
 * @param from     s at the begin that are not counted
 */
export async function steadyLoad(
  address: string,
  bodies: readonly string[],
  rate: number,
  seconds: number,
  from: number,
): Promise<Steady> {
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  const total = Math.round(rate * seconds);
  const latencies: number[] = [];
  let failures = 0;
  let answered = 0;
  const begin = performance.now();
  await new Promise<void>((resolve) => {
    let sent = 0;
    const send = (k: number) => {
      const due = begin + (k * 1000) / rate;
      const body = bodies[k % bodies.length] as string;
      const end = (right: boolean) => {
        if (!right) failures++;
        else if (due - begin >= from * 1000) latencies.push(performance.now() - due);
        if (++answered === total) resolve();
      };
      const post = request(
        `${address}/predict`,
        {
          agent,
          method: 'POST',
          headers: { 'content-type': 'application/json', 'content-length': body.length },
        },
        (response) => {
          let text = '';
          response.setEncoding('utf8').on('data', (part: string) => {
            text += part;
          });
          response.on('end', () => end(response.statusCode === 200 && text.includes('"arrhythmia_prob":')));
        },
      );
      post.on('error', () => end(false));
      post.end(body);
    };
    const timer = setInterval(() => {
      const due = Math.min(total, Math.floor(((performance.now() - begin) * rate) / 1000) + 1);
      while (sent < due) send(sent++);
      if (sent === total) clearInterval(timer);
    }, TICK);
  });
  agent.destroy();
  return { latencies: Float64Array.from(latencies).sort(), failures };
}
