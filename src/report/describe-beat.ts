import type { BeatClass, UNCERTAIN_REASONS } from '../core/index.js';
import { UNCERTAIN_TEXT } from './describe-event.js';
import { formatProbability } from './number-format.js';

/** What is known of one beat, each null where it is not. */
export interface BeatFacts {
  /** 1 − (RR before it) / (sinus RR before that), see `beatFindings`: .32 comes 32 % early, −.5 half an interval late. */
  readonly prematurity: number | null;
  readonly pWave: 'present' | 'absent' | null;
  readonly qrsMs: number | null;
  /** Correlation of its QRS with the sinus template, mean over the leads, −1…1. */
  readonly likeness: number | null;
}

/** How sure the network is of a beat's class, and what speaks against relying on it. */
export interface BeatDoubt {
  readonly class: BeatClass;
  /** Calibrated. */
  readonly probability: number;
  /** The next class; null where it is not known. */
  readonly second: { readonly class: BeatClass; readonly probability: number } | null;
  /** Null where the class can be relied on. */
  readonly reason: (typeof UNCERTAIN_REASONS)[number] | null;
}

/**
 * From here on a beat is early or late: the sinus beats of the templates lie between (pre-RR over mean RR .85 to 1.4).
 * Source: de Chazal 2004 normalises by the mean RR; the range is that of the beat networks' cards.
 */
const EARLY = 0.15;
const LATE = -0.4;

/**
 * Below this correlation, the mean over the leads, a QRS is called different: on the development half of mitdb, a
 * patient counting as one, 93 % of V and 15 % of N beats lie below, the best parting in steps of .05
 * (experiments/explain/likeness.ts).
 */
const DIFFERENT_BELOW = 0.8;

/**
 * What stands out in a beat, as one sentence: `Premature by 32 %, P wave absent, QRS 142 ms, differs from the sinus
 * template (correlation .31).` Only what is known is said; empty when nothing is.
 */
export function describeBeat({ prematurity, pWave, qrsMs, likeness }: BeatFacts): string {
  const parts: string[] = [];
  if (prematurity !== null)
    parts.push(
      prematurity >= EARLY
        ? `premature by ${percent(prematurity)}`
        : prematurity <= LATE
          ? `late by ${percent(-prematurity)}`
          : 'on time',
    );
  if (pWave !== null) parts.push(`P wave ${pWave}`);
  if (qrsMs !== null) parts.push(`QRS ${Math.round(qrsMs)} ms`);
  if (likeness !== null)
    parts.push(
      `${likeness < DIFFERENT_BELOW ? 'differs from' : 'like'} the sinus template (correlation ${correlation(likeness)})`,
    );
  return sentence(parts.join(', '));
}

/** Why a class is not to be relied on, in words; empty where it can be. */
export function describeDoubt({ class: name, probability, second, reason }: BeatDoubt): string {
  if (reason === null) return '';
  const own = `${name} ${formatProbability(probability)}`;
  const both = second === null ? own : `${own} or ${second.class} ${formatProbability(second.probability)}`;
  const figures = reason === 'low-confidence' || reason === 'classes-close' ? ` (${both})` : '';
  return sentence(`uncertain: ${UNCERTAIN_TEXT[reason]}${figures}`);
}

const sentence = (text: string): string => (text === '' ? '' : `${text[0].toUpperCase()}${text.slice(1)}.`);

const percent = (share: number): string => `${Math.round(100 * share)} %`;

/** `.31`, `−.20`, `1.00`. */
function correlation(r: number): string {
  return r
    .toFixed(2)
    .replace(/^(-?)0\./, '$1.')
    .replace('-', '−');
}
