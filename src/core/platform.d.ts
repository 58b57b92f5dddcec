// What Node, every browser and every worker share but ECMAScript's own types leave out.
// The library folders may use these and nothing else of a platform.

declare class TextDecoder {
  constructor(label?: string, options?: { fatal?: boolean });
  decode(input?: ArrayBufferView | ArrayBuffer, options?: { stream?: boolean }): string;
}

declare class TextEncoder {
  encode(input: string): Uint8Array<ArrayBuffer>;
}

declare function setTimeout(callback: () => void, ms?: number): unknown;

/** Node has it, browsers do not. */
declare const setImmediate: ((callback: () => void) => unknown) | undefined;

interface MessagePort {
  onmessage: (() => void) | null;
  postMessage(message: unknown): void;
  close(): void;
}

declare class MessageChannel {
  readonly port1: MessagePort;
  readonly port2: MessagePort;
}

declare const performance: { now(): number };
