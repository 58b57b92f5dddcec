import { parse } from 'valibot';
import { beforeAll, describe, expect, it } from 'vitest';
import { collectStrips, summarize } from '../src/analysis/index.js';
import { type Analysis, AnalysisSchema, type EventStrip } from '../src/core/index.js';
import { createWaveMarks, sampleReader } from '../src/ecg/index.js';
import { readAnnotations, writeAnnotations } from '../src/formats/index.js';
import { formatTerminal, toAnnotations, writeCsv, writeHtml, writeJson } from '../src/report/index.js';

const CLASS_OF: Readonly<Record<string, number>> = { N: 0, j: 0, A: 1, a: 1, V: 2, F: 3 };
const FS = 250;
const ms = (n: number) => (n / 1000) * FS;

let analysis: Analysis;
let strips: EventStrip[];
beforeAll(async () => {
  // The sample with its own true beats, and what networks could have said of it; how that is told is under test.
  const reader = sampleReader();
  const marked = reader.info.annotations.filter((a) => a.symbol in CLASS_OF);
  const samples = Float64Array.from(marked, (b) => b.sample);
  const n = samples.length;
  const classes = Uint8Array.from(marked, (b) => CLASS_OF[b.symbol]!);
  const marks = createWaveMarks(n);
  samples.forEach((at, i) => {
    const wide = classes[i] === 2;
    marks.qrsOnset[i] = at - ms(40);
    marks.qrsOffset[i] = at + ms(wide ? 110 : 50);
    marks.tOffset[i] = at + ms(340);
    if (!wide) {
      marks.pOnset[i] = at - ms(200);
      marks.pPeak[i] = at - ms(160);
      marks.pOffset[i] = at - ms(110);
    }
  });
  const rhythm = (
    from: number,
    to: number,
    name: 'sinus' | 'atrial-fibrillation' | 'unreadable',
    p: number,
  ) => ({
    from,
    to,
    rhythm: name,
    probability: name === 'unreadable' ? null : p,
    uncertain: p < 0.8,
    reason: p < 0.8 ? 'low-confidence' : null,
  });
  const flat = new Float32Array(n).fill(0.05);
  analysis = await summarize({
    info: reader.info,
    analysed: ['MLII', 'V1'],
    models: [
      { role: 'beats', id: 'b', version: '1', sha256: '0'.repeat(64) },
      { role: 'rhythm', id: 'r', version: '2', sha256: '1'.repeat(64) },
    ],
    options: { pauseS: 2, certainFrom: 0.8, rateBeats: 8 },
    beats: {
      samples,
      labels: {
        classes,
        probabilities: new Float32Array(n).fill(0.97),
        uncertain: Uint8Array.from({ length: n }, (_, i) => (i % 50 === 7 ? 6 : 0)),
        // Every fiftieth beat may be N or S, the others are what they are.
        sets: classes.map((c, i) => (i % 50 === 7 ? 0b00011 : 1 << c)),
        likeness: Float32Array.from(classes, (c) => (c === 2 ? -0.2 : 0.98)),
      },
    },
    disturbed: new Set(),
    irregular: [],
    unreadable: [{ from: 397_500, to: 406_250, reason: 'noise' }],
    rhythms: [
      rhythm(0, 180_000, 'sinus', 0.95),
      rhythm(180_000, 270_000, 'atrial-fibrillation', 0.97),
      rhythm(270_000, 397_500, 'sinus', 0.6),
      rhythm(397_500, 406_250, 'unreadable', 1),
      rhythm(406_250, 450_000, 'sinus', 0.95),
    ],
    waves: {
      marks,
      levels: ['MLII', 'V1'].map((lead) => ({ lead, st: flat, areas: { p: flat, qrs: flat, t: flat } })),
    },
    quality: [
      { lead: 'MLII', seconds: new Uint8Array(1800) },
      { lead: 'V1', seconds: Uint8Array.from({ length: 1800 }, (_, s) => (s < 180 ? 1 : s < 216 ? 2 : 0)) },
    ],
    leadCheck: { inverted: ['V1'], swap: null, sentences: ['Lead V1 <seems> to be upside down.'] },
    warnings: [],
  });
  strips = await collectStrips(reader, analysis);
});

