import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** `ectopy_ID_SECRET`: the id finds the row, the secret of 256 random bits proves the holder. */
const TOKEN = /^ectopy_([a-z0-9]{16})_([A-Za-z0-9_-]{43})$/;

/** A new key, of which only the hash is kept. */
export interface NewKey {
  readonly id: string;
  /** Shown once. */
  readonly token: string;
  readonly hash: string;
}

export function createKey(): NewKey {
  const id = randomBytes(8).toString('hex');
  const token = `ectopy_${id}_${randomBytes(32).toString('base64url')}`;
  return { id, token, hash: hashOf(token) };
}

/** The id in a token, or undefined when it is no key of ours. */
export function keyIdOf(token: string): string | undefined {
  return TOKEN.exec(token)?.[1];
}

/** Whether a token is the one that was hashed; takes the same time for every wrong one. */
export function isToken(token: string, hash: string): boolean {
  const [own, kept] = [Buffer.from(hashOf(token), 'hex'), Buffer.from(hash, 'hex')];
  return own.length === kept.length && timingSafeEqual(own, kept);
}

/**
 * One round of SHA-256: what slow password hashes protect is little randomness, and a key has 256 bits of it.
 *
 * Source: NIST SP 800-63B, 5.1.2 (look-up secrets of at least 112 bits need no more than an approved hash).
 */
function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
