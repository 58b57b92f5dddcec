import { describe, expect, it } from 'vitest';
import { drawConfusion } from './confusion-chart.js';
import { standaloneChart } from './standalone-chart.js';

describe('standaloneChart', () => {
  it('is a file of its own: its namespace, its style, and what the chart draws', () => {
    const chart = drawConfusion('test', {
      classes: ['N', 'V'],
      confusion: [
        [8, 2],
        [1, 4],
      ],
    });
    const file = standaloneChart(chart);
    expect(chart).not.toContain('xmlns=');
    expect(file).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" class="chart" viewBox="[\d. ]+"/);
    expect(file.match(/<style>[^<]*--heat:[^<]*<\/style>/)).not.toBeNull();
    expect(file.endsWith(chart.slice(chart.indexOf('>') + 1))).toBe(true);
  });
});
