import type { Analysis, StreamBeat, StreamEvent } from '../../src/core/index.js';

/** s between the R peaks of one beat, at most. */
const SAME = 0.1;

/** How a stream's beats agree with those of the whole recording; counts. */
export interface Agreement {
  readonly whole: number;
  readonly stream: number;
  readonly both: number;
  /** Of `both`: as final, and at once. */
  readonly sameFinal: number;
  readonly sameFirst: number;
  readonly sameCertainty: number;
  /** Of the beats that the whole recording calls certainly N, S, V: how many the final class agrees on, and the first. */
  readonly certain: {
    readonly [K in 'N' | 'S' | 'V']: { readonly of: number; readonly final: number; readonly first: number };
  };
  /** s from the R peak to the telling, in the order of the beats. */
  readonly delays: readonly number[];
}

/** The beats of a stream beside the analysis of the recording. */
export function compareBeats(events: readonly StreamEvent[], analysis: Analysis, fs: number): Agreement {
  const beats = events.filter((event): event is StreamBeat => event.kind === 'beat');
  const first = beats.filter(({ final }) => !final);
  const final = new Map(beats.filter((beat) => beat.final).map((beat) => [beat.sample, beat]));
  const { sample, class: classes, uncertain } = analysis.beats;
  if (classes === null || uncertain === null) throw new Error('the whole recording was not classified');
  const certain = {
    N: { of: 0, final: 0, first: 0 },
    S: { of: 0, final: 0, first: 0 },
    V: { of: 0, final: 0, first: 0 },
  };
  let [both, sameFinal, sameFirst, sameCertainty, at] = [0, 0, 0, 0, 0];
  sample.forEach((peak, i) => {
    while (at < first.length && first[at].sample < peak - SAME * fs) at++;
    const one = first[at];
    if (one === undefined || Math.abs(one.sample - peak) > SAME * fs) return;
    at++;
    const last = final.get(one.sample);
    if (last === undefined) throw new Error(`beat at ${one.sample} never became final`);
    both++;
    const isFinal = last.class === classes[i];
    const isFirst = one.class === classes[i];
    if (isFinal) sameFinal++;
    if (isFirst) sameFirst++;
    if ((last.uncertain === null) === (uncertain[i] === 0)) sameCertainty++;
    const row = uncertain[i] === 0 ? certain[classes[i] as 'N' | 'S' | 'V'] : undefined;
    if (row === undefined) return;
    row.of++;
    if (isFinal) row.final++;
    if (isFirst) row.first++;
  });
  return {
    whole: sample.length,
    stream: first.length,
    both,
    sameFinal,
    sameFirst,
    sameCertainty,
    certain,
    delays: first.map(({ sample: peak, at: told }) => (told - peak) / fs),
  };
}
