export type { BeatLabels, Beats } from './beats.js';
export { type Findings, summarize } from './summarize.js';
export { joinUnreadable } from './unreadable.js';
