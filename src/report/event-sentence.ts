import {
  type Analysis,
  type AnalysisEvent,
  BEAT_CLASSES,
  type BeatClass,
  firstAtOrAfter,
  type RhythmClass,
  UNCERTAIN_REASONS,
} from '../core/index.js';
import { beatFindings } from '../ecg/index.js';
import { type BeatFacts, describeBeat, describeDoubt } from './describe-beat.js';
import { describeRhythm } from './describe-rhythm.js';
import { formatNumberOf } from './number-format.js';
import { readableIntervals } from './readable-intervals.js';

/** Rhythms that, without a probability of their own, were told from a run of ectopic beats. */
const RUNS: ReadonlySet<RhythmClass> = new Set<RhythmClass>([
  'ventricular-tachycardia',
  'supraventricular-tachycardia',
]);
/** Kinds that are one beat. */
const SINGLE: ReadonlySet<AnalysisEvent['kind']> = new Set<AnalysisEvent['kind']>([
  'ventricular-beat',
  'supraventricular-beat',
  'fusion-beat',
  'uncertain-beat',
]);

/** Gives the sentence of each event of an analysis: what stands out in its rhythm or in its first ectopic beat. */
export function createEventSentences(analysis: Analysis): (event: AnalysisEvent) => string {
  const { beats, recording, rhythms, intervals, episodes } = analysis;
  const rr = readableIntervals(analysis);
  const normal = Uint8Array.from(beats.sample, (_, i) =>
    beats.class?.[i] === 'N' && beats.uncertain?.[i] === 0 ? 1 : 0,
  );
  const facts = (i: number): BeatFacts => {
    const p = intervals?.p[i];
    return {
      ...beatFindings({ rr, normal }, i),
      pWave: p === 'y' ? 'present' : p === 'n' ? 'absent' : null,
      qrsMs: intervals?.qrs[i] ?? null,
      likeness: beats.likeness?.[i] ?? null,
    };
  };
  const doubt = (i: number): string => {
    const name = beats.class?.[i];
    if (!isClass(name) || beats.probability === null) return '';
    const reason = UNCERTAIN_REASONS[(beats.uncertain?.[i] ?? 0) - 1] ?? null;
    return describeDoubt({ class: name, probability: beats.probability[i], second: null, reason });
  };
  return (event) => {
    const i = firstAtOrAfter(beats.sample, event.from);
    if (event.rhythm !== null && rhythms !== null) {
      const rhythm = rhythms[event.rhythm];
      const first = RUNS.has(rhythm.rhythm) && rhythm.probability === null ? describeBeat(facts(i)) : '';
      const told = describeRhythm(rhythm, recording.fs);
      return first === ''
        ? told
        : `${told} ${formatNumberOf(rhythm.beats, 'beat')}, the first ${lower(first)}`;
    }
    if (SINGLE.has(event.kind))
      return [describeBeat(facts(i)), doubt(i)].filter((part) => part !== '').join(' ');
    const type = event.episode === null ? 'pause' : episodes[event.episode].type;
    const sentence = type === 'pause' ? '' : describeBeat(facts(i));
    return sentence === '' ? '' : `Its first beat: ${lower(sentence)}`;
  };
}

const lower = (sentence: string): string => `${sentence[0].toLowerCase()}${sentence.slice(1)}`;

const isClass = (name: string | undefined): name is BeatClass =>
  (BEAT_CLASSES as readonly (string | undefined)[]).includes(name);
