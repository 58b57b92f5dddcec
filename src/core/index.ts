export * from './analysis.js';
export * from './annotation.js';
export * from './errors.js';
export * from './picture.js';
export * from './random.js';
export * from './recording.js';
export * from './run.js';
export * from './version.js';
