export { open, recognise } from './open.js';
export { FORMATS } from './registry.js';
export { type ByteSource, type Format, memorySource, type OpenOptions } from './source.js';
export {
  type AnnotationDefinition,
  type AnnotationFile,
  openWfdb,
  readAnnotationFile,
  readAnnotations,
  resolveWfdbHeader,
  type WfdbReader,
  type WriteAnnotationsOptions,
  type WriteWfdbOptions,
  wfdbFormat,
  writeAnnotations,
  writeWfdb,
} from './wfdb/index.js';
