/** What can be said of a second of one lead, in the order of its codes. */
export const SECOND_QUALITY = ['good', 'noisy', 'flat', 'clipped'] as const;

/** What can be said of a second of one lead. */
export type SecondQuality = (typeof SECOND_QUALITY)[number];

/** Codes of `SECOND_QUALITY`; the highest that holds is said. */
export const GOOD_SECOND = 0;
export const NOISY_SECOND = 1;
/** Flat, off, or invalid. */
export const FLAT_SECOND = 2;
export const CLIPPED_SECOND = 3;
