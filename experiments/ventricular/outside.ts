import { join } from 'node:path';
import { ventricularEpisodes } from '../../src/ecg/index.js';
import { datasetRecords } from '../../src/formats/datasets/node.js';
import { openFile } from '../../src/formats/node.js';
import type { VentricularModel } from '../../src/models/index.js';

/** Windows of recordings of which hardly one holds ventricular tachycardia, and none was trained on. */
export interface Outside {
  readonly database: string;
  readonly recordings: number;
  readonly hours: number;
  readonly windows: number;
  /** Windows called ventricular, and those of leads that cannot be read. */
  readonly alarms: number;
  readonly unread: number;
  /** Episodes made of them by the usual rules. */
  readonly episodes: number;
}

const HOP = 2.5;

/** What the network says of every recording of a database but those it was trained on. */
export async function scoreOutside(
  model: VentricularModel,
  folder: string,
  database: string,
  trained: ReadonlySet<string>,
  threshold: number,
): Promise<Outside> {
  const files = (await datasetRecords(database, folder)).filter(
    (file) => !trained.has(file.split('/').pop()!),
  );
  const sum = { hours: 0, windows: 0, alarms: 0, unread: 0, episodes: 0 };
  for (const file of files) {
    const reader = await openFile(join(folder, database, file));
    const { fs, length, signals } = reader.info;
    const leads = (await reader.read({})).signals.map(({ samples }) => samples);
    await reader.close();
    const size = model.windowS * fs;
    const count = Math.max(0, Math.floor((length - size) / (HOP * fs)) + 1);
    const starts = Array.from({ length: count }, (_, w) => Math.round(w * HOP * fs));
    const probabilities = new Float32Array(3 * count);
    for (let from = 0; from < count; from += 32) {
      const windows = starts.slice(from, from + 32).map((start) => ({
        leads: leads.map((lead) => lead.subarray(start, start + Math.round(size))),
        names: signals.map(({ lead }) => lead),
        fs,
        beats: [],
      }));
      probabilities.set(await model.classify(windows), 3 * from);
    }
    sum.hours += length / fs / 3600;
    sum.windows += count;
    for (let w = 0; w < count; w++) {
      if (Number.isNaN(probabilities[3 * w])) sum.unread++;
      else if (probabilities[3 * w + 1] + probabilities[3 * w + 2] >= threshold) sum.alarms++;
    }
    const series = { starts, length: size, classes: model.classes, probabilities };
    sum.episodes += ventricularEpisodes(series, { fs }).length;
  }
  return { database, recordings: files.length, ...sum };
}
