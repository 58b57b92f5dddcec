/** Keys of our own JSON recording, which is never FHIR. */
const OWN = ['fs', 'signals', 'leads'];
/** Where an unescaped `"valueSampledData":` stands, a resource with a signal begins. */
const SAMPLED = /(?<!\\)"valueSampledData"\s*:/;

/**
 * Whether text begins a FHIR resource: a JSON object that says its `resourceType`, or, where that key comes after a
 * long signal, one with a `component` of sampled data. Only keys of the document itself count, so that our own JSON with a
 * note about FHIR stays our own.
 *
 * @param head  the first bytes of the file
 */
export function looksLikeFhir(head: Uint8Array): boolean {
  const text = new TextDecoder().decode(head).replace(/^\ufeff/, '');
  if (!/^\s*\{\s*"/.test(text)) return false;
  const keys = topKeys(text);
  if (OWN.some((key) => keys.has(key))) return false;
  if (/^"[A-Z]\w*/.test(keys.get('resourceType') ?? '')) return true;
  return (keys.has('component') || keys.has('entry') || keys.has('valueSampledData')) && SAMPLED.test(text);
}

/** The keys of the outermost object as far as the text goes, with the first characters of their values. */
function topKeys(text: string): Map<string, string> {
  const keys = new Map<string, string>();
  let depth = 0;
  // After `{` or `,` of the outermost object a key follows; after its `:` a value.
  let key = false;
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (c === '"') {
      const end = endOfString(text, i);
      if (key && depth === 1) {
        const value = /^\s*:\s*/.exec(text.slice(end, end + 200));
        if (value !== null)
          keys.set(text.slice(i + 1, end - 1), text.slice(end + value[0].length, end + value[0].length + 40));
        key = false;
      }
      i = end - 1;
    } else if (c === '{' || c === '[') {
      depth++;
      key = depth === 1;
    } else if (c === '}' || c === ']') depth--;
    else if (c === ',') key = depth === 1;
  }
  return keys;
}

/** One past the closing quote of the string that begins at `start`, or the end of the text. */
function endOfString(text: string, start: number): number {
  for (let i = start + 1; i < text.length; i++) {
    if (text[i] === '\\') i++;
    else if (text[i] === '"') return i + 1;
  }
  return text.length;
}
