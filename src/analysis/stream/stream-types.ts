import type { StreamEvent } from '../../core/index.js';
import type { BeatModel, LoadedNetwork, SignalWindow } from '../../models/index.js';
import type { WindowNetwork } from '../models.js';
import type { AlertOptions } from './alert-options.js';

/** The networks a stream is heard with; what one of them would tell stays open without it. A `ModelSet` fits. */
export interface StreamModels {
  readonly beats?: LoadedNetwork<BeatModel> | null;
  readonly rhythm?: LoadedNetwork<WindowNetwork> | null;
  readonly ventricular?: LoadedNetwork<WindowNetwork> | null;
}

/** From where a stream goes on that was heard before. */
export interface ResumePoint {
  /** Samples heard when the last events were told: what would be told again before is kept silent. */
  readonly heard: number;
  /** Last beat told, and last one told as final; −1 before the first. */
  readonly lastBeat: number;
  readonly lastFinal: number;
  /** Samples heard at the last window whose attacks, and whose rhythm, were told; `heard` when omitted. */
  readonly attacks?: number;
  readonly rhythm?: number;
}

/** What is heard, and how it is judged. */
export interface StreamOptions {
  /** Hz of every lead, from 100. */
  readonly fs: number;
  /** Names of the leads, in the order in which `push` gives them; one or more, all in mV. */
  readonly leads: readonly string[];
  readonly models: StreamModels;
  /** Sample of the stream that is pushed first; 0 when omitted. */
  readonly start?: number;
  /** Where a stream is taken up again: push the last minutes from `start` on. No beat is told twice; alerts of the last second may be. */
  readonly resume?: ResumePoint;
  /** 0…1: by what part of their hops windows are put off, so that streams begun together take turns; 0 when omitted. */
  readonly phase?: number;
  /** A class less sure than this is uncertain; what the model's card says when omitted. */
  readonly certainFrom?: number;
  /** Beats that have to follow one before its class is told as final, 0…100; 20 when omitted. */
  readonly finalAfterBeats?: number;
  /** When alerts begin and end. */
  readonly alerts?: Partial<AlertOptions>;
}

/** What a stream wants of the networks; from `take`, given back to `settle` with the answers. */
export interface StreamRequests {
  /** Beats as input of the beat network, side by side. */
  readonly beats: number;
  /** [beats, channels, length] and [beats, features]. */
  readonly waves: Float32Array;
  readonly features: Float32Array;
  readonly rhythm: readonly SignalWindow[];
  readonly ventricular: readonly SignalWindow[];
}

/** How much of each kind is taken at most. */
export interface RequestLimits {
  readonly beats: number;
  readonly rhythm: number;
  readonly ventricular: number;
}

/** What the networks said; rows in the order of the requests. */
export interface StreamAnswers {
  /** Uncalibrated logits [beats, 5]. */
  readonly beats: Float32Array;
  /** Probabilities [windows, classes]. */
  readonly rhythm: Float32Array;
  readonly ventricular: Float32Array;
}

/**
 * Hears one stream: samples in, requests to the networks out, answers in, events out. A `StreamBatcher` carries the
 * requests of many streams to the networks together.
 *
 * What is told does not depend on the sizes of the chunks, nor on when the answers come. Memory does not grow with the
 * stream, as long as its requests are answered.
 */
export interface StreamAnalyzer {
  readonly fs: number;
  readonly leads: readonly string[];
  /**
   * Takes the next samples: detection, quality and the networks' inputs, at once.
   *
   * @param chunk  one array a lead, mV, NaN where invalid; of one length, which may be any; not kept
   * @throws EcgError `bad-shape` for another number of leads or unequal lengths, or after the end
   */
  push(chunk: readonly Float32Array[]): void;
  /** Says that `samples` samples are lost: they are kept as time, and nothing is joined over them. */
  gap(samples: number): void;
  /** Says that no more comes: what is held back is asked and told with the next answers. */
  end(): void;
  /** Sample of the stream that comes next. */
  readonly heard: number;
  /** Requests that are not answered yet. */
  readonly waiting: number;
  /** Where to take the stream up again after all events so far. */
  resumePoint(): ResumePoint;
  /** The oldest requests that were not taken yet. */
  take(limits?: Partial<RequestLimits>): StreamRequests;
  /** Takes back all that was taken and not settled, to be taken again: the networks failed. */
  giveBack(): void;
  /**
   * Takes the answers to requests of `take` (in the order in which they were taken), and tells what follows from them.
   * Call it with empty requests too: some events need no network.
   */
  settle(requests: StreamRequests, answers: StreamAnswers): Promise<StreamEvent[]>;
}

/** Carries the requests of many streams to the networks together. */
export interface StreamBatcher {
  /**
   * Asks the networks what some streams want to know: beats of all of them first, then windows, and tells each stream's
   * events as soon as they are known. Runs do not overlap: a later one waits for the one before.
   *
   * @param tell  takes the events of one stream, in order; called zero or more times a stream
   * @throws EcgError what the networks throw; what was asked then is asked again with the next run
   */
  run(
    streams: Iterable<StreamAnalyzer>,
    tell: (stream: StreamAnalyzer, events: readonly StreamEvent[]) => void,
  ): Promise<void>;
}
