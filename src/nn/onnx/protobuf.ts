import protobuf from 'protobufjs/minimal.js';
import type { OnnxAttribute } from './emitter.js';

type Writer = ReturnType<typeof protobuf.Writer.create>;

/** A node of an ONNX graph. */
export interface OnnxNode {
  readonly type: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: Readonly<Record<string, OnnxAttribute>>;
}

/** A constant array: `type` 1 float, 2 and 3 bytes without and with sign, 6 and 7 32- and 64-bit integers, 11 double; little-endian. */
export interface OnnxTensor {
  readonly name: string;
  readonly type: number;
  readonly shape: readonly number[];
  readonly bytes: Uint8Array;
}

/** An input or output; an axis given as a string has that name and any size; any shape when omitted. */
export interface OnnxValueInfo {
  readonly name: string;
  readonly type: number;
  readonly shape?: readonly (number | string)[];
}

export interface OnnxModel {
  readonly nodes: readonly OnnxNode[];
  readonly initializers: readonly OnnxTensor[];
  readonly inputs: readonly OnnxValueInfo[];
  readonly outputs: readonly OnnxValueInfo[];
  readonly metadata: Readonly<Record<string, string>>;
}

/** Opset 17 and format 8: read by every ONNX Runtime since 1.12. */
export const OPSET = 17;
const IR_VERSION = 8;
const METADATA_FIELD = 14;

/** The bytes of an `.onnx` file. Source: onnx.proto3 of ONNX 1.12; field numbers as there. */
export function encodeModel(model: OnnxModel): Uint8Array {
  const writer = protobuf.Writer.create();
  writer.uint32(tag(1, 0)).int64(IR_VERSION);
  writer.uint32(tag(2, 2)).string('ectopy');
  message(writer, 7, () => {
    for (const node of model.nodes) message(writer, 1, () => writeNode(writer, node));
    writer.uint32(tag(2, 2)).string('ectopy');
    for (const tensor of model.initializers) message(writer, 5, () => writeTensor(writer, tensor));
    for (const value of model.inputs) message(writer, 11, () => writeValueInfo(writer, value));
    for (const value of model.outputs) message(writer, 12, () => writeValueInfo(writer, value));
  });
  message(writer, 8, () => {
    writer.uint32(tag(1, 2)).string('');
    writer.uint32(tag(2, 0)).int64(OPSET);
  });
  writeMetadata(writer, model.metadata);
  return writer.finish();
}

/** Metadata entries as the tail of an `.onnx` file: protobuf lets repeated fields be appended. */
export function encodeMetadata(metadata: Readonly<Record<string, string>>): Uint8Array {
  const writer = protobuf.Writer.create();
  writeMetadata(writer, metadata);
  return writer.finish();
}

/**
 * The metadata entries of an `.onnx` file.
 * @throws RangeError, Error when the bytes are not protobuf
 */
export function decodeMetadata(bytes: Uint8Array): Record<string, string> {
  const reader = protobuf.Reader.create(bytes);
  const metadata: Record<string, string> = {};
  while (reader.pos < reader.len) {
    const field = reader.uint32();
    if (field !== tag(METADATA_FIELD, 2)) {
      reader.skipType(field & 7);
      continue;
    }
    const end = reader.uint32() + reader.pos;
    let key = '';
    let value = '';
    while (reader.pos < end) {
      const inner = reader.uint32();
      if (inner === tag(1, 2)) key = reader.string();
      else if (inner === tag(2, 2)) value = reader.string();
      else reader.skipType(inner & 7);
    }
    metadata[key] = value;
  }
  return metadata;
}

function tag(field: number, wire: number): number {
  return (field << 3) | wire;
}

function message(writer: Writer, field: number, body: () => void): void {
  writer.uint32(tag(field, 2)).fork();
  body();
  writer.ldelim();
}

function writeMetadata(writer: Writer, metadata: Readonly<Record<string, string>>): void {
  for (const [key, value] of Object.entries(metadata))
    message(writer, METADATA_FIELD, () => {
      writer.uint32(tag(1, 2)).string(key);
      writer.uint32(tag(2, 2)).string(value);
    });
}

function writeNode(writer: Writer, node: OnnxNode): void {
  for (const name of node.inputs) writer.uint32(tag(1, 2)).string(name);
  for (const name of node.outputs) writer.uint32(tag(2, 2)).string(name);
  writer.uint32(tag(4, 2)).string(node.type);
  for (const [name, attribute] of Object.entries(node.attributes))
    message(writer, 5, () => writeAttribute(writer, name, attribute));
}

function writeAttribute(writer: Writer, name: string, attribute: OnnxAttribute): void {
  writer.uint32(tag(1, 2)).string(name);
  let type: number;
  if ('float' in attribute) {
    writer.uint32(tag(2, 5)).float(attribute.float);
    type = 1;
  } else if ('int' in attribute) {
    writer.uint32(tag(3, 0)).int64(attribute.int);
    type = 2;
  } else if ('string' in attribute) {
    writer.uint32(tag(4, 2)).string(attribute.string);
    type = 3;
  } else {
    for (const n of attribute.ints) writer.uint32(tag(8, 0)).int64(n);
    type = 7;
  }
  writer.uint32(tag(20, 0)).int32(type);
}

function writeTensor(writer: Writer, tensor: OnnxTensor): void {
  for (const n of tensor.shape) writer.uint32(tag(1, 0)).int64(n);
  writer.uint32(tag(2, 0)).int32(tensor.type);
  writer.uint32(tag(8, 2)).string(tensor.name);
  writer.uint32(tag(9, 2)).bytes(tensor.bytes);
}

function writeValueInfo(writer: Writer, { name, type, shape }: OnnxValueInfo): void {
  writer.uint32(tag(1, 2)).string(name);
  message(writer, 2, () =>
    message(writer, 1, () => {
      writer.uint32(tag(1, 0)).int32(type);
      if (shape === undefined) return;
      message(writer, 2, () => {
        for (const n of shape)
          message(writer, 1, () => {
            if (typeof n === 'number') writer.uint32(tag(1, 0)).int64(n);
            else writer.uint32(tag(2, 2)).string(n);
          });
      });
    }),
  );
}
