import type { ExampleReport } from '../src/evaluation/index.js';
import type { MemberMetrics, NetworkMetrics, RunMetrics } from '../src/training/recipes/run/metrics.js';

/** Scores whose three figures are told apart: macro-F1 as given, accuracy 0.01 more, weighted F1 0.02 more. */
export function scores(macroF1: number) {
  return { accuracy: macroF1 + 0.01, macroF1, weightedF1: macroF1 + 0.02 };
}

/** A seed's network with these macro-F1 on the validation examples and the test set. */
export function member(seed: number, validation: number | null, test: number | null): MemberMetrics {
  return {
    seed,
    epochs: 4,
    bestEpoch: 3,
    seconds: 10 * seed,
    validation: validation === null ? null : scores(validation),
    test: test === null ? null : scores(test),
  };
}

/** An architecture whose two files score as its first seed does; the 8-bit one has a quarter of the bytes. */
export function architecture(
  name: string,
  members: readonly MemberMetrics[],
  tests: readonly ExampleReport[] = [],
): NetworkMetrics {
  const [{ validation, test }] = members;
  const form = { validation, test, bytes: 40_000, latencyMs: 0.5, batchLatencyMs: 0.25 };
  return {
    name,
    kind: 'screening-cnn',
    input: 'window',
    parameters: 10_000,
    members,
    fp32: form,
    int8: { ...form, bytes: 10_000, latencyMs: 0.75 },
    validation: null,
    tests,
    generated: null,
    without: [],
  };
}

/** A run of these architectures. */
export function runOf(networks: readonly NetworkMetrics[], over: Partial<RunMetrics> = {}): RunMetrics {
  return {
    name: 'tiny',
    version: '0.0.1',
    protocol: 'synthetic',
    split: 'synthetic hearts',
    leaky: false,
    software: 'ectopy 0',
    date: '2026-01-02',
    classes: ['normal', 'arrhythmic'],
    counts: { train: [1, 1], validation: [1, 1], test: [1, 1] },
    networks,
    ensemble: null,
    paired: [],
    testUses: null,
    ...over,
  };
}
