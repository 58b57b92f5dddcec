import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const src = fileURLToPath(new URL('../src', import.meta.url));

/** The import table of docs/architecture.md: a folder and the folders it may import. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  core: [],
  dsp: ['core'],
  formats: ['core', 'dsp'],
  ecg: ['core', 'dsp'],
  nn: ['core'],
  models: ['core', 'dsp', 'ecg', 'nn'],
  evaluation: ['core', 'ecg'],
  training: ['core', 'dsp', 'formats', 'ecg', 'nn', 'models', 'evaluation'],
  explain: ['core', 'nn', 'models'],
  analysis: ['core', 'dsp', 'ecg', 'nn', 'models'],
  report: ['core', 'ecg'],
  server: ['core', 'dsp', 'formats', 'ecg', 'nn', 'models', 'explain', 'analysis', 'report'],
  cli: [
    'core',
    'dsp',
    'formats',
    'ecg',
    'nn',
    'models',
    'evaluation',
    'training',
    'explain',
    'analysis',
    'report',
    'server',
  ],
};

/** npm packages and the only folders that may use them. */
const PACKAGES: Readonly<Record<string, readonly string[]>> = {
  'onnxruntime-node': ['nn'],
  'onnxruntime-web': ['nn'],
  'onnxruntime-common': ['nn'],
  protobufjs: ['nn'],
  'fast-png': ['formats'],
  'jpeg-js': ['formats'],
  commander: ['cli'],
  fastify: ['server'],
  '@fastify/multipart': ['server'],
  '@fastify/rate-limit': ['server'],
  '@fastify/websocket': ['server'],
  '@tus/server': ['server'],
  '@tus/file-store': ['server'],
  ws: ['server'],
  kysely: ['server'],
  libsql: ['server'],
  pg: ['server'],
  '@nats-io/jetstream': ['server'],
  '@nats-io/transport-node': ['server'],
  jose: ['server'],
  pino: ['server'],
  'prom-client': ['server'],
  'tar-stream': ['server'],
  '@opentelemetry/api': ['server'],
  'openapi-fetch': ['server'],
  pdfmake: ['report'],
};

interface Import {
  readonly file: string;
  readonly folder: string;
  readonly specifier: string;
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? filesBelow(path) : [path];
  });
}

