import { BEAT_METHODS, type BeatInputs, drawBeatAttribution } from '../../src/explain/index.js';
import type { ModelCard } from '../../src/models/index.js';
import type { Runtime } from '../../src/nn/index.js';
import { EXPLAINED, type ExplainedBeat } from './gather.js';

/** One beat of N, S and V by integrated gradients, one below the other: of each class the one of middling probability. */
export async function drawExamples(
  runtime: Runtime,
  network: Uint8Array,
  card: ModelCard,
  inputs: BeatInputs,
  beats: readonly ExplainedBeat[],
): Promise<string> {
  const method = await BEAT_METHODS['integrated-gradients'](runtime, network, card);
  const pictures: string[] = [];
  for (const name of EXPLAINED.slice(0, 3)) {
    const own = beats
      .filter((beat) => beat.class === name)
      .sort((a, b) => a.probability - b.probability || (a.record < b.record ? -1 : 1));
    if (own.length === 0) continue;
    const beat = own[own.length >> 1];
    const baseline = name === 'N' ? beat.baselines.zeros : beat.baselines.sinus;
    const { leads, groups } = await method.explain(beat.example, baseline, beat.classIndex);
    const row = (x: Float32Array, lead: number) => {
      const at = inputs.leads[lead][0] * inputs.length;
      return x.subarray(at, at + inputs.length);
    };
    pictures.push(
      drawBeatAttribution({
        title: `${name} with probability ${beat.probability >= 0.995 ? '> 0.99' : beat.probability.toFixed(2)}: ${beat.record}, ${beat.time.toFixed(1)} s`,
        sentence: '',
        method: `integrated-gradients: what each part adds to the logit, compared with ${name === 'N' ? 'no signal' : "the patient's sinus beat"}`,
        leads: leads.map((attribution, lead) => ({
          name: `lead ${lead + 1}`,
          signal: row(beat.example['waves'], lead),
          sinus: row(beat.baselines.sinus['waves'], lead),
          attribution,
        })),
        groups,
        fs: inputs.fs,
        peak: inputs.peak,
      }),
    );
  }
  await method.close();
  const size = (svg: string, name: string) => Number(new RegExp(` ${name}="(\\d+)"`).exec(svg)?.[1]);
  const width = Math.max(...pictures.map((svg) => size(svg, 'width')));
  let y = 0;
  const placed = pictures.map((svg) => {
    const part = svg.replace('<svg ', `<svg y="${y}" `);
    y += size(svg, 'height');
    return part;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${y}" viewBox="0 0 ${width} ${y}">\n${placed.join('')}</svg>\n`;
}
