import fc from 'fast-check';
import * as v from 'valibot';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createStreamAnalyzer, createStreamBatcher, type StreamOptions } from '../src/analysis/index.js';
import {
  createRandom,
  type StreamAlert,
  type StreamBeat,
  type StreamEvent,
  StreamEventSchema,
} from '../src/core/index.js';
import { isBeat, type SynthesisScript, synthesize } from '../src/ecg/index.js';
import type { ModelSet } from '../src/models/index.js';
import { loadModelSet } from '../src/models/node.js';

const FS = 250;
const LEADS = ['II', 'V1'];
let models: ModelSet;
beforeAll(async () => {
  models = await loadModelSet({ models: ['beats', 'rhythm', 'ventricular'] });
});
afterAll(() => models.close());

function record(script: Omit<SynthesisScript, 'id'>) {
  const quiet = [
    { kind: 'white', amplitudeMv: 0.01 },
    { kind: 'wander', amplitudeMv: 0.05 },
  ] as const;
  const disturbances = [...quiet, ...(script.disturbances ?? [])];
  const made = synthesize({ ...script, id: 'stream', disturbances }, { fs: FS, seed: 3, leads: LEADS });
  return {
    leads: made.signals.map(({ samples }) => samples),
    beats: made.annotations.filter(({ symbol }) => isBeat(symbol)).map(({ sample }) => sample),
  };
}

const usual = record({
  segments: [
    {
      rhythm: 'sinus',
      seconds: 80,
      heartRateBpm: 75,
      events: [
        { at: 30, beats: 'V' },
        { at: 40, beats: 'A' },
        { at: 55, beats: 'VVVVV' },
      ],
    },
  ],
});

type Leads = readonly Float32Array[];
const part = (leads: Leads, from: number, to: number) => leads.map((x) => x.subarray(from, to));

/** Events of a stream that is pushed in chunks of the given sizes, over and over. */
async function hear(
  leads: Leads,
  sizes: readonly number[],
  options: Partial<StreamOptions> = {},
): Promise<StreamEvent[]> {
  const stream = createStreamAnalyzer({ fs: FS, leads: LEADS, models, ...options });
  const batcher = createStreamBatcher(models);
  const events: StreamEvent[] = [];
  const run = () => batcher.run([stream], (_, told) => events.push(...told));
  for (let at = 0, k = 0; at < leads[0].length; k++) {
    const to = Math.min(leads[0].length, at + sizes[k % sizes.length]);
    stream.push(part(leads, at, to));
    at = to;
    // Not after every push: answers may come late.
    if (k % 3 === 0) await run();
  }
  stream.end();
  do await run();
  while (stream.waiting > 0);
  for (const event of events) v.parse(StreamEventSchema, event);
  return events;
}

const beatsOf = (events: readonly StreamEvent[]) =>
  events.filter((event): event is StreamBeat => event.kind === 'beat');
const alertsOf = (events: readonly StreamEvent[], kind: StreamAlert['alert'], state = 'begin') =>
  events.filter(
    (event): event is StreamAlert => event.kind === 'alert' && event.alert === kind && event.state === state,
  );

/** Events kind by kind, in order; probabilities as far as networks repeat them whatever the batch. */
function byKind(events: readonly StreamEvent[]): Record<string, unknown[]> {
  const kinds: Record<string, unknown[]> = {};
  for (const event of events) {
    const key = event.kind === 'alert' ? event.alert : event.kind;
    const probability =
      'probability' in event && event.probability !== null ? Math.round(event.probability * 50) : 0;
    const detail = 'detail' in event ? { ...event.detail, probability: 0 } : {};
    kinds[key] ??= [];
    kinds[key].push({ ...event, probability, detail });
  }
  return kinds;
}

