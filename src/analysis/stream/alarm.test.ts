import { describe, expect, it } from 'vitest';
import { createAlarm } from './alarm.js';

const cause = (from: number, uncertain = false) => ({ from, uncertain, detail: {} });
const told = (alerts: readonly { state: string; from: number; at: number; uncertain: boolean }[]) =>
  alerts.map(({ state, from, at, uncertain }) => `${state} ${from} ${at}${uncertain ? ' ?' : ''}`);

describe('an alarm', () => {
  it('begins once, and ends when its cause was away for long enough', () => {
    const alarm = createAlarm('tachycardia', 10);
    expect(alarm.update(null, 0)).toEqual([]);
    expect(told(alarm.update(cause(3), 5))).toEqual(['begin 3 5']);
    expect(alarm.update(cause(4), 6)).toEqual([]);
    expect(alarm.update(null, 8)).toEqual([]);
    expect(alarm.update(null, 17)).toEqual([]);
    expect(told(alarm.update(null, 18))).toEqual(['end 3 18']);
    expect(alarm.update(null, 40)).toEqual([]);
  });
  it('does not flap with a cause that comes and goes', () => {
    const alarm = createAlarm('ventricular-run', 10);
    const all = Array.from({ length: 40 }, (_, at) => alarm.update(at % 8 < 2 ? cause(at) : null, at)).flat();
    expect(told(all)).toEqual(['begin 0 0']);
    // Negative control: without calm it does.
    const nervous = createAlarm('ventricular-run', 0);
    const many = Array.from({ length: 40 }, (_, at) =>
      nervous.update(at % 8 < 2 ? cause(at) : null, at),
    ).flat();
    expect(many).toHaveLength(10);
  });
  it('is told again when it becomes certain, not when it becomes uncertain', () => {
    const alarm = createAlarm('asystole', 10);
    expect(told(alarm.update(cause(1, true), 2))).toEqual(['begin 1 2 ?']);
    expect(told(alarm.update(cause(1), 4))).toEqual(['begin 1 4']);
    expect(alarm.update(cause(1, true), 5)).toEqual([]);
  });
});