describe('an analysis with every part', () => {
  it('fits its schema', () => {
    expect(parse(AnalysisSchema, JSON.parse(writeJson(analysis)))).toEqual(analysis);
  });

  it('measures the normal beats, and no P wave in fibrillation', () => {
    const { summary, pr, qrs, p } = analysis.intervals!;
    // By hand from the marks: P onset 200 ms and QRS onset 40 ms before R, QRS offset 50 ms and T offset 340 ms after.
    expect(summary.pr).toMatchObject({ median: 160, p5: 160, p95: 160 });
    expect(summary.qrs!.median).toBe(90);
    expect(summary.qt!.median).toBe(380);
    const inside = (at: number) => at >= 180_000 && at < 270_000;
    const { sample, class: classes } = analysis.beats;
    const beats = [...sample.keys()];
    const narrow = beats.filter(
      (i) => classes![i] !== 'V' && !(sample[i]! >= 397_500 && sample[i]! <= 406_250),
    );
    expect(narrow.filter((i) => !inside(sample[i]!)).every((i) => pr[i] === 160 && p[i] === 'y')).toBe(true);
    const fibrillating = beats.filter((i) => inside(sample[i]!));
    expect(fibrillating.length).toBeGreaterThan(300);
    expect(fibrillating.every((i) => pr[i] === null && p[i] === '?')).toBe(true);
    expect(qrs.filter((_, i) => classes![i] === 'V').every((width) => width === 150)).toBe(true);
    // The normal intervals outside fibrillation only.
    expect(analysis.hrv!.nn.count).toBeLessThan(narrow.length - fibrillating.length);
    expect(analysis.hrv!.nn.rule).toMatch(/outside rhythms that are not sinus/);
  });

  it('adds up rhythms and doubts', () => {
    const [sinus, fibrillation, unreadable] = analysis.rhythmBurden!;
    // 35 s that cannot be read end an episode, as fibrillation does.
    expect(sinus).toMatchObject({ rhythm: 'sinus', episodes: 3, seconds: (450_000 - 90_000 - 8750) / FS });
    expect(sinus!.certainSeconds).toBe((180_000 + 43_750) / FS);
    expect(fibrillation).toMatchObject({ rhythm: 'atrial-fibrillation', share: 0.2, seconds: 360 });
    expect(unreadable).toMatchObject({ rhythm: 'unreadable', meanBpm: null });
    const doubtful = Math.ceil((analysis.beats.count - 7) / 50);
    expect(analysis.uncertain!.reasons).toEqual([{ reason: 'classes-close', beats: doubtful }]);
    expect(analysis.quality.leads![1]).toMatchObject({ noisy: 180, flat: 36, good: 1584 });
  });
});

