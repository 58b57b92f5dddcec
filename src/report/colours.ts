/** Colours of the classes, the same in strips, trends and tables. */
export const CLASS_COLOURS: Readonly<Record<string, string>> = {
  N: '#5f6b76',
  S: '#1d5fa8',
  V: '#b3261e',
  F: '#7a3ea1',
  Q: '#5f6b76',
};

/** Of whatever is uncertain. */
export const UNSURE_COLOUR = '#9a5b00';
