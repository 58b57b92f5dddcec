const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** The text as HTML and SVG show it; characters that XML cannot hold become a space. */
export function escapeText(text: string): string {
  return replaceControls(text).replace(/[&<>"']/g, (c) => ENTITIES[c]);
}

/** The text with a space for every control character: nothing a file names itself may drive a terminal. */
export function replaceControls(text: string): string {
  let out = '';
  for (const c of text) {
    const code = c.codePointAt(0) as number;
    const isControl = code < 0x20 || (code >= 0x7f && code < 0xa0) || (code >= 0xd800 && code < 0xe000);
    out += isControl || code === 0xfffe || code === 0xffff ? ' ' : c;
  }
  return out;
}
