import { BEAT_CLASSES, type BeatClass } from '../../core/index.js';
import {
  type BeatJudge,
  type BeatModel,
  createBeatJudge,
  createLikeBeatSharing,
  type DoubtReason,
  softmax,
} from '../../models/index.js';

/** What a network's answer makes of a beat. */
interface JudgedBeat {
  readonly beatClass: BeatClass;
  /** How sure the class is, 0…1. */
  readonly probability: number;
  readonly doubt: DoubtReason | undefined;
}

/** Makes classes of a stream's logits, beat by beat. */
export interface StreamJudge {
  /** The class of one beat; a final one joins the group of its like. */
  judge(waves: Float32Array, features: Float32Array, logits: Float32Array, final: boolean): JudgedBeat;
}

/** Judges know no stream: one serves all that are heard with a network. */
const judges = new WeakMap<BeatModel, BeatJudge>();

/** The judge of one stream: like beats share evidence along it, and the card knows its doubts. */
export function createStreamJudge(model: BeatModel): StreamJudge {
  const judge = judges.get(model) ?? createBeatJudge(model.card, model.shape);
  judges.set(model, judge);
  const sharing = createLikeBeatSharing(model.card.input, model.shape);
  const { temperature } = model.card.calibration;
  return {
    judge(waves, features, logits, final) {
      const own = logits.slice();
      if (final) sharing?.take(waves, 0, own, 0);
      else sharing?.preview(waves, 0, own, 0);
      const probabilities = softmax(own, BEAT_CLASSES.length, temperature);
      let best = 0;
      for (let c = 1; c < BEAT_CLASSES.length; c++) if (probabilities[c] > probabilities[best]) best = c;
      const { reasons, confidence } = judge(probabilities, { from: 0, to: 1, waves, features });
      return { beatClass: BEAT_CLASSES[best], probability: confidence[0], doubt: reasons[0] };
    },
  };
}
