import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { analyze, collectStrips } from '../src/analysis/index.js';
import { loadBeatClassifier } from '../src/cli/beat-classifier.js';
import { sampleReader } from '../src/ecg/index.js';
import { beatsInStrip, createClock, writeStripSvg } from '../src/report/index.js';

// Writes docs/strip.svg, the README's picture: the ventricular run of the built-in sample as the built-in network
// sees it, in a report's own strip.
const reader = sampleReader();
const classifier = await loadBeatClassifier(undefined, 1);
const analysis = await analyze(reader, { beats: classifier });
await classifier.close();
const event = analysis.events.find(({ kind }) => kind === 'ventricular-run') ?? analysis.events[0];
const strip = (await collectStrips(reader, analysis)).find(({ eventId }) => eventId === event.id);
if (strip === undefined) throw new Error('the sample has no event with a strip');
const svg = writeStripSvg(strip, beatsInStrip(analysis, strip), {
  title: 'Ten seconds of the built-in sample: every beat with its class and probability',
  highlight: event,
  clock: createClock(analysis.recording),
  standalone: true,
});
writeFileSync(fileURLToPath(new URL('../docs/strip.svg', import.meta.url)), `${svg}\n`);
