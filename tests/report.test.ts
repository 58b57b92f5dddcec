import { parse } from 'valibot';
import { beforeAll, describe, expect, it } from 'vitest';
import { collectStrips, summarize } from '../src/analysis/index.js';
import { type Analysis, AnalysisSchema, type EventStrip } from '../src/core/index.js';
import { sampleReader } from '../src/ecg/index.js';
import { formatTerminal, toAnnotations, writeCsv, writeHtml, writeJson } from '../src/report/index.js';

const CLASS_OF: Readonly<Record<string, number>> = { N: 0, j: 0, A: 1, a: 1, V: 2, F: 3 };
const HOSTILE = '<script>alert(1)</script>\u001b[31m"\'&';

let analysis: Analysis;
let strips: EventStrip[];
beforeAll(async () => {
  // The sample with its own true beats: what is under test here is how an analysis is presented.
  const reader = sampleReader();
  const beats = reader.info.annotations.filter((a) => a.symbol in CLASS_OF);
  const probabilities = Float32Array.from(beats, (_, i) => (i % 40 === 7 ? 0.55 : 0.97));
  analysis = await summarize({
    info: { ...reader.info, id: HOSTILE, startTime: HOSTILE, notes: [HOSTILE], warnings: [HOSTILE] },
    analysed: ['MLII', 'V1'],
    models: [{ role: 'beats', id: HOSTILE, version: HOSTILE, sha256: '0'.repeat(64) }],
    options: { pauseS: 2, certainFrom: 0.8, rateBeats: 8 },
    beats: {
      samples: Float64Array.from(beats, (b) => b.sample),
      labels: {
        classes: Uint8Array.from(beats, (b) => CLASS_OF[b.symbol]!),
        probabilities,
        uncertain: Uint8Array.from(probabilities, (p) => (p < 0.8 ? 1 : 0)),
      },
    },
    disturbed: new Set(),
    irregular: [{ from: 240_000, to: 330_000 }],
    unreadable: [{ from: 397_500, to: 406_250, reason: 'noise' }],
    rhythms: null,
    waves: null,
    quality: null,
    leadCheck: null,
    warnings: [],
  });
  strips = await collectStrips(reader, analysis);
});

