import type { ErrorCode } from '../../core/index.js';
import type { Tensor } from '../runtime.js';

/** What the thread of the networks is asked; each carries the number its answer will have. */
export type Request = { readonly id: number } & (
  | { readonly kind: 'open'; readonly model: Uint8Array; readonly training: boolean }
  | { readonly kind: 'run'; readonly session: number; readonly inputs: Readonly<Record<string, Tensor>> }
  | { readonly kind: 'release'; readonly session: number }
);

/** What it answers. */
export type Answer = { readonly id: number } & (
  | { readonly kind: 'opened'; readonly inputs: readonly string[]; readonly outputs: readonly string[] }
  | { readonly kind: 'ran'; readonly outputs: Record<string, Tensor> }
  | { readonly kind: 'released' }
  | { readonly kind: 'failed'; readonly code: ErrorCode | undefined; readonly message: string }
);
