import type { Analysis } from '../core/index.js';

/**
 * The analysis as JSON (schema: `docs/analysis.schema.json`): a line a field, and a line an item in lists of
 * objects, so that a person can read it and `diff` compare it; the columns of beats stay on one line each.
 */
export function writeJson(analysis: Analysis): string {
  return `${block(analysis, '')}\n`;
}

function block(value: unknown, indent: string): string {
  const inner = `${indent}  `;
  if (Array.isArray(value) && value.some((item) => typeof item === 'object' && item !== null))
    return `[\n${value.map((item) => `${inner}${JSON.stringify(item)}`).join(',\n')}\n${indent}]`;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return JSON.stringify(value);
  const lines = Object.entries(value).map(
    ([key, field]) => `${inner}${JSON.stringify(key)}: ${block(field, inner)}`,
  );
  return `{\n${lines.join(',\n')}\n${indent}}`;
}
