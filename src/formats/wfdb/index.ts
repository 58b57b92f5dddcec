export {
  type AnnotationDefinition,
  type AnnotationFile,
  readAnnotationFile,
  readAnnotations,
} from './annotation-reader.js';
export { type WriteAnnotationsOptions, writeAnnotations } from './annotation-writer.js';
export { wfdbFormat } from './format.js';
export type { WfdbReader } from './reader.js';
export { openWfdb, resolveWfdbHeader } from './record.js';
export { type WriteWfdbOptions, writeWfdb } from './record-writer.js';
