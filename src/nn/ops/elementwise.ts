import { apply, broadcastShape, type Gradient, type OpCase, type Rule, type Value } from '../graph.js';
import { unexpanded } from './broadcast.js';
import { toValue } from './leaf.js';

type Binary = Rule<Record<never, never>>;

const matrixAndRow: OpCase['inputs'] = [
  [2, 3],
  [1, 3],
];

function binary(
  name: string,
  type: string,
  gradient: (g: Value, a: Value, b: Value, y: Value) => [Gradient, Gradient],
  options: { positive?: true; mask?: true } = {},
): Binary {
  const rule: Binary = {
    name,
    shape: ([a, b]) => [broadcastShape(a, b, name)],
    gradient: (node, [g]) => {
      const [a, b] = node.inputs;
      return g ? gradient(g, a, b, node.outputs[0]) : [];
    },
    onnx: (emit, _, inputs) => {
      const outputs = emit.node(type, inputs);
      return options.mask ? emit.node('Cast', outputs, { to: { int: emit.elementType } }) : outputs;
    },
    cases: [
      {
        name: 'broadcast over rows',
        inputs: matrixAndRow,
        build: (a, b) => apply(rule, [a, b], {}),
        ...(options.positive && { domain: [0.5, 2] as const }),
      },
    ],
  };
  return rule;
}

export const addRule = binary('add', 'Add', (g) => [g, g]);
export const subtractRule = binary('subtract', 'Sub', (g) => [g, negate(g)]);
export const multiplyRule = binary('multiply', 'Mul', (g, a, b) => [multiply(g, b), multiply(g, a)]);
export const divideRule = binary(
  'divide',
  'Div',
  (g, _, b, y) => {
    const ga = divide(g, b);
    return [ga, negate(multiply(ga, y))];
  },
  { positive: true },
);
export const maximumRule = binary('maximum', 'Max', (g, a, b) => {
  const ga = multiply(g, greaterOrEqual(a, b));
  return [ga, subtract(g, ga)];
});
export const minimumRule = binary('minimum', 'Min', (g, a, b) => {
  const ga = multiply(g, greaterOrEqual(b, a));
  return [ga, subtract(g, ga)];
});
export const greaterRule = binary('greater', 'Greater', () => [undefined, undefined], { mask: true });
export const greaterOrEqualRule = binary('greaterOrEqual', 'GreaterOrEqual', () => [undefined, undefined], {
  mask: true,
});
export const equalRule = binary('equal', 'Equal', () => [undefined, undefined], { mask: true });

type Unary = Rule<Record<never, never>>;

function unary(
  name: string,
  type: string,
  gradient: (g: Value, x: Value, y: Value) => Gradient,
  options: { domain?: readonly [number, number]; single?: true; slope?: number } = {},
): Unary {
  const rule: Unary = {
    name,
    shape: ([x]) => [x],
    gradient: (node, [g]) => [g && gradient(g, node.inputs[0], node.outputs[0])],
    onnx: (emit, _, inputs) => emit.node(type, inputs),
    cases: [{ name: 'a matrix', inputs: [[2, 4]], build: (x) => apply(rule, [x], {}), ...options }],
  };
  return rule;
}

const positive = { domain: [0.2, 2] as const };
export const negateRule = unary('negate', 'Neg', (g) => negate(g));
export const expRule = unary('exp', 'Exp', (g, _, y) => multiply(g, y));
export const logRule = unary('log', 'Log', (g, x) => divide(g, x), positive);
export const sqrtRule = unary('sqrt', 'Sqrt', (g, _, y) => divide(multiply(g, 0.5), y), positive);
export const absRule = unary('abs', 'Abs', (g, x) => multiply(g, sign(x)));
export const signRule = unary('sign', 'Sign', () => undefined);
export const tanhRule = unary('tanh', 'Tanh', (g, _, y) => multiply(g, subtract(1, multiply(y, y))));
export const sigmoidRule = unary('sigmoid', 'Sigmoid', (g, _, y) => multiply(g, subtract(y, multiply(y, y))));
export const erfRule = unary(
  'erf',
  'Erf',
  (g, x) => multiply(g, multiply(2 / Math.sqrt(Math.PI), exp(negate(multiply(x, x))))),
  { single: true },
);
export const sinRule = unary('sin', 'Sin', (g, x) => multiply(g, cos(x)));
export const cosRule = unary('cos', 'Cos', (g, x) => negate(multiply(g, sin(x))));
// Greater, Cast and Mul take less time than Where.
export const reluRule = unary('relu', 'Relu', (g, _, y) => multiply(g, greater(y, 0)));
export const softplusRule = unary('softplus', 'Softplus', (g, x) => multiply(g, sigmoid(x)), {
  single: true,
});

/** `x` to a fixed power. */
export const powerRule: Rule<{ exponent: number }> = {
  name: 'power',
  shape: ([x]) => [x],
  gradient: (node, [g]) => {
    const { exponent } = node.attributes;
    return [g && multiply(g, multiply(exponent, power(node.inputs[0], exponent - 1)))];
  },
  onnx: (emit, node, [x]) => emit.node('Pow', [x, emit.floats([node.attributes.exponent], [])]),
  cases: [{ name: 'to the 2.5', inputs: [[2, 3]], build: (x) => power(x, 2.5), ...positive }],
};

