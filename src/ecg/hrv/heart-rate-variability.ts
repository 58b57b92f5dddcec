import { breatheWhenDue } from '../../core/index.js';
import { DFA_LONG, DFA_SHORT, fluctuationExponent } from './detrended-fluctuation.js';
import { type FrequencyDomainHrv, frequencyDomainHrv } from './frequency-domain.js';
import { mean } from './moments.js';
import { NN_RULE, type NnIntervals } from './nn-intervals.js';
import { poincare } from './poincare.js';
import { sampleEntropy } from './sample-entropy.js';
import { type TimeDomainHrv, timeDomainHrv } from './time-domain.js';

/** Heart-rate variability by its figures that depend on the order of intervals; null where there are too few. */
export interface NonlinearHrv {
  readonly sd1Ms: number | null;
  readonly sd2Ms: number | null;
  readonly sampleEntropy: number | null;
  readonly dfaAlpha1: number | null;
  readonly dfaAlpha2: number | null;
}

/** Heart-rate variability of a recording. Plain data. */
export interface HeartRateVariability {
  readonly nn: {
    /** NN intervals, and the readable RR intervals they were chosen of. */
    readonly count: number;
    readonly of: number;
    /** How they were chosen, in words. */
    readonly rule: string;
  };
  readonly time: TimeDomainHrv;
  readonly frequency: FrequencyDomainHrv | null;
  readonly nonlinear: NonlinearHrv;
}

/** s of NN intervals under which nothing is said: the shortest length the Task Force names for any figure. */
const SHORTEST = 60;

/**
 * Heart-rate variability in time, frequency and order; each part names its source.
 *
 * @returns  null with under a minute of NN intervals
 */
export async function heartRateVariability(nn: NnIntervals): Promise<HeartRateVariability | null> {
  if (nn.ms.length < 2 || mean(nn.ms) * nn.ms.length < 1000 * SHORTEST) return null;
  await breatheWhenDue();
  const time = timeDomainHrv(nn);
  await breatheWhenDue();
  const widths = poincare(nn);
  return {
    nn: { count: nn.ms.length, of: nn.of, rule: NN_RULE },
    time,
    frequency: await frequencyDomainHrv(nn),
    nonlinear: {
      sd1Ms: widths?.sd1Ms ?? null,
      sd2Ms: widths?.sd2Ms ?? null,
      sampleEntropy: await sampleEntropy(nn),
      dfaAlpha1: await fluctuationExponent(nn.ms, DFA_SHORT),
      dfaAlpha2: await fluctuationExponent(nn.ms, DFA_LONG),
    },
  };
}
