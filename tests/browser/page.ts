// A page as a user of the package would write it: only its public doors, no server but the one that gives the files.
import { blobSource } from '../../src/formats/browser.js';
import {
  type BeatClassifier,
  collectStrips,
  createBeatClassifier,
  loadBeatModel,
  open,
  writeHtml,
} from '../../src/index.js';
import { createRuntime } from '../../src/nn/browser.js';
import { analyzeOpenly } from './analyze-openly.js';
import { watchMainThread } from './main-thread.js';
import type { PageResult } from './page-result.js';

const element = <T extends HTMLElement>(id: string) => document.getElementById(id) as T;
const files = element<HTMLInputElement>('files');

/** What a person sees, and what the test waits for. */
function say(state: 'ready' | 'done' | 'failed' | 'busy', text: string): void {
  const output = element<HTMLOutputElement>('state');
  output.value = text;
  output.dataset['state'] = state;
}

async function loadClassifier(url: string): Promise<BeatClassifier> {
  const bytes = new Uint8Array(await (await fetch(url)).arrayBuffer());
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  const sha256 = [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return createBeatClassifier(await loadBeatModel(bytes, await createRuntime()), sha256);
}

async function analyzeFiles(chosen: readonly File[], classifier: BeatClassifier): Promise<PageResult> {
  // The header opens a WFDB record, the other files are its siblings; any other format is one file.
  const main = chosen.find(({ name }) => name.endsWith('.hea')) ?? chosen[0];
  const reader = await open(blobSource(main, chosen));
  const watch = watchMainThread();
  const classified = await analyzeOpenly(reader, classifier);
  const blocks = await watch.stop();
  const strips = await collectStrips(reader, classified.analysis);
  element<HTMLIFrameElement>('report').srcdoc = writeHtml(classified.analysis, strips);
  await reader.close();
  return { ...classified, ...blocks };
}

async function start(): Promise<void> {
  const model = new URLSearchParams(location.search).get('model') ?? 'beats.onnx';
  const classifier = await loadClassifier(model);
  files.addEventListener('change', async () => {
    const chosen = [...(files.files ?? [])];
    if (chosen.length === 0) return;
    say('busy', 'Analyzing …');
    try {
      const result = await analyzeFiles(chosen, classifier);
      element('result').textContent = JSON.stringify(result);
      say('done', `${result.analysis.beats.count} beats in ${(result.milliseconds / 1000).toFixed(1)} s`);
    } catch (error) {
      say('failed', String(error));
    }
  });
  files.disabled = false;
  say('ready', 'Ready: choose a recording. It stays on this machine.');
}

start().catch((error: unknown) => say('failed', String(error)));
