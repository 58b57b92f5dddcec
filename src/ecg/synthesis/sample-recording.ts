import type { RecordingReader } from '../../core/index.js';
import type { SynthesisScript } from './script.js';
import { synthesizeReader } from './synthesize.js';

const MINUTE = 60;

const SCRIPT: SynthesisScript = {
  id: 'sample',
  startTime: '2026-01-12T21:40:00',
  segments: [
    {
      rhythm: 'sinus',
      seconds: 9 * MINUTE,
      heartRateBpm: 68,
      events: [
        { at: 41, beats: 'V' },
        { at: 95, beats: 'A' },
        { at: 133, beats: 'V' },
        { at: 176, beats: 'NVV' },
        { at: 240, beats: 'VNVNVNVNVNVNV' },
        { at: 301, beats: 'A' },
        { at: 334, beats: 'F' },
        { at: 377, beats: 'V' },
        { at: 420, beats: 'VVVVVVV' },
        { at: 481, beats: 'AA' },
      ],
    },
    {
      rhythm: 'sinus',
      seconds: 7 * MINUTE,
      heartRateBpm: 84,
      events: [
        { at: 62, beats: 'A' },
        { at: 100, beats: 'NNVNNVNNVNNV' },
        { at: 170, beats: 'a' },
        { at: 233, beats: 'AAAAAAA' },
        { at: 330, beats: 'V' },
      ],
    },
    {
      rhythm: 'af',
      seconds: 6 * MINUTE,
      heartRateBpm: 104,
      events: [
        { at: 90, beats: 'V' },
        { at: 210, beats: 'VV' },
      ],
    },
    {
      rhythm: 'sinus',
      seconds: 8 * MINUTE,
      heartRateBpm: 58,
      events: [
        { at: 6, beats: '--' },
        { at: 75, beats: '-j' },
        { at: 140, beats: 'V' },
        { at: 190, beats: 'A' },
        { at: 410, beats: 'V' },
      ],
    },
  ],
  disturbances: [
    { kind: 'white', amplitudeMv: 0.008 },
    { kind: 'wander', amplitudeMv: 0.09 },
    { kind: 'mains', amplitudeMv: 0.006, mainsHz: 50 },
    { kind: 'emg', amplitudeMv: 0.05, from: 610, to: 660 },
    { kind: 'wander', amplitudeMv: 0.5, from: 1490, to: 1530 },
    { kind: 'motion', amplitudeMv: 1.6, from: 1590, to: 1625 },
    { kind: 'emg', amplitudeMv: 0.35, from: 1590, to: 1625 },
    { kind: 'lead-off', from: 1690, to: 1702 },
  ],
};

/**
 * The built-in sample: 30 min, two leads, 250 Hz; sinus rhythm with ventricular and atrial beats (single,
 * couplets, bigeminy, trigeminy, runs), six minutes of atrial fibrillation, two pauses, an escape beat, and
 * stretches of noise and of a lead come off. Synthetic: nobody's heart.
 */
export function sampleReader(): RecordingReader {
  return synthesizeReader(SCRIPT, { fs: 250, seed: 20, leads: ['MLII', 'V1'] });
}
