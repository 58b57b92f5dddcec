import type { Random } from '../../core/index.js';
import { createSinusNode } from './heart-rate.js';
import type { RhythmSegment, SynthesisScript } from './script.js';
import { substream } from './substream.js';

/** Every beat of a recording before it is drawn; columns of equal length, ascending in time. */
export interface Schedule {
  /** s of the R peak (the centre of the main QRS wave). */
  readonly times: Float64Array;
  /** s: the cycle the sinus node would give here; P and T follow its square root. */
  readonly cycles: Float64Array;
  /** Size of this beat beside its template; near 1. */
  readonly gains: Float32Array;
  /** WFDB mnemonics. */
  readonly symbols: readonly string[];
  /** Keys into the morphologies: the symbol, or `f` where the atria fibrillate. */
  readonly shapes: readonly string[];
  /** s, where each segment begins and ends. */
  readonly segments: readonly (RhythmSegment & { readonly from: number; readonly to: number })[];
}

const SINUS_VARIABILITY = 0.035;
const AF_VARIABILITY = 0.24;
/** No ventricle answers sooner (s). */
const REFRACTORY = 0.26;
const JUNCTIONAL_ESCAPE = 1.5;
const VENTRICULAR_ESCAPE = 1.9;

/** The beats of a script: the sinus node's clock, and what comes before, instead of or after its beats. */
export function scheduleBeats(script: SynthesisScript, seed: number): Schedule {
  const times: number[] = [];
  const cycles: number[] = [];
  const gains: number[] = [];
  const symbols: string[] = [];
  const shapes: string[] = [];
  const segments: (RhythmSegment & { from: number; to: number })[] = [];
  const random = substream(seed, 1);
  // The distance of a premature beat from the one before is nearly fixed for one focus.
  const coupling = 0.5 + 0.1 * random.next();
  const runInterval = 0.34 + 0.08 * random.next();

  let last = -1;
  let next = 0.4;
  let from = 0;
  for (const segment of script.segments) {
    const to = from + segment.seconds;
    segments.push({ ...segment, from, to });
    const cycleAt = cycleOf(segment, random);
    const place = (time: number, symbol: string, cycle: number) => {
      times.push(time);
      cycles.push(cycle);
      gains.push(1 + 0.02 * random.normal());
      symbols.push(symbol);
      const noP = segment.rhythm === 'af' && (symbol === 'N' || symbol === 'F');
      shapes.push(noP ? (symbol === 'N' ? 'f' : 'V') : symbol);
      last = time;
    };
    const events = [...(segment.events ?? [])].sort((a, b) => a.at - b.at);
    const hourly = Object.entries(segment.eventsPerHour ?? {});
    let event = 0;
    let word = '';
    let cycle = cycleAt(next);
    while (next < to) {
      if (word === '') {
        const due = events[event];
        if (due !== undefined && next >= from + due.at) {
          word = due.beats;
          event++;
        } else word = drawWord(hourly, cycle, random);
      }
      const symbol = word === '' ? 'N' : word[0]!;
      word = word.slice(1);
      const wasVentricular = symbols.at(-1) === 'V';
      const jitter = 1 + 0.02 * random.normal();
      switch (symbol) {
        case '-':
          next += cycle;
          break;
        case 'V': {
          const interval = wasVentricular && last >= 0 ? runInterval : coupling * cycle;
          place(Math.max(last + REFRACTORY, last + interval * jitter), 'V', cycle);
          // The sinus node goes on unmoved; its impulses find the ventricle refractory: a compensatory pause.
          while (next < last + 0.5 * cycle) next += cycleAt(next);
          break;
        }
        case 'A':
        case 'a':
        case 'J': {
          const wasSame = symbols.at(-1) === symbol;
          const interval = (wasSame ? 0.52 : 0.66) * cycle * jitter;
          place(Math.max(last + REFRACTORY, last + interval), symbol, cycle);
          // The early beat discharges the sinus node, which starts its cycle anew: an incomplete pause.
          next = last + 1.08 * cycle;
          break;
        }
        case 'j':
        case 'E': {
          const interval = symbol === 'j' ? JUNCTIONAL_ESCAPE : VENTRICULAR_ESCAPE;
          place(last + Math.max(interval, 1.3 * cycle) * jitter, symbol, cycle);
          next = last + 1.1 * cycle;
          break;
        }
        case '/':
          place(Math.max(next, last + REFRACTORY), '/', cycle);
          next = last + cycle;
          break;
        default:
          place(Math.max(next, last + REFRACTORY), segment.rhythm === 'paced' ? '/' : symbol, cycle);
          next = last + cycle;
      }
      cycle = cycleAt(next);
    }
    from = to;
  }
  let end = times.length;
  while (end > 0 && times[end - 1]! >= from) end--;
  return {
    times: Float64Array.from(times.slice(0, end)),
    cycles: Float64Array.from(cycles.slice(0, end)),
    gains: Float32Array.from(gains.slice(0, end)),
    symbols: symbols.slice(0, end),
    shapes: shapes.slice(0, end),
    segments,
  };
}

function cycleOf(segment: RhythmSegment, random: Random): (t: number) => number {
  const mean = 60 / segment.heartRateBpm;
  if (segment.rhythm === 'paced') return () => mean;
  if (segment.rhythm === 'sinus') return createSinusNode(segment.heartRateBpm, SINUS_VARIABILITY, random);
  // The node passes the fibrillating atria's impulses without pattern: independent log-normal intervals.
  return () => {
    const x = AF_VARIABILITY * random.normal() - AF_VARIABILITY ** 2 / 2;
    return Math.max(REFRACTORY + 0.04, mean * Math.exp(x));
  };
}

function drawWord(hourly: readonly (readonly [string, number])[], cycle: number, random: Random): string {
  if (hourly.length === 0) return '';
  let u = random.next();
  for (const [word, perHour] of hourly) {
    const probability = (perHour * cycle) / 3600;
    if (u < probability) return word;
    u -= probability;
  }
  return '';
}
