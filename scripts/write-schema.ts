import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { analysisJsonSchema } from './analysis-json-schema.js';

// Writes docs/analysis.schema.json; a test fails when it is not current.
writeFileSync(
  fileURLToPath(new URL('../docs/analysis.schema.json', import.meta.url)),
  `${JSON.stringify(analysisJsonSchema(), null, 2)}\n`,
);