function importsOf(file: string, text: string): Import[] {
  const folder = relative(src, file).split('/')[0] ?? '';
  const pattern = /(?:\bfrom\s*|\bimport\s*\(\s*|\bimport\s+)['"]([^'"]+)['"]/g;
  const code = text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');
  return [...code.matchAll(pattern)].map((m) => ({
    file: relative(src, file),
    folder,
    specifier: m[1] ?? '',
  }));
}

/** What is wrong with one import, or undefined. */
function fault({ file, folder, specifier }: Import): string | undefined {
  if (folder === 'index.ts') return undefined;
  const onPlatform =
    folder === 'cli' || folder === 'server' || /(^|\/)(node|browser|[\w-]+\.worker)\.ts$/.test(file);
  if (specifier.startsWith('node:')) {
    return onPlatform ? undefined : `${file}: ${specifier} belongs in a node.ts, cli or server`;
  }
  if (!specifier.startsWith('.')) {
    const name = specifier.startsWith('@')
      ? specifier.split('/').slice(0, 2).join('/')
      : specifier.split('/')[0];
    const rooms = PACKAGES[name ?? ''];
    return rooms === undefined || rooms.includes(folder) ? undefined : `${file}: ${name} belongs in ${rooms}`;
  }
  const target = relative(src, resolve(dirname(join(src, file)), specifier));
  const [room = ''] = target.split('/');
  if (room === folder) {
    const leavesForPlatform = /(^|\/)(node|browser)\.js$/.test(target) && !onPlatform;
    return leavesForPlatform ? `${file}: library code imports ${target}` : undefined;
  }
  if (target.startsWith('..')) return `${file}: ${specifier} leaves src`;
  if (!MAY_IMPORT[folder]?.includes(room)) return `${file}: ${folder} may not import ${room}`;
  const door =
    /^[^/]+\/index\.js$/.test(target) ||
    (onPlatform && /^[^/]+\/([\w-]+\/)?(node|browser)\.js$/.test(target));
  return door ? undefined : `${file}: ${target} is not the door of ${room}, import ${room}/index.js`;
}

const sources = filesBelow(src).filter((f) => /\.ts$/.test(f) && !/\.d\.ts$/.test(f));

describe('architecture', () => {
  it('every folder of src stands in the import table', () => {
    const folders = readdirSync(src).filter((name) => statSync(join(src, name)).isDirectory());
    expect(folders.filter((name) => MAY_IMPORT[name] === undefined)).toEqual([]);
  });

  it('docs/architecture.md shows the same table', () => {
    const page = readFileSync(join(src, '../docs/architecture.md'), 'utf8');
    const rows = [...page.matchAll(/^\| `src\/(\w+)` \|.*\| ([^|]+) \|$/gm)].map(
      ([, room = '', cell = '']) => [
        room,
        cell === '–' ? [] : cell === 'all' ? MAY_IMPORT['cli'] : cell.split(', '),
      ],
    );
    const folders = new Set(
      sources.flatMap((file) => relative(src, file).split('/').slice(0, -1).slice(0, 1)),
    );
    expect(Object.fromEntries(rows)).toEqual(
      Object.fromEntries([...folders].map((name) => [name, MAY_IMPORT[name]])),
    );
  });

  it('docs/architecture.svg shows the same folders', () => {
    const picture = readFileSync(join(src, '../docs/architecture.svg'), 'utf8');
    const shown = [...picture.matchAll(/class="name">(\w+)</g)].map(([, room]) => room);
    const folders = readdirSync(src).filter((name) => statSync(join(src, name)).isDirectory());
    expect(shown.sort()).toEqual(folders.sort());
  });

  it('the table has no cycle', () => {
    const above = (room: string, seen: readonly string[]): string[] =>
      (MAY_IMPORT[room] ?? []).flatMap((next) =>
        seen.includes(next) ? [`${room} → ${next}`] : above(next, [...seen, next]),
      );
    expect(Object.keys(MAY_IMPORT).flatMap((room) => above(room, [room]))).toEqual([]);
  });

  it('no import breaks the table', () => {
    const library = sources.filter((f) => !f.endsWith('.test.ts'));
    const imports = library.flatMap((file) => importsOf(file, readFileSync(file, 'utf8')));
    expect(imports.length).toBeGreaterThan(20);
    expect(imports.map(fault).filter((f) => f !== undefined)).toEqual([]);
  });

  it('notices each kind of breach', () => {
    const breach = (file: string, specifier: string) =>
      fault({ file, folder: file.split('/')[0] ?? '', specifier });
    expect(breach('dsp/fir.ts', '../ecg/index.js')).toContain('may not import');
    expect(breach('ecg/detect.ts', '../dsp/fir.js')).toContain('not the door');
    expect(breach('formats/open.ts', 'node:fs')).toContain('node.ts');
    expect(breach('formats/open.ts', './node.js')).toContain('library code imports');
    expect(breach('analysis/analyze.ts', 'onnxruntime-node')).toContain('belongs in');
    expect(breach('ecg/detect.ts', '../dsp/index.js')).toBeUndefined();
  });

  it('no file of the library is longer than 400 lines, but what is generated', () => {
    const long = sources
      .filter((f) => !f.endsWith('/server/client/openapi.ts'))
      .filter((f) => !f.endsWith('.test.ts'))
      .map((f) => ({ file: relative(src, f), lines: readFileSync(f, 'utf8').split('\n').length }))
      .filter(({ lines }) => lines > 401);
    expect(long).toEqual([]);
  });

  it('no folder is a drawer for leftovers', () => {
    const folders = sources.flatMap((f) => relative(src, f).split('/').slice(0, -1));
    expect(folders.filter((name) => ['utils', 'util', 'helpers', 'common', 'misc'].includes(name))).toEqual(
      [],
    );
  });
});
