import { describe, expect, it } from 'vitest';
import { EcgError } from '../core/index.js';
import { describeBytes } from './look.js';
import { open } from './open.js';
import { memorySource } from './source.js';

const bytes = (text: string) => Uint8Array.from(text, (c) => c.charCodeAt(0));

async function errorOf(promise: Promise<unknown>): Promise<EcgError> {
  const error = await promise.then(
    () => undefined,
    (e: unknown) => e,
  );
  expect(error).toBeInstanceOf(EcgError);
  return error as EcgError;
}

describe('open', () => {
  it('says what a file looks like when it is no recording', async () => {
    const error = await errorOf(open(memorySource('ecg.edf', bytes('%PDF-1.7\n%\xe2\xe3'))));
    expect(error.code).toBe('unsupported');
    expect(error.message).toContain('ecg.edf looks like a PDF document');
  });

  it('refuses an empty file', async () => {
    expect((await errorOf(open(memorySource('a.csv', bytes(''))))).code).toBe('bad-format');
  });

  it('stops before reading when cancelled', async () => {
    const source = memorySource('a.csv', bytes('1,2\n'));
    expect((await errorOf(open(source, { signal: { aborted: true } }))).code).toBe('cancelled');
  });

  it('lists all faults of what the caller says', async () => {
    const options = { fs: Number.NaN, gain: -1, columns: [], unit: 'kV' as 'V' };
    const { code, message } = await errorOf(open(memorySource('a.csv', bytes('1,2\n')), options));
    expect(code).toBe('bad-option');
    for (const fault of ['fs NaN', 'gain -1', 'columns is empty', 'unit kV'])
      expect(message).toContain(fault);
  });

  it('closes the source when it fails', async () => {
    let closed = 0;
    const source = { ...memorySource('x', bytes('GIF89a')), close: async () => void closed++ };
    await errorOf(open(source));
    expect(closed).toBe(1);
  });
});

describe('describeBytes', () => {
  it.each([
    ['\x89PNG\r\n\x1a\n....', 'a PNG picture'],
    ['PK\x03\x04....', 'ZIP'],
    [`${'\0'.repeat(128)}DICM`, 'DICOM'],
    [`${'\0'.repeat(16)}SCPECG`, 'SCP-ECG'],
    ['<?xml version="1.0"?>', 'XML'],
    ['\xef\xbb\xbf<?xml version="1.0"?>', 'XML'],
    ['\xff\xfea\0b\0', 'UTF-16'],
    ['hello\nworld', 'text that begins "hello world"'],
    ['\x01\x02\x03', 'binary data that begins 01 02 03'],
  ])('%j', (head, expected) => {
    expect(describeBytes(bytes(head))).toContain(expected);
  });
});
