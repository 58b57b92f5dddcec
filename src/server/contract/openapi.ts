import { toJsonSchema } from '@valibot/to-json-schema';
import * as v from 'valibot';
import { AnalysisSchema, VERSION } from '../../core/index.js';
import { ProblemSchema } from './faults.js';
import { JobSchema } from './jobs.js';
import { RecordingSchema } from './recordings.js';
import type { JsonSchema, Route, Routes } from './route.js';

/** Plain JSON. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
type JsonObject = { [key: string]: Json };

/** Faults that any route may answer with; each is problem+json. */
const PROBLEMS: Readonly<Record<number, string>> = {
  400: 'The request is not as described here; `faults` lists everything wrong with it',
  401: 'Nobody known asks, or the key or token does not hold',
  403: 'They may not do this',
  404: 'It does not exist',
  405: 'Not with this method; see the header Allow',
  408: 'It took too long',
  409: 'Something else happened to it meanwhile',
  412: 'It is no longer what If-Match names',
  413: 'More than this server accepts',
  415: 'Not in this format',
  422: 'Understood, and not possible with these data',
  428: 'If-Match is needed here',
  429: 'Too often; see the header Retry-After',
  500: 'A bug of the server; its log has it under `instance`',
  503: 'Not at the moment; see the header Retry-After',
  507: 'The disk of the server is full',
};

/** What several routes answer with. */
const NAMED: Readonly<Record<string, JsonSchema>> = {
  Analysis: AnalysisSchema,
  Recording: RecordingSchema,
  Job: JobSchema,
};

const TAGS: Readonly<Record<string, string>> = {
  system: 'Health, status, metrics and this description',
  predict: 'Two seconds of one lead, normal or not: the interface of the cardiospike system',
  recordings: 'Recordings people put in: upload, description, signal, deletion',
  jobs: 'Long work: how far it is, and its end',
  streams: 'Live signals of devices',
  alerts: 'What somebody should look at now',
  access: 'Keys and who used them',
  fhir: 'HL7 FHIR R4 and R6',
  inference: 'Networks by the Open Inference Protocol v2',
};

/** The interface as one OpenAPI 3.1 document, out of the schemas that validate it. */
export function writeOpenApi(tables: readonly Routes[]): JsonObject {
  const schemas: JsonObject = { Problem: convert(ProblemSchema, 'output', {}) };
  const paths = new Map<string, JsonObject>();
  const tags = new Set<string>();
  for (const [operationId, route] of tables.flatMap((table) => Object.entries(table))) {
    tags.add(route.tag);
    const known = paths.get(route.path);
    paths.set(route.path, {
      ...known,
      [route.method.toLowerCase()]: operation(operationId, route, schemas),
    });
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Ectopy',
      version: VERSION,
      summary: 'Finds arrhythmias in electrocardiograms',
      description: 'Research use only: not a medical device.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    tags: [...tags].map((name) => ({ name, description: TAGS[name] ?? name })),
    paths: Object.fromEntries(paths),
    components: {
      schemas,
      responses: Object.fromEntries(
        Object.entries(PROBLEMS).map(([status, description]) => [
          `Problem${status}`,
          {
            description,
            content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
          },
        ]),
      ),
      securitySchemes: {
        bearer: {
          type: 'http',
          scheme: 'bearer',
          description: 'An API key or an access token of OpenID Connect',
        },
      },
    },
  };
}

function operation(operationId: string, route: Route, schemas: JsonObject): Json {
  const parameters = [
    ...parametersOf('path', route.params, schemas),
    ...parametersOf('query', route.query, schemas),
  ];
  return {
    operationId,
    tags: [route.tag],
    summary: route.summary,
    ...(route.description === undefined ? {} : { description: route.description }),
    ...(parameters.length === 0 ? {} : { parameters }),
    ...bodyOf(route, schemas),
    responses: { ...answersOf(route, schemas), ...problemsOf(route) },
    security: route.access === 'open' ? [] : [{ bearer: [] }],
    'x-role': route.access,
  };
}

