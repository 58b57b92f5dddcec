export { toAnnotations } from './annotations.js';
export { writeCsv } from './csv.js';
export { writeHtml } from './html.js';
export { writeJson } from './json.js';
export { beatsInStrip, type StripBeat } from './strip-beats.js';
export { type StripOptions, writeStripSvg } from './svg-strip.js';
export { formatTerminal, type TerminalOptions } from './terminal.js';
export { createClock } from './time-format.js';
