import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Ajv, type ValidateFunction } from 'ajv';

const require = createRequire(import.meta.url);
let compiled: ValidateFunction | undefined;

/** What HL7's JSON schema of FHIR R4 finds wrong with a resource; empty when nothing is. */
export function faultsOfR4(resource: unknown): string[] {
  compiled ??= compile();
  if (compiled(resource)) return [];
  // A choice of resources reports the faults of each; those of the one that was meant say more.
  const { resourceType } = resource as { resourceType?: string };
  const own = (compiled.errors ?? []).filter(({ schemaPath }) =>
    schemaPath.startsWith(`#/definitions/${resourceType}`),
  );
  return (own.length > 0 ? own : (compiled.errors ?? [])).map(
    ({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
  );
}

function compile(): ValidateFunction {
  const ajv = new Ajv({ strict: false, allErrors: false });
  ajv.addMetaSchema(require('ajv/dist/refs/json-schema-draft-06.json') as object);
  // `id` names the schema in draft 4 only, and Ajv refuses it.
  const { id: _, ...schema } = JSON.parse(
    readFileSync(new URL('./r4.schema.json', import.meta.url), 'utf8'),
  ) as {
    id: string;
  };
  return ajv.compile(schema);
}
