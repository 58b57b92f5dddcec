import * as v from 'valibot';

// The fields that the parts of an analysis share.

export const count = v.pipe(v.number(), v.integer(), v.minValue(0));
export const sample = v.pipe(count, v.description('Sample index at recording.fs, from the first sample.'));
export const share = v.pipe(v.number(), v.minValue(0), v.maxValue(1));
export const seconds = v.pipe(v.number(), v.minValue(0));
export const bpm = v.pipe(v.number(), v.gtValue(0));