describe('a stream', () => {
  it('tells each beat at once and for good, within 1.25 s', async () => {
    const events = await hear(usual.leads, [25]);
    const beats = beatsOf(events);
    const first = beats.filter(({ final }) => !final);
    const final = beats.filter((beat) => beat.final);
    expect(final.map(({ sample }) => sample)).toEqual(first.map(({ sample }) => sample));
    // All but what the end cuts off.
    expect(Math.abs(first.length - usual.beats.length)).toBeLessThanOrEqual(1);
    for (const { sample } of first)
      expect(usual.beats.some((beat) => Math.abs(beat - sample) < 0.1 * FS)).toBe(true);
    // Beats of the first seconds wait for levels to be learned.
    const delays = first
      .filter(({ sample }) => sample > 5 * FS && sample < 78 * FS)
      .map(({ sample, at }) => (at - sample) / FS);
    expect(Math.max(...delays)).toBeLessThan(1.25);
    // Negative control: the usual detector waits for more than that.
    expect(Math.min(...delays)).toBeGreaterThan(0.6);
    expect(final.filter((beat) => beat.class === 'V').length).toBeGreaterThanOrEqual(5);
    expect(alertsOf(events, 'ventricular-run')).toHaveLength(1);
    expect(events.some((event) => event.kind === 'rhythm' && event.rhythm === 'sinus')).toBe(true);
    expect(events.some((event) => event.kind === 'rate' && Math.abs((event.bpm ?? 0) - 75) < 5)).toBe(true);
  });

  it('tells the same whatever the chunks', async () => {
    const reference = byKind(await hear(usual.leads, [FS]));
    expect(Object.keys(reference)).toEqual(
      expect.arrayContaining(['beat', 'rhythm', 'rate', 'ventricular-run']),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: 900 }), { minLength: 1, maxLength: 5 }),
        async (sizes) => {
          expect(byKind(await hear(usual.leads, sizes))).toEqual(reference);
        },
      ),
      { numRuns: 5, seed: 11 },
    );
    // Negative control: another signal tells something else.
    const other = byKind(await hear(part(usual.leads, 100, usual.leads[0].length), [FS]));
    expect(other).not.toEqual(reference);
  });

  it('joins nothing over a gap', async () => {
    for (const seconds of [3, 40]) {
      const stream = createStreamAnalyzer({ fs: FS, leads: LEADS, models });
      const batcher = createStreamBatcher(models);
      const events: StreamEvent[] = [];
      stream.push(part(usual.leads, 0, 25 * FS));
      stream.gap(seconds * FS);
      stream.push(part(usual.leads, 25 * FS, 55 * FS));
      stream.end();
      do await batcher.run([stream], (_, told) => events.push(...told));
      while (stream.waiting > 0);
      expect(stream.heard).toBe((55 + seconds) * FS);
      const first = beatsOf(events).filter(({ final }) => !final);
      const behind = first.findIndex(({ sample }) => sample >= (25 + seconds) * FS);
      expect(behind).toBeGreaterThan(20);
      expect(first[behind].rr).toBeNull();
      expect(first[behind + 1].rr).not.toBeNull();
      expect(first.some(({ sample }) => sample > 25.1 * FS && sample < (24.9 + seconds) * FS)).toBe(false);
      // What lies behind the gap has kept its place.
      const moved = usual.beats
        .filter((beat) => beat > 31 * FS && beat < 53 * FS)
        .map((beat) => beat + seconds * FS);
      for (const beat of moved)
        expect(first.some(({ sample }) => Math.abs(sample - beat) < 0.1 * FS)).toBe(true);
      expect(alertsOf(events, 'asystole')).toHaveLength(0);
      expect(alertsOf(events, 'pause', 'once')).toHaveLength(0);
    }
  });

  it('knows no interval over lost samples, however soon others are lost', async () => {
    // A beat between two losses is told when both are past.
    const middle = usual.beats.findIndex((beat) => beat > 20 * FS);
    const [before, beat, after] = usual.beats.slice(middle - 1, middle + 2);
    const losses = [
      [Math.round((before + beat) / 2) - 20, Math.round((before + beat) / 2) + 20],
      [Math.round((beat + after) / 2) - 20, Math.round((beat + after) / 2) + 20],
    ] as const;
    const stream = createStreamAnalyzer({ fs: FS, leads: LEADS, models: {} });
    let at = 0;
    for (const [from, to] of losses) {
      stream.push(part(usual.leads, at, from));
      stream.gap(to - from);
      at = to;
    }
    stream.push(part(usual.leads, at, 30 * FS));
    stream.end();
    const events: StreamEvent[] = [];
    await createStreamBatcher({}).run([stream], (_, told) => events.push(...told));
    const rrOf = (sample: number) =>
      beatsOf(events).find((told) => Math.abs(told.sample - sample) < 0.1 * FS)?.rr;
    expect([rrOf(before), rrOf(beat), rrOf(after)]).toEqual([expect.any(Number), null, null]);
    expect(rrOf(usual.beats[middle + 2])).toEqual(expect.any(Number));
  });

  it('goes on after a restart without telling a beat twice, or leaving one out', async () => {
    const whole = beatsOf(await hear(usual.leads, [125]));
    const cut = 50 * FS + 33;
    const stream = createStreamAnalyzer({ fs: FS, leads: LEADS, models });
    const batcher = createStreamBatcher(models);
    const events: StreamEvent[] = [];
    stream.push(part(usual.leads, 0, cut));
    await batcher.run([stream], (_, told) => events.push(...told));
    const resume = stream.resumePoint();
    const told = events.length;
    const start = 20 * FS;
    events.push(...(await hear(part(usual.leads, start, usual.leads[0].length), [125], { start, resume })));
    expect(told).toBeGreaterThan(50);
    for (const final of [false, true]) {
      const expected = whole.filter((beat) => beat.final === final).map(({ sample }) => sample);
      const found = beatsOf(events)
        .filter((beat) => beat.final === final)
        .map(({ sample }) => sample);
      expect(found.every((sample, i) => i === 0 || sample - found[i - 1] > 0.2 * FS)).toBe(true);
      // Levels are learned anew: in the run of ventricular beats one may be found that was not, or the other way round.
      const lonely = [...found, ...expected].filter(
        (sample) => ![found, expected].every((list) => list.some((other) => Math.abs(other - sample) < 5)),
      );
      expect(lonely.length).toBeLessThanOrEqual(1);
    }
    // Negative control: without the resume point the beats between are told again.
    const again = await hear(part(usual.leads, start, usual.leads[0].length), [125], { start });
    expect(beatsOf(again)[0].sample).toBeLessThan(resume.lastBeat);
  });

  it('asks again what failed', async () => {
    const stream = createStreamAnalyzer({ fs: FS, leads: LEADS, models });
    const { beats } = models;
    if (beats === null) throw new Error('no beat network');
    let fails = true;
    const forward: typeof beats.network.forward = async (...input) => {
      if (fails) throw new Error('out of order');
      return beats.network.forward(...input);
    };
    const batcher = createStreamBatcher({ beats: { ...beats, network: { ...beats.network, forward } } });
    const events: StreamEvent[] = [];
    stream.push(part(usual.leads, 0, 20 * FS));
    await expect(batcher.run([stream], () => undefined)).rejects.toThrow('out of order');
    const waiting = stream.waiting;
    expect(waiting).toBeGreaterThan(15);
    fails = false;
    await batcher.run([stream], (_, told) => events.push(...told));
    expect(beatsOf(events).filter(({ final }) => !final).length).toBeGreaterThan(15);
  });

  it('hears several streams together as each by itself', async () => {
    const streams = [0, 0.5].map((phase) => createStreamAnalyzer({ fs: FS, leads: LEADS, models, phase }));
    const batcher = createStreamBatcher(models);
    const told = streams.map((): StreamEvent[] => []);
    for (let at = 0; at < 60 * FS; at += FS) {
      streams[0].push(part(usual.leads, at, at + FS));
      streams[1].push(part(usual.leads, at + 5 * FS, at + 6 * FS));
      await batcher.run(streams, (stream, events) => told[streams.indexOf(stream)].push(...events));
    }
    const shifted = beatsOf(told[1]).filter(({ final, sample }) => !final && sample > 10 * FS);
    const own = beatsOf(told[0]).filter(({ final }) => !final);
    expect(shifted.length).toBeGreaterThan(50);
    for (const { sample } of shifted.slice(0, -8))
      expect(own.some((beat) => Math.abs(beat.sample - sample - 5 * FS) < 3)).toBe(true);
  });

  it('refuses what it cannot hear', () => {
    expect(() => createStreamAnalyzer({ fs: 50, leads: [], models, phase: 2 })).toThrow(
      /fs is 50.*no leads.*phase is 2/,
    );
    const stream = createStreamAnalyzer({ fs: FS, leads: LEADS, models });
    expect(() => stream.push([new Float32Array(3)])).toThrow(/expected 2 leads/);
    expect(() => stream.gap(-1)).toThrow(/gap of -1/);
    stream.end();
    expect(() => stream.push(part(usual.leads, 0, 5))).toThrow(/after the end/);
  });
});

