import { readFileSync } from 'node:fs';
import type { Annotation } from '../../src/core/index.js';
import { EC57_MAP } from '../../src/ecg/index.js';
import {
  BEAT_HEADING,
  compareBeats,
  compareEpisodes,
  compareRuns,
  EC57_START,
  episodeHeading,
  formatBeatLine,
  formatBeatMatrix,
  formatBeatSummary,
  formatEpisodeLine,
  formatEpisodeSummary,
  formatRunLine,
  formatRunSummary,
  formatShutdownLine,
  formatShutdownSummary,
  RUN_HEADING,
  SHUTDOWN_HEADING,
  SVE_RUN_TITLE,
  summariseBeats,
  summariseRuns,
} from '../../src/evaluation/index.js';
import { readAnnotations } from '../../src/formats/index.js';

/** One record's annotations, and how long it is. */
export interface AnnotatedRecord {
  readonly record: string;
  readonly reference: readonly Annotation[];
  readonly test: readonly Annotation[];
  /** s */
  readonly length: number;
}

/** mitdb: Hz and samples of every record. */
const FS = 360;
const LENGTH = 650_000;

/** The records of mitdb with the annotations of a test annotator beside the experts'. */
export function readGoldenRecords(shared: string, annotator: string): AnnotatedRecord[] {
  const read = (path: string) => readAnnotations(readFileSync(`${shared}/${path}`));
  return readFileSync(`${shared}/golden/ec57/reports/${annotator}.bxb-beats.txt`, 'utf8')
    .split('\n')
    .slice(1)
    .flatMap((line) => line.match(/^ *(\d+)/)?.[1] ?? [])
    .map((record) => ({
      record,
      reference: read(`data/mitdb/${record}.atr`),
      test: read(`golden/ec57/annotations/${record}.${annotator}`),
      length: LENGTH / FS,
    }));
}

/** Every report of one annotator, by the file name the reference programs' output has in golden/ec57/reports. */
export function writeReports(records: readonly AnnotatedRecord[], annotator: string): Map<string, string> {
  const reports = new Map<string, string>();
  const add = (name: string, lines: readonly string[], summary?: readonly string[]) => {
    reports.set(`${annotator}.${name}.txt`, `${lines.join('\n')}\n`);
    if (summary) reports.set(`${annotator}.${name}.summary.txt`, `${[...lines, ...summary].join('\n')}\n`);
  };
  const beats = (from: number) =>
    records.map((r) =>
      compareBeats(r.reference, r.test, { record: r.record, fs: FS, from, to: r.length, map: EC57_MAP }),
    );
  const fromFive = beats(EC57_START);
  const fromZero = beats(0);
  const total = summariseBeats(fromFive);
  add('bxb-beats', [BEAT_HEADING, ...fromFive.map(formatBeatLine)], formatBeatSummary(total));
  add(
    'bxb-beats-from0',
    [BEAT_HEADING, ...fromZero.map(formatBeatLine)],
    formatBeatSummary(summariseBeats(fromZero)),
  );
  add(
    'bxb-shutdown',
    [...SHUTDOWN_HEADING, ...fromFive.map(formatShutdownLine)],
    formatShutdownSummary(fromFive, total),
  );
  add(
    'bxb-matrix',
    fromFive.flatMap((comparison) => formatBeatMatrix(comparison, 'atr', annotator)),
  );
  const period = (r: AnnotatedRecord) => ({ record: r.record, fs: FS, from: EC57_START, to: r.length });
  for (const [kind, name, heading] of [
    ['V', 'rxr-ve-runs', [RUN_HEADING]],
    ['S', 'rxr-sve-runs', [SVE_RUN_TITLE, RUN_HEADING]],
  ] as const) {
    const runs = records.map((r) => compareRuns(r.reference, r.test, kind, period(r)));
    add(name, [...heading, ...runs.map(formatRunLine)], formatRunSummary(summariseRuns(runs)));
  }
  for (const [kind, name] of [
    ['AF', 'epicmp-af'],
    ['VF', 'epicmp-vf'],
  ] as const) {
    const episodes = records.map((r) => compareEpisodes(r.reference, r.test, kind, period(r)));
    add(name, [...episodeHeading(kind), ...episodes.map(formatEpisodeLine)], formatEpisodeSummary(episodes));
  }
  return reports;
}

/** How two reports agree. */
export interface ReportDifference {
  /** Numbers, `-` for undefined included, that stand in the expected report. */
  readonly numbers: number;
  /** Numbers that differ, are missing or are too many. */
  readonly differing: number;
  /** Whether the whole text is the same. */
  readonly sameText: boolean;
  /** The lines that differ, expected then got, at most ten. */
  readonly lines: readonly (readonly [expected: string, got: string])[];
}

/** Compares two reports number by number, and as text. */
export function compareReports(expected: string, got: string): ReportDifference {
  const numbersOf = (line: string) => line.match(/(?<=^|[\s(/:])-(?=\s|$)|\d+(?::\d+)*(?:\.\d+)?/g) ?? [];
  const a = expected.split('\n');
  const b = got.split('\n');
  let numbers = 0;
  let differing = 0;
  const lines: [string, string][] = [];
  for (let i = 0; i < Math.max(a.length, b.length); i++) {
    const x = numbersOf(a[i] ?? '');
    const y = numbersOf(b[i] ?? '');
    numbers += x.length;
    for (let k = 0; k < Math.max(x.length, y.length); k++) if (x[k] !== y[k]) differing++;
    if (a[i] !== b[i] && lines.length < 10) lines.push([a[i] ?? '', b[i] ?? '']);
  }
  return { numbers, differing, sameText: expected === got, lines };
}