describe('the page of an analysis with every part', () => {
  it('tells each part, as text where it is a file that speaks', () => {
    const html = writeHtml(analysis, strips);
    for (const part of [
      'Heart rate and rhythm',
      '<h2>Rhythms</h2>',
      '<h2>Intervals</h2>',
      '<h2>Heart-rate variability</h2>',
      '<h2>Signal quality</h2>',
      '<h2>Unsure beats</h2>',
      'Lead V1 &lt;seems&gt; to be upside down.',
      'Two classes fit almost equally well',
      'Atrial fibrillation for 6 min',
      'Research use only',
    ])
      expect(html, part).toContain(part);
    expect(html).not.toMatch(/NaN|Infinity|undefined|\[object/);
    expect(html).not.toContain('rhythms such as atrial fibrillation are not');
    // A set of two classes stands with its letters above its beat.
    expect(html).toMatch(/class="p unsure"[^>]*>NS<\/text>/);
  });

  it('shows in its band what lasts long and what is unsure, and nothing else', () => {
    const html = writeHtml(analysis, strips);
    const trend = html.slice(html.indexOf('<svg class="trend"'), html.indexOf('</svg>'));
    const spans = [
      ...trend.matchAll(/<g><title>([^<]*)<\/title><rect x="([\d.]+)"[^>]*width="([\d.]+)"/g),
    ].map(([, name, x, width]) => ({ name, x: Number(x), width: Number(width) }));
    expect(spans.map(({ name }) => name)).toEqual([
      'Sinus rhythm',
      'Atrial fibrillation',
      'Sinus rhythm',
      'Rhythm unreadable',
      'Sinus rhythm',
    ]);
    const total = spans.reduce((sum, { width }) => sum + width, 0);
    // 360 s of 1800 s, to a column of 1/900.
    expect(Math.abs(spans[1]!.width / total - 0.2)).toBeLessThan(1.5 / 900);
    expect(trend.match(/url\(#unsure\)/g)).toHaveLength(1);
  });

  it('has strips of the rhythms with a sentence each', () => {
    const event = analysis.events.find(({ kind }) => kind === 'rhythm')!;
    expect(analysis.rhythms![event.rhythm!]!.rhythm).toBe('atrial-fibrillation');
    const html = writeHtml(analysis, strips);
    expect(html).toContain(`<figure id="${event.id}"><figcaption><b>Atrial fibrillation</b>`);
  });
});

describe('other forms of an analysis with every part', () => {
  it('the terminal names rhythms first', () => {
    const text = formatTerminal(analysis, { width: 100, color: false });
    expect(text).toMatch(/Rhythm +Sinus rhythm 78\.1 %/);
    expect(text).toMatch(/Atrial fibrillation 20\.0 % · 1 episode of 6 min/);
    expect(text).toMatch(/Intervals +PR 160 · QRS 90 · QT 380 · QTc \d+ ms \(Fridericia\)/);
    expect(text).toMatch(/Lead V1 +10\.0 % noisy · 2\.0 % flat or off/);
    expect(text).not.toMatch(/Lead MLII +/);
    expect(text).toMatch(/Note +Lead V1 <seems> to be upside down/);
    expect(text).not.toContain('Beats only');
  });

  it('CSV tells each beat its rhythm and measures', () => {
    const [head, ...rows] = [...writeCsv(analysis)].join('').trimEnd().split('\n');
    const column = (name: string) => head!.split(',').indexOf(name);
    const cells = rows.map((row) => row.split(','));
    const of = (name: string, row: readonly string[]) => row[column(name)];
    const fibrillating = cells.filter((row) => Number(row[0]) >= 180_000 && Number(row[0]) < 270_000);
    expect(fibrillating.every((row) => of('rhythm', row) === 'atrial-fibrillation')).toBe(true);
    expect(fibrillating.every((row) => of('pr_ms', row) === '' && of('p_wave', row) === '')).toBe(true);
    expect(cells.filter((row) => of('rhythm', row) === 'atrial-fibrillation')).toHaveLength(
      fibrillating.length,
    );
    expect(of('not_ruled_out', cells[7]!)).toBe('NS');
    expect(of('not_ruled_out', cells[8]!)).toBe(of('class', cells[8]!));
    const ventricular = cells.find((row) => of('class', row) === 'V')!;
    expect([of('qrs_ms', ventricular), of('likeness', ventricular), of('pr_ms', ventricular)]).toEqual([
      '150',
      '-0.2',
      '',
    ]);
  });

  it('annotations carry rhythm changes that WFDB programs read', () => {
    const marks = readAnnotations(writeAnnotations(toAnnotations(analysis), { fs: FS }));
    const changes = marks.filter(({ symbol }) => symbol === '+');
    expect(changes.map(({ aux }) => aux)).toEqual(['(N', '(AFIB', '(N', '(NOISE', '(N']);
    expect(changes.map(({ sample }) => sample)).toEqual([0, 180_000, 270_000, 397_500, 406_250]);
    expect(marks.filter(({ symbol }) => symbol !== '+')).toHaveLength(analysis.beats.count);
    // A change at an R peak stands before it.
    const at = analysis.beats.sample[40]!;
    const moved = toAnnotations({
      ...analysis,
      rhythms: [{ ...analysis.rhythms![0]!, from: at, rhythm: 'paced' }],
    });
    expect(moved.find(({ symbol }) => symbol === '+')).toMatchObject({ sample: at - 1, aux: '(P' });
  });
});
