import protobuf from 'protobufjs/minimal.js';
import { EcgError } from '../../core/index.js';
import type { OnnxAttribute } from './emitter.js';
import {
  decodeMetadata,
  type OnnxModel,
  type OnnxNode,
  type OnnxTensor,
  type OnnxValueInfo,
  OPSET,
} from './protobuf.js';

type Reader = ReturnType<typeof protobuf.Reader.create>;

/**
 * The model in the bytes of an `.onnx` file as `encodeModel` writes them: attributes of the kinds of `OnnxAttribute`,
 * constants as raw bytes, no sub-graphs.
 *
 * @throws EcgError `bad-format` when the bytes are no ONNX file; `unsupported` when they are one with more in it
 */
export function decodeModel(bytes: Uint8Array): OnnxModel {
  try {
    return decode(bytes);
  } catch (cause) {
    if (cause instanceof EcgError) throw cause;
    throw new EcgError(
      'bad-format',
      `onnx: ${bytes.length} bytes are no ONNX file, give a file of a trained network`,
      { cause },
    );
  }
}

function decode(bytes: Uint8Array): OnnxModel {
  const nodes: OnnxNode[] = [];
  const initializers: OnnxTensor[] = [];
  const inputs: OnnxValueInfo[] = [];
  const outputs: OnnxValueInfo[] = [];
  let opset = 0;
  const reader = protobuf.Reader.create(bytes);
  eachField(reader, reader.len, (field) => {
    if (field === 7) {
      within(reader, (part) => {
        if (part === 1) nodes.push(readNode(reader));
        else if (part === 5) initializers.push(readTensor(reader));
        else if (part === 11) inputs.push(readValueInfo(reader));
        else if (part === 12) outputs.push(readValueInfo(reader));
        else return false;
        return true;
      });
    } else if (field === 8) {
      within(reader, (part) => {
        if (part !== 2) return false;
        opset = Number(reader.int64());
        return true;
      });
    } else return false;
    return true;
  });
  if (outputs.length === 0) throw new RangeError('no graph');
  if (opset !== OPSET) refuse(`operator set ${opset}`, `${OPSET}`);
  return { nodes, initializers, inputs, outputs, metadata: decodeMetadata(bytes) };
}

function refuse(what: string, wanted: string): never {
  throw new EcgError(
    'unsupported',
    `onnx: ${what} is not read, give a network written by Ectopy (${wanted})`,
  );
}

/** Calls `body` with the number of each field until `end`; a field it does not take (false) is skipped. */
function eachField(reader: Reader, end: number, body: (field: number) => boolean): void {
  while (reader.pos < end) {
    const tag = reader.uint32();
    if (!body(tag >>> 3)) reader.skipType(tag & 7);
  }
}

function within(reader: Reader, body: (field: number) => boolean): void {
  eachField(reader, reader.uint32() + reader.pos, body);
}

/** Repeated integers are packed or not, as their writer likes. */
function readIntegers(reader: Reader, into: number[], packed: boolean): void {
  if (!packed) {
    into.push(Number(reader.int64()));
    return;
  }
  const end = reader.uint32() + reader.pos;
  while (reader.pos < end) into.push(Number(reader.int64()));
}

function readNode(reader: Reader): OnnxNode {
  const inputs: string[] = [];
  const outputs: string[] = [];
  const attributes: Record<string, OnnxAttribute> = {};
  let type = '';
  within(reader, (field) => {
    if (field === 1) inputs.push(reader.string());
    else if (field === 2) outputs.push(reader.string());
    else if (field === 4) type = reader.string();
    else if (field === 5) {
      const [name, attribute] = readAttribute(reader);
      attributes[name] = attribute;
    } else if (field === 7) {
      const domain = reader.string();
      if (domain !== '') refuse(`an operator of ${domain}`, 'operators of ONNX only');
    } else return false;
    return true;
  });
  return { type, inputs, outputs, attributes };
}

function readAttribute(reader: Reader): [string, OnnxAttribute] {
  let name = '';
  let attribute: OnnxAttribute | undefined;
  let type = 0;
  const ints: number[] = [];
  const end = reader.uint32() + reader.pos;
  while (reader.pos < end) {
    const tag = reader.uint32();
    const field = tag >>> 3;
    if (field === 1) name = reader.string();
    else if (field === 2) attribute = { float: reader.float() };
    else if (field === 3) attribute = { int: Number(reader.int64()) };
    else if (field === 4) attribute = { string: reader.string() };
    else if (field === 8) readIntegers(reader, ints, (tag & 7) === 2);
    else if (field === 20) type = reader.int32();
    else reader.skipType(tag & 7);
  }
  if (type === 7) attribute = { ints };
  if (!attribute || ![1, 2, 3, 7].includes(type))
    refuse(`attribute ${name} of type ${type}`, 'numbers and words');
  return [name, attribute];
}

function readTensor(reader: Reader): OnnxTensor {
  const shape: number[] = [];
  let name = '';
  let type = 0;
  let bytes: Uint8Array | undefined;
  const end = reader.uint32() + reader.pos;
  while (reader.pos < end) {
    const tag = reader.uint32();
    const field = tag >>> 3;
    if (field === 1) readIntegers(reader, shape, (tag & 7) === 2);
    else if (field === 2) type = reader.int32();
    else if (field === 8) name = reader.string();
    // A copy: Node's reader gives a view of the file.
    else if (field === 9) bytes = new Uint8Array(reader.bytes());
    else reader.skipType(tag & 7);
  }
  if (!bytes) refuse(`constant ${name} without raw bytes`, 'raw bytes');
  return { name, type, shape, bytes };
}

function readValueInfo(reader: Reader): OnnxValueInfo {
  const shape: (number | string)[] = [];
  let name = '';
  let type = 0;
  within(reader, (field) => {
    if (field === 1) name = reader.string();
    else if (field === 2)
      within(reader, (kind) => {
        if (kind !== 1) return false;
        within(reader, (part) => {
          if (part === 1) type = reader.int32();
          else if (part === 2) within(reader, (dimension) => readDimension(reader, dimension, shape));
          else return false;
          return true;
        });
        return true;
      });
    else return false;
    return true;
  });
  return { name, type, shape };
}

function readDimension(reader: Reader, field: number, shape: (number | string)[]): boolean {
  if (field !== 1) return false;
  within(reader, (part) => {
    if (part === 1) shape.push(Number(reader.int64()));
    else if (part === 2) shape.push(reader.string());
    else return false;
    return true;
  });
  return true;
}
