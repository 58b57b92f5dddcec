import type { RhythmSegment, SynthesisScript } from './script.js';

/**
 * A day (or days) of a patient with many ectopic beats: a rate that falls at night, ventricular and atrial
 * beats at random, two hours with atrial fibrillation, a little noise all the time and more now and then.
 *
 * @param hours  whole hours, from 8 in the morning on
 */
export function holterScript(hours: number): SynthesisScript {
  const segments: RhythmSegment[] = [];
  const bursts: { from: number; to: number }[] = [];
  for (let hour = 0; hour < hours; hour++) {
    const clock = (8 + hour) % 24;
    const day = Math.cos((2 * Math.PI * (clock - 15)) / 24);
    const af = clock === 2 || clock === 3;
    segments.push({
      rhythm: af ? 'af' : 'sinus',
      seconds: 3600,
      heartRateBpm: af ? 96 : 72 + 14 * day,
      eventsPerHour: af
        ? { V: 20, VV: 2 }
        : { V: 45, VV: 4, VVVV: 0.6, VNVNVNVN: 1, A: 40, AA: 3, AAAAA: 0.5, '--': clock < 6 ? 1 : 0 },
    });
    bursts.push({ from: hour * 3600 + 1200, to: hour * 3600 + 1240 });
  }
  return {
    id: `holter${hours}`,
    startTime: '2026-01-12T08:00:00',
    segments,
    disturbances: [
      { kind: 'white', amplitudeMv: 0.012 },
      { kind: 'wander', amplitudeMv: 0.12 },
      ...bursts.map((burst) => ({ kind: 'emg' as const, amplitudeMv: 0.12, ...burst })),
    ],
  };
}
