import type { Gap, ReadRange, Recording, RecordingInfo, RecordingReader } from '../../core/index.js';
import { EcgError, throwIfCancelled } from '../../core/index.js';
import { annotate } from './annotate.js';
import { createMorphologies } from './morphology.js';
import { createRenderer } from './render.js';
import { scheduleBeats } from './schedule.js';
import { checkScript, type SynthesisOptions, type SynthesisScript } from './script.js';
import { substream } from './substream.js';

/**
 * A recording made from a script: a dynamical model of the ECG seen by any of the standard leads, with its
 * true annotations. Samples are drawn when they are read, so a day of it takes no more memory than its beats.
 *
 * @throws EcgError `bad-option` with every fault of the script
 *
 * Source: McSharry et al., IEEE TBME 50(3):289–294, 2003, doi:10.1109/TBME.2003.808805; see `createRenderer`
 * for the departures.
 */
export function synthesizeReader(script: SynthesisScript, options: SynthesisOptions): RecordingReader {
  const { info, draw } = prepare(script, options);
  let closed = false;
  return {
    info,
    async read(range, run) {
      throwIfCancelled(run, `synthesize ${script.id}`);
      if (closed) throw new EcgError('bad-option', `synthesize ${script.id}: the reader is closed`);
      return draw(range);
    },
    async close() {
      closed = true;
    },
  };
}

/** The whole of `synthesizeReader`'s recording at once. */
export function synthesize(script: SynthesisScript, options: SynthesisOptions): Recording {
  return prepare(script, options).draw();
}

function prepare(script: SynthesisScript, options: SynthesisOptions) {
  checkScript(script, options);
  const { fs, seed, leads } = options;
  const seconds = script.segments.reduce((sum, segment) => sum + segment.seconds, 0);
  const length = Math.round(seconds * fs);
  const schedule = scheduleBeats(script, seed);
  const morphologies = createMorphologies(substream(seed, 2));
  const gaps = gapsOf(script, fs, length);
  const render = createRenderer(script, options, schedule, morphologies, length);
  const info: RecordingInfo = {
    id: script.id,
    format: 'synthetic',
    fs,
    length,
    signals: leads.map((lead) => ({ lead, unit: 'mV', fs })),
    annotations: annotate(script, options, schedule, morphologies, length, gaps),
    gaps,
    ...(script.startTime === undefined ? {} : { startTime: script.startTime }),
    notes: ['Synthetic: McSharry et al. 2003, doi:10.1109/TBME.2003.808805; not a person.'],
    warnings: [],
  };

  function draw(range: ReadRange = {}): Recording {
    const from = range.from ?? 0;
    const to = Math.min(range.to ?? length, length);
    const wanted = range.signals ?? leads.map((_, i) => i);
    if (!Number.isInteger(from) || !Number.isInteger(to) || from < 0 || from > to)
      throw new EcgError(
        'bad-option',
        `synthesize ${script.id}: range ${from} to ${to} of ${length} samples`,
      );
    const stray = wanted.find((i) => info.signals[i] === undefined);
    if (stray !== undefined)
      throw new EcgError(
        'bad-option',
        `synthesize ${script.id}: no signal ${stray}, there are ${leads.length}`,
      );
    return {
      ...info,
      offset: from,
      length: to - from,
      signals: wanted.map((i) => ({ ...info.signals[i]!, samples: render(i, from, to) })),
      annotations: info.annotations
        .filter((a) => a.sample >= from && a.sample < to)
        .map((a) => ({ ...a, sample: a.sample - from })),
      gaps: info.gaps
        .filter((gap) => gap.from < to && gap.to > from)
        .map((gap) => ({ from: Math.max(gap.from, from) - from, to: Math.min(gap.to, to) - from })),
    };
  }
  return { info, draw };
}

function gapsOf(script: SynthesisScript, fs: number, length: number): Gap[] {
  return (script.disturbances ?? [])
    .filter((d) => d.kind === 'gap')
    .map(({ from = 0, to = length / fs }) => ({
      from: Math.round(from * fs),
      to: Math.min(length, Math.round(to * fs)),
    }))
    .sort((a, b) => a.from - b.from);
}
