import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';

/** One published number, as an experiment or a benchmark wrote it. */
const figureSchema = v.strictObject({
  /** Dotted, from the issue that asked for it: `qrs.mitdb.se`. */
  id: v.pipe(v.string(), v.regex(/^[a-z0-9]+(?:[.-][a-z0-9]+)*$/)),
  value: v.pipe(v.number(), v.finite()),
  /** 95 %, by patient, for accuracies; for timings the range or the quartiles of the runs, as `split` says. */
  interval: v.optional(v.nullable(v.tuple([v.number(), v.number()]))),
  unit: v.string(),
  /** Records, label map, given or found R peaks; the machine for a timing. */
  split: v.string(),
  /** What regenerates it. */
  command: v.string(),
  date: v.pipe(v.string(), v.isoDate()),
});
/** Results without figures are tables of their own folder only. */
const resultsSchema = v.object({
  figures: v.optional(v.array(figureSchema), []),
  quick: v.optional(v.boolean()),
});

export type Figure = v.InferOutput<typeof figureSchema>;

/**
 * Every figure in `experiments` and `benchmarks`, ascending by id.
 * @throws Error when a result file is malformed or two files claim one id
 */
export function collectFigures(root: string): Figure[] {
  const figures = new Map<string, Figure>();
  for (const room of ['benchmarks', 'experiments']) {
    for (const name of readdirSync(join(root, room)).sort()) {
      const file = join(root, room, name, 'results.json');
      if (!existsSync(file)) continue;
      const parsed = v.safeParse(resultsSchema, JSON.parse(readFileSync(file, 'utf8')));
      if (!parsed.success) throw new Error(`${file}: ${v.summarize(parsed.issues)}`);
      if (parsed.output.quick === true) throw new Error(`${file}: made by a quick trial, run it whole`);
      for (const figure of parsed.output.figures) {
        if (figures.has(figure.id))
          throw new Error(`${file}: ${figure.id} stands in another result file too`);
        figures.set(figure.id, figure);
      }
    }
  }
  const worst = worstInt8Loss([...figures.values()]);
  if (worst !== undefined) figures.set(worst.id, worst);
  return [...figures.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** The largest of the recipes' losses by INT8. */
function worstInt8Loss(figures: readonly Figure[]): Figure | undefined {
  const losses = figures.filter(({ id }) => /^int8\..+\.worst-loss$/.test(id));
  if (losses.length === 0) return undefined;
  const worst = losses.reduce((a, b) => (b.value > a.value ? b : a));
  return { ...worst, id: 'int8.worst-loss', command: 'npx ectopy repro' };
}

/** The text of docs/figures.json. */
export function writeFigures(figures: readonly Figure[]): string {
  return `${JSON.stringify(figures, null, 2)}\n`;
}
