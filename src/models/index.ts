export type { SpanBeats } from './beat-windows.js';
export { type BeatTable, composeBeat, type Disturbance, type InputBatch } from './compose.js';
export {
  type InputContract,
  InputContractSchema,
  type InputShape,
  inputShape,
  parseInputContract,
} from './contract.js';
export { chooseLeads } from './leads.js';
export { type PreparedRecord, type PrepareOptions, prepareInput, prepareRecord } from './prepare-input.js';
export { parseStrictly } from './strict.js';