describe('the page', () => {
  it('holds together: every tag closed, every link to a strip that is there', () => {
    const html = writeHtml(analysis, strips);
    const open: string[] = [];
    const markup = html.replace(/<style>[\s\S]*?<\/style>/g, '');
    for (const [tag, close, name, self] of markup.matchAll(/<(\/?)([a-z][a-z0-9]*)\b[^>]*?(\/?)>/gi)) {
      if (self === '/' || ['meta', 'br', 'link'].includes(name!.toLowerCase())) continue;
      if (close === '') open.push(name!);
      else expect(open.pop(), tag).toBe(name);
    }
    expect(open).toEqual([]);
    const anchors = [...html.matchAll(/href="#([^"]+)"/g)].map((m) => m[1]);
    // Once in the list of events, and once more in the table of episodes.
    expect(anchors.length).toBeGreaterThan(analysis.events.length);
    expect(new Set(anchors).size).toBe(analysis.events.length);
    for (const anchor of anchors) expect(html).toContain(`<figure id="${anchor}">`);
  });
  it('asks nothing of the network and runs no script', () => {
    const html = writeHtml(analysis, strips);
    expect(html).not.toMatch(/<script|<link|<img|<iframe|@import|url\(|src=|https?:/i);
  });
  it('shows what a file names itself as text', () => {
    const html = writeHtml(analysis, strips);
    expect(html).toContain('&lt;script&gt;alert(1)');
    expect(html).not.toContain('\u001b');
  });
  it('has strips in true size with a calibration pulse for each lead', () => {
    const html = writeHtml(analysis, strips);
    // 15 mm to the left, 10 s of 25 mm, 1 mm to the right.
    expect(html.match(/<svg class="strip" width="266mm"/g)).toHaveLength(analysis.events.length);
    expect(html.match(/class="pulse" d="M4 \d+h1v-10h5v10h1"/g)).toHaveLength(2 * analysis.events.length);
  });
  it('says plainly what is unsure, and what is for research only', () => {
    const html = writeHtml(analysis, strips);
    expect(html).toContain('Research use only');
    expect(html).toContain('without unsure beats');
    expect(html).toContain('rhythms such as atrial fibrillation are not');
  });
  it('can be written of nothing', async () => {
    const nothing = await summarize({
      info: { ...sampleReader().info, annotations: [] },
      analysed: ['MLII'],
      models: [],
      options: analysis.options,
      beats: { samples: new Float64Array(0), labels: null },
      disturbed: new Set(),
      irregular: null,
      unreadable: [{ from: 0, to: 450_000, reason: 'flat' }],
      rhythms: null,
      waves: null,
      quality: null,
      leadCheck: null,
      warnings: ['Nothing can be read.'],
    });
    const html = writeHtml(nothing, []);
    expect(html).toContain('Nothing can be read.');
    expect(html).not.toMatch(/NaN|Infinity|undefined/);
    expect(formatTerminal(nothing, { width: 80, color: false })).not.toMatch(/NaN|Infinity|undefined|null/);
  });
});

describe('the summary in a terminal', () => {
  it('fits the width and uses no colour unless asked', () => {
    for (const width of [40, 80, 132]) {
      const text = formatTerminal(analysis, { width, color: false });
      // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what is looked for
      expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f]/);
      const words = text.split('\n').filter((line) => line.length > width);
      // Only a single word longer than the line may stand out.
      for (const line of words) expect(line.trim().split(/ +/).length).toBeLessThanOrEqual(2);
    }
    expect(formatTerminal(analysis, { width: 80, color: true })).toContain('\u001b[1m');
  });
  it('counts what the script of the sample says', () => {
    // The script: single V 41, 133, 377 s of the first part; VV; seven V in bigeminy; VVVVVVV; four in
    // trigeminy; one V at 330 s; V and VV in fibrillation; two V at the end: 3+2+7+7+4+1+1+2+2 = 29.
    const text = formatTerminal(analysis, { width: 100, color: false });
    expect(text).toMatch(/Ventricular +29 beats, 1\.3 % · 18 singles · 2 couplets · 1 run/);
    expect(text).toMatch(/Pauses ≥ 2 s +1, the longest 3\.\d\d s/);
    expect(text).toContain('Research use only');
  });
});

describe('files for programs', () => {
  it('JSON holds the whole analysis', () => {
    expect(parse(AnalysisSchema, JSON.parse(writeJson(analysis)))).toEqual(analysis);
    expect(writeJson(analysis).split('\n').length).toBeLessThan(300);
  });
  it('CSV holds a row a beat', () => {
    const rows = [...writeCsv(analysis)].join('').trimEnd().split('\n');
    expect(rows[0]).toBe(
      'sample,time_s,rr_s,class,probability,uncertain,not_ruled_out,likeness,p_wave,pr_ms,qrs_ms,qt_ms,rhythm',
    );
    expect(rows).toHaveLength(1 + analysis.beats.count);
    const [a, b] = analysis.beats.sample as [number, number];
    expect(rows[2]).toBe(`${b},${(b / 250).toFixed(3)},${((b - a) / 250).toFixed(3)},N,0.97,,,,,,,,`);
    expect(rows[8]).toMatch(/,N,0\.55,low-confidence,{7}$/);
    const blind = rows.find((row) => Number(row.split(',')[0]) > 397_500)!;
    expect(blind.split(',')[2]).toBe('');
  });
  it('annotations hold the beats as any WFDB program reads them', () => {
    const marks = toAnnotations(analysis);
    expect(marks.map((m) => m.symbol).join('')).toBe(analysis.beats.class);
    expect(marks.map((m) => m.sample)).toEqual(analysis.beats.sample);
    expect(marks[7]!.aux).toBe('uncertain: low-confidence 0.55');
    expect(marks.filter((m) => m.aux !== undefined)).toHaveLength(analysis.uncertain!.beats);
  });
});
