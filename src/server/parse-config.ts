import * as v from 'valibot';
import { EcgError } from '../core/index.js';
import { type ServerConfig, ServerConfigSchema } from './config.js';
import { SETTINGS, type Setting, VARIABLE_PREFIX } from './config-settings.js';

/** Where a configuration comes from; what stands further down wins. */
export interface ConfigSources {
  /** The text of a JSON file, and its name for messages. */
  readonly file?: { readonly name: string; readonly text: string };
  /** `process.env`: `ECTOPY_SERVER_PORT=8080`; lists are separated by commas, nothing is null. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** Dotted names of the command line: `{ port: 8080, 'access.mode': 'keys' }`. */
  readonly flags?: Readonly<Record<string, unknown>>;
}

/** A tree of options as JSON has it. */
type Tree = { [key: string]: unknown };

/**
 * The configuration of a server, whole and checked.
 *
 * @throws EcgError `bad-option` with every fault of every source: unknown names, wrong types, and what would open the
 *   server to strangers
 */
export function parseConfig({ file, environment = {}, flags = {} }: ConfigSources): ServerConfig {
  const faults: string[] = [];
  const tree: Tree = file === undefined ? {} : treeOfFile(file, faults);
  const places = new Map<string, string>();
  for (const [name, text] of Object.entries(environment)) {
    if (text === undefined || !name.startsWith(VARIABLE_PREFIX)) continue;
    const setting = SETTINGS.find(({ variable }) => variable === name);
    if (setting === undefined) faults.push(`${name}: there is no such option`);
    else put(tree, setting.path, meaningOf(setting, text), places, name);
  }
  for (const [path, value] of Object.entries(flags)) {
    if (value !== undefined) put(tree, path, value, places, `--${path}`);
  }
  const result = v.safeParse(ServerConfigSchema, tree);
  for (const issue of result.issues ?? []) {
    const path = v.getDotPath(issue) ?? '';
    const place = places.get(path) ?? (file === undefined ? path : `${path} (${file.name})`);
    faults.push(`${place}: ${issue.type === 'strict_object' ? 'there is no such option' : issue.message}`);
  }
  if (result.success) faults.push(...dangers(result.output));
  if (faults.length > 0 || !result.success)
    throw new EcgError('bad-option', `serve: ${faults.length === 1 ? '' : '\n  '}${faults.join('\n  ')}`);
  return result.output;
}

function treeOfFile(
  { name, text }: { readonly name: string; readonly text: string },
  faults: string[],
): Tree {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Tree;
    faults.push(`${name}: expected a JSON object`);
  } catch (fault) {
    faults.push(`${name}: ${fault instanceof Error ? fault.message : 'no JSON'}`);
  }
  return {};
}

/** What a variable's text means; a wrong one stays as it is, and the schema says what is wrong with it. */
function meaningOf({ kind, nullable }: Setting, text: string): unknown {
  if (text === '' && nullable) return null;
  if (kind === 'number') return /^\d+(\.\d+)?$/.test(text) ? Number(text) : text;
  if (kind === 'flag') return text === 'true' ? true : text === 'false' ? false : text;
  if (kind === 'list') return text === '' ? [] : text.split(',').map((item) => item.trim());
  return text;
}

function put(tree: Tree, path: string, value: unknown, places: Map<string, string>, place: string): void {
  const parts = path.split('.');
  const last = parts.pop() ?? '';
  let branch = tree;
  for (const part of parts) {
    const next = branch[part];
    const grown = typeof next === 'object' && next !== null && !Array.isArray(next) ? { ...next } : {};
    branch[part] = grown;
    branch = grown as Tree;
  }
  branch[last] = value;
  places.set(path, place);
}

/** What is well-formed and must not run. */
function dangers({ host, access, database, nats, traces, limits }: ServerConfig): string[] {
  const faults: string[] = [];
  if (access.mode === 'none' && !isLoopback(host))
    faults.push(
      `host: ${host} is reached by others, and nobody would be asked who they are; set access.mode to keys (make one with "ectopy keys create") or keep 127.0.0.1`,
    );
  if (access.mode.includes('oidc') && access.oidc === null)
    faults.push('access.oidc: the mode needs its issuer and audience');
  for (const origin of access.origins) {
    if (!/^https?:\/\/[^/\s*]+$/.test(origin))
      faults.push(`access.origins: ${origin} is no origin; write it as https://name.example`);
  }
  for (const name of access.hosts) {
    if (!/^(\[[0-9a-fA-F:.]+\]|[A-Za-z0-9._-]+)(:\d+)?$/.test(name))
      faults.push(`access.hosts: ${name} is no host name; write it without protocol and path`);
  }
  if (!/^(sqlite:|postgres(ql)?:\/\/)/.test(database)) faults.push('database: use sqlite: or postgres://…');
  if (nats !== null && !/^(nats|tls):\/\//.test(nats)) faults.push('nats: use nats://host:port');
  if (traces !== null && !/^https?:\/\//.test(traces))
    faults.push('traces: use http://host:port or https://…');
  if (limits.json === 0) faults.push('limits.json: no request could be made with 0');
  return faults;
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);
}
