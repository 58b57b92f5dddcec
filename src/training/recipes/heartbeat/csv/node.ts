import { basename } from 'node:path';
import { BEAT_CLASSES, EcgError, type RunOptions } from '../../../../core/index.js';
import { HEARTBEAT_FS, HEARTBEAT_SAMPLES, readHeartbeatCsv } from '../../../../formats/index.js';
import { fileSource } from '../../../../formats/node.js';
import { type HeartbeatInput, heartbeatShape, normaliseHeartbeatRows } from '../../../../models/index.js';
import type { ExampleSet } from '../../../examples/example-set.js';

/**
 * The beats of the original tables, training file first; a file is a record, for the tables name none.
 *
 * @param files  the training and the test table
 * @throws EcgError `bad-option` when the input is not that of the tables; `not-found`, `bad-format` from reading;
 *   `cancelled`
 */
export async function readHeartbeatTables(
  files: { readonly train: string; readonly test: string },
  input: HeartbeatInput,
  options?: RunOptions,
): Promise<ExampleSet> {
  checkInput(input);
  const parts: { beats: Float32Array; labels: Uint8Array; file: number }[] = [];
  for (const [file, path] of [files.train, files.test].entries()) {
    const source = await fileSource(path);
    const before = parts.length;
    try {
      for await (const { beats, labels } of readHeartbeatCsv(source, 8192, options)) {
        parts.push({ beats: beats.slice(), labels: labels.slice(), file });
      }
    } finally {
      await source.close();
    }
    if (parts.length === before) {
      throw new EcgError('bad-format', `csv: ${path} holds no beats, give the published table`);
    }
  }
  const count = parts.reduce((sum, { labels }) => sum + labels.length, 0);
  const data = new Float32Array(count * HEARTBEAT_SAMPLES);
  const label = new Uint8Array(count);
  const record = new Uint16Array(count);
  let at = 0;
  for (const { beats, labels, file } of parts) {
    data.set(beats, at * HEARTBEAT_SAMPLES);
    label.set(labels, at);
    record.fill(file, at, at + labels.length);
    at += labels.length;
  }
  normaliseHeartbeatRows(data, HEARTBEAT_SAMPLES, input.normalise);
  // Which patient a row is of, nobody can say: one name for both files, so that no audit takes them for disjoint.
  const records = [files.train, files.test].map((path) => ({
    id: `csv/${basename(path)}`,
    patient: 'csv/unknown',
  }));
  return { classes: BEAT_CLASSES, shape: heartbeatShape(input), data, label, record, records };
}

/** @throws EcgError `bad-option` naming what the tables do not have */
function checkInput(input: HeartbeatInput): void {
  const faults: string[] = [];
  if (input.fs !== HEARTBEAT_FS) faults.push(`fs ${input.fs} instead of ${HEARTBEAT_FS}`);
  if (input.length !== HEARTBEAT_SAMPLES)
    faults.push(`length ${input.length} instead of ${HEARTBEAT_SAMPLES}`);
  if (input.before !== 0) faults.push(`before ${input.before} instead of 0`);
  if (input.rrMultiple !== 1.2) faults.push(`rrMultiple ${input.rrMultiple} instead of 1.2`);
  if (input.leads !== 1) faults.push(`${input.leads} leads instead of 1`);
  if (input.rr) faults.push('rr');
  if (input.normalise === 'none') faults.push('normalise none, the tables hold no mV');
  if (faults.length > 0) {
    throw new EcgError(
      'bad-option',
      `data.csv: the tables have another input than asked for (${faults.join(', ')}); leave data.csv out or ask for theirs`,
    );
  }
}
