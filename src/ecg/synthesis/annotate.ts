import type { Annotation, Gap } from '../../core/index.js';
import { projectOnLead } from './lead-vectors.js';
import type { Morphologies } from './morphology.js';
import { placeWave } from './render.js';
import type { Schedule } from './schedule.js';
import type { SynthesisOptions, SynthesisScript } from './script.js';

const RHYTHM_AUX = { sinus: '(N', af: '(AFIB', paced: '(P' } as const;
/** WFDB subtype bits of `~`: noisy (1, 2) and unreadable (16, 32) for the first two signals. */
const UNREADABLE = 0x33;

/** The truth about a synthesized recording: beats at the largest deflection of the first lead, rhythms, noise. */
export function annotate(
  script: SynthesisScript,
  options: SynthesisOptions,
  schedule: Schedule,
  morphologies: Morphologies,
  length: number,
  gaps: readonly Gap[],
): Annotation[] {
  const { fs, leads } = options;
  const shift = new Map(
    [...morphologies.keys()].map((shape) => [shape, mainDeflection(morphologies, shape, leads[0]!, fs)]),
  );
  const marks: Annotation[] = [];
  for (const segment of schedule.segments)
    marks.push({ sample: Math.round(segment.from * fs), symbol: '+', aux: RHYTHM_AUX[segment.rhythm] });
  for (const run of ventricularRuns(schedule)) {
    marks.push({ sample: Math.round(run.from * fs) - 1, symbol: '+', aux: '(VT' });
    marks.push({ sample: Math.round(run.to * fs) - 1, symbol: '+', aux: RHYTHM_AUX[run.rhythm] });
  }
  for (const { kind, from = 0, to = length / fs } of script.disturbances ?? []) {
    if (kind !== 'lead-off' && kind !== 'motion' && kind !== 'gap') continue;
    marks.push({ sample: Math.round(from * fs), symbol: '~', subtype: UNREADABLE });
    marks.push({ sample: Math.round(to * fs), symbol: '~', subtype: 0 });
  }
  for (let b = 0; b < schedule.times.length; b++) {
    const sample = Math.round((schedule.times[b]! + shift.get(schedule.shapes[b]!)!) * fs);
    if (!gaps.some((gap) => sample >= gap.from && sample < gap.to))
      marks.push({ sample, symbol: schedule.symbols[b]! });
  }
  return marks.filter((mark) => mark.sample >= 0 && mark.sample < length).sort((a, b) => a.sample - b.sample);
}

/** s from the beat's reference time to the largest deflection of its QRS in one lead, to the millisecond. */
function mainDeflection(morphologies: Morphologies, shape: string, lead: string, fs: number): number {
  const waves = morphologies.get(shape)!.filter((wave) => !wave.followsRate && wave.width > 0.004);
  let best = 0;
  let largest = -1;
  for (let ms = -80; ms <= 100; ms++) {
    let sum = 0;
    for (const wave of waves) {
      const [at, width] = placeWave(wave, 1, 1, fs);
      sum += projectOnLead(wave.dipole, lead) * Math.exp(-0.5 * ((ms / 1000 - at) / width) ** 2);
    }
    if (Math.abs(sum) > largest) {
      largest = Math.abs(sum);
      best = ms / 1000;
    }
  }
  return best;
}

/** Three or more ventricular beats in a row, from the first's onset to the next beat's. */
function ventricularRuns(schedule: Schedule) {
  const { times, symbols, segments } = schedule;
  const runs: { from: number; to: number; rhythm: 'sinus' | 'af' | 'paced' }[] = [];
  let segment = 0;
  for (let b = 0; b < symbols.length; ) {
    let end = b;
    while (end < symbols.length && symbols[end] === 'V') end++;
    if (end - b >= 3 && end < symbols.length) {
      while (segments[segment]!.to <= times[b]!) segment++;
      runs.push({ from: times[b]! - 0.1, to: times[end]! - 0.1, rhythm: segments[segment]!.rhythm });
    }
    b = Math.max(end, b + 1);
  }
  return runs;
}
