import { existsSync, readFileSync } from 'node:fs';
import { createRandom, type Recording } from '../../src/core/index.js';
import { writeAnnotations, writeCsv, writeJson, writeWfdb } from '../../src/formats/index.js';
import { edfBytes } from '../edf-bytes.js';
import { EKG_EXAMPLE } from '../fhir/ekg-example.js';
import { sharedDir } from '../shared-data.js';

/** Honest files to damage: one is opened, the others lie beside it; `damage` names those that are changed. */
export interface Seed {
  readonly reader: string;
  readonly open: string;
  readonly files: ReadonlyMap<string, Uint8Array>;
  readonly damage: readonly string[];
}

/** Bytes of a real file that take part, so that an input takes milliseconds. */
const LONGEST = 16384;

const bytesOf = (text: string) => new TextEncoder().encode(text);

/** Files of every reader, made here and taken from the shared recordings where those are present. */
export function fuzzSeeds(): Seed[] {
  return [...wfdbSeeds(), ...edfSeeds(), ...textSeeds(), ...realSeeds()];
}

function sample(): Recording {
  const random = createRandom(5);
  const samples = Float32Array.from({ length: 900 }, () => random.normal());
  return {
    ...{ id: 'rec', format: 'synthetic', fs: 250, length: 900, offset: 0, gaps: [{ from: 300, to: 310 }] },
    signals: ['MLII', 'V1'].map((lead) => ({ lead, unit: 'mV', fs: 250, samples })),
    annotations: Array.from({ length: 40 }, (_, i) => ({
      sample: i * 22,
      symbol: 'NVA+"'[i % 5] as string,
      ...(i % 5 === 3 ? { aux: '(AFIB' } : {}),
    })),
    ...{ startTime: '2020-05-18T15:48:11', notes: ['a note'], warnings: [] },
  };
}

function wfdbSeeds(): Seed[] {
  const recording = sample();
  const seeds = ([16, 212] as const).flatMap((format): Seed[] => {
    const files = writeWfdb(recording, { format, record: 'rec' });
    return [
      { reader: 'wfdb header', open: 'rec.hea', files, damage: ['rec.hea'] },
      { reader: `wfdb signal ${format}`, open: 'rec.hea', files, damage: ['rec.dat'] },
      { reader: 'wfdb annotations', open: 'rec.hea', files, damage: ['rec.atr'] },
    ];
  });
  const random = createRandom(6);
  const raw = Uint8Array.from({ length: 3000 }, () => random.integer(256));
  // Any bytes are samples of these formats; the last three hold FLAC, which only a header damaged so leads to them.
  for (const format of [8, 24, 32, 61, 80, 160, 310, 311, 508, 516, 524]) {
    const header = bytesOf(
      `r 2 250 600\nr.dat ${format}+16 200(3)/mV 16 0 5 0 0 I\nr.dat ${format}+16 0 12 2 5 1 0 II\n`,
    );
    const data =
      format > 500
        ? bytesOf(`fLaC${'\0'.repeat(3)}\x22${String.fromCharCode(...raw.subarray(0, 300))}`)
        : raw;
    const files = new Map([
      ['r.hea', header],
      ['r.dat', data],
    ]);
    seeds.push({ reader: `wfdb signal ${format}`, open: 'r.hea', files, damage: ['r.dat', 'r.hea'] });
  }
  const part = writeWfdb(recording, { format: 16, record: 'part' });
  const multi = new Map([
    ...part,
    ['m.hea', bytesOf('m/4 2 250 2400\nlay 0\npart 900\n~ 600\npart 900\n')],
    ['lay.hea', bytesOf('lay 2 250 0\n~ 0 200/mV 16 0 0 0 0 MLII\n~ 0 200/mV 16 0 0 0 0 V1\n')],
    ['m.atr', writeAnnotations(recording.annotations)],
  ]);
  seeds.push({
    reader: 'wfdb header',
    open: 'm.hea',
    files: multi,
    damage: ['m.hea', 'lay.hea', 'part.hea'],
  });
  return seeds;
}

function edfSeeds(): Seed[] {
  const stored = Array.from({ length: 400 }, (_, i) => ((i * 7919) % 2001) - 1000);
  const ecg = { label: 'ECG II', unit: 'uV', physical: ['-500', '500'], digital: ['-1000', '1000'] } as const;
  const resp = { ...ecg, label: 'Resp', unit: 'L' };
  const stamp = (onset: number) => `+${onset}\x14\x14\0+${onset}.5\x151\x14beat@@ECG II\x14\0`;
  const base = { records: 10, duration: '1', recording: 'Startdate 02-MAR-2004 X X X', patient: 'X M X X' };
  const signals = [
    { ...ecg, perRecord: 40, stored },
    { ...resp, perRecord: 4, stored },
  ];
  const texts = Array.from({ length: 10 }, (_, i) => stamp(i < 5 ? i : i + 7));
  const plus = { ...base, signals, annotations: { perRecord: 24, texts } };
  const made = {
    edf: [edfBytes({ ...base, signals }), edfBytes({ ...plus, reserved: 'EDF+D' })],
    bdf: [edfBytes({ ...base, signals, kind: 'bdf' }), edfBytes({ ...plus, kind: 'bdf', reserved: 'BDF+D' })],
  };
  return Object.entries(made).flatMap(([kind, all]) => all.map((bytes) => alone(kind, `rec.${kind}`, bytes)));
}

