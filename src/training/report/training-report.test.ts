import { describe, expect, it } from 'vitest';
import { RESEARCH_USE_ONLY } from '../../core/index.js';
import { auditSplit, evaluateExamples } from '../../evaluation/index.js';
import { xOf, yOf } from './chart-frame.js';
import { drawConfusion } from './confusion-chart.js';
import { bytesText, countText, durationText, shareText } from './number-text.js';
import { writeTrainingReport } from './training-report.js';
import type { TrainingReport } from './training-report-data.js';

const split = auditSplit('A → B', { train: ['svdb/1'], test: ['mitdb/0'] });

/** Reference a a a a b b, prediction a a a b b b. */
const test = (classes: readonly string[]) =>
  evaluateExamples({
    classes,
    labels: [0, 0, 0, 0, 1, 1],
    probabilities: Float32Array.from(
      [0, 0, 0, 1, 1, 1].flatMap((c) => classes.map((_, i) => (i === c ? 0.9 : 0.1 / (classes.length - 1)))),
    ),
    groups: [0, 1, 0, 1, 0, 1],
    patients: ['p', 'q'],
    split,
    bootstrap: { seed: 1, resamples: 50 },
    by: 'patient',
  });

const report = (change: Partial<TrainingReport> = {}, name = 'cnn'): TrainingReport => ({
  title: 'heartbeat',
  config: { training: { learningRate: 0.001 } },
  split: 'A → B',
  leaky: false,
  networks: [
    {
      name,
      parameters: 48213,
      seconds: 412,
      epochs: [
        [
          { epoch: 1, loss: 1, validation: { 'macro-F1': 0.5, loss: 0.9 } },
          { epoch: 2, loss: 0.5, validation: { 'macro-F1': 0.75, loss: NaN } },
        ],
      ],
      validation: null,
      test: test(['a', 'b', 'c']),
      exports: [
        {
          precision: 'int8',
          bytes: 57312,
          latencyMs: 0.24,
          batchLatencyMs: 0.071,
          macroF1: 0.9101,
          accuracy: 0.9868,
        },
      ],
    },
  ],
  versions: { ectopy: '0.1.0' },
  figures: [],
  notes: [],
  ...change,
});

describe('writeTrainingReport', () => {
  it('needs nothing but itself and says what it is for', () => {
    const html = writeTrainingReport(report());
    expect(html).toContain(RESEARCH_USE_ONLY);
    expect(html).not.toMatch(/<script|<link|@import|url\(|src="(?!data:)|href="(?!#)|\son\w+="/);
    expect(html).not.toMatch(/NaN|undefined|Infinity/);
  });

  it('marks a leaky protocol at the top and at every network, and only that', () => {
    expect(writeTrainingReport(report({ leaky: true })).match(/class="leaky"/g)).toHaveLength(2);
    expect(writeTrainingReport(report())).not.toContain('class="leaky"');
  });

  it('shows figures, counts and sizes', () => {
    const html = writeTrainingReport(report());
    // By hand: 5 of 6 right; F1 of a 6/7, of b 4/5, c does not occur: macro-F1 0.829.
    expect(html).toContain('<div class="value">0.833</div>');
    expect(html).toContain('<div class="value">0.829</div>');
    expect(html).toContain('a called b: 1 of 4');
    for (const text of ['48,213', '7 min', '57.3 kB', '0.24 ms', '0.9101']) expect(html).toContain(text);
    expect(html).toContain('best validation macro-F1 0.750 at epoch 2');
  });

  it('escapes every text that it is given', () => {
    const evil = `"><script>alert('x')</script>&`;
    const html = writeTrainingReport(
      report({
        title: evil,
        config: { [evil]: evil },
        split: evil,
        notes: [evil],
        versions: { [evil]: evil },
        figures: [{ title: evil, svg: `<svg xmlns="http://www.w3.org/2000/svg" onload="${evil}"/>` }],
        networks: [{ ...report({}, evil).networks[0], test: test([evil, 'b', 'c']) }],
      }),
    );
    expect(html).not.toContain('<script');
    expect(html).not.toContain('onload="');
    expect(html).toContain('&lt;script&gt;');
  });

  it('draws every picture as well-formed markup with a name and a description', () => {
    const html = writeTrainingReport(report());
    const charts = html.match(/<svg class="chart"/g) ?? [];
    expect(charts).toHaveLength(6);
    expect(html.match(/<desc>/g)).toHaveLength(6);
    const open: string[] = [];
    const body = html.slice(html.indexOf('<main>'), html.indexOf('</body>'));
    for (const [, close, tag, , empty] of body.matchAll(/<(\/?)([a-z0-9]+)((?:"[^"]*"|[^">])*?)(\/?)>/g)) {
      if (close === '/') expect(open.pop()).toBe(tag);
      else if (empty !== '/' && tag !== 'img') open.push(tag);
    }
    expect(open).toEqual([]);
  });
});

describe('drawConfusion', () => {
  it('shades by the share of the row, the square root of it', () => {
    // Of 4 a 3 are right: √0.75 × 0.94 = 0.814, and √0.25 × 0.94 = 0.47 for the one that is not.
    const svg = drawConfusion('cnn', test(['a', 'b']));
    expect(svg).toContain('class="right" fill-opacity="0.814"');
    expect(svg).toContain('class="wrong" fill-opacity="0.470"');
    expect(svg).toContain('75.0 %');
  });
});

describe('texts and scales', () => {
  it('say numbers as they are read', () => {
    expect([countText(0), countText(999), countText(21774), countText(1234567)]).toEqual([
      '0',
      '999',
      '21,774',
      '1,234,567',
    ]);
    expect([bytesText(312), bytesText(48_213), bytesText(1_250_000)]).toEqual([
      '312 B',
      '48.2 kB',
      '1.25 MB',
    ]);
    expect([durationText(4.21), durationText(48), durationText(720), durationText(12_000)]).toEqual([
      '4.2 s',
      '48 s',
      '12 min',
      '3 h 20 min',
    ]);
    expect([shareText(1), shareText(0.9999), shareText(0.0001), shareText(0.25), shareText(0)]).toEqual([
      '100 %',
      '>99.9 %',
      '<0.1 %',
      '25.0 %',
      '0 %',
    ]);
  });

  it('put values where their axes say', () => {
    const frame = { left: 10, top: 20, width: 100, height: 50, x: [0, 2], y: [0.5, 1] } as const;
    expect([xOf(frame, 0), xOf(frame, 1), yOf(frame, 1), yOf(frame, 0.5)]).toEqual([10, 60, 20, 70]);
  });
});
