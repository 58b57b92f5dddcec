import type * as v from 'valibot';
import { ServerConfigSchema } from './config.js';

/** One option of the configuration by its ways of being named. */
export interface Setting {
  /** `limits.requestsPerMinute`, as in the file. */
  readonly path: string;
  /** `ECTOPY_SERVER_LIMITS_REQUESTS_PER_MINUTE`. */
  readonly variable: string;
  readonly kind: 'text' | 'number' | 'flag' | 'list';
  readonly nullable: boolean;
}

/** Prefix of the variables of the environment that belong to the server; one that starts so and is unknown is a fault. */
export const VARIABLE_PREFIX = 'ECTOPY_SERVER_';

const KINDS: Readonly<Record<string, Setting['kind']>> = {
  string: 'text',
  picklist: 'text',
  number: 'number',
  boolean: 'flag',
  array: 'list',
};

/** Every option there is, as the schema of the configuration has them. */
export const SETTINGS: readonly Setting[] = settingsOf(ServerConfigSchema, []);

/** The parts of a schema that a walk through it needs. */
interface Walked {
  readonly type: string;
  readonly wrapped?: v.GenericSchema;
  readonly entries?: Readonly<Record<string, v.GenericSchema>>;
}

function settingsOf(schema: v.GenericSchema, path: readonly string[], nullable = false): Setting[] {
  const { type, wrapped, entries } = schema as unknown as Walked;
  if (wrapped !== undefined) return settingsOf(wrapped, path, nullable || type === 'nullable');
  if (entries !== undefined)
    return Object.entries(entries).flatMap(([key, entry]) => settingsOf(entry, [...path, key]));
  const kind = KINDS[type];
  if (kind === undefined) throw new Error(`no setting can be of type ${type}: ${path.join('.')}`);
  const variable = path
    .map((part) => part.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase())
    .join('_');
  return [{ path: path.join('.'), variable: `${VARIABLE_PREFIX}${variable}`, kind, nullable }];
}
