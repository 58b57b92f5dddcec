/** A table that scrolls by itself where the page is narrow. */
export function table(heads: readonly string[], body: string, kind = ''): string {
  const head = heads.map((text) => `<th scope="col">${text}</th>`).join('');
  return `<div class="wide"><table${kind === '' ? '' : ` class="${kind}"`}><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table></div>`;
}

/** A row of it, named by its first cell. */
export function row(name: string, cells: readonly string[], kind = ''): string {
  const data = cells.map((cell) => `<td>${cell}</td>`).join('');
  return `<tr${kind === '' ? '' : ` class="${kind}"`}><th scope="row">${name}</th>${data}</tr>`;
}

/** A small square of a colour before a name. */
export function swatch(colour: string): string {
  return `<i class="swatch" style="background:${colour}"></i>`;
}
