import type { ServerContext } from '../context.js';
import type { PAGE_ROUTES } from '../contract/page.js';
import type { Answer, Handlers } from '../http/handler.js';
import { PAGE_POLICY } from '../http/security-headers.js';
import { PAGE_MARKUP } from '../page/markup.js';
import { PAGE_SCRIPT } from '../page/script.js';
import { PAGE_SHEET } from '../page/sheet.js';
import { resultReaderOf } from '../results/find-result.js';

/** Its own frames show reports of this server, and nothing else. */
const POLICY = `${PAGE_POLICY}; frame-src 'self'`;

/** Answers the routes of the page. */
export function pageHandlers(context: ServerContext): Handlers<typeof PAGE_ROUTES> {
  const reader = resultReaderOf(context);
  let sample: Promise<Uint8Array> | undefined;
  const file = (type: string, body: string): Answer => ({
    type,
    headers: { 'content-security-policy': POLICY, 'cache-control': 'no-cache' },
    body,
  });
  return {
    page: async () => file('text/html', PAGE_MARKUP),
    pageStyle: async () => file('text/css', PAGE_SHEET),
    pageScript: async () => file('text/javascript', PAGE_SCRIPT),
    async sample() {
      sample ??= reader.sample();
      sample.catch(() => {
        sample = undefined;
      });
      return {
        type: 'text/csv',
        headers: { 'content-disposition': 'attachment; filename="sample.csv"' },
        body: await sample,
      };
    },
  };
}
