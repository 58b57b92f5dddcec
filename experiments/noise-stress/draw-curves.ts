import { KINDS, type NoiseKind, RATIOS } from './stress.js';
import type { StressRow } from './stress-point.js';

const COLOURS: Readonly<Record<NoiseKind, string>> = { bw: '#1b7f5c', ma: '#b8431f', em: '#3a5fb0' };
const PANEL = { width: 300, height: 210, left: 46, top: 34, gap: 44 };
const LOW = 0.4;

interface Panel {
  readonly title: string;
  /** Drawn through, and dashed: the whole noisy stretches, and their seconds judged good. */
  readonly all: (row: StressRow) => number;
  readonly good?: (row: StressRow) => number;
}

const PANELS: readonly Panel[] = [
  { title: 'QRS sensitivity', all: (r) => r.noisy.sensitivity, good: (r) => r.judgedGood.sensitivity },
  {
    title: 'QRS positive predictivity',
    all: (r) => r.noisy.positivePredictivity,
    good: (r) => r.judgedGood.positivePredictivity,
  },
  {
    title: 'Beat classes: macro-F1 (N, S, V)',
    all: (r) => r.classification.macroF1,
    good: (r) => r.classificationGood.macroF1,
  },
  { title: 'Seconds found unreadable', all: (r) => r.unreadable },
];

/** The stress curves as SVG: four panels over the signal-to-noise ratio, a colour a kind of noise. */
export function drawCurves(rows: readonly StressRow[], names: Readonly<Record<NoiseKind, string>>): string {
  const width = 2 * (PANEL.left + PANEL.width) + PANEL.gap;
  const height = 2 * (PANEL.top + PANEL.height + 40) + 56;
  const panels = PANELS.map((panel, i) => {
    const x = PANEL.left + (i % 2) * (PANEL.width + PANEL.gap + 8);
    const y = PANEL.top + Math.floor(i / 2) * (PANEL.height + PANEL.top + 44);
    return drawPanel(panel, rows, x, y);
  });
  const legendY = height - 34;
  const legend = KINDS.map((kind, i) => {
    const x = PANEL.left + i * 230;
    return `<path d="M${x} ${legendY}h26" stroke="${COLOURS[kind]}" stroke-width="2"/><text x="${x + 32}" y="${legendY + 4}">${names[kind]}</text>`;
  });
  const note = `<text x="${PANEL.left}" y="${height - 10}" fill="#555">Solid: all of the noisy stretches. Dashed: their seconds judged good. Dotted grey: without added noise.</text>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="system-ui, sans-serif" font-size="12"><rect width="${width}" height="${height}" fill="#fff"/>${panels.join('')}${legend.join('')}${note}</svg>\n`;
}

function drawPanel({ title, all, good }: Panel, rows: readonly StressRow[], x: number, y: number): string {
  const low = title.startsWith('Seconds') ? 0 : LOW;
  const px = (snrDb: number) =>
    x + ((RATIOS[0] - snrDb) / (RATIOS[0] - RATIOS[RATIOS.length - 1])) * PANEL.width;
  const py = (value: number) => y + PANEL.height * (1 - (Math.max(low, value) - low) / (1 - low));
  const parts = [`<text x="${x}" y="${y - 12}" font-weight="600">${title}, %</text>`];
  for (let value = low; value <= 1.001; value += 0.2) {
    parts.push(
      `<path d="M${x} ${py(value).toFixed(1)}h${PANEL.width}" stroke="#ddd"/><text x="${x - 8}" y="${(py(value) + 4).toFixed(1)}" text-anchor="end" fill="#555">${Math.round(100 * value)}</text>`,
    );
  }
  for (const snrDb of RATIOS)
    parts.push(
      `<text x="${px(snrDb).toFixed(1)}" y="${y + PANEL.height + 18}" text-anchor="middle" fill="#555">${String(snrDb).replace('-', '−')} dB</text>`,
    );
  const clean = rows.find(({ kind }) => kind === 'none');
  if (clean !== undefined)
    parts.push(
      `<path d="M${x} ${py(all(clean)).toFixed(1)}h${PANEL.width}" stroke="#888" stroke-dasharray="2 4"/>`,
    );
  for (const kind of KINDS) {
    const own = RATIOS.flatMap((snrDb) => rows.filter((row) => row.kind === kind && row.snrDb === snrDb));
    const line = (of: (row: StressRow) => number, dash: string) => {
      const points = own.filter((row) => Number.isFinite(of(row)));
      const path = points
        .map((row) => `${px(row.snrDb ?? 0).toFixed(1)} ${py(of(row)).toFixed(1)}`)
        .join('L');
      parts.push(`<path d="M${path}" fill="none" stroke="${COLOURS[kind]}" stroke-width="2"${dash}/>`);
    };
    line(all, '');
    if (good !== undefined) line(good, ' stroke-dasharray="6 4"');
  }
  return parts.join('');
}
