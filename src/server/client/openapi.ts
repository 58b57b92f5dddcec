/** SHA-256 of the document these types were made from: a7ca94ac188cea334f90d9723c8fe94b335bec03413858d47f882e221359123d; `npx tsx scripts/openapi.ts` makes them anew. */
export interface paths {
  readonly '/health': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    /** Whether the server answers */
    readonly get: operations['health'];
    readonly put?: never;
    readonly post?: never;
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/metrics': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    /** What the server counts, for Prometheus */
    readonly get: operations['metrics'];
    readonly put?: never;
    readonly post?: never;
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/openapi.json': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    /** This interface, as an OpenAPI 3.1 document */
    readonly get: operations['openapi'];
    readonly put?: never;
    readonly post?: never;
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/v1/access': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    /** How to show who you are, and who the server takes you for */
    readonly get: operations['describeAccess'];
    readonly put?: never;
    readonly post?: never;
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/v1/audit': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    /** Who saw or changed what, oldest first */
    readonly get: operations['readAudit'];
    readonly put?: never;
    readonly post?: never;
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/v1/keys': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    /** All API keys, without their secrets */
    readonly get: operations['listKeys'];
    readonly put?: never;
    /** A new API key; its token is shown this once */
    readonly post: operations['createKey'];
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/v1/keys/{id}': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly get?: never;
    readonly put?: never;
    readonly post?: never;
    /** Make a key useless at once */
    readonly delete: operations['revokeKey'];
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/v1/session': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly get?: never;
    readonly put?: never;
    /** Keep a key or token in a cookie that pages cannot read */
    readonly post: operations['openSession'];
    /** Forget the cookie */
    readonly delete: operations['closeSession'];
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/v1/status': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    /** Versions, queue, storage and streams */
    readonly get: operations['status'];
    readonly put?: never;
    readonly post?: never;
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
}
export type webhooks = Record<string, never>;
export interface components {
  schemas: {
    readonly Problem: {
      /** @enum {string} */
      readonly code:
        | 'bad-format'
        | 'unsupported'
        | 'bad-shape'
        | 'bad-option'
        | 'too-short'
        | 'not-found'
        | 'cancelled'
        | 'unauthorized'
        | 'forbidden'
        | 'conflict'
        | 'too-large'
        | 'too-many-requests'
        | 'timed-out'
        | 'storage-full'
        | 'unavailable'
        | 'method-not-allowed'
        | 'internal';
      /** @description Where, what, what was got and what to do */
      readonly detail: string;
      readonly faults?: readonly {
        /**
         * @description Where it stands
         * @enum {string}
         */
        readonly in: 'path' | 'query' | 'body';
        readonly message: string;
        /** @description Dotted: `options.leads.0`; empty for the whole */
        readonly path: string;
      }[];
      /** @description Names this request in the log */
      readonly instance?: string;
      readonly status: number;
      readonly title: string;
      /** @description Always about:blank: `code` tells faults apart */
      readonly type: string;
    };
  };
  responses: {
    /** @description The request is not as described here; `faults` lists everything wrong with it */
    readonly Problem400: {
      headers: {
        readonly [name: string]: unknown;
      };
      content: {
        readonly 'application/problem+json': components['schemas']['Problem'];
      };
    };
    /** @description Nobody known asks, or the key or token does not hold */
    readonly Problem401: {
      headers: {
        readonly [name: string]: unknown;
      };
      content: {
        readonly 'application/problem+json': components['schemas']['Problem'];
      };
    };
    /** @description They may not do this */
    readonly Problem403: {
      headers: {
        readonly [name: string]: unknown;
      };
      content: {
        readonly 'application/problem+json': components['schemas']['Problem'];
      };
    };
    /** @description It does not exist */
    readonly Problem404: {
      headers: {
        readonly [name: string]: unknown;
      };
      content: {
        readonly 'application/problem+json': components['schemas']['Problem'];
      };
    };
    /** @description Not with this method; see the header Allow */
    readonly Problem405: {
      headers: {
        readonly [name: string]: unknown;
      };
      content: {
        readonly 'application/problem+json': components['schemas']['Problem'];
      };
    };
    /** @description It took too long */
    readonly Problem408: {
      headers: {
        readonly [name: string]: unknown;
      };
      content: {
        readonly 'application/problem+json': components['schemas']['Problem'];
      };
    };
    /** @description Something else happened to it meanwhile */
    readonly Problem409: {
      headers: {
        readonly [name: string]: unknown;
      };
      content: {
        readonly 'application/problem+json': components['schemas']['Problem'];
      };
    };
    /** @description More than this server accepts */
    readonly Problem413: {
      headers: {
        readonly [name: string]: unknown;
      };
      content: {
        readonly 'application/problem+json': components['schemas']['Problem'];
      };
    };
    /** @description Not in this format */
    readonly Problem415: {
      headers: {
        readonly [name: string]: unknown;
      };
      content: {
        readonly 'application/problem+json': components['schemas']['Problem'];
      };
    };
    /** @description Understood, and not possible with these data */
    readonly Problem422: {
      headers: {
        readonly [name: string]: unknown;
      };
      content: {
        readonly 'application/problem+json': components['schemas']['Problem'];
      };
    };
    /** @description Too often; see the header Retry-After */
    readonly Problem429: {
      headers: {
        readonly [name: string]: unknown;
      };
      content: {
        readonly 'application/problem+json': components['schemas']['Problem'];
      };
    };
    /** @description A bug of the server; its log has it under `instance` */
    readonly Problem500: {
      headers: {
        readonly [name: string]: unknown;
      };
      content: {
        readonly 'application/problem+json': components['schemas']['Problem'];
      };
    };
    /** @description Not at the moment; see the header Retry-After */
    readonly Problem503: {
      headers: {
        readonly [name: string]: unknown;
      };
      content: {
        readonly 'application/problem+json': components['schemas']['Problem'];
      };
    };
    /** @description The disk of the server is full */
    readonly Problem507: {
      headers: {
        readonly [name: string]: unknown;
      };
      content: {
        readonly 'application/problem+json': components['schemas']['Problem'];
      };
    };
  };
  parameters: never;
  requestBodies: never;
  headers: never;
  pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
  readonly health: {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      /** @description It does */
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': {
            /** @description What the server may be used for */
            readonly statement: string;
            /** @constant */
            readonly status: 'ok';
            readonly version: string;
          };
        };
      };
      readonly 400: components['responses']['Problem400'];
      readonly 403: components['responses']['Problem403'];
      readonly 404: components['responses']['Problem404'];
      readonly 405: components['responses']['Problem405'];
      readonly 408: components['responses']['Problem408'];
      readonly 409: components['responses']['Problem409'];
      readonly 413: components['responses']['Problem413'];
      readonly 415: components['responses']['Problem415'];
      readonly 422: components['responses']['Problem422'];
      readonly 429: components['responses']['Problem429'];
      readonly 500: components['responses']['Problem500'];
      readonly 503: components['responses']['Problem503'];
      readonly 507: components['responses']['Problem507'];
    };
  };
  readonly metrics: {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      /** @description Metrics in the text format of Prometheus */
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'text/plain': string;
        };
      };
      readonly 400: components['responses']['Problem400'];
      readonly 401: components['responses']['Problem401'];
      readonly 403: components['responses']['Problem403'];
      readonly 404: components['responses']['Problem404'];
      readonly 405: components['responses']['Problem405'];
      readonly 408: components['responses']['Problem408'];
      readonly 409: components['responses']['Problem409'];
      readonly 413: components['responses']['Problem413'];
      readonly 415: components['responses']['Problem415'];
      readonly 422: components['responses']['Problem422'];
      readonly 429: components['responses']['Problem429'];
      readonly 500: components['responses']['Problem500'];
      readonly 503: components['responses']['Problem503'];
      readonly 507: components['responses']['Problem507'];
    };
  };
  readonly openapi: {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      /** @description The document */
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': {
            readonly [key: string]: unknown;
          };
        };
      };
      readonly 400: components['responses']['Problem400'];
      readonly 403: components['responses']['Problem403'];
      readonly 404: components['responses']['Problem404'];
      readonly 405: components['responses']['Problem405'];
      readonly 408: components['responses']['Problem408'];
      readonly 409: components['responses']['Problem409'];
      readonly 413: components['responses']['Problem413'];
      readonly 415: components['responses']['Problem415'];
      readonly 422: components['responses']['Problem422'];
      readonly 429: components['responses']['Problem429'];
      readonly 500: components['responses']['Problem500'];
      readonly 503: components['responses']['Problem503'];
      readonly 507: components['responses']['Problem507'];
    };
  };
  readonly describeAccess: {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      /** @description The ways in */
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': {
            readonly actor: {
              readonly id: string;
              /** @enum {string} */
              readonly role: 'viewer' | 'editor' | 'admin';
            } | null;
            readonly audience: string | null;
            readonly issuer: string | null;
            /** @enum {string} */
            readonly mode: 'none' | 'keys' | 'oidc' | 'keys+oidc';
          };
        };
      };
      readonly 400: components['responses']['Problem400'];
      readonly 403: components['responses']['Problem403'];
      readonly 404: components['responses']['Problem404'];
      readonly 405: components['responses']['Problem405'];
      readonly 408: components['responses']['Problem408'];
      readonly 409: components['responses']['Problem409'];
      readonly 413: components['responses']['Problem413'];
      readonly 415: components['responses']['Problem415'];
      readonly 422: components['responses']['Problem422'];
      readonly 429: components['responses']['Problem429'];
      readonly 500: components['responses']['Problem500'];
      readonly 503: components['responses']['Problem503'];
      readonly 507: components['responses']['Problem507'];
    };
  };
  readonly readAudit: {
    readonly parameters: {
      readonly query?: {
        readonly after?: string;
        readonly limit?: string;
      };
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      /** @description Rows after `after` */
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': {
            readonly entries: readonly {
              readonly action: string;
              readonly actor: string;
              /** Format: date-time */
              readonly at: string;
              readonly detail: {
                readonly [key: string]: unknown;
              };
              readonly hash: string;
              readonly seq: number;
              readonly target: string;
            }[];
          };
        };
      };
      readonly 400: components['responses']['Problem400'];
      readonly 401: components['responses']['Problem401'];
      readonly 403: components['responses']['Problem403'];
      readonly 404: components['responses']['Problem404'];
      readonly 405: components['responses']['Problem405'];
      readonly 408: components['responses']['Problem408'];
      readonly 409: components['responses']['Problem409'];
      readonly 413: components['responses']['Problem413'];
      readonly 415: components['responses']['Problem415'];
      readonly 422: components['responses']['Problem422'];
      readonly 429: components['responses']['Problem429'];
      readonly 500: components['responses']['Problem500'];
      readonly 503: components['responses']['Problem503'];
      readonly 507: components['responses']['Problem507'];
    };
  };
  readonly listKeys: {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      /** @description The keys */
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': {
            readonly keys: readonly {
              /** Format: date-time */
              readonly createdAt: string;
              readonly expiresAt: string | null;
              readonly id: string;
              readonly name: string;
              readonly revokedAt: string | null;
              /** @enum {string} */
              readonly role: 'viewer' | 'editor' | 'admin';
              /** @description Tags of the routes it may use; null for all its role allows. */
              readonly scopes: readonly string[] | null;
            }[];
          };
        };
      };
      readonly 400: components['responses']['Problem400'];
      readonly 401: components['responses']['Problem401'];
      readonly 403: components['responses']['Problem403'];
      readonly 404: components['responses']['Problem404'];
      readonly 405: components['responses']['Problem405'];
      readonly 408: components['responses']['Problem408'];
      readonly 409: components['responses']['Problem409'];
      readonly 413: components['responses']['Problem413'];
      readonly 415: components['responses']['Problem415'];
      readonly 422: components['responses']['Problem422'];
      readonly 429: components['responses']['Problem429'];
      readonly 500: components['responses']['Problem500'];
      readonly 503: components['responses']['Problem503'];
      readonly 507: components['responses']['Problem507'];
    };
  };
  readonly createKey: {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly requestBody: {
      readonly content: {
        readonly 'application/json': {
          /** @default null */
          readonly expiresAt?: string | null;
          /** @description What it is for; no patient’s name. */
          readonly name: string;
          /** @enum {string} */
          readonly role: 'viewer' | 'editor' | 'admin';
          /** @default null */
          readonly scopes?: readonly string[] | null;
        };
      };
    };
    readonly responses: {
      /** @description The key */
      readonly 201: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': {
            /** Format: date-time */
            readonly createdAt: string;
            readonly expiresAt: string | null;
            readonly id: string;
            readonly name: string;
            readonly revokedAt: string | null;
            /** @enum {string} */
            readonly role: 'viewer' | 'editor' | 'admin';
            /** @description Tags of the routes it may use; null for all its role allows. */
            readonly scopes: readonly string[] | null;
            readonly token: string;
          };
        };
      };
      readonly 400: components['responses']['Problem400'];
      readonly 401: components['responses']['Problem401'];
      readonly 403: components['responses']['Problem403'];
      readonly 404: components['responses']['Problem404'];
      readonly 405: components['responses']['Problem405'];
      readonly 408: components['responses']['Problem408'];
      readonly 409: components['responses']['Problem409'];
      readonly 413: components['responses']['Problem413'];
      readonly 415: components['responses']['Problem415'];
      readonly 422: components['responses']['Problem422'];
      readonly 429: components['responses']['Problem429'];
      readonly 500: components['responses']['Problem500'];
      readonly 503: components['responses']['Problem503'];
      readonly 507: components['responses']['Problem507'];
    };
  };
  readonly revokeKey: {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path: {
        readonly id: string;
      };
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      /** @description The revoked key */
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': {
            /** Format: date-time */
            readonly createdAt: string;
            readonly expiresAt: string | null;
            readonly id: string;
            readonly name: string;
            readonly revokedAt: string | null;
            /** @enum {string} */
            readonly role: 'viewer' | 'editor' | 'admin';
            /** @description Tags of the routes it may use; null for all its role allows. */
            readonly scopes: readonly string[] | null;
          };
        };
      };
      readonly 400: components['responses']['Problem400'];
      readonly 401: components['responses']['Problem401'];
      readonly 403: components['responses']['Problem403'];
      readonly 404: components['responses']['Problem404'];
      readonly 405: components['responses']['Problem405'];
      readonly 408: components['responses']['Problem408'];
      readonly 409: components['responses']['Problem409'];
      readonly 413: components['responses']['Problem413'];
      readonly 415: components['responses']['Problem415'];
      readonly 422: components['responses']['Problem422'];
      readonly 429: components['responses']['Problem429'];
      readonly 500: components['responses']['Problem500'];
      readonly 503: components['responses']['Problem503'];
      readonly 507: components['responses']['Problem507'];
    };
  };
  readonly openSession: {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly requestBody: {
      readonly content: {
        readonly 'application/json': {
          readonly token: string;
        };
      };
    };
    readonly responses: {
      /** @description The cookie is set */
      readonly 204: {
        headers: {
          readonly [name: string]: unknown;
        };
        content?: never;
      };
      readonly 400: components['responses']['Problem400'];
      readonly 403: components['responses']['Problem403'];
      readonly 404: components['responses']['Problem404'];
      readonly 405: components['responses']['Problem405'];
      readonly 408: components['responses']['Problem408'];
      readonly 409: components['responses']['Problem409'];
      readonly 413: components['responses']['Problem413'];
      readonly 415: components['responses']['Problem415'];
      readonly 422: components['responses']['Problem422'];
      readonly 429: components['responses']['Problem429'];
      readonly 500: components['responses']['Problem500'];
      readonly 503: components['responses']['Problem503'];
      readonly 507: components['responses']['Problem507'];
    };
  };
  readonly closeSession: {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      /** @description The cookie is gone */
      readonly 204: {
        headers: {
          readonly [name: string]: unknown;
        };
        content?: never;
      };
      readonly 400: components['responses']['Problem400'];
      readonly 403: components['responses']['Problem403'];
      readonly 404: components['responses']['Problem404'];
      readonly 405: components['responses']['Problem405'];
      readonly 408: components['responses']['Problem408'];
      readonly 409: components['responses']['Problem409'];
      readonly 413: components['responses']['Problem413'];
      readonly 415: components['responses']['Problem415'];
      readonly 422: components['responses']['Problem422'];
      readonly 429: components['responses']['Problem429'];
      readonly 500: components['responses']['Problem500'];
      readonly 503: components['responses']['Problem503'];
      readonly 507: components['responses']['Problem507'];
    };
  };
  readonly status: {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      /** @description How the server is doing */
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': {
            /** @enum {string} */
            readonly database: 'sqlite' | 'postgres';
            readonly models: readonly {
              readonly name: string;
              readonly version: string;
            }[];
            readonly node: string;
            readonly queue: {
              readonly failed: number;
              /** @enum {string} */
              readonly kind: 'in-process' | 'nats';
              readonly queued: number;
              readonly running: number;
            };
            readonly startedAt: string;
            readonly storage: {
              /** @description Of the files people added */
              readonly bytes: number;
              /** @description Left on the disk of the data folder */
              readonly freeBytes: number;
              readonly recordings: number;
            };
            readonly streams: number;
            readonly version: string;
          };
        };
      };
      readonly 400: components['responses']['Problem400'];
      readonly 401: components['responses']['Problem401'];
      readonly 403: components['responses']['Problem403'];
      readonly 404: components['responses']['Problem404'];
      readonly 405: components['responses']['Problem405'];
      readonly 408: components['responses']['Problem408'];
      readonly 409: components['responses']['Problem409'];
      readonly 413: components['responses']['Problem413'];
      readonly 415: components['responses']['Problem415'];
      readonly 422: components['responses']['Problem422'];
      readonly 429: components['responses']['Problem429'];
      readonly 500: components['responses']['Problem500'];
      readonly 503: components['responses']['Problem503'];
      readonly 507: components['responses']['Problem507'];
    };
  };
}
