import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { describeWithShared, sharedDir } from './shared-data.js';

const main = fileURLToPath(new URL('../dist/cli/main.js', import.meta.url));
const golden = `${sharedDir}/golden/ec57`;

/** The numbers behind the label of a line of one of the reference programs' summaries. */
function summaryNumbers(report: string, label: string): number[] {
  const text = readFileSync(`${golden}/reports/${report}`, 'utf8');
  const line = text.split('\n').find((one) => one.startsWith(label)) ?? '';
  return line.slice(label.length).trim().split(/\s+/).map(Number);
}

describeWithShared('ectopy evaluate beside the WFDB programs', () => {
  it('prints their gross figures for the disturbed annotations of mitdb', () => {
    const flags = ['--test', 'sim', '--test-dir', `${golden}/annotations`, '--map', 'ec57'];
    const { status, stdout } = spawnSync(process.execPath, [main, 'evaluate', 'mitdb', ...flags], {
      encoding: 'utf8',
      env: { ...process.env, ECTOPY_DATA: `${sharedDir}/data` },
    });
    expect(status).toBe(0);
    const cells = (pattern: RegExp) =>
      (stdout.split('\n').find((line) => pattern.test(line)) ?? '').split('|').map((cell) => cell.trim());

    // QRS, VEB and SVEB: sensitivity and positive predictivity, in columns 5 to 10 of ours, the last of theirs.
    const gross = cells(/^\| gross +\|/);
    const bxb = summaryNumbers('sim.bxb-beats.summary.txt', 'Gross');
    expect(gross.slice(5, 9).map(Number)).toEqual(bxb.slice(0, 4));
    expect(gross.slice(9, 11).map(Number)).toEqual(bxb.slice(-2));

    // AF episodes and their durations, which `epicmp` rounds to whole percents.
    const episodes = cells(/^\| episodes \(99 reference/).slice(2, 4);
    const durations = cells(/^\| duration \(6471/).slice(2, 4);
    const rounded = [...episodes, ...durations].map((cell) => Math.round(Number(cell)));
    expect(rounded).toEqual(summaryNumbers('sim.epicmp-af.summary.txt', 'Gross'));
  });
});
