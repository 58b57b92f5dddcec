import { BEAT_CLASSES } from '../core/index.js';
import { beatNetwork, inputShape } from '../models/index.js';
import {
  adamW,
  add,
  constant,
  crossEntropy,
  dense,
  type InputShapes,
  type Network,
  relu,
  reverseGradient,
  type TrainingPlan,
} from '../nn/index.js';
import type { BeatRecipe } from './recipe.js';

/** Inputs of the released network. */
export function networkInputs(recipe: Pick<BeatRecipe, 'input'>): InputShapes {
  const shape = inputShape(recipe.input);
  return { waves: ['N', shape.channels, shape.length], features: ['N', shape.features] };
}

/** One beat network without anything that only training needs. */
export function plainNetwork(recipe: Pick<BeatRecipe, 'input' | 'network'>): Network {
  const shape = inputShape(recipe.input);
  return (b, { waves, features }) => ({
    logits: beatNetwork(b, recipe.network, shape, waves, features).logits,
  });
}

/**
 * What one training optimises: cross-entropy of the classes, and, where the recipe has an adversary, of the
 * patients behind a reversed gradient, on normal beats only.
 *
 * @param classShares  share of each class among the drawn beats
 * @param patients     patients in training
 */
export function trainingPlan(
  recipe: BeatRecipe,
  classShares: readonly number[],
  patients: number,
): TrainingPlan {
  const shape = inputShape(recipe.input);
  const { training } = recipe;
  const adversary = training.adversary > 0;
  const kinds = BEAT_CLASSES.length;
  const network: Network = (b, { waves, features, reversal }) => {
    const { logits, embedding } = beatNetwork(b, recipe.network, shape, waves, features);
    if (!adversary) return { logits };
    // Declared last: without it, the parameters before are those of the plain network.
    const reversed = reverseGradient(embedding, reversal);
    const hidden = relu(dense(b, 'patients.hidden', reversed, { units: 32 }));
    return { logits, patients: dense(b, 'patients', hidden, { units: patients }) };
  };
  const priors = classShares.map((share) => training.logitAdjustment * Math.log(share + 1e-4));
  return {
    network,
    inputs: {
      ...networkInputs(recipe),
      targets: ['N', kinds],
      ...(adversary && { patients: ['N', patients], normal: ['N'], reversal: [] }),
    },
    loss: (outputs, inputs) => {
      const adjusted =
        training.logitAdjustment === 0
          ? outputs['logits']
          : add(outputs['logits'], constant(priors, [1, kinds]));
      const own = crossEntropy(adjusted, inputs['targets'], { labelSmoothing: training.labelSmoothing });
      if (!adversary) return own;
      return add(own, crossEntropy(outputs['patients'], inputs['patients'], { weights: inputs['normal'] }));
    },
    optimiser: adamW({ weightDecay: training.weightDecay }),
    batchSize: training.batchSize,
    clipNorm: training.clipNorm,
    emaDecay: training.ema,
  };
}
