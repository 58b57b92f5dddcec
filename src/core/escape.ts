const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** The text as HTML and SVG show it, in an element or a quoted attribute; what XML cannot hold becomes a space. */
export function escapeText(text: string): string {
  return text.replace(/[^\t\n\P{Cc}]|\p{Cs}|[\ufffe\uffff]/gu, ' ').replace(/[&<>"']/g, (c) => ENTITIES[c]!);
}

/** The text with a space for every control character: nothing a file names itself may drive a terminal. */
export function replaceControls(text: string): string {
  return text.replace(/[\p{Cc}\p{Cs}\ufffe\uffff]/gu, ' ');
}
