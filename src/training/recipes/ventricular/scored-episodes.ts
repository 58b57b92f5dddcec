import { ventricularEpisodes } from '../../../ecg/index.js';
import { VENTRICULAR_CLASSES } from '../../../models/index.js';
import type { Span } from './label-windows.js';
import type { ScoredRecord } from './scored-windows.js';

/** How episodes made of windows agree with the annotators'. */
export interface EpisodeFigures {
  /** Of the annotated time of VT and VF, the share within an episode found; of the time found, the share annotated so. */
  readonly durationSensitivity: number;
  readonly durationPredictivity: number;
  /** Annotated episodes of at least 5 s, and those of them that an episode found touches. */
  readonly episodes: number;
  readonly found: number;
  /** Episodes found that touch neither an annotated one nor noise, and the hours that are neither. */
  readonly alarms: number;
  readonly hours: number;
}

/** s; an annotated episode that a window fits into. */
const LEAST = 5;

/**
 * Episodes of the records' windows beside the annotators', what they called noise left out.
 *
 * @param enter  probability of VT and VF together at which an episode begins; half of it keeps it going
 */
export function episodeFigures(records: readonly ScoredRecord[], enter: number): EpisodeFigures {
  let reference = 0;
  let claimed = 0;
  let shared = 0;
  let episodes = 0;
  let found = 0;
  let alarms = 0;
  let hours = 0;
  for (const { fs, length, starts, probabilities, ventricular, noise, labels } of records) {
    if (labels.length === 0) continue;
    const series = { starts, length: 5 * fs, classes: VENTRICULAR_CLASSES, probabilities };
    const made = ventricularEpisodes(series, { fs, enter, stay: enter / 2 });
    const seconds = (spans: readonly Span[]) => spans.reduce((sum, { from, to }) => sum + to - from, 0) / fs;
    const both = overlap(made, ventricular);
    reference += seconds(ventricular);
    claimed += seconds(made) - seconds(overlap(made, noise));
    shared += seconds(both);
    const long = ventricular.filter(({ from, to }) => to - from >= LEAST * fs);
    episodes += long.length;
    found += long.filter((one) => overlap([one], made).length > 0).length;
    alarms += made.filter((one) => overlap([one], [...ventricular, ...noise]).length === 0).length;
    hours += (length / fs - seconds(ventricular) - seconds(noise)) / 3600;
  }
  return {
    durationSensitivity: shared / reference,
    durationPredictivity: shared / claimed,
    episodes,
    found,
    alarms,
    hours,
  };
}

function overlap(a: readonly Span[], b: readonly Span[]): Span[] {
  return a.flatMap((one) =>
    b.flatMap((other) => {
      const from = Math.max(one.from, other.from);
      const to = Math.min(one.to, other.to);
      return to > from ? [{ from, to }] : [];
    }),
  );
}
