import {
  type BeatLabels,
  type ClassifiedBeats,
  createBeatClassifier,
  findBeats,
  labelBeats,
} from '../analysis/index.js';
import {
  BEAT_CLASSES,
  type BeatClass,
  EcgError,
  type RecordingReader,
  type RunOptions,
  UNCERTAIN_REASONS,
  type UnreadableStretch,
} from '../core/index.js';
import { beatFindings, rrIntervals } from '../ecg/index.js';
import {
  BEAT_METHODS,
  type BeatInputs,
  type BeatMethodName,
  beatInputs,
  drawBeatAttribution,
  type Example,
  SinusBeats,
  zeroBaseline,
} from '../explain/index.js';
import {
  type BeatModel,
  chooseLeads,
  type InputContract,
  loadBeatModel,
  prepareInput,
} from '../models/index.js';
import { createRuntime } from '../nn/node.js';
import { createClock, describeBeat, describeDoubt } from '../report/index.js';
import { readBeatModel } from './beat-classifier.js';
import { factsOfWaves } from './beat-facts.js';

/** Which beat is explained, how, and by which network. */
export interface BeatQuestion {
  /** From 1, in the order of the beats; `at`, s from the begin, where it is undefined: the beat nearest to it. */
  readonly beat?: number;
  readonly at?: number;
  readonly method: BeatMethodName;
  /** The class that is explained; the one the network gives when omitted. */
  readonly class?: BeatClass;
  /** A model file; the built-in network when omitted. */
  readonly model?: string;
}

/** A beat's explanation, ready to be shown. */
export interface BeatAnswer {
  /** From 1. */
  readonly beat: number;
  /** What the network says, and what stands out, in words. */
  readonly title: string;
  readonly sentence: string;
  readonly svg: string;
}

/**
 * Why a beat of a recording got its class: a picture and a sentence.
 *
 * All beats are classified first, as `analyze` does: what is said of one rests on those around it and on its like.
 *
 * @throws EcgError `not-found` for a beat that the recording does not have; what finding beats and the network throw
 */
export async function explainBeat(
  reader: RecordingReader,
  question: BeatQuestion,
  options: RunOptions = {},
): Promise<BeatAnswer> {
  const bytes = await readBeatModel(question.model);
  const runtime = await createRuntime({ threads: 1 });
  const model = await loadBeatModel(bytes, runtime);
  try {
    const { samples, unreadable } = await findBeats(reader, options);
    const index = chooseBeat(reader, samples, question);
    const contract = model.card.input;
    const inputs = beatInputs(contract);
    const { example, sinus } = await prepareBeat(reader, samples, index, contract, inputs, options);
    const { labels, found } = await classify(reader, samples, unreadable, model, options);
    const kinds = BEAT_CLASSES.length;
    // How sure the class said is, the others by their probability.
    const probabilities = found.probabilities.slice(index * kinds, (index + 1) * kinds);
    const first = labels.classes[index];
    probabilities[first] = labels.probabilities[index];
    const second = [...probabilities.keys()]
      .filter((k) => k !== first)
      .reduce((best, k) => (probabilities[k] > probabilities[best] ? k : best));
    const explained = question.class === undefined ? first : BEAT_CLASSES.indexOf(question.class);
    // A normal beat is the sinus beat: it has to be compared with nothing.
    const comparedWithSinus = BEAT_CLASSES[explained] !== 'N' && sinus !== undefined;
    const baseline = comparedWithSinus ? sinus : zeroBaseline(contract, example);
    const method = await BEAT_METHODS[question.method](runtime, bytes, model.card);
    const { leads, groups } = await method
      .explain(example, baseline, explained)
      .finally(() => method.close());

    const rr = rrIntervals(samples, reader.info.fs, unreadable);
    const normal = labels.classes.map((c, i) =>
      BEAT_CLASSES[c] === 'N' && labels.uncertain[i] === 0 ? 1 : 0,
    );
    const facts = {
      ...beatFindings({ rr, normal, ...(labels.likeness && { likeness: labels.likeness }) }, index),
      ...(await factsOfWaves(runtime, reader, samples, index, unreadable, contract)),
    };
    const doubt = describeDoubt({
      class: BEAT_CLASSES[first],
      probability: probabilities[first],
      second: { class: BEAT_CLASSES[second], probability: probabilities[second] },
      reason: UNCERTAIN_REASONS[labels.uncertain[index] - 1] ?? null,
    });
    const clock = createClock({ fs: reader.info.fs, startTime: null });
    const shown = (k: number) => `${BEAT_CLASSES[k]} ${formatShare(probabilities[k])}`;
    const title = `${reader.info.id}, beat ${index + 1} at ${clock(samples[index])}: ${shown(explained)}${explained === first ? '' : ` (the network says ${shown(first)})`}`;
    const sentence = [describeBeat(facts), doubt].filter((text) => text !== '').join(' ');
    const names = leadNames(reader, contract);
    const row = (beat: Example, lead: number) => {
      const at = inputs.leads[lead][0] * inputs.length;
      return beat['waves'].subarray(at, at + inputs.length);
    };
    const svg = drawBeatAttribution({
      title,
      sentence,
      leads: names.map((name, lead) => ({
        name,
        signal: row(example, lead),
        ...(sinus !== undefined && { sinus: row(sinus, lead) }),
        attribution: leads[lead],
      })),
      groups,
      ...{ fs: inputs.fs, peak: inputs.peak },
      method: captionOf(question.method, comparedWithSinus),
    });
    return { beat: index + 1, title, sentence, svg };
  } finally {
    await model.close();
  }
}

