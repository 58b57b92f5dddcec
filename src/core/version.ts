/** The package's version, as every result carries it. */
export const VERSION = '0.1.0';

/** What every result says of itself, in every form of report. */
export const RESEARCH_USE_ONLY =
  'Research use only. Not a medical device; not for diagnosis or treatment. A physician must read the ECG.';
