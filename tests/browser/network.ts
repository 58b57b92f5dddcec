import type { BrowserContext } from 'playwright-core';

/** Everything that the pages of a browser asked of a network so far. */
export interface NetworkLog {
  /** Addresses in the order in which they were asked. */
  readonly requests: readonly string[];
  /** Requests that are more than asking for a file of `origin`. */
  strange(origin: string): string[];
}

/** Listens to all pages of a context, those still to come too. */
export function listenToNetwork(context: BrowserContext): NetworkLog {
  const requests: string[] = [];
  const withBody = new Set<string>();
  context.on('request', (request) => {
    requests.push(request.url());
    if (request.method() !== 'GET' || request.postData() !== null) withBody.add(request.url());
  });
  context.on('page', (page) => page.on('websocket', (socket) => requests.push(socket.url())));
  const ownData = /^(data|about):/;
  return {
    requests,
    strange: (origin) =>
      requests.filter(
        (url) =>
          (!url.startsWith(`${origin}/`) && !ownData.test(url)) || withBody.has(url) || /\?./.test(url),
      ),
  };
}