/** Coarse waves of ventricular fibrillation: 4 to 6 Hz, waxing and waning. */
function fibrillation(seconds: number): Float32Array[] {
  const random = createRandom(8);
  const [a, b, c] = [random.next(), random.next(), random.next()];
  return LEADS.map((_, lead) =>
    Float32Array.from({ length: seconds * FS }, (_, i) => {
      const t = i / FS;
      const size = 0.35 + 0.15 * Math.sin(2 * Math.PI * (0.23 * t + a));
      const turn = 2 * Math.PI * (4.8 * t + 0.4 * Math.sin(2 * Math.PI * (0.31 * t + b)) + c + 0.2 * lead);
      return size * (Math.sin(turn) + 0.3 * Math.sin(1.7 * turn + 1)) + 0.02 * (random.next() - 0.5);
    }),
  );
}

const sinus = record({ segments: [{ rhythm: 'sinus', seconds: 40, heartRateBpm: 75 }] }).leads;
const joined = (...parts: readonly Leads[]): Float32Array[] =>
  LEADS.map((_, lead) => {
    const own = parts.map((leads) => leads[lead]);
    const whole = new Float32Array(own.reduce((sum, x) => sum + x.length, 0));
    let at = 0;
    for (const x of own) {
      whole.set(x, at);
      at += x.length;
    }
    return whole;
  });
