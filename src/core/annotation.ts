/**
 * A mark on the time axis of a recording, as WFDB annotation files hold it.
 *
 * `symbol` is the WFDB mnemonic: `N`, `V`, `+` (rhythm change, its name in `aux`), `~` (signal
 * quality), `[` … `]` (flutter), `"` (comment).
 */
export interface Annotation {
  /** Sample index at the recording's `fs`, from its first sample. */
  readonly sample: number;
  readonly symbol: string;
  /** WFDB SUB field, −128…127; 0 when absent. */
  readonly subtype?: number;
  /** WFDB CHN field: the signal the mark belongs to. */
  readonly channel?: number;
  /** WFDB NUM field. */
  readonly num?: number;
  /** WFDB AUX text, without the trailing NUL: `(AFIB`. */
  readonly aux?: string;
}

/** The five AAMI beat classes: normal, supraventricular ectopic, ventricular ectopic, fusion, unknown or paced. */
export type BeatClass = 'N' | 'S' | 'V' | 'F' | 'Q';

/** `BeatClass` in the order every table and every network output uses. */
export const BEAT_CLASSES: readonly BeatClass[] = ['N', 'S', 'V', 'F', 'Q'];
