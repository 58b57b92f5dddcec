/** ms after which an answer does not come any more. */
const PATIENCE = 30_000;

/** An answer with its JSON, or undefined where the connection broke off: nobody knows then what was done. */
export interface Answered {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

/** A request to a server that may be killed in the middle of it. */
export async function request(url: string, init: RequestInit = {}): Promise<Answered | undefined> {
  try {
    const answer = await fetch(url, { ...init, signal: AbortSignal.timeout(PATIENCE) });
    const text = await answer.text();
    const isJson = (answer.headers.get('content-type') ?? '').includes('json');
    return {
      status: answer.status,
      headers: answer.headers,
      body: isJson && text !== '' ? JSON.parse(text) : text,
    };
  } catch (fault) {
    // undici says "fetch failed" for a connection that broke off, a TypeError by the standard.
    if (fault instanceof TypeError || isTimeout(fault)) return undefined;
    throw fault;
  }
}

/** Bytes of an answer, or undefined where there is none or not all of it comes. */
export async function download(url: string): Promise<Uint8Array | undefined> {
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(PATIENCE) });
    return answer.ok ? new Uint8Array(await answer.arrayBuffer()) : undefined;
  } catch (fault) {
    if (fault instanceof TypeError || isTimeout(fault)) return undefined;
    throw fault;
  }
}

const isTimeout = (fault: unknown) => fault instanceof DOMException && fault.name === 'TimeoutError';