function textSeeds(): Seed[] {
  const recording = sample();
  const rows = (n: number, row: (i: number) => string) =>
    Array.from({ length: n }, (_, i) => row(i)).join('\n');
  const csv = [
    [...writeCsv(recording)].join(''),
    `time (s),MLII (mV),V5 (uV)\n${rows(300, (i) => `${(i / 360).toFixed(3)},${Math.sin(i / 9).toFixed(3)},${i}`)}\n`,
    `'Elapsed time','MLII'\n'hh:mm:ss.mmm','mV'\n${rows(200, (i) => `'0:00.${String(i * 4).padStart(3, '0')}',-0.${i}`)}\n`,
    `Zeit;I\n${rows(200, (i) => `2020-05-18 23:59:59,${String(i).padStart(3, '0')};0,${i}`)}\n`,
    `Name,A B\nRecorded Date,2020-05-18 15:48:11 +0200\nSample Rate,512.508 hertz\n\nLead,Lead I\nUnit,µV\n\n${rows(200, (i) => `${i}.25`)}\n`,
    rows(30, (r) => `${rows(187, (i) => String(((r + i) % 10) / 10)).replaceAll('\n', ',')},${r % 5}`),
  ];
  const json = [
    [...writeJson(recording)].join(''),
    JSON.stringify({ fs: 250, unit: 'mV', leads: { I: [0.1, 0.2, null, 0.4], II: [1, 2, 3] } }),
  ];
  return [
    ...csv.map((text) => alone('csv', 'rec.csv', bytesOf(text))),
    ...json.map((text) => alone('json', 'rec.json', bytesOf(text))),
    ...fhirTexts().map((text) => alone('fhir', 'ecg.json', bytesOf(text))),
  ];
}

function fhirTexts(): string[] {
  const data = Array.from({ length: 300 }, (_, i) => (i % 50 === 7 ? 'EUL'[i % 3] : (i * 37) % 400)).join(
    ' ',
  );
  const sampled = (more: object) => ({
    valueSampledData: { origin: { value: 0, code: 'uV' }, factor: 5, dimensions: 1, data, ...more },
  });
  const one = {
    resourceType: 'Observation',
    id: 'one',
    status: 'final',
    effectiveDateTime: '2020-05-18T15:48:11+02:00',
    component: [
      {
        code: { coding: [{ system: 'urn:iso:std:iso:11073:10101', code: '131329' }] },
        ...sampled({ period: 4 }),
      },
      {
        code: { text: 'V1' },
        ...sampled({ interval: 8, intervalUnit: 'ms', lowerLimit: -9, dimensions: 2 }),
      },
      {
        code: { text: 'Beats' },
        ...sampled({ codeMap: '#m', offsets: '0 8 16', intervalUnit: 'ms', data: 'PVC N RHYTHM-AFIB' }),
      },
    ],
  };
  const bundle = {
    resourceType: 'Bundle',
    type: 'collection',
    entry: [{ resource: { ...one, contained: [one] } }],
  };
  return [JSON.stringify(one), JSON.stringify(bundle), JSON.stringify(EKG_EXAMPLE)];
}

function alone(reader: string, name: string, bytes: Uint8Array): Seed {
  return { reader, open: name, files: new Map([[name, bytes.subarray(0, LONGEST)]]), damage: [name] };
}

function realSeeds(): Seed[] {
  const folder = `${sharedDir}/data`;
  if (!existsSync(`${folder}/README.md`)) return [];
  const take = (path: string) => new Uint8Array(readFileSync(`${folder}/${path}`)).subarray(0, LONGEST);
  const record = (folder: string, open: string, names: readonly string[]) => ({
    open,
    files: new Map(names.map((name) => [name, take(`${folder}/${name}`)])),
  });
  const python = 'formats/wfdb-python';
  const letters = [...Array(10).keys()].map((i) => `binformats.d${i}`);
  const formats = [8, 16, 61, 80, 160, 212, 310, 311, 24, 32];
  const binary = record(python, 'binformats.hea', ['binformats.hea', ...letters]);
  const flacs = ['flacformats.d0', 'flacformats.d1', 'flacformats.d2'];
  const flac = record(python, 'flacformats.hea', ['flacformats.hea', ...flacs]);
  const mitdb = record('mitdb', '100.hea', ['100.hea', '100.dat', '100.atr']);
  const ptb = record(python, 's0010_re.hea', ['s0010_re.hea', 's0010_re.dat', 's0010_re.xyz']);
  return [
    ...letters.map((name, i): Seed => ({ ...binary, reader: `wfdb signal ${formats[i]}`, damage: [name] })),
    ...flacs.map((name, i): Seed => ({ ...flac, reader: `wfdb signal ${508 + 8 * i}`, damage: [name] })),
    ...[binary, flac, mitdb, ptb].map((one): Seed => ({ ...one, reader: 'wfdb header', damage: [one.open] })),
    { ...mitdb, reader: 'wfdb annotations', damage: ['100.atr'] },
    { ...mitdb, reader: 'wfdb signal 212', damage: ['100.dat'] },
    alone('edf', 'test_edfann.edf', take(`${python}/test_edfann.edf`)),
    ...[
      'formats/ecgtoolkit/examples/Example.scp',
      'formats/ecgtoolkit/examples/Example.xml',
      'README.md',
    ].map((path) => alone('open, foreign file', 'file', take(path))),
  ];
}
