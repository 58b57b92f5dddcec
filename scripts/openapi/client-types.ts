import { createHash } from 'node:crypto';

/** Version of the generator, which needs a compiler of its own: TypeScript 7 has no interface for programs. */
const GENERATOR = ['-p', 'typescript@5.9.3', '-p', 'openapi-typescript@7.13.0'];

/** Arguments of npx that turn one file into the other. */
export function generatorArguments(document: string, types: string): string[] {
  return [
    '-y',
    ...GENERATOR,
    'openapi-typescript',
    document,
    '--output',
    types,
    '--immutable',
    '--alphabetize',
  ];
}

const MARK = '/** SHA-256 of the document these types were made from: ';

/** The body of a form, which the generator takes for any object. */
const FORM = /(["']multipart\/form-data["']): \{\s*readonly \[key: string\]: unknown;\s*\}/g;

/** The generated types with `FormData` for forms, and the mark that tells which document they belong to. */
export function markTypes(types: string, document: string): string {
  const generated = types.replace(/^\/\*\*[\s\S]*?\*\/\s*/, '').replace(FORM, '$1: FormData');
  return `${MARK}${hashOf(document)}; \`npx tsx scripts/openapi.ts\` makes them anew. */\n${generated}`;
}

/** Whether types were made from this document. */
export function areTypesOf(types: string, document: string): boolean {
  return types.startsWith(`${MARK}${hashOf(document)};`);
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
