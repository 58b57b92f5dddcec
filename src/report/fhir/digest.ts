/**
 * 32 hexadecimal digits that follow from a text: four 32-bit FNV-1a sums, each begun from another offset and stirred. Names things
 * repeatably; no protection against anyone.
 *
 * Source: Fowler, Noll, Vo, FNV-1a, 32 bits; the finaliser is that of MurmurHash3.
 */
export function digest(text: string): string {
  return [0x811c9dc5, 0x9e3779b9, 0x85ebca6b, 0xc2b2ae35].map((offset) => sum(text, offset)).join('');
}

function sum(text: string, offset: number): string {
  let h = offset;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return ((h ^ (h >>> 16)) >>> 0).toString(16).padStart(8, '0');
}
