export {
  type AnnotationDefinition,
  type AnnotationFile,
  readAnnotationFile,
  readAnnotations,
} from './annotation-reader.js';
export { type WriteAnnotationsOptions, writeAnnotations } from './annotation-writer.js';
export { wfdbFormat } from './format.js';
export { openWfdb, resolveWfdbHeader, type WfdbReader } from './record.js';
export { type WriteWfdbOptions, writeWfdb } from './record-writer.js';
