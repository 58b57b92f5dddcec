import { type Json, writeOpenApi } from '../../src/server/contract/openapi.js';
import { RESOURCES } from '../../src/server/http/resources.js';

/** The text of `docs/openapi.json`. */
export function openApiText(): string {
  return `${JSON.stringify(openApiDocument(), null, 1)}\n`;
}

/** The document the server answers at `/openapi.json`. */
export function openApiDocument(): { [key: string]: Json } {
  return writeOpenApi(RESOURCES.map(({ routes }) => routes));
}
