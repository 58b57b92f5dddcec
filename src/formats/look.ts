/** One kind of file that is no recording we read: how its bytes begin and what a person calls it. */
interface Look {
  readonly name: string;
  readonly offset: number;
  /** Latin-1 characters. */
  readonly magic: string;
}

// Source: the formats' own specifications; SCP-ECG is EN 1064, section 0, octets 15–20 of the file ('SCPECG').
const LOOKS: readonly Look[] = [
  { name: 'a PDF document', offset: 0, magic: '%PDF' },
  { name: 'a PNG picture', offset: 0, magic: '\x89PNG\r\n\x1a\n' },
  { name: 'a JPEG picture', offset: 0, magic: '\xff\xd8\xff' },
  { name: 'a GIF picture', offset: 0, magic: 'GIF8' },
  { name: 'a TIFF picture', offset: 0, magic: 'II*\0' },
  { name: 'a TIFF picture', offset: 0, magic: 'MM\0*' },
  { name: 'a BMP picture', offset: 0, magic: 'BM' },
  { name: 'a WebP picture', offset: 8, magic: 'WEBP' },
  { name: 'a WAV sound', offset: 8, magic: 'WAVE' },
  { name: 'a FLAC stream (open its WFDB header instead)', offset: 0, magic: 'fLaC' },
  { name: 'a ZIP archive (or an Office document): unpack it first', offset: 0, magic: 'PK\x03\x04' },
  { name: 'a gzip archive: unpack it first', offset: 0, magic: '\x1f\x8b' },
  { name: 'an xz archive: unpack it first', offset: 0, magic: '\xfd7zXZ' },
  { name: 'a 7-Zip archive: unpack it first', offset: 0, magic: '7z\xbc\xaf\x27\x1c' },
  { name: 'a tar archive: unpack it first', offset: 257, magic: 'ustar' },
  { name: 'a DICOM file', offset: 128, magic: 'DICM' },
  { name: 'an SCP-ECG file', offset: 16, magic: 'SCPECG' },
  { name: 'an HDF5 or MATLAB 7.3 file', offset: 0, magic: '\x89HDF' },
  { name: 'a MATLAB 5 file (open its WFDB header instead)', offset: 0, magic: 'MATLAB' },
  { name: 'a GDF file', offset: 0, magic: 'GDF ' },
  { name: 'an ISHNE Holter file', offset: 0, magic: 'ISHNE1.0' },
  { name: 'an old Word or Excel document', offset: 0, magic: '\xd0\xcf\x11\xe0' },
  { name: 'an SQLite database', offset: 0, magic: 'SQLite format 3' },
  { name: 'an ELF program', offset: 0, magic: '\x7fELF' },
  { name: 'an XML document', offset: 0, magic: '\xff\xfe<\0?\0x\0m\0l\0' },
  { name: 'UTF-16 text: save it as UTF-8', offset: 0, magic: '\xff\xfe' },
  { name: 'UTF-16 text: save it as UTF-8', offset: 0, magic: '\xfe\xff' },
  { name: 'HL7 aECG (XML)', offset: 0, magic: '<AnnotatedECG' },
  { name: 'an HTML page', offset: 0, magic: '<!DOCTYPE html' },
  { name: 'an HTML page', offset: 0, magic: '<!doctype html' },
  { name: 'an HTML page', offset: 0, magic: '<html' },
  { name: 'an XML document', offset: 0, magic: '<?xml' },
  { name: 'an XML document', offset: 3, magic: '<?xml' },
];

/** What the first bytes of a file look like to a person: `a PDF document`, `text that begins "hello"`. */
export function describeBytes(head: Uint8Array): string {
  for (const look of LOOKS) if (begins(head, look)) return look.name;
  const start = head.subarray(0, 40);
  const printable = start.every((byte) => byte === 9 || byte === 10 || byte === 13 || byte >= 32);
  if (printable) {
    const text = new TextDecoder().decode(start).replace(/\s+/g, ' ').trim();
    return text === '' ? 'blank text' : `text that begins ${JSON.stringify(text)}`;
  }
  const hex = Array.from(start.subarray(0, 8), (byte) => byte.toString(16).padStart(2, '0'));
  return `binary data that begins ${hex.join(' ')} (a WFDB signal file needs its header, .hea, beside it)`;
}

function begins(head: Uint8Array, { offset, magic }: Look): boolean {
  if (head.length < offset + magic.length) return false;
  for (let i = 0; i < magic.length; i++) if (head[offset + i] !== magic.charCodeAt(i)) return false;
  return true;
}
