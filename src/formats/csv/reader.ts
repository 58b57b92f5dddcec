import {
  EcgError,
  type ReadRange,
  type RecordingInfo,
  type RecordingReader,
  type SignalInfo,
} from '../../core/index.js';
import { isEcgLead } from '../leads.js';
import { resolveRange, sliceOf } from '../range.js';
import { scaleOf, scaleWarnings } from '../scale.js';
import type { ByteSource, OpenOptions } from '../source.js';
import { isHeartbeatTable } from './heartbeat.js';
import { type Layout, sniffLayout } from './layout.js';
import { type Plan, planTable } from './plan.js';
import { measureRate, placeRows } from './rows.js';
import { readRows, type WantedColumn } from './samples.js';
import { scanTable, type TableScan } from './scan.js';
import { isoOf } from './time.js';

const HEAD_BYTES = 65536;

/**
 * An open table of samples: CSV, TSV, text in columns, a PhysioNet export, a watch's export.
 *
 * Opening passes over the file once, a megabyte at a time, to know its rows, gaps and odd cells; a read goes straight
 * to its rows. The sampling frequency comes from `options.fs`, else from a metadata line, else from the time column,
 * and is kept as exact as it is written.
 *
 * @throws EcgError `bad-option` without any sampling frequency, for a column that is not there, or for values whose
 *   unit nobody says; `bad-format` when no cell is a number; `unsupported` for a table of heartbeats or an irregular
 *   time column; `cancelled`
 */
export async function openCsv(source: ByteSource, options?: OpenOptions): Promise<RecordingReader> {
  const head = await source.read(0, HEAD_BYTES);
  const layout = sniffLayout(head, source.size <= head.length);
  if (layout === undefined) {
    throw new EcgError('bad-format', `csv: ${source.name} holds no table of numbers, give rows of samples`);
  }
  if (isHeartbeatTable(layout)) {
    throw new EcgError(
      'unsupported',
      `csv: ${source.name} holds one heartbeat a row (187 samples at 125 Hz and a class), not a recording: ` +
        'read it with readHeartbeatCsv',
    );
  }
  const plan = planTable(layout, options, source.name);
  const scan = await scanTable(source, layout, plan, options);
  if (scan.missing + scan.unreadable === scan.rows * plan.signals.length) {
    throw new EcgError('bad-format', `csv: no cell of ${source.name} is a number, choose other columns`);
  }
  if (plan.signals.length > 32 && scan.rows < plan.signals.length) {
    throw new EcgError(
      'unsupported',
      `csv: ${source.name} has ${plan.signals.length} columns and ${scan.rows} rows, but a row is one moment: turn it over`,
    );
  }
  const warnings = [...plan.warnings];
  const fs = samplingRate(layout, plan, scan, options, source.name, warnings);
  warnings.push(...scan.warnings);
  const { placed, gaps, length } = placeRows(scan.stretches, scan.rows, fs, plan.axis);
  if (!Number.isSafeInteger(length)) {
    throw new EcgError(
      'bad-format',
      `csv: the time column of ${source.name} makes ${length} samples, check its unit`,
    );
  }
  const someLead = plan.signals.some((index) => isEcgLead(layout.columns[index]?.name ?? ''));
  const scales = plan.signals.map((index, slot) =>
    scaleOf(
      {
        lead: layout.columns[index]?.name ?? '',
        unit: layout.columns[index]?.unit || layout.metadata.unit || '',
        span: [scan.least[slot] as number, scan.most[slot] as number],
        someLead,
        where: `csv: ${source.name}`,
      },
      options,
    ),
  );
  warnings.push(
    ...scaleWarnings(
      scales,
      plan.signals.map((index) => layout.columns[index]?.name ?? ''),
    ),
  );
  const startTime = layout.metadata.startTime ?? firstTime(layout, plan);
  const info: RecordingInfo = {
    id: source.name.replace(/\.[^.]*$/, ''),
    format: 'csv',
    fs,
    length,
    signals: scales.map(
      ({ unit, adc }, slot): SignalInfo => ({
        lead: layout.columns[plan.signals[slot] as number]?.name ?? '',
        unit,
        fs,
        ...(adc === undefined ? {} : { adc }),
      }),
    ),
    annotations: [],
    gaps,
    ...(startTime === undefined ? {} : { startTime }),
    notes: layout.metadata.notes,
    warnings,
  };
  let open = true;
  return {
    info,
    read: async (range?: ReadRange, run?) => {
      if (!open) throw new EcgError('bad-option', `csv: ${source.name} is closed, open it again`);
      const resolved = resolveRange(info, range);
      const { from, to } = resolved;
      const wanted = resolved.signals.map(
        (slot): WantedColumn => ({
          column: plan.signals[slot] as number,
          factor: scales[slot]?.factor ?? 1,
          samples: new Float32Array(to - from).fill(Number.NaN),
        }),
      );
      await readRows(source, layout, placed, scan.marks, from, to, wanted, run);
      const signals = resolved.signals.map((slot, i) => ({
        ...(info.signals[slot] as SignalInfo),
        samples: (wanted[i] as WantedColumn).samples,
      }));
      return sliceOf(info, resolved, signals);
    },
    close: async () => {
      open = false;
      await source.close();
    },
  };
}

function samplingRate(
  layout: Layout,
  plan: Plan,
  scan: TableScan,
  options: OpenOptions | undefined,
  name: string,
  warnings: string[],
): number {
  const measured =
    plan.axis?.kind === 'time' ? measureRate(scan.stretches, scan.rows, plan.axis.quantum) : undefined;
  const fs = options?.fs ?? layout.metadata.fs ?? measured?.fs;
  if (fs === undefined) {
    const why =
      plan.axis?.kind === 'time'
        ? 'has a time column that does not advance'
        : 'does not say its sampling frequency';
    throw new EcgError('bad-option', `csv: ${name} ${why}, pass fs (--fs 250)`);
  }
  if (!(fs > 0 && fs <= 1e6)) {
    throw new EcgError('bad-option', `csv: fs ${fs} Hz is impossible, give 0…1000000 Hz (${name})`);
  }
  if (options?.fs === undefined && layout.metadata.fs === undefined && measured !== undefined) {
    const { counted, doubt } = measured;
    if (doubt > 0.005 * fs && Math.abs(counted - fs) > 1e-9 * fs) {
      const [least, most] = [(fs - doubt).toFixed(1), (fs + doubt).toFixed(1)];
      warnings.push(
        `The times are too coarse for a sure rate (${least} to ${most} Hz); ${fs} Hz is taken, or pass fs.`,
      );
    }
  }
  if (measured !== undefined && Math.abs(measured.fs - fs) > 0.01 * fs + measured.doubt) {
    warnings.push(`The time column makes ${measured.fs} Hz; ${fs} Hz is used.`);
  }
  return fs;
}

function firstTime(layout: Layout, { axis }: Plan): string | undefined {
  return axis?.kind === 'time' ? isoOf(layout.rows[0]?.[axis.column] ?? '') : undefined;
}
