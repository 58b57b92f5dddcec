import { toJsonSchema } from '@valibot/to-json-schema';
import { AnalysisSchema } from '../src/core/index.js';

/** The published JSON Schema of `Analysis`. */
export function analysisJsonSchema(): object {
  const { $schema, ...body } = toJsonSchema(AnalysisSchema, { errorMode: 'throw' });
  return {
    $schema,
    title: 'Ectopy analysis',
    description: 'What ectopy found in one electrocardiogram. Research use only.',
    ...body,
  };
}
