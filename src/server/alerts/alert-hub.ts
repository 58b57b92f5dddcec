/** Something that somebody should look at now. */
export interface Alert {
  readonly id: number;
  readonly at: string;
  readonly streamId: string | null;
  readonly recordingId: string | null;
  readonly device: string | null;
  /** `ventricular-run`, `ventricular-fibrillation`, `atrial-fibrillation`, `asystole`, `pause`, `bradycardia`, `tachycardia`, `leads-off`, … */
  readonly kind: string;
  readonly sample: number;
  readonly detail: Readonly<Record<string, unknown>>;
}

/** Stores alerts and hands them to webhooks and listeners. */
export interface AlertHub {
  raise(alert: Omit<Alert, 'id' | 'at'>): Promise<Alert>;
  /** Alerts after `id`, then those to come; ends with `signal`. */
  listen(afterId: number | null, signal: AbortSignal): AsyncIterable<Alert>;
  close(): Promise<void>;
}
