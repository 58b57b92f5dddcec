import { EcgError } from '../../core/index.js';
import type { Builder } from '../builder.js';
import type { Value } from '../graph.js';
import { filled, heNormal, type Initialiser } from '../initialisers.js';
import { type ConvolutionAttributes, conv } from '../ops/convolution.js';
import { bandedDepthwise } from './depthwise.js';

/** A convolution over signals. */
export interface Conv1dOptions {
  readonly channels: number;
  readonly kernel: number;
  readonly stride?: number;
  readonly dilation?: number;
  readonly groups?: number;
  /** Zeros on both sides, or before and after; `same` (the default) keeps the length at stride 1. */
  readonly padding?: 'same' | number | readonly [number, number];
  /** `false` before a batch norm, which has its own. */
  readonly bias?: boolean;
  /** He's normal when omitted. */
  readonly initialise?: Initialiser;
}

/** A convolution over images. */
export interface Conv2dOptions {
  readonly channels: number;
  readonly kernel: readonly [number, number];
  readonly strides?: readonly [number, number];
  readonly dilations?: readonly [number, number];
  readonly groups?: number;
  readonly padding?: 'same' | number;
  readonly bias?: boolean;
  readonly initialise?: Initialiser;
}

/** Signals (see `fromSignals`) convolved with learned kernels. */
export function conv1d(b: Builder, name: string, x: Value, options: Conv1dOptions): Value {
  const { channels, kernel, stride = 1, dilation = 1, padding = 'same', ...rest } = options;
  const total = (kernel - 1) * dilation;
  const [before, after] =
    padding === 'same'
      ? [Math.floor(total / 2), Math.ceil(total / 2)]
      : typeof padding === 'number'
        ? [padding, padding]
        : padding;
  const window = {
    strides: [1, stride] as const,
    dilations: [1, dilation] as const,
    pads: [0, before, 0, after] as const,
  };
  return convolve(b, name, x, channels, [1, kernel], window, rest);
}

/** Images [N, C, H, W] convolved with learned kernels. */
export function conv2d(b: Builder, name: string, x: Value, options: Conv2dOptions): Value {
  const { channels, kernel, strides = [1, 1], dilations = [1, 1], padding = 'same', ...rest } = options;
  const total = kernel.map((k, i) => (k - 1) * dilations[i]);
  const side = (round: (n: number) => number) =>
    total.map((t) => (padding === 'same' ? round(t / 2) : padding));
  const pads = [...side(Math.floor), ...side(Math.ceil)] as unknown as readonly [
    number,
    number,
    number,
    number,
  ];
  return convolve(b, name, x, channels, kernel, { strides, dilations, pads }, rest);
}

/** Images up to this many kernels wide take less time as band matrices, whose arithmetic grows with the width. */
const BANDED_WIDTH = 8;

function convolve(
  b: Builder,
  name: string,
  x: Value,
  channels: number,
  kernel: readonly [number, number],
  window: Omit<ConvolutionAttributes, 'groups'>,
  { groups = 1, bias = true, initialise }: { groups?: number; bias?: boolean; initialise?: Initialiser },
): Value {
  if (x.shape.length !== 4 || x.shape[1] % groups !== 0 || channels % groups !== 0)
    throw new EcgError(
      'bad-shape',
      `nn: convolution ${name} in ${groups} groups over [${x.shape}], give [N, C, H, W] or use fromSignals`,
    );
  const inner = x.shape[1] / groups;
  const fanIn = inner * kernel[0] * kernel[1];
  const kernels = b.parameter(`${name}.weight`, [channels, inner, ...kernel], initialise ?? heNormal(fanIn));
  const offset = bias ? b.parameter(`${name}.bias`, [channels], filled(0), { decay: false }) : undefined;
  // As an LSTM is unrolled: the same function in a form that is fast to train. 1-D signals keep the batch as height.
  const depthwise = groups > 1 && groups === channels && inner === 1 && kernel.every((k) => k > 1);
  const plain = [...window.strides, ...window.dilations].every((n) => n === 1);
  if (b.training && depthwise && plain && x.shape[3] <= BANDED_WIDTH * kernel[1])
    return bandedDepthwise(x, kernels, offset, window.pads);
  return conv(x, kernels, offset, { ...window, groups });
}
