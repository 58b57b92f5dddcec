export {
  type Biquad,
  type ButterworthDesign,
  butterworthHighPass,
  butterworthLowPass,
} from './butterworth.js';
export { createFft, type Fft } from './fft.js';
export { createFilterState, type FilterState, filter, filterZeroPhase } from './filter.js';
export { createGridResampler, type GridResampler, type GridResampling } from './grid-resample.js';
export { hasInvalid } from './invalid.js';
export { baselineReach, type MedianBaseline, subtractMedianBaseline } from './median-baseline.js';
export { smallMedian, sortSmall } from './small-median.js';
export {
  createStockwell,
  type Stockwell,
  type StockwellForm,
  type StockwellPlan,
  type StockwellVoices,
} from './stockwell.js';