/** How a picture was made, in words. */
function captionOf(method: BeatMethodName, comparedWithSinus: boolean): string {
  if (method === 'grad-cam') return 'grad-cam: moments of the signal that speak for the class';
  const other = comparedWithSinus ? "the patient's sinus beat" : 'no signal';
  return `${method}: what each part adds to the logit, compared with ${other}`;
}

function chooseBeat({ info }: RecordingReader, samples: Float64Array, { beat, at }: BeatQuestion): number {
  if (samples.length === 0) throw new EcgError('not-found', `explain ${info.id}: no beat was found in it`);
  if (beat !== undefined) {
    if (beat <= samples.length) return beat - 1;
    throw new EcgError(
      'not-found',
      `explain ${info.id}: it has ${samples.length} beats, there is no ${beat}`,
    );
  }
  const wanted = (at ?? 0) * info.fs;
  if (wanted > info.length)
    throw new EcgError(
      'not-found',
      `explain ${info.id}: it ends after ${(info.length / info.fs).toFixed(0)} s, ${at} s lies behind`,
    );
  let best = 0;
  for (let i = 1; i < samples.length; i++)
    if (Math.abs(samples[i] - wanted) < Math.abs(samples[best] - wanted)) best = i;
  return best;
}

/** Sinus beats that make a good median; reading on for more is no gain. */
const ENOUGH = 100;

/** One prepared beat, and the sinus beat of the stretch it lies in; undefined where there are too few. */
async function prepareBeat(
  reader: RecordingReader,
  samples: Float64Array,
  index: number,
  contract: InputContract,
  inputs: BeatInputs,
  options: RunOptions,
): Promise<{ example: Example; sinus: Example | undefined }> {
  const gathered = new SinusBeats(contract, inputs);
  let example: Example | undefined;
  for await (const { from, to, waves, features } of prepareInput(reader, samples, contract, options)) {
    gathered.add({ waves, features }, to - from);
    const part = (x: Float32Array) => {
      const size = x.length / (to - from);
      return x.slice((index - from) * size, (index - from + 1) * size);
    };
    if (index >= from && index < to) example = { waves: part(waves), features: part(features) };
    if (example !== undefined && gathered.count >= ENOUGH) break;
  }
  if (example === undefined)
    throw new EcgError('not-found', `explain ${reader.info.id}: beat ${index + 1} cannot be read`);
  return { example, sinus: gathered.baselineFor(example) };
}

/** What the network says of every beat, and how far to rely on it. */
async function classify(
  reader: RecordingReader,
  samples: Float64Array,
  unreadable: readonly UnreadableStretch[],
  model: BeatModel,
  options: RunOptions,
): Promise<{ labels: BeatLabels; found: ClassifiedBeats }> {
  // Nothing here names the file the network came from.
  const classifier = createBeatClassifier(model, '');
  const found = await classifier.classify(reader, samples, options);
  const known = { ...classifier, classify: async () => found };
  const labels = await labelBeats(reader, samples, unreadable, known, classifier.leastProbability, options);
  return { labels, found };
}

/** The names of the leads the network reads; fewer where the recording has fewer. */
function leadNames({ info }: RecordingReader, contract: InputContract): string[] {
  return chooseLeads(info.signals, contract).map((i) => info.signals[i].lead);
}

const formatShare = (p: number): string => (p >= 0.995 ? '> 0.99' : p.toFixed(2));
