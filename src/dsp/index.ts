export {
  type Biquad,
  type ButterworthDesign,
  butterworthHighPass,
  butterworthLowPass,
} from './butterworth.js';
export { createFilterState, type FilterState, filter, filterZeroPhase } from './filter.js';
export { createGridResampler, type GridResampler, type GridResampling } from './grid-resample.js';
export { baselineReach, type MedianBaseline, subtractMedianBaseline } from './median-baseline.js';
export { smallMedian, sortSmall } from './small-median.js';
