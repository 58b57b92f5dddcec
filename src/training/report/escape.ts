const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** The text as HTML and SVG show it, in an element or a quoted attribute; what XML cannot hold becomes a space. */
export function escapeText(text: string): string {
  return text.replace(/[^\t\n\P{Cc}]|\p{Cs}|[\ufffe\uffff]/gu, ' ').replace(/[&<>"']/g, (c) => ENTITIES[c]);
}
