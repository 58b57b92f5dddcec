/** One signal to write: its header fields as text and its integers. */
interface TestSignal {
  readonly label: string;
  readonly unit: string;
  readonly physical: readonly [string, string];
  readonly digital: readonly [string, string];
  readonly perRecord: number;
  /** Stored integers, record after record. */
  readonly stored: readonly number[];
}

/** A file to write. Every field is put where the specification says, byte for byte, with no knowledge of the reader. */
export interface TestFile {
  readonly kind?: 'edf' | 'bdf';
  /** `EDF+C`, `EDF+D`, `BDF+D` or blank. */
  readonly reserved?: string;
  readonly patient?: string;
  readonly recording?: string;
  readonly date?: string;
  readonly time?: string;
  readonly records: number;
  /** What the header says instead of the truth. */
  readonly statedRecords?: string;
  readonly statedHeaderBytes?: string;
  /** As text: `1`, `0.5`. */
  readonly duration: string;
  readonly signals: readonly TestSignal[];
  /** The annotation channel: its bytes a record, and each record's text. */
  readonly annotations?: { readonly perRecord: number; readonly texts: readonly string[] };
}

/** EDF or BDF bytes by the book; an oracle for the reader, not part of the library. */
export function edfBytes(file: TestFile): Uint8Array {
  const width = file.kind === 'bdf' ? 3 : 2;
  const plus = file.annotations === undefined ? [] : [annotationSignal(file, width)];
  const signals = [...file.signals, ...plus];
  const pad = (text: string | number, size: number) => String(text).padEnd(size).slice(0, size);
  const all = (size: number, field: (signal: TestSignal) => string | number) =>
    signals.map((signal) => pad(field(signal), size)).join('');
  const header =
    (file.kind === 'bdf' ? '\xffBIOSEMI' : pad('0', 8)) +
    pad(file.patient ?? '', 80) +
    pad(file.recording ?? '', 80) +
    pad(file.date ?? '02.03.04', 8) +
    pad(file.time ?? '05.06.07', 8) +
    pad(file.statedHeaderBytes ?? 256 * (signals.length + 1), 8) +
    pad(file.reserved ?? '', 44) +
    pad(file.statedRecords ?? file.records, 8) +
    pad(file.duration, 8) +
    pad(signals.length, 4) +
    all(16, (s) => s.label) +
    all(80, () => 'AgCl electrode') +
    all(8, (s) => s.unit) +
    all(8, (s) => s.physical[0]) +
    all(8, (s) => s.physical[1]) +
    all(8, (s) => s.digital[0]) +
    all(8, (s) => s.digital[1]) +
    all(80, () => 'HP:0.05Hz LP:40Hz') +
    all(8, (s) => s.perRecord) +
    all(32, () => '');
  const bytes = Array.from(header, (c) => c.charCodeAt(0));
  for (let record = 0; record < file.records; record++) {
    for (const { perRecord, stored } of signals) {
      for (const value of stored.slice(record * perRecord, (record + 1) * perRecord)) {
        for (let byte = 0; byte < width; byte++) bytes.push((value >> (8 * byte)) & 255);
      }
    }
  }
  return Uint8Array.from(bytes);
}

function annotationSignal(file: TestFile, width: number): TestSignal {
  const { perRecord, texts } = file.annotations ?? { perRecord: 0, texts: [] };
  const stored: number[] = [];
  for (let record = 0; record < file.records; record++) {
    const text = new TextEncoder().encode(texts[record] ?? '');
    for (let i = 0; i < perRecord; i++) {
      let value = 0;
      for (let byte = 0; byte < width; byte++) value |= (text[i * width + byte] ?? 0) << (8 * byte);
      stored.push(value);
    }
  }
  const range = width === 3 ? (['-8388608', '8388607'] as const) : (['-32768', '32767'] as const);
  const label = width === 3 ? 'BDF Annotations' : 'EDF Annotations';
  return { label, unit: '', physical: ['-1', '1'], digital: range, perRecord, stored };
}
