import { EcgError } from '../../core/index.js';
import { sortSmall } from '../../dsp/index.js';
import { addCandidate, createCandidates, dropCandidates, MOST_CANDIDATES } from './candidates.js';
import { choosePath, type Rhythm } from './choose-path.js';
import { DETECTION } from './constants.js';
import { evenRunDistance } from './even-run.js';
import { createLead, takeHop } from './lead.js';
import { createPeakednessMeter, type Peakedness } from './peakedness.js';
import { bendAround, findRPeak } from './r-peak.js';
import { createTiming } from './timing.js';
import { followBeat, followSwing, learnLevel, noiseAround, wakeLead, weighLead } from './weigh-lead.js';

/** s without a settled beat after which, and over which, levels are learned anew. */
const RELEARN = DETECTION.relearnAfter + DETECTION.lag;
const RELEARN_HOPS = RELEARN / DETECTION.hop;

/** What a beat detector listens to. */
export interface DetectionOptions {
  /** Hz of every lead, 100 … 100 000. */
  readonly fs: number;
  /** Number of leads, at least 1. */
  readonly leads: number;
  /**
   * s for which a decision waits for what follows, 0.35 … 2; 2 when omitted. What decides sooner also learns its first
   * levels in half the time, and costs accuracy: see experiments/stream.
   */
  readonly decideAfterS?: number;
}

/** Finds beats in a signal that comes in slices. The slices' sizes do not change the beats. */
export interface BeatDetector {
  /**
   * Takes in the next samples and gives the R peaks they settled.
   *
   * @param chunk  one array a lead, of one length, any unit (mV usually), either polarity; NaN where invalid
   * @returns      sample indices from the start of the stream, ascending over all calls
   * @throws EcgError `bad-shape` for another number of leads or unequal lengths
   */
  push(chunk: readonly Float32Array[]): number[];
  /** The R peaks still held back, at the end of the stream. The detector takes no more. */
  flush(): number[];
  /** How much of what was pushed so far looks as beats do. */
  peakedness(): Peakedness;
  /** A beat is given out at most this long after it was heard, once levels are learned. */
  readonly latencyMs: number;
  /** How long the detector listens before it gives out the first beats. */
  readonly learningMs: number;
  /** Samples that are taken in together: beats come when a multiple of them has been heard. */
  readonly hopSamples: number;
}

/**
 * The R peaks of a whole recording: what `createBeatDetector` finds when all of it is pushed.
 *
 * @param leads  one array a lead, of one length; NaN where invalid
 * @param fs     Hz
 * @returns      sample indices, strictly ascending, one a beat; empty for a flat line
 * @throws EcgError `bad-shape` without leads or with unequal lengths; `bad-option` when fs < 100 Hz
 */
export function detectBeats(leads: readonly Float32Array[], fs: number): Float64Array {
  const detector = createBeatDetector({ fs, leads: leads.length });
  const first = detector.push(leads);
  return Float64Array.from(first.concat(detector.flush()));
}

/**
 * A causal beat detector on one or more leads: band-pass energy of each lead relative to its running QRS level,
 * leads averaged by signal quality, then the most plausible sequence of its peaks, decided 2 s later, or sooner where
 * `decideAfterS` says so.
 *
 * Evidence for a peak is the logarithm of its height over a threshold that follows rejected peaks and noise;
 * too long and too short RR intervals and lower peaks in the ST-T stretch cost. So search-back, T-wave rejection
 * and the refractory period are one optimisation. Without a beat for 4 s, levels are learned anew. Above 120 Hz
 * the leads are averaged down for detection; the R peak itself is sought at the full rate.
 *
 * @throws EcgError `bad-option` when fs is outside 100 … 100 000 Hz, or `decideAfterS` outside its range; `bad-shape`
 *   without leads
 *
 * Source: own design. Band-pass, energy and adaptive thresholds after Pan & Tompkins, IEEE TBME 32(3):230–236,
 * 1985, doi:10.1109/TBME.1985.325532; the sequence by dynamic programming, Viterbi, IEEE Trans. Inf. Theory
 * 13(2):260–269, 1967, doi:10.1109/TIT.1967.1054010. Constants were set on mitdb and svdb.
 */
