import pino, { type DestinationStream, type Logger } from 'pino';
import type { ServerConfig } from '../config.js';

/** Keys whose values may name a person or open a door, wherever they stand. */
const SECRET_KEYS = [
  'name',
  'fileName',
  'files',
  'patient',
  'authorization',
  'cookie',
  'secret',
  'key',
  'token',
  'url',
  'body',
  'query',
  'headers',
];

/**
 * The server's log: one JSON object a line, with ids, counts and durations only. What people called their recordings
 * never reaches it: known places of names are blanked, and of a fault only its kind and the trace of our own code are kept.
 */
export function createLogger(level: ServerConfig['log'], destination?: DestinationStream): Logger {
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      redact: { paths: SECRET_KEYS.flatMap((key) => [key, `*.${key}`, `*.*.${key}`]), censor: '[withheld]' },
      serializers: { err: describeFault, error: describeFault, req: () => undefined, res: () => undefined },
    },
    destination ?? pino.destination(2),
  );
}

/**
 * What the log keeps of a fault. Messages quote file names and lines of files, so only kind, code and the places in the
 * code remain: enough to find a bug, and no patient.
 */
function describeFault(fault: unknown): Record<string, unknown> {
  if (!(fault instanceof Error)) return { kind: typeof fault };
  // The message stands at the head of the trace, and may itself look like one.
  const places = (fault.stack ?? '')
    .replace(fault.message, '')
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .map((line) => line.trim().replace(/^at /, ''))
    .slice(0, 12);
  return {
    kind: fault.name === 'Error' ? fault.constructor.name : fault.name,
    ...('code' in fault && /^[A-Za-z0-9_-]{1,64}$/.test(String(fault.code))
      ? { code: String(fault.code) }
      : {}),
    at: places,
    ...(fault.cause === undefined ? {} : { cause: describeFault(fault.cause) }),
  };
}
