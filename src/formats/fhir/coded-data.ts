import { type Annotation, breatheWhenDue, EcgError } from '../../core/index.js';
import { annotationOfWord } from './annotation-codes.js';
import type { SampledData } from './resources.js';
import { rateOf, secondsIn, tokensOf } from './sampled-data.js';

/** Annotations of one recording; a code a sample of a long one would fill the memory. */
const MOST_ANNOTATIONS = 2_000_000;
const PORTION = 16_384;

/** Whether sampled data holds codes instead of numbers. */
export function isCoded({ codeMap }: SampledData): boolean {
  return codeMap !== undefined;
}

/** What reading annotations needs to know and adds to. */
interface Work {
  /** Hz of the recording. */
  readonly fs: number;
  readonly where: string;
  readonly warnings: string[];
}

/**
 * Coded sampled data as annotations, ascending: a code at each offset, or, where codes are evenly spaced, one where the code
 * changes. Words of ours become their WFDB mnemonic; any other code is a comment (`"`) with the code as its text.
 *
 * @throws EcgError `bad-format` for offsets that are no numbers or not as many as codes; `unsupported` for millions of them
 */
export async function annotationsOf(all: readonly SampledData[], work: Work): Promise<Annotation[]> {
  const found: Annotation[] = [];
  for (const sampled of all) {
    const place = placesOf(sampled, work);
    const evenly = sampled.offsets === undefined;
    let last: string | undefined;
    let foreign = 0;
    let count = 0;
    for (const word of tokensOf(sampled.data ?? '')) {
      if (count % PORTION === 0) await breatheWhenDue();
      const sample = place(count++);
      if (evenly && word === last) continue;
      last = word;
      const ours = annotationOfWord(word);
      if (ours === undefined) foreign++;
      found.push({ sample, ...(ours ?? { symbol: '"', aux: word.slice(0, 100) }) });
      if (found.length > MOST_ANNOTATIONS)
        throw new EcgError('unsupported', `${work.where} has more than ${MOST_ANNOTATIONS} annotations`);
    }
    if (foreign > 0) work.warnings.push(`${foreign} codes of annotations are not known; they are comments.`);
  }
  return found.sort((a, b) => a.sample - b.sample);
}

/** Where the code of each index stands, in samples. */
function placesOf(sampled: SampledData, { fs, where }: Work): (index: number) => number {
  const { offsets, intervalUnit } = sampled;
  if (offsets === undefined) {
    const rate = rateOf(sampled, where);
    if (rate === undefined)
      throw new EcgError('bad-format', `${where}: annotations have neither offsets nor an interval`);
    return (index) => checked(Math.round((index * fs) / rate), where);
  }
  const unit = secondsIn(intervalUnit);
  if (unit === undefined)
    throw new EcgError(
      'bad-format',
      `${where}: interval unit ${intervalUnit?.slice(0, 40)} is no time, use ms or s`,
    );
  const places = tokensOf(offsets);
  return (index) => {
    const next = places.next();
    if (next.done === true)
      throw new EcgError(
        'bad-format',
        `${where}: there are fewer offsets than codes, the code ${index} has none`,
      );
    return checked(Math.round(Number(next.value) * unit * fs), where);
  };
}

function checked(sample: number, where: string): number {
  if (!Number.isSafeInteger(sample))
    throw new EcgError('bad-format', `${where}: an annotation's offset is no number`);
  return sample;
}
