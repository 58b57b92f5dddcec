import { join } from 'node:path';
import type { Command } from 'commander';
import { analyze, collectStrips } from '../../analysis/index.js';
import {
  type Analysis,
  EcgError,
  MODEL_ROLES,
  type ModelRole,
  type RecordingReader,
} from '../../core/index.js';
import { sampleReader } from '../../ecg/index.js';
import { writeAnnotations } from '../../formats/index.js';
import { openFile } from '../../formats/node.js';
import {
  formatTerminal,
  toAnnotations,
  writeCsv,
  writeFhirReport,
  writeHtml,
  writeJson,
} from '../../report/index.js';
import { writePdf } from '../../report/pdf/node.js';
import { cancelOnInterrupt } from '../cancel.js';
import { describeFault } from '../exit-codes.js';
import { findRecord } from '../find-record.js';
import { loadModels, parseRoles } from '../load-models.js';
import { addOpenFlags, type OpenFlags, openOptions, parseCount, parsePositive } from '../open-options.js';
import { createNamer, outputFolder, writeWhole } from '../output-files.js';
import { createProgressLine } from '../progress.js';

interface Flags extends OpenFlags {
  readonly sample?: boolean;
  readonly json?: boolean;
  readonly csv?: boolean;
  readonly atr?: boolean;
  readonly html?: boolean;
  readonly pdf?: boolean;
  readonly fhir?: boolean;
  readonly out?: string;
  readonly model?: string;
  readonly only?: ModelRole[];
  readonly pause?: number;
  readonly threads: number;
  readonly quiet?: boolean;
}

export function addAnalyze(program: Command): void {
  const command = program
    .command('analyze')
    .description('find and classify every beat of recordings, name rhythms, measure, and report')
    .argument(
      '[files...]',
      'recordings in any supported format; WFDB records also without extension, or by database (mitdb/100)',
    )
    .option('--sample', 'analyze the built-in synthetic recording')
    .option(
      '--json',
      'the whole analysis; to standard output, one document a recording, or to ID.ectopy.json with --out',
    )
    .option('--csv', 'one row a beat; to standard output, or to ID.ectopy.csv with --out')
    .option('--html', 'the report as one page, ID.ectopy.html')
    .option('--pdf', 'the report for paper, ID.ectopy.pdf')
    .option('--fhir', 'the report as a FHIR R4 Bundle, ID.ectopy.fhir.json')
    .option('--atr', 'the beats as WFDB annotations, ID.atr; never overwrites')
    .option('--out <folder>', 'where files go; the current folder when omitted')
    .option('--model <file>', 'another trained network of beats (.onnx) than the built-in one')
    .option(
      '--only <networks>',
      `use some of the built-in networks only: ${MODEL_ROLES.join(',')}`,
      parseRoles,
    )
    .option('--pause <s>', 'RR interval from which it counts as a pause', parsePositive)
    .option('--threads <n>', 'threads; from 2 on networks compute beside the rest', parseCount, 1)
    .option('--quiet', 'no summary');
  addOpenFlags(command).action(runAnalyze);
}

async function runAnalyze(files: string[], flags: Flags): Promise<void> {
  checkFlags(files, flags);
  const signal = cancelOnInterrupt();
  const folder = flags.out === undefined ? '.' : await outputFolder(flags.out);
  const networks = await loadModels({ model: flags.model, only: flags.only, threads: flags.threads });
  const nameOf = createNamer();
  const inputs = flags.sample
    ? [{ label: 'sample', open: async () => sampleReader() }]
    : files.map((file) => ({
        label: file,
        open: async () => openFile(await findRecord(file), { ...openOptions(flags), signal }),
      }));
  // With `| head`, nobody reads what further recordings would print.
  let read = true;
  process.stdout.once('error', () => {
    read = false;
  });
  const writesFiles = flags.out !== undefined || flags.html || flags.pdf || flags.fhir || flags.atr;

  let exitCode = 0;
  for (const { label, open } of inputs) {
    if (!read && !writesFiles) break;
    const line = createProgressLine(label);
    const options = { signal, onProgress: line.update };
    let reader: RecordingReader | undefined;
    try {
      reader = await open();
      const analysis = await analyze(reader, networks.models, {
        ...options,
        overlap: flags.threads > 1,
        ...(flags.pause === undefined ? {} : { pauseS: flags.pause }),
      });
      const strips = flags.html || flags.pdf ? await collectStrips(reader, analysis, options) : [];
      line.clear();
      const path = (ending: string) => join(folder, `${name}${ending}`);
      const name = nameOf(analysis.recording.id);
      const written: string[] = [];
      const put = async (ending: string, pieces: Iterable<string | Uint8Array>, keep = false) => {
        written.push(await writeWhole(path(ending), pieces, { keep }));
      };
      const toScreen = flags.out === undefined;
      if (!flags.quiet && !(toScreen && (flags.json || flags.csv))) print(analysis);
      if (flags.json)
        await (toScreen ? printAll([writeJson(analysis)]) : put('.ectopy.json', [writeJson(analysis)]));
      if (flags.csv) await (toScreen ? printAll(writeCsv(analysis)) : put('.ectopy.csv', writeCsv(analysis)));
      if (flags.html) await put('.ectopy.html', [writeHtml(analysis, strips)]);
      if (flags.pdf) await put('.ectopy.pdf', [await writePdf(analysis, strips, { signal })]);
      if (flags.fhir) await put('.ectopy.fhir.json', [writeFhirReport(analysis)]);
      if (flags.atr)
        await put('.atr', [writeAnnotations(toAnnotations(analysis), { fs: analysis.recording.fs })], true);
      for (const file of written) process.stderr.write(`wrote ${file}\n`);
    } catch (fault) {
      line.clear();
      const { code, message } = describeFault(fault);
      process.stderr.write(`ectopy: ${label}: ${message}\n`);
      exitCode ||= code;
      if (signal.aborted) break;
    } finally {
      await reader?.close();
    }
  }
  await networks.close();
  process.exitCode = exitCode;
}

function checkFlags(files: readonly string[], flags: Flags): void {
  const { sample, json, csv, out, columns, model, only } = flags;
  const fault = (message: string) => new EcgError('bad-option', `analyze: ${message}`);
  if (sample && files.length > 0) throw fault('give files or --sample, not both');
  if (!sample && files.length === 0) {
    const taken = columns === undefined ? '' : ' (--columns takes every word after it: put files before it)';
    throw fault(`no recording given; name a file, or try --sample${taken}`);
  }
  if (model !== undefined && only !== undefined && !only.includes('beats'))
    throw fault('--model is another network of beats, add beats to --only');
  if (out === undefined && json && csv)
    throw fault('--json and --csv cannot share standard output, add --out <folder>');
  if (out === undefined && csv && files.length > 1)
    throw fault('tables of several recordings cannot share standard output, add --out <folder>');
}

function print(analysis: Analysis): void {
  const { stdout } = process;
  const color = Boolean(stdout.isTTY) && process.env['NO_COLOR'] === undefined;
  stdout.write(`${formatTerminal(analysis, { width: Math.min(100, stdout.columns ?? 80), color })}\n`);
}

async function printAll(pieces: Iterable<string>): Promise<void> {
  // The callback also comes where the reader has gone; `drain` would not.
  for (const piece of pieces) await new Promise((resolve) => process.stdout.write(piece, resolve));
}
