export {
  HEARTBEAT_FS,
  HEARTBEAT_SAMPLES,
  type Heartbeats,
  readHeartbeatCsv,
} from './csv/heartbeat.js';
export { writeCsv } from './csv/write.js';
export { DATASETS, type Dataset, datasetOf } from './datasets/datasets.js';
export {
  FHIR_VERSIONS,
  type FhirVersion,
  streamFhirObservation,
  type WriteFhirOptions,
  writeFhirObservation,
} from './fhir/write.js';
export { writeJson } from './json/write.js';
export { open, recognise } from './open.js';
export { readPicture } from './picture/read-picture.js';
export { type ResolvedRange, resolveRange, sampleAtRate, sliceOf } from './range.js';
export { FORMATS } from './registry.js';
export { type ByteSource, type Format, memorySource, type OpenOptions, VALUE_UNITS } from './source.js';
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
