/** Whether a text is the name of a blob; nothing else is ever made part of a path. */
export function isBlobName(text: string): boolean {
  return /^[0-9a-f]{64}$/.test(text);
}
