import type { Socket } from 'node:net';

/** Bytes of all headers of a request. */
export const LARGEST_HEADERS = 16 * 1024;
/** ms for the headers of a request. */
export const HEADERS_MS = 15_000;

/** What is no HTTP, or breaks a limit before there is a request. */
export function answerBrokenRequest(fault: Error & { readonly code?: string }, socket: Socket): void {
  if (fault.code === 'ECONNRESET' || socket.destroyed || !socket.writable) {
    socket.destroy();
    return;
  }
  const [status, title, code, detail] =
    fault.code === 'HPE_HEADER_OVERFLOW'
      ? [
          431,
          'Request Header Fields Too Large',
          'too-large',
          `request: its headers are longer than ${LARGEST_HEADERS} bytes`,
        ]
      : fault.code === 'ERR_HTTP_REQUEST_TIMEOUT'
        ? [
            408,
            'Request Timeout',
            'timed-out',
            `request: its headers did not come within ${HEADERS_MS / 1000} s`,
          ]
        : [400, 'Bad Request', 'bad-option', 'request: this is not HTTP as RFC 9112 describes it'];
  const problem = JSON.stringify({ type: 'about:blank', title, status, detail, code });
  socket.end(
    `HTTP/1.1 ${status} ${title}\r\ncontent-type: application/problem+json\r\nx-content-type-options: nosniff\r\n` +
      `content-length: ${Buffer.byteLength(problem)}\r\nconnection: close\r\n\r\n${problem}`,
  );
}