export function createBeatDetector({
  fs,
  leads: leadCount,
  decideAfterS = DETECTION.lag,
}: DetectionOptions): BeatDetector {
  if (!(fs >= 100 && fs <= 100_000))
    throw new EcgError(
      'bad-option',
      `detect: fs must lie in 100 … 100000 Hz, got ${fs}; resample the signal`,
    );
  if (!(Number.isInteger(leadCount) && leadCount > 0))
    throw new EcgError('bad-shape', `detect: at least one lead is needed, got ${leadCount}`);
  if (!(decideAfterS >= DETECTION.shortestLag && decideAfterS <= DETECTION.lag))
    throw new EcgError(
      'bad-option',
      `detect: decideAfterS is ${decideAfterS}, expected ${DETECTION.shortestLag} to ${DETECTION.lag} s`,
    );

  const t = createTiming(fs, decideAfterS);
  const f = t.internalFs;
  const leads = Array.from({ length: leadCount }, () => createLead(t));
  const weights = new Float64Array(leadCount);
  /** Of the newest hop: what turns a lead's envelope into its share of the fused one. */
  const gains = new Float64Array(leadCount);
  const block = leads.map(() => new Float32Array(t.inputHop));
  let filled = 0;
  let heard = 0;
  let hops = 0;
  let ended = false;

  // Rings: the fused envelope, and of each hop its noise, its valid time and the lead for the R peak.
  const fused = new Float32Array(t.envelopeMask + 1);
  const fusedNoise = new Float32Array(t.hopMask + 1);
  const hopClock = new Float64Array(t.hopMask + 1);
  const hopLead = new Uint16Array(t.hopMask + 1);
  let fusedHops = 0;
  let clock = 0;
  let fiducial = 0;

  let scanned = t.peakRadius;
  const candidates = createCandidates();
  const peakedness = createPeakednessMeter(leadCount);
  const chosen = new Uint8Array(MOST_CANDIDATES);
  const rhythm: Rhythm = {
    lastClock: -1,
    lastHeight: 1,
    lastSharpness: 0,
    rr: 0.8 * f,
    shortRr: 0.5 * f,
    rejected: 0.1,
  };
  const rrs = new Float64Array(DETECTION.rrMemory);
  const sorted = new Float64Array(DETECTION.rrMemory);
  let rrCount = 0;
  let lastAt = 0;
  let learnedClock = 0;
  let learnedHop = 0;
  let lastSample = -1;
  let found: number[] = [];

  function fuseHop(hop: number): void {
    let sum = 0;
    let best = 0;
    for (let l = 0; l < leadCount; l++) {
      wakeLead(leads[l]!, t, hop, hops);
      weights[l] = weighLead(leads[l]!, t, hop, hops);
      sum += weights[l]!;
      if (weights[l]! > weights[best]!) best = l;
    }
    const at = hop * t.hop;
    for (let i = 0; i < t.hop; i++) fused[(at + i) & t.envelopeMask] = 0;
    let noise = 0;
    for (let l = 0; l < leadCount; l++) {
      gains[l] = 0;
      if (weights[l] === 0) continue;
      const lead = leads[l]!;
      const gain = weights[l]! / sum / lead.level;
      gains[l] = gain;
      noise += gain * noiseAround(lead, t, hop, hops);
      const { envelope } = lead;
      for (let i = at; i < at + t.hop; i++) {
        const slot = i & t.envelopeMask;
        fused[slot] = fused[slot]! + gain * envelope[slot]!;
      }
    }
    if (weights[fiducial]! < DETECTION.fiducialStay * weights[best]!) fiducial = best;
    else if (weights[0]! >= 0.5 * weights[best]!) fiducial = 0;
    const slot = hop & t.hopMask;
    fusedNoise[slot] = noise;
    hopLead[slot] = fiducial;
    hopClock[slot] = clock;
    if (sum > 0) clock += t.hop;
  }

  function clockAt(at: number): number {
    const hop = Math.floor(at / t.hop);
    const start = hopClock[hop & t.hopMask]!;
    const end = hop + 1 < fusedHops ? hopClock[(hop + 1) & t.hopMask]! : clock;
    return end > start ? start + at - hop * t.hop : start;
  }

  /** The input sample at the centre of what made an internal sample of the envelope. */
  function centreOf(at: number): number {
    return Math.round((at - t.delay) * t.decimation);
  }

  function scanPeaks(to: number): void {
    const mask = t.envelopeMask;
    next: for (; scanned < to; scanned++) {
      const x = fused[scanned & mask]!;
      if (x < DETECTION.lowest || x < fused[(scanned - 1) & mask]! || x <= fused[(scanned + 1) & mask]!)
        continue;
      for (let k = 2; k <= t.peakRadius; k++)
        if (fused[(scanned - k) & mask]! > x || fused[(scanned + k) & mask]! >= x) continue next;
      const noise = fusedNoise[Math.floor(scanned / t.hop) & t.hopMask]!;
      const centre = centreOf(scanned);
      let bend = 0;
      for (let l = 0; l < leadCount; l++)
        if (gains[l]! > 0) bend += gains[l]! * bendAround(leads[l]!, t, centre, hops * t.inputHop);
      addCandidate(candidates, scanned, clockAt(scanned), x, noise, bend / x);
    }
  }

  /** Settles all candidates before internal sample `until`, with candidates known up to `known`. */
  function decide(known: number, until: number): void {
    if (!(candidates.count > 0 && candidates.at[0]! < until)) return;
    const even = evenRunDistance(candidates);
    const now = even < rhythm.shortRr ? { ...rhythm, shortRr: even } : rhythm;
    choosePath(candidates, now, clockAt(known), f, chosen);
    let n = 0;
    for (; n < candidates.count && candidates.at[n]! < until; n++) {
      if (chosen[n]) settleBeat(n);
      else {
        const height = Math.min(1, candidates.height[n]!);
        rhythm.rejected += DETECTION.rejectedRate * (height - rhythm.rejected);
      }
    }
    dropCandidates(candidates, n);
  }

  function settleBeat(i: number): void {
    const at = candidates.at[i]!;
    const time = candidates.clock[i]!;
    const rr = time - rhythm.lastClock;
    // An RR interval across a gap, or a pause, says nothing about the rhythm.
    if (rhythm.lastClock >= 0 && rr === at - lastAt && rr < 2.5 * f) {
      rrs[rrCount++ % rrs.length] = rr;
      const n = Math.min(rrs.length, rrCount);
      sorted.set(rrs);
      sortSmall(sorted, n);
      rhythm.rr = Math.min(1.5 * f, Math.max(0.35 * f, sorted[n >> 1]!));
      rhythm.shortRr = Math.min(rhythm.rr, sorted[Math.floor((n - 1) * DETECTION.shortQuantile)]!);
    }
    rhythm.lastClock = time;
    rhythm.lastHeight = candidates.height[i]!;
    rhythm.lastSharpness = candidates.sharpness[i]!;
    rhythm.rejected *= 0.98;
    lastAt = at;
    learnedClock = time;
    learnedHop = Math.ceil(at / t.hop) + 1;
    for (const lead of leads) followBeat(lead, t, at);
    const centre = centreOf(at);
    const lead = leads[hopLead[Math.floor(at / t.hop) & t.hopMask]!]!;
    const sample = findRPeak(lead, t, centre, Math.min(heard, hops * t.inputHop));
    // What the end cuts off is no whole QRS.
    if (sample <= lastSample || centre + DETECTION.cutOff * fs > heard) return;
    lastSample = sample;
    found.push(sample);
  }

  function advance(last: boolean): void {
    if (fusedHops === 0) {
      if (hops < t.learningHops && !last) return;
      for (const lead of leads) learnLevel(lead, t, 0, hops);
    }
    for (const lead of leads) followSwing(lead, t, hops - 1);
    const ready = last ? hops : hops - t.noiseAfter;
    while (fusedHops < ready) {
      fuseHop(fusedHops++);
      const end = fusedHops * t.hop;
      const known = end - t.peakRadius - 1;
      scanPeaks(known);
      decide(known, known - t.lag * f);
      if (clock - learnedClock > RELEARN * f) {
        // Nothing settled for so long, the lag included: the levels are too high.
        for (const lead of leads)
          learnLevel(lead, t, Math.max(learnedHop, fusedHops - RELEARN_HOPS), fusedHops);
        learnedClock = clock;
        learnedHop = fusedHops;
      }
    }
    if (last) decide(fusedHops * t.hop - 1, Number.POSITIVE_INFINITY);
  }

  function endHop(last: boolean): void {
    for (let l = 0; l < leadCount; l++) takeHop(leads[l]!, t, hops, block[l]!);
    hops++;
    filled = 0;
    if (last) return;
    peakedness.take(leads);
    advance(false);
  }

  return {
    latencyMs: Math.ceil(
      1000 *
        (DETECTION.hop * (1 + t.noiseAfter) +
          t.lag +
          DETECTION.fiducialReach +
          (t.peakRadius + t.delay + 2) / f),
    ),
    learningMs: 1000 * t.learningHops * DETECTION.hop,
    hopSamples: t.inputHop,
    peakedness: peakedness.result,
    push(chunk) {
      if (ended) throw new EcgError('bad-shape', 'detect: samples after the end; create another detector');
      const n = chunk[0]?.length ?? 0;
      if (chunk.length !== leadCount || chunk.some((lead) => lead.length !== n))
        throw new EcgError(
          'bad-shape',
          `detect: expected ${leadCount} leads of one length, got lengths ${chunk.map((lead) => lead.length).join(', ') || 'none'}`,
        );
      found = [];
      for (let at = 0; at < n; ) {
        const take = Math.min(n - at, t.inputHop - filled);
        for (let l = 0; l < leadCount; l++) block[l]!.set(chunk[l]!.subarray(at, at + take), filled);
        at += take;
        filled += take;
        heard += take;
        if (filled === t.inputHop) endHop(false);
      }
      return found;
    },
    flush() {
      found = [];
      if (ended) return found;
      ended = true;
      // Behind the end the signal stands still, long enough for the envelope of the last beat to pass.
      for (let pad = 0; pad < 2; pad++) {
        for (let l = 0; l < leadCount; l++)
          block[l]!.fill(filled > 0 ? block[l]![filled - 1]! : leads[l]!.held, filled);
        endHop(true);
      }
      advance(true);
      return found;
    },
  };
}
