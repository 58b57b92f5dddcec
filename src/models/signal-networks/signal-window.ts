/** A stretch of a recording as networks over signals are given it. */
export interface SignalWindow {
  /** mV, NaN where invalid; all of one length, at `fs`. */
  readonly leads: readonly Float32Array[];
  /** Names of `leads`, as the file gives them. */
  readonly names: readonly string[];
  /** Hz. */
  readonly fs: number;
  /** R peaks within the window, samples from its first; ascending. */
  readonly beats: ArrayLike<number>;
}
