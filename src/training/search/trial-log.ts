import * as v from 'valibot';
import { EcgError } from '../../core/index.js';
import { type EpochValue, SearchSchema, type Trial } from './search-config.js';

const whole = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const finite = v.pipe(v.number(), v.finite());
const EpochValueSchema = v.strictObject({ epoch: whole, value: finite });

/** What a search's folder belongs to; `search.json`. */
export const SearchHeaderSchema = v.strictObject({
  recipe: v.strictObject({ name: v.string(), sha256: v.string() }),
  search: SearchSchema,
});
export type SearchHeader = v.InferOutput<typeof SearchHeaderSchema>;

/** A line of `trials.jsonl`: a figure of the running trial, or a trial that ended. */
const LogLineSchema = v.variant('kind', [
  v.strictObject({ kind: v.literal('epoch'), index: whole, epoch: whole, value: finite }),
  v.strictObject({
    kind: v.literal('trial'),
    index: whole,
    point: v.record(v.string(), v.unknown()),
    state: v.picklist(['done', 'pruned', 'failed']),
    value: v.nullable(finite),
    epochs: v.array(EpochValueSchema),
  }),
]);
export type LogLine = v.InferOutput<typeof LogLineSchema>;

/** What a log says. */
export interface TrialLog {
  readonly trials: readonly Trial[];
  /** Figures of the trial that was running when the log ends. */
  readonly running: readonly EpochValue[];
  /** Characters of the log up to the end of its last whole line. */
  readonly whole: number;
  readonly warnings: readonly string[];
}

/**
 * The trials of a log. A last line that was cut off, as by a kill, is dropped with a warning.
 *
 * @param where  the log's path, for messages
 * @throws EcgError `bad-format` for another line that is none, or a trial out of turn
 */
export function readTrialLog(text: string, where: string): TrialLog {
  const whole = text.lastIndexOf('\n') + 1;
  const trials: Trial[] = [];
  let running: EpochValue[] = [];
  const lines = text.slice(0, whole).split('\n').slice(0, -1);
  lines.forEach((line, i) => {
    const entry = parseLine(line);
    if (entry === undefined || entry.index !== trials.length) {
      throw new EcgError(
        'bad-format',
        `search: line ${i + 1} of ${where} is not of trial ${trials.length}, got ${line.slice(0, 80)}; restore the file or begin in an empty folder`,
      );
    }
    if (entry.kind === 'epoch') running = withEpoch(running, entry);
    else {
      const { kind: _, ...trial } = entry;
      trials.push(trial);
      running = [];
    }
  });
  const warnings =
    whole === text.length
      ? []
      : [`search: the last line of ${where} was cut off and is dropped: ${text.length - whole} characters`];
  return { trials, running, whole, warnings };
}

/** The figures with one more; that of an epoch told again, after a resume, takes the place of the first. */
export function withEpoch(epochs: readonly EpochValue[], { epoch, value }: EpochValue): EpochValue[] {
  return [...epochs.filter((e) => e.epoch !== epoch), { epoch, value }];
}

function parseLine(line: string): LogLine | undefined {
  try {
    const result = v.safeParse(LogLineSchema, JSON.parse(line));
    return result.success ? result.output : undefined;
  } catch {
    return undefined;
  }
}
