import type { Analysis, EctopyCounts } from '../../core/index.js';
import { RHYTHM_CODES } from '../../ecg/index.js';
import { RHYTHM_NAMES } from '../rhythm-names.js';
import { absent, CODES, type FhirConcept, SNOMED_CT } from './codes.js';
import type { Result } from './frame.js';

const BEATS = { unit: 'beats', ucum: '{beats}' } as const;
const PER_MINUTE = { unit: '/min', ucum: '/min' } as const;
const PERCENT = { unit: '%', ucum: '%' } as const;
const SECONDS = { unit: 's', ucum: 's' } as const;
const MS = { unit: 'ms', ucum: 'ms' } as const;

/** Everything an analysis measures or counts, each by itself. */
export function resultsOf(analysis: Analysis): Result[] {
  return [
    ...heartRates(analysis),
    beatCounts(analysis),
    ...ectopicBeats(analysis),
    pauses(analysis),
    ...intervals(analysis),
    {
      name: 'readable',
      code: CODES.readable,
      value: { quantity: 100 * analysis.quality.analysableShare, ...PERCENT },
    },
    ...rhythmEpisodes(analysis),
  ];
}

/** The concept of a rhythm: SNOMED CT where one is a rhythm's, words alone otherwise. */
export function rhythmConcept(rhythm: keyof typeof RHYTHM_CODES): FhirConcept {
  const { snomedCt } = RHYTHM_CODES[rhythm];
  return {
    ...(snomedCt === null ? {} : { coding: [{ system: SNOMED_CT, ...snomedCt }] }),
    text: RHYTHM_NAMES[rhythm],
  };
}

function heartRates({ heartRate, options }: Analysis): Result[] {
  const { meanBpm, slowest, fastest } = heartRate;
  const none = absent('unknown', 'Too few readable beats');
  const over = `Mean over ${options.rateBeats} successive RR intervals`;
  const extreme = (name: string, text: string, rate: typeof slowest): Result => ({
    name,
    code: CODES.heartRate(text),
    ...(rate === null
      ? { value: null, absent: none }
      : { value: { quantity: rate.bpm, ...PER_MINUTE }, from: rate.from, to: rate.to }),
    method: over,
  });
  return [
    {
      name: 'heart-rate-mean',
      code: CODES.heartRate('Mean heart rate'),
      ...(meanBpm === null ? { value: null, absent: none } : { value: { quantity: meanBpm, ...PER_MINUTE } }),
    },
    extreme('heart-rate-lowest', 'Lowest heart rate', slowest),
    extreme('heart-rate-highest', 'Highest heart rate', fastest),
  ];
}

function beatCounts({ beats, classes, uncertain, quality }: Analysis): Result {
  const count = (text: string, quantity: number | undefined) =>
    quantity === undefined ? [] : [{ code: { text }, quantity, ...BEATS }];
  return {
    name: 'beats',
    code: CODES.beats,
    value: { quantity: beats.count, ...BEATS },
    components: [
      ...count('Normal (N)', classes?.N),
      ...count('Supraventricular ectopic (S)', classes?.S),
      ...count('Ventricular ectopic (V)', classes?.V),
      ...count('Fusion (F)', classes?.F),
      ...count('Paced or unknown (Q)', classes?.Q),
      ...count('Of uncertain class', uncertain?.beats),
      ...count('In unreadable signal', quality.unreadableBeats),
    ],
  };
}

function ectopicBeats({ ectopy }: Analysis): Result[] {
  return (['ventricular', 'supraventricular'] as const).map((origin): Result => {
    const counts = ectopy?.[origin];
    const code = CODES[origin];
    if (counts === undefined)
      return {
        name: origin,
        code,
        value: null,
        absent: absent('not-performed', 'Beats were not classified'),
      };
    const unsure = counts.beats - counts.certain.beats;
    return {
      name: origin,
      code,
      value: { quantity: counts.beats, ...BEATS },
      components: groupsOf(counts),
      ...(unsure === 0 ? {} : { doubt: `${unsure} of ${counts.beats} beats are uncertain` }),
    };
  });
}

function groupsOf({
  share,
  singles,
  couplets,
  runs,
  certain,
}: EctopyCounts): NonNullable<Result['components']> {
  const share100 = (text: string, of: number | null) =>
    of === null ? [] : [{ code: { text }, quantity: 100 * of, ...PERCENT }];
  const count = (text: string, quantity: number) => ({ code: { text }, quantity, unit: '1', ucum: '1' });
  return [
    ...share100('Burden', share),
    ...share100('Burden without uncertain beats', certain.share),
    { code: { text: 'Beats without uncertain ones' }, quantity: certain.beats, ...BEATS },
    count('Singles', singles),
    count('Couplets', couplets),
    count('Runs', runs),
  ];
}

function pauses({ pauses: { count, longestS, certain }, options }: Analysis): Result {
  return {
    name: 'pauses',
    code: CODES.pauses,
    value: { quantity: count, unit: '1', ucum: '1' },
    components: [
      { code: { text: 'Without uncertain ones' }, quantity: certain.count, unit: '1', ucum: '1' },
      ...(longestS === null ? [] : [{ code: { text: 'Longest' }, quantity: longestS, ...SECONDS }]),
    ],
    method: `RR intervals of ${options.pauseS} s or more`,
    ...(certain.count === count
      ? {}
      : { doubt: `${count - certain.count} of ${count} pauses are uncertain` }),
  };
}

function intervals({ intervals: measured }: Analysis): Result[] {
  const summary = measured?.summary;
  const all = [
    ['pr', CODES.pr, summary?.pr],
    ['qrs', CODES.qrs, summary?.qrs],
    ['qt', CODES.qt, summary?.qt],
    ['qtc-fridericia', CODES.qtcFridericia, summary?.qtc.fridericia],
    ['qtc-bazett', CODES.qtcBazett, summary?.qtc.bazett],
  ] as const;
  return all.map(([name, code, spread]): Result => {
    if (spread === undefined)
      return { name, code, value: null, absent: absent('not-performed', 'Waves were not marked') };
    if (spread === null)
      return { name, code, value: null, absent: absent('unknown', 'No normal beat could be measured') };
    return {
      name,
      code,
      value: { quantity: spread.median, ...MS },
      components: [
        { code: { text: '5 % quantile' }, quantity: spread.p5, ...MS },
        { code: { text: '95 % quantile' }, quantity: spread.p95, ...MS },
        { code: { text: 'Beats measured' }, quantity: spread.beats, ...BEATS },
      ],
      method: 'Median over normal beats',
    };
  });
}

/** Every stretch of rhythm; those nobody could read have no value and say so. */
function rhythmEpisodes({ rhythms }: Analysis): Result[] {
  return (rhythms ?? []).map((episode, i): Result => {
    const { rhythm, from, to, beats, bpm, probability, uncertain, reason } = episode;
    return {
      name: `rhythm-${i + 1}`,
      code: CODES.rhythm,
      ...(rhythm === 'unreadable'
        ? { value: null, absent: absent('unknown', 'The signal cannot be read') }
        : { value: { concept: rhythmConcept(rhythm) } }),
      from,
      to,
      components: [
        { code: CODES.beats, quantity: beats, ...BEATS },
        ...(bpm === null ? [] : [{ code: CODES.heartRate('Mean heart rate'), quantity: bpm, ...PER_MINUTE }]),
        ...(probability === null
          ? []
          : [{ code: { text: 'Probability' }, quantity: probability, unit: '1', ucum: '1' }]),
      ],
      ...(uncertain ? { doubt: reason ?? 'uncertain' } : {}),
    };
  });
}