/** A heart that does not beat: baseline and noise of the amplifier. */
function silence(seconds: number): Float32Array[] {
  const random = createRandom(5);
  return LEADS.map(() =>
    Float32Array.from(
      { length: seconds * FS },
      (_, i) => 0.03 * Math.sin((2 * Math.PI * 0.2 * i) / FS) + 0.01 * random.normal(),
    ),
  );
}

describe('alerts of a stream', () => {
  it('are not lost where a stream is taken up again before its windows were answered', async () => {
    const leads = joined(sinus, fibrillation(30));
    const attack = 'ventricular-fibrillation-or-tachycardia';
    const [begin] = alertsOf(await hear(leads, [50]), attack);
    const stream = createStreamAnalyzer({ fs: FS, leads: LEADS, models });
    const batcher = createStreamBatcher(models);
    const told: StreamEvent[] = [];
    const cut = begin.at - 6 * FS;
    for (let at = 0; at < cut; at += FS) {
      stream.push(part(leads, at, Math.min(cut, at + FS)));
      await batcher.run([stream], (_, events) => told.push(...events));
    }
    // Beats are answered to beyond the alert, windows are not.
    stream.push(part(leads, cut, begin.at + 2 * FS));
    const requests = stream.take({ rhythm: 0, ventricular: 0 });
    const logits =
      requests.beats === 0
        ? new Float32Array(0)
        : ((await models.beats?.network.forward(requests.waves, requests.features, requests.beats)) ??
          new Float32Array(0));
    const none = new Float32Array(0);
    told.push(...(await stream.settle(requests, { beats: logits, rhythm: none, ventricular: none })));
    expect(alertsOf(told, attack)).toEqual([]);
    const resume = stream.resumePoint();
    expect(resume.heard).toBeGreaterThan(begin.at);
    const start = 10 * FS + 77;
    const again = await hear(part(leads, start, leads[0].length), [50], { start, resume });
    expect(alertsOf(again, attack).map(({ at }) => at)).toEqual([begin.at]);
    // Negative control: once it was told it is not told again.
    const later = { ...resume, attacks: begin.at };
    expect(
      alertsOf(await hear(part(leads, start, leads[0].length), [50], { start, resume: later }), attack),
    ).toEqual([]);
  });
  it('tell asystole within 10 s, once, and its end', async () => {
    const events = await hear(joined(sinus, silence(20), sinus), [50]);
    const [begin, ...more] = alertsOf(events, 'asystole');
    expect(more).toEqual([]);
    expect(begin.uncertain).toBe(false);
    const last = beatsOf(events).findLast(({ sample }) => sample < 40 * FS)?.sample ?? 0;
    expect(begin.from).toBe(last);
    expect((begin.at - last) / FS).toBeLessThan(10);
    expect((begin.at - last) / FS).toBeGreaterThan(4);
    expect(alertsOf(events, 'asystole', 'end')).toHaveLength(1);
  });
  it('tell leads that are off, and no asystole then', async () => {
    const flat = LEADS.map(() => new Float32Array(20 * FS).fill(0.2));
    const events = await hear(joined(sinus, flat, sinus), [50]);
    expect(alertsOf(events, 'asystole')).toEqual([]);
    const [off] = alertsOf(events, 'leads-off');
    expect((off.at - 40 * FS) / FS).toBeLessThan(10);
    expect(alertsOf(events, 'leads-off', 'end')).toHaveLength(1);
    expect(events.filter((event) => event.kind === 'signal').map(({ state }) => state)).toEqual([
      'flat',
      'good',
    ]);
  });
  it('tell ventricular fibrillation within 10 s, and its end', async () => {
    const events = await hear(joined(sinus, fibrillation(30), sinus), [50]);
    const [begin] = alertsOf(events, 'ventricular-fibrillation-or-tachycardia');
    expect((begin.at - 40 * FS) / FS).toBeLessThan(10);
    expect(begin.at).toBeGreaterThan(40 * FS);
    const [end] = alertsOf(events, 'ventricular-fibrillation-or-tachycardia', 'end');
    expect(end.at).toBeGreaterThan(70 * FS);
  });
  it('tell pauses and rates beyond their limits', async () => {
    const slow = record({ segments: [{ rhythm: 'sinus', seconds: 40, heartRateBpm: 33 }] }).leads;
    const fast = record({ segments: [{ rhythm: 'sinus', seconds: 40, heartRateBpm: 165 }] }).leads;
    const slowly = await hear(joined(sinus, slow), [50]);
    expect(alertsOf(slowly, 'bradycardia')).toHaveLength(1);
    const quickly = await hear(joined(sinus, fast), [50]);
    expect(alertsOf(quickly, 'tachycardia')).toHaveLength(1);
    // Negative control: a usual heart raises none of them.
    const calm = await hear(sinus, [50]);
    expect(calm.filter(({ kind }) => kind === 'alert')).toEqual([]);
    const pause = await hear(joined(part(sinus, 0, 30 * FS), silence(3), part(sinus, 0, 20 * FS)), [50]);
    expect(alertsOf(pause, 'pause', 'once').length).toBeGreaterThanOrEqual(1);
  });
});
