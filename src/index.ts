// The main job in one import; everything else has its own door: `ectopy/ecg`, `ectopy/evaluation`, …
export * from './analysis/index.js';
export * from './core/index.js';
export { open } from './formats/index.js';
export { loadBeatModel } from './models/index.js';
export * from './report/index.js';
