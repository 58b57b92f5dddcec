import * as v from 'valibot';

const positive = v.pipe(v.number(), v.minValue(0));
const whole = v.pipe(v.number(), v.integer(), v.minValue(0));

/** Everything an operator may decide, with what holds when they do not. Unknown keys are refused, all faults told at once. */
export const ServerConfigSchema = v.strictObject({
  host: v.optional(v.string(), '127.0.0.1'),
  /** 0 takes any free port. */
  port: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(65_535)), 5000),
  /** Folder of blobs, uploads, stream logs and, on SQLite, the database. */
  data: v.optional(v.string(), 'ectopy-data'),
  /** `sqlite:` (in the data folder) or `postgres://…`. */
  database: v.optional(v.string(), 'sqlite:'),
  /** `nats://host:port`: work is queued on JetStream; in this process when null. */
  nats: v.optional(v.nullable(v.string()), null),
  access: v.optional(
    v.strictObject({
      /** `none` is only accepted on loopback. */
      mode: v.optional(v.picklist(['none', 'keys', 'oidc', 'keys+oidc']), 'none'),
      oidc: v.optional(
        v.nullable(
          v.strictObject({
            issuer: v.string(),
            audience: v.string(),
            /** Claim that holds roles, dots for nesting: `realm_access.roles`. */
            roleClaim: v.optional(v.string(), 'roles'),
            /** Value of the claim for each of our roles. */
            roles: v.optional(v.strictObject({ viewer: v.string(), editor: v.string(), admin: v.string() }), {
              viewer: 'viewer',
              editor: 'editor',
              admin: 'admin',
            }),
          }),
        ),
        null,
      ),
      /** Hosts a request may name, against DNS rebinding; those of loopback and `host` when empty. */
      hosts: v.optional(v.array(v.string()), []),
      /** Origins of pages that may call from a browser; none but its own. */
      origins: v.optional(v.array(v.string()), []),
    }),
    {},
  ),
  limits: v.optional(
    v.strictObject({
      /** Bytes of one uploaded file. */
      upload: v.optional(whole, 4 * 2 ** 30),
      /** Files of one upload. */
      files: v.optional(whole, 64),
      /** Bytes of a JSON body. */
      json: v.optional(whole, 2 ** 20),
      /** Requests a minute and client; 0 for no limit. */
      requestsPerMinute: v.optional(whole, 0),
      /** s and MiB that reading one upload may take. */
      importSeconds: v.optional(positive, 600),
      importMegabytes: v.optional(positive, 2048),
      /** s that an analysis may take. */
      analysisSeconds: v.optional(positive, 3600),
      streams: v.optional(whole, 1000),
    }),
    {},
  ),
  /** Analyses at once, a process each. */
  workers: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(64)), 1),
  /** Days after which recordings are deleted; null keeps them. */
  retentionDays: v.optional(v.nullable(positive), null),
  /** Removes names and identifiers from every recording on import. */
  pseudonymise: v.optional(v.boolean(), false),
  log: v.optional(v.picklist(['silent', 'error', 'warn', 'info', 'debug']), 'info'),
  /** Base address of an OTLP/HTTP collector of traces. */
  traces: v.optional(v.nullable(v.string()), null),
});

export type ServerConfigInput = v.InferInput<typeof ServerConfigSchema>;
export type ServerConfig = v.InferOutput<typeof ServerConfigSchema>;