function parametersOf(place: 'path' | 'query', schema: JsonSchema | undefined, schemas: JsonObject): Json[] {
  if (schema === undefined) return [];
  const { properties = {}, required = [] } = convert(schema, 'input', schemas) as {
    properties?: { [name: string]: JsonObject };
    required?: string[];
  };
  return Object.entries(properties).map(([name, { description, ...rest }]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    ...(description === undefined ? {} : { description }),
    // Lists are one value with commas.
    ...(rest['type'] === 'array' ? { style: place === 'path' ? 'simple' : 'form', explode: false } : {}),
    schema: rest,
  }));
}

function bodyOf(route: Route, schemas: JsonObject): JsonObject {
  const { body, accepts } = route;
  if (body === undefined && accepts === undefined) return {};
  const schema = body === undefined ? {} : { schema: convert(body, 'input', schemas) };
  const types = accepts ?? ['application/json'];
  return {
    requestBody: {
      required: body !== undefined,
      content: Object.fromEntries(types.map((type) => [type, body === undefined ? bytes(type) : schema])),
    },
  };
}

function answersOf({ answers }: Route, schemas: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(answers).map(([status, { description, schema, type, also = [] }]) => {
      if (schema === undefined && type === undefined) return [status, { description }];
      const content = schema === undefined ? bytes(type ?? '*/*') : { schema: answered(schema, schemas) };
      const others = Object.fromEntries(also.map((other) => [other, bytes(other)]));
      return [status, { description, content: { [type ?? 'application/json']: content, ...others } }];
    }),
  );
}

/** The schema of an answer: by its name where it has one, which then stands in the document once. */
function answered(schema: JsonSchema, schemas: JsonObject): JsonObject {
  const name = Object.keys(NAMED).find((each) => NAMED[each] === schema);
  if (name === undefined) return convert(schema, 'output', schemas);
  schemas[name] ??= convert(schema, 'output', schemas);
  return { $ref: `#/components/schemas/${name}` };
}

function problemsOf({ access, answers }: Route): JsonObject {
  return Object.fromEntries(
    Object.keys(PROBLEMS)
      .filter((status) => !(status in answers) && !(status === '401' && access === 'open'))
      .map((status) => [status, { $ref: `#/components/responses/Problem${status}` }]),
  );
}

/** A body that no JSON Schema describes; OpenAPI 3.1 leaves its schema out, generators of clients want to see a string. */
function bytes(type: string): JsonObject {
  if (type === 'multipart/form-data') return { schema: { type: 'object', additionalProperties: true } };
  return type.startsWith('text/')
    ? { schema: { type: 'string' } }
    : { schema: { type: 'string', format: 'binary' } };
}

/** A valibot schema as JSON Schema 2020-12; what it names goes to the document's own table. */
function convert(schema: JsonSchema, typeMode: 'input' | 'output', schemas: JsonObject): JsonObject {
  const {
    $schema: _,
    $defs,
    ...converted
  } = toJsonSchema(schema, {
    target: 'draft-2020-12',
    typeMode,
    errorMode: 'ignore',
    overrideSchema: ({ valibotSchema }) => wireOf(valibotSchema as JsonSchema),
  }) as JsonObject;
  if ($defs === undefined) return converted;
  // References of one schema count from its own root, and it becomes a part of the document.
  const named = new Map<string, string>();
  for (const name of Object.keys($defs as JsonObject))
    named.set(name, `Part${Object.keys(schemas).length + named.size}`);
  for (const [name, part] of Object.entries($defs as JsonObject))
    schemas[named.get(name) ?? name] = renamed(part, named);
  return renamed(converted, named) as JsonObject;
}

/** What stands on the wire for text that becomes a number, a flag or a list. */
function wireOf(schema: JsonSchema): JsonObject | undefined {
  const metadata = v.getMetadata(schema as never) as { readonly wire?: JsonObject };
  if (metadata.wire === undefined) return undefined;
  const description = v.getDescription(schema as never);
  return description === undefined ? metadata.wire : { ...metadata.wire, description };
}

function renamed(json: Json, names: ReadonlyMap<string, string>): Json {
  if (Array.isArray(json)) return json.map((item) => renamed(item, names));
  if (typeof json !== 'object' || json === null) return json;
  return Object.fromEntries(
    Object.entries(json).map(([key, value]) => {
      if (key !== '$ref' || typeof value !== 'string') return [key, renamed(value, names)];
      const name = names.get(value.replace('#/$defs/', ''));
      return [key, name === undefined ? value : `#/components/schemas/${name}`];
    }),
  );
}