/** `x`, or `slope · x` below zero. */
export const leakyReluRule: Rule<{ slope: number }> = {
  name: 'leakyRelu',
  shape: ([x]) => [x],
  gradient: (node, [g]) => {
    const { slope } = node.attributes;
    return [g && multiply(g, add(multiply(greater(node.inputs[0], 0), 1 - slope), slope))];
  },
  onnx: (emit, node, [x]) => emit.node('LeakyRelu', [x], { alpha: { float: node.attributes.slope } }),
  cases: [{ name: 'slope 0.1', inputs: [[2, 4]], build: (x) => leakyRelu(x, 0.1), single: true }],
};

/** `x`, or `scale · (eˣ − 1)` below zero. */
export const eluRule: Rule<{ scale: number }> = {
  name: 'elu',
  shape: ([x]) => [x],
  gradient: (node, [g]) => {
    const [x] = node.inputs;
    const above = greater(x, 0);
    // Below zero the slope is y + scale; the product with the mask keeps overflow out, for y is bounded there.
    const below = multiply(subtract(1, above), add(minimum(node.outputs[0], 0), node.attributes.scale));
    return [g && multiply(g, add(above, below))];
  },
  onnx: (emit, node, [x]) => emit.node('Elu', [x], { alpha: { float: node.attributes.scale } }),
  cases: [{ name: 'scale 0.7', inputs: [[2, 4]], build: (x) => elu(x, 0.7), single: true }],
};

/** `x`; its gradient is scaled by −λ, a second, scalar input. */
export const reverseGradientRule: Rule<Record<never, never>> = {
  name: 'reverseGradient',
  shape: ([x]) => [x],
  gradient: (node, [g]) => [g && negate(multiply(g, node.inputs[1])), undefined],
  onnx: (emit, _, [x]) => emit.node('Identity', [x]),
  cases: [{ name: 'λ of 0.5', inputs: [[3]], build: (x) => reverseGradient(x, 0.5), slope: -0.5 }],
};

/** `x`, through which no gradient flows. */
export const stopGradientRule = unary('stopGradient', 'Identity', () => undefined, { slope: 0 });

function pair(rule: Binary, a: Value | number, b: Value | number): Value {
  const [x, y] = [toValue(a), toValue(b)];
  return apply(rule, [unexpanded(x, y.shape), unexpanded(y, x.shape)], {});
}

export const add = (a: Value | number, b: Value | number): Value => pair(addRule, a, b);
export const subtract = (a: Value | number, b: Value | number): Value => pair(subtractRule, a, b);
export const multiply = (a: Value | number, b: Value | number): Value => pair(multiplyRule, a, b);
export const divide = (a: Value | number, b: Value | number): Value => pair(divideRule, a, b);
export const maximum = (a: Value | number, b: Value | number): Value => pair(maximumRule, a, b);
export const minimum = (a: Value | number, b: Value | number): Value => pair(minimumRule, a, b);
/** 1 where a > b, else 0. */
export const greater = (a: Value | number, b: Value | number): Value => pair(greaterRule, a, b);
/** 1 where a ≥ b, else 0. */
export const greaterOrEqual = (a: Value | number, b: Value | number): Value => pair(greaterOrEqualRule, a, b);
/** 1 where a = b, else 0. */
export const equal = (a: Value | number, b: Value | number): Value => pair(equalRule, a, b);

export const negate = (x: Value): Value => apply(negateRule, [x], {});
export const exp = (x: Value): Value => apply(expRule, [x], {});
export const log = (x: Value): Value => apply(logRule, [x], {});
export const sqrt = (x: Value): Value => apply(sqrtRule, [x], {});
export const abs = (x: Value): Value => apply(absRule, [x], {});
export const sign = (x: Value): Value => apply(signRule, [x], {});
export const tanh = (x: Value): Value => apply(tanhRule, [x], {});
export const sigmoid = (x: Value): Value => apply(sigmoidRule, [x], {});
/** The error function. */
export const erf = (x: Value): Value => apply(erfRule, [x], {});
export const sin = (x: Value): Value => apply(sinRule, [x], {});
export const cos = (x: Value): Value => apply(cosRule, [x], {});
/** The positive part. */
export const relu = (x: Value): Value => apply(reluRule, [x], {});
/** log(1 + eˣ). */
export const softplus = (x: Value): Value => apply(softplusRule, [x], {});
/** `x` to a fixed power. */
export const power = (x: Value, exponent: number): Value => apply(powerRule, [x], { exponent });
/** `x`, or `slope · x` below zero. */
export const leakyRelu = (x: Value, slope = 0.01): Value => apply(leakyReluRule, [x], { slope });
/** `x`, or `scale · (eˣ − 1)` below zero. */
export const elu = (x: Value, scale = 1): Value => apply(eluRule, [x], { scale });
/** `x` itself; no gradient flows back. */
export const stopGradient = (x: Value): Value => apply(stopGradientRule, [x], {});

/**
 * `x` itself, the gradient scaled by −λ: what follows learns a task, what precedes unlearns it.
 *
 * Source: Ganin & Lempitsky, ICML 2015, arXiv:1409.7495, equation 9.
 * @param lambda a number, or a scalar input that the training loop feeds
 */
export function reverseGradient(x: Value, lambda: Value | number): Value {
  return apply(reverseGradientRule, [x, toValue(lambda)], {});
}
