import { synthesize } from '../../src/ecg/index.js';
import { writeWfdb } from '../../src/formats/index.js';

/** s */
const LENGTH = 30;

/** A short recording with some ventricular beats, another for every seed. */
export function synthesizeShort(seed: number, seconds = LENGTH) {
  const events = [
    { at: 6, beats: 'V' },
    { at: 14, beats: 'VV' },
    { at: 22, beats: 'A' },
  ];
  const segment = { rhythm: 'sinus', seconds, heartRateBpm: 60 + (seed % 40), events } as const;
  return synthesize({ id: `kill${seed}`, segments: [segment] }, { fs: 250, seed, leads: ['MLII', 'V1'] });
}

/** It as the files of a WFDB record. */
export function makeRecording(seed: number): Map<string, Uint8Array<ArrayBuffer>> {
  return writeWfdb(synthesizeShort(seed), { format: 16 });
}
