import type { StreamAlert, StreamAlertKind } from '../../core/index.js';

/** What an alert tells of its cause. */
type AlertDetail = StreamAlert['detail'];

/** One kind of alert of one stream: begins with its cause, ends when that has been away for a while. */
export interface Alarm {
  /**
   * @param cause  null while there is none
   * @param at     samples heard
   */
  update(
    cause: { readonly from: number; readonly uncertain: boolean; readonly detail: AlertDetail } | null,
    at: number,
  ): StreamAlert[];
}

/**
 * An alarm that does not flap: a cause that comes back within `calm` samples is the same alert.
 *
 * An alert that began uncertain is told again, as a begin, when it has become certain.
 */
export function createAlarm(alert: StreamAlertKind, calm: number): Alarm {
  let active: { from: number; uncertain: boolean } | null = null;
  let calmSince: number | null = null;
  return {
    update(cause, at) {
      if (cause !== null) {
        calmSince = null;
        if (active !== null && (!active.uncertain || cause.uncertain)) return [];
        const from = active?.from ?? cause.from;
        active = { from, uncertain: cause.uncertain };
        return [{ kind: 'alert', alert, state: 'begin', ...active, detail: cause.detail, at }];
      }
      if (active === null) return [];
      calmSince ??= at;
      if (at - calmSince < calm) return [];
      const { from, uncertain } = active;
      active = null;
      return [{ kind: 'alert', alert, state: 'end', from, uncertain, detail: {}, at }];
    },
  };
}
