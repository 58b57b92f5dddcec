import { escapeText } from '../../core/index.js';
import type { ExampleReport } from '../../evaluation/index.js';
import { CHART_WIDTH, svgPicture } from './chart-frame.js';
import { countText, shareText } from './number-text.js';

/** Characters of a class name that fit beside a row. */
const LONGEST_NAME = 14;

/** The confusion matrix: counts, and each row's shares by shading. */
export function drawConfusion(
  name: string,
  { classes, confusion }: Pick<ExampleReport, 'classes' | 'confusion'>,
): string {
  const k = classes.length;
  const longest = Math.min(LONGEST_NAME, Math.max(...classes.map((c) => [...c].length)));
  const left = 36 + longest * 8.4;
  const top = 56;
  const cell = Math.min(116, (CHART_WIDTH - left - 4) / k);
  const tall = Math.min(cell, 270 / k < 56 ? 56 : Math.min(84, 270 / k));
  const short = (text: string) =>
    escapeText([...text].length > LONGEST_NAME ? `${[...text].slice(0, LONGEST_NAME - 1).join('')}…` : text);
  const fits = Math.floor(cell / 8.4);
  const column = (text: string) =>
    escapeText([...text].length > fits ? `${[...text].slice(0, Math.max(1, fits - 1)).join('')}…` : text);
  const middleX = (c: number) => (left + (c + 0.5) * cell).toFixed(1);
  const middleY = (r: number) => (top + (r + 0.5) * tall).toFixed(1);
  const parts = [
    `<text class="name" x="${(left + (k * cell) / 2).toFixed(1)}" y="18" text-anchor="middle">prediction</text>`,
    `<text class="name" transform="translate(14 ${(top + (k * tall) / 2).toFixed(1)}) rotate(-90)" text-anchor="middle">reference</text>`,
  ];
  classes.forEach((label, r) => {
    const row = confusion[r] ?? [];
    const support = row.reduce((sum, n) => sum + n, 0);
    parts.push(
      `<text class="label" x="${(left - 10).toFixed(1)}" y="${middleY(r)}" dy=".35em" text-anchor="end">${short(label)}</text>`,
      `<text class="label" x="${middleX(r)}" y="${top - 10}" text-anchor="middle">${column(label)}</text>`,
    );
    row.forEach((count, c) => {
      const share = support === 0 ? 0 : count / support;
      const kind = `${share > 0.52 ? 'on' : 'off'}${count === 0 ? ' none' : ''}`;
      // A square root lets rare confusions be seen beside the diagonal.
      const shade = (Math.sqrt(share) * 0.94).toFixed(3);
      const hasShare = cell >= 48 && tall >= 40 && count > 0;
      const y = Number(middleY(r));
      parts.push(
        `<g class="cell ${kind}"><title>${escapeText(`${label} called ${classes[c]}: ${countText(count)} of ${countText(support)}`)}</title>`,
        `<rect class="under" x="${(left + c * cell + 1).toFixed(1)}" y="${(top + r * tall + 1).toFixed(1)}" width="${(cell - 2).toFixed(1)}" height="${(tall - 2).toFixed(1)}" rx="3"/>`,
        `<rect class="${r === c ? 'right' : 'wrong'}" fill-opacity="${shade}" x="${(left + c * cell + 1).toFixed(1)}" y="${(top + r * tall + 1).toFixed(1)}" width="${(cell - 2).toFixed(1)}" height="${(tall - 2).toFixed(1)}" rx="3"/>`,
        `<text class="count" x="${middleX(c)}" y="${hasShare ? (y - 7).toFixed(1) : y}" dy=".35em" text-anchor="middle">${countText(count)}</text>`,
        hasShare
          ? `<text class="share" x="${middleX(c)}" y="${(y + 10).toFixed(1)}" dy=".35em" text-anchor="middle">${escapeText(shareText(share))}</text>`
          : '',
        '</g>',
      );
    });
  });
  const said = classes.map((label, r) => `${label}: ${(confusion[r] ?? []).join(' ')}`).join('; ');
  return svgPicture(
    `Confusion matrix, ${name}`,
    `Reference by prediction, classes ${classes.join(' ')}. ${said}`,
    Math.ceil(top + k * tall + 6),
    parts.join(''),
  );
}
