import { createHash } from 'node:crypto';
import { createRemoteJWKSet, errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose';
import * as v from 'valibot';
import type { ServerConfig } from '../config.js';
import { ServiceFault } from '../fault.js';
import { type Actor, ROLES, type Role } from './actor.js';

type OidcConfig = NonNullable<ServerConfig['access']['oidc']>;

/** Asymmetric only: a symmetric one would let anybody who can verify also sign. */
const ALGORITHMS = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'EdDSA'];
/** s by which clocks may differ. */
const CLOCK_TOLERANCE = 60;
/** ms that the issuer may take to answer. */
const PATIENCE = 5000;

/** jose's codes for an issuer whose keys cannot be fetched, which is no fault of the token. */
const CANNOT_ASK: ReadonlySet<string> = new Set([errors.JOSEError.code, errors.JWKSTimeout.code]);

const DiscoverySchema = v.object({ issuer: v.string(), jwks_uri: v.pipe(v.string(), v.url()) });

/** Who holds an access token. */
export type TokenReader = (token: string) => Promise<Actor>;

/**
 * Reads access tokens (JWT, RFC 9068) of one OpenID Connect issuer; its keys are fetched when the first token comes,
 * kept, and fetched again when a token names one that is not known.
 *
 * @param now  ms since 1970
 */
export function createTokenReader(config: OidcConfig, now: () => number): TokenReader {
  let keys: Promise<JWTVerifyGetKey> | undefined;
  const known = async (): Promise<JWTVerifyGetKey> => {
    keys ??= discoverKeys(config.issuer);
    try {
      return await keys;
    } catch (fault) {
      // The next token asks again.
      keys = undefined;
      throw fault;
    }
  };
  return async (token) => {
    const payload = await verify(token, await known(), config, now);
    const role = roleOf(payload, config);
    if (role === undefined)
      throw new ServiceFault(
        'forbidden',
        `access: the token's claim ${config.roleClaim} names none of the roles ${Object.values(config.roles).join(', ')}`,
      );
    return { id: `oidc:${subjectHash(payload)}`, kind: 'oidc', role };
  };
}

async function discoverKeys(issuer: string): Promise<JWTVerifyGetKey> {
  const address = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  try {
    const answer = await fetch(address, { signal: AbortSignal.timeout(PATIENCE), redirect: 'error' });
    if (!answer.ok) throw new Error(`it answered ${answer.status}`);
    const found = v.parse(DiscoverySchema, await answer.json());
    if (found.issuer !== issuer) throw new Error(`it calls itself ${found.issuer}`);
    return createRemoteJWKSet(new URL(found.jwks_uri), { timeoutDuration: PATIENCE });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new ServiceFault('unavailable', `access: the issuer of tokens cannot be asked: ${reason}`, {
      retryAfterS: 5,
      cause,
    });
  }
}

async function verify(
  token: string,
  keys: JWTVerifyGetKey,
  { issuer, audience }: OidcConfig,
  now: () => number,
): Promise<JWTPayload> {
  try {
    const { payload } = await jwtVerify(token, keys, {
      issuer,
      audience,
      algorithms: ALGORITHMS,
      clockTolerance: CLOCK_TOLERANCE,
      currentDate: new Date(now()),
      requiredClaims: ['sub', 'exp'],
    });
    return payload;
  } catch (cause) {
    if (!(cause instanceof errors.JOSEError) || CANNOT_ASK.has(cause.code))
      throw new ServiceFault('unavailable', 'access: the issuer of tokens does not answer', {
        retryAfterS: 5,
        cause,
      });
    throw new ServiceFault('unauthorized', `access: the token is not valid: ${cause.message}`, { cause });
  }
}

/** The highest of our roles that a claim names, as one text or a list. */
function roleOf(payload: JWTPayload, { roleClaim, roles }: OidcConfig): Role | undefined {
  let claim: unknown = payload;
  for (const part of roleClaim.split('.')) {
    claim =
      typeof claim === 'object' && claim !== null && Object.hasOwn(claim, part)
        ? (claim as Record<string, unknown>)[part]
        : undefined;
  }
  const named = typeof claim === 'string' ? claim.split(' ') : Array.isArray(claim) ? claim : [];
  return [...ROLES].reverse().find((role) => named.includes(roles[role]));
}

/** A subject is often an address or a name: the log keeps a hash. */
function subjectHash({ iss, sub }: JWTPayload): string {
  return createHash('sha256').update(`${iss}\n${sub}`).digest('hex').slice(0, 32);
}
