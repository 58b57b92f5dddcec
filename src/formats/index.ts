export { open, recognise } from './open.js';
export { FORMATS } from './registry.js';
export { type ByteSource, type Format, memorySource, type OpenOptions } from './source.js';
