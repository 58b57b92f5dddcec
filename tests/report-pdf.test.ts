import { describe, expect, it } from 'vitest';
import { analyze, collectStrips } from '../src/analysis/index.js';
import type { Analysis, EventStrip } from '../src/core/index.js';
import { sampleReader } from '../src/ecg/index.js';
import { reportDocument } from '../src/report/pdf/document.js';
import { inlineStyle } from '../src/report/pdf/inline-style.js';
import { writePdf } from '../src/report/pdf/node.js';
import { packAnalysis, unpackAnalysis } from '../src/report/pdf/pack.js';

interface Page {
  readonly header: (page: number) => unknown;
  readonly footer: (page: number, pages: number) => unknown;
  readonly content: unknown;
}

async function analysed(): Promise<{ analysis: Analysis; strips: EventStrip[] }> {
  const reader = sampleReader();
  const analysis = await analyze(reader, {});
  return { analysis, strips: await collectStrips(reader, analysis) };
}
const shared = analysed();
const pagesOf = (bytes: Uint8Array) =>
  Buffer.from(bytes)
    .toString('latin1')
    .match(/\/Type \/Page\b/g)?.length ?? 0;

describe('the report as PDF', () => {
  it('is the same bytes every time, without a date, and whole', async () => {
    const { analysis, strips } = await shared;
    const [one, two] = [await writePdf(analysis, strips), await writePdf(analysis, strips)];
    const text = Buffer.from(one).toString('latin1');
    expect(text.startsWith('%PDF-1.')).toBe(true);
    expect(text.trimEnd().endsWith('%%EOF')).toBe(true);
    expect(text).not.toContain('CreationDate');
    expect(Buffer.compare(Buffer.from(one), Buffer.from(two))).toBe(0);
    expect(pagesOf(one)).toBeGreaterThan(2);
    // The control: another recording is another file.
    const other = { ...analysis, recording: { ...analysis.recording, id: 'other' } };
    expect(Buffer.compare(Buffer.from(one), Buffer.from(await writePdf(other, strips)))).not.toBe(0);
  });

  it('says on every page that it is for research, and what page it is', async () => {
    const { analysis, strips } = await shared;
    const { header, footer } = reportDocument(analysis, strips) as unknown as Page;
    for (const page of [1, 2, 9]) {
      expect(JSON.stringify(header(page))).toContain('Research use only');
      expect(JSON.stringify(footer(page, 9))).toContain(analysis.statement);
      expect(JSON.stringify(footer(page, 9))).toContain(`Page ${page} of 9`);
    }
  });

  it('draws strips at 25 mm/s: a second is 70.87 points', async () => {
    const { analysis, strips } = await shared;
    const text = JSON.stringify((reportDocument(analysis, strips) as unknown as Page).content);
    const drawings = [
      ...text.matchAll(
        /"svg":"<svg[^>]*class|"svg":"<svg[^>]*viewBox=\\"0 0 ([\d.]+) [\d.]+\\"[^}]*?"width":([\d.]+)/g,
      ),
    ].filter(([, box]) => Number(box) < 300);
    expect(drawings.length).toBe(strips.length);
    // The drawing's units are mm; 25 of them are 25 × 72 / 25.4 points.
    for (const [, box, width] of drawings) expect((Number(width) / Number(box)) * 25).toBeCloseTo(70.866, 2);
  });

  it('tells of corrections, and shows names from outside as they are', async () => {
    const { analysis } = await shared;
    const changed: Analysis = {
      ...analysis,
      recording: { ...analysis.recording, id: '<b>"&\u0007x', notes: [] },
      corrections: [
        {
          revision: 1,
          at: '2026-01-02T03:04:05Z',
          by: 'key:1',
          comment: null,
          changes: [{ kind: 'remove', sample: 100 }],
        },
      ],
    };
    const text = JSON.stringify((reportDocument(changed, []) as unknown as Page).content);
    expect(text).toContain(
      'Corrected by hand: 1 change in 1 correction by one person, the last 2026-01-02T03:04:05Z',
    );
    expect(text).toContain('<b>\\"& x');
    expect(text).toContain('revision 1 of the corrections');
    expect(pagesOf(await writePdf(changed, []))).toBeGreaterThan(1);
  });

  it('leaves this thread free, and stops when it is cancelled', async () => {
    const { analysis, strips } = await shared;
    let turns = 0;
    const timer = setInterval(() => turns++, 5);
    await writePdf(analysis, strips);
    clearInterval(timer);
    // On this thread there would be no turn while it is laid out.
    expect(turns).toBeGreaterThan(20);
    const stop = new AbortController();
    const pending = writePdf(analysis, strips, { signal: stop.signal });
    setTimeout(() => stop.abort(), 20);
    await expect(pending).rejects.toMatchObject({ code: 'cancelled' });
    await expect(writePdf(analysis, strips, { signal: stop.signal })).rejects.toMatchObject({
      code: 'cancelled',
    });
  });
});

describe('an analysis on its way to a thread', () => {
  it('comes back as it was', async () => {
    const { analysis } = await shared;
    const n = analysis.beats.count;
    const odd: Analysis = {
      ...analysis,
      beats: { ...analysis.beats, likeness: Array.from({ length: n }, (_, i) => (i % 3 === 0 ? null : 0.5)) },
    };
    expect(unpackAnalysis(await packAnalysis(odd))).toEqual(odd);
    expect(unpackAnalysis(await packAnalysis(analysis))).toEqual(analysis);
  });
});

describe('inlineStyle', () => {
  it('puts the rules of its classes at each element, the later ones last', () => {
    const svg = '<svg class="strip"><style>x</style><path class="a b" d="M0 0"/><path class="c"/></svg>';
    expect(
      inlineStyle(svg, '.strip .b{fill:red;stroke:blue}.strip .a{fill:green}.strip{display:block}'),
    ).toBe('<svg><path style="fill:green;stroke:blue" d="M0 0"/><path/></svg>');
  });
});
