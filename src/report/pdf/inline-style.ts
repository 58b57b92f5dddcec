const RULE = /([^{}]+)\{([^{}]*)\}/g;

/**
 * A drawing with the rules of its style sheet at each element: what lays it out in PDF knows no selectors of two classes.
 *
 * @param svg    one of ours: elements name classes only, and have no `style` of their own
 * @param sheet  rules of one class within the drawing's own, `.strip .trace{…}`; later ones win
 */
export function inlineStyle(svg: string, sheet: string): string {
  const rules = [...sheet.matchAll(RULE)].map(([, selector = '', body = '']) => ({
    name: selector.trim().split('.').at(-1) ?? '',
    body,
  }));
  return svg.replace(/<style>.*?<\/style>/s, '').replace(/ class="([^"]*)"/g, (_, classes: string) => {
    const own = new Set(classes.split(' '));
    const declarations = new Map<string, string>();
    for (const { name, body } of rules) {
      if (!own.has(name)) continue;
      for (const declaration of body.split(';')) {
        const at = declaration.indexOf(':');
        if (at > 0) declarations.set(declaration.slice(0, at).trim(), declaration.slice(at + 1).trim());
      }
    }
    for (const useless of ['display', 'font-family', 'font-variant-numeric', 'height', 'width'])
      declarations.delete(useless);
    const style = [...declarations].map(([key, value]) => `${key}:${value}`).join(';');
    return style === '' ? '' : ` style="${style}"`;
  });
}
