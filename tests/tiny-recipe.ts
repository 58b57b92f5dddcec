/** Plain JSON of a recipe that trains in a second and needs no recordings: synthetic hearts, two small networks. */
export function tinyRecipe(): Record<string, unknown> & { name: string } {
  const network = (channels: number) => ({
    network: { kind: 'screening-cnn', convs: [{ channels, kernel: 7, pool: 4 }], hidden: 8, dropout: 0 },
    input: null,
    training: {},
  });
  return {
    name: 'tiny',
    task: 'cardiospike',
    version: '0.0.1',
    data: { hearts: 12, windowsPerHeart: 1 },
    every: 1,
    training: {
      epochs: 2,
      batchSize: 8,
      learningRate: 0.01,
      weightDecay: 0.001,
      schedule: { kind: 'constant' },
      loss: { labelSmoothing: 0, focalGamma: 0, classWeightPower: 0 },
      sampling: { power: 0, epochShare: 1 },
      smote: null,
      gan: null,
      augmentation: { kind: 'signal', gain: 0.1, shift: 20, noise: 0.02 },
      clipNorm: null,
      ema: null,
      earlyStopping: null,
      threads: 1,
    },
    networks: { narrow: network(2), wide: network(4) },
    protocols: {
      synthetic: { networks: null, by: 'test set', seeds: [1], training: {} },
      honest: { networks: ['narrow'], by: 'test set', seeds: [1, 2], training: { epochs: 1 } },
    },
    folds: { count: 3, seed: 1, over: 'training' },
    ensemble: ['narrow', 'wide'],
    paired: null,
    calibration: { coverage: 0.9 },
    quantisation: { examples: 24 },
    search: null,
    published: [
      {
        label: 'accuracy',
        network: 'narrow',
        measure: 'accuracy',
        published: 'none',
        figures: { synthetic: 'tiny.synthetic.accuracy', honest: 'tiny.honest.accuracy' },
      },
      {
        label: 'both: macro-F1',
        network: 'ensemble',
        measure: 'macroF1',
        published: 'none',
        figures: { synthetic: 'tiny.synthetic.macro-f1' },
      },
    ],
  };
}
