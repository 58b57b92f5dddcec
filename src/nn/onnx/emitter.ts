/** An ONNX attribute: an integer list, an integer, a float or a string. */
export type OnnxAttribute =
  | { readonly ints: readonly number[] }
  | { readonly int: number }
  | { readonly float: number }
  | { readonly string: string };

/** What an op's rule may write into the model under construction. */
export interface Emitter {
  /** ONNX's number of the floating type of this graph: 1 float, 11 double. */
  readonly elementType: 1 | 11;
  /** Adds a node; the names of its outputs. */
  node(
    type: string,
    inputs: readonly string[],
    attributes?: Readonly<Record<string, OnnxAttribute>>,
    outputs?: number,
  ): string[];
  /** The name of a constant list of 64-bit integers. */
  integers(values: readonly number[]): string;
  /** The name of a constant array of the graph's floating type. */
  floats(data: ArrayLike<number>, shape: readonly number[], name?: string): string;
}
