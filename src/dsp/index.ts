export { createGridResampler, type GridResampler, type GridResampling } from './grid-resample.js';
export { baselineReach, type MedianBaseline, subtractMedianBaseline } from './median-baseline.js';
export { smallMedian, sortSmall } from './small-median.js';
