import { describe, expect, it } from 'vitest';
import { checkLeads } from './check-leads.js';
import { plainLeadName } from './lead-name.js';
import { deriveLimbLeads } from './limb-leads.js';

const fs = 250;
const beats = Float64Array.from({ length: 12 }, (_, k) => 150 + 200 * k);

/**
 * Ten seconds of textbook beats: P, QRS and T point to 50°, 45° and 40° in the frontal plane, so that all are upright
 * in I and II (Surawicz et al., J. Am. Coll. Cardiol. 53:976–981, 2009: normal axes).
 */
function limbLead(angle: number): Float32Array {
  const samples = new Float64Array(2700);
  const bump = (at: number, widthS: number, height: number) => {
    for (let k = 0; k < samples.length; k++)
      samples[k]! += height * Math.exp(-(((k - at) / (widthS * fs)) ** 2) / 2);
  };
  const on = (axis: number) => Math.cos(((axis - angle) * Math.PI) / 180);
  for (const beat of beats) {
    bump(beat - 0.16 * fs, 0.02, 0.15 * on(50));
    bump(beat - 0.03 * fs, 0.008, -0.15 * on(50));
    bump(beat, 0.012, 1.2 * on(45));
    bump(beat + 0.03 * fs, 0.008, -0.2 * on(50));
    bump(beat + 0.28 * fs, 0.04, 0.35 * on(40));
  }
  return Float32Array.from(samples);
}

const i = limbLead(0);
const ii = limbLead(60);
const { iii, avr, avl, avf } = deriveLimbLeads(i, ii);
const names = ['I', 'II', 'III', 'aVR', 'aVL', 'aVF'];

describe('checkLeads', () => {
  it('finds nothing wrong with normal limb leads', () => {
    expect(checkLeads({ leads: [i, ii, iii, avr, avl, avf], names, fs, beats })).toEqual({
      inverted: [],
      swap: null,
      sentences: [],
    });
  });

  it('names an exchange of the arms: I upside down, II and III exchanged, aVR and aVL too', () => {
    const leads = [i.map((x) => -x), iii, ii, avl, avr, avf];
    const { swap, inverted, sentences } = checkLeads({ leads, names, fs, beats });
    expect([swap, inverted]).toEqual(['RA-LA', []]);
    expect(sentences).toEqual([
      'The limb leads look as if the electrodes of the right arm and the left arm were exchanged (RA-LA): check them.',
    ]);
  });

  it('names an exchange of right arm and leg: II upside down, I and III upside down and exchanged', () => {
    const [first, second] = [iii.map((x) => -x), ii.map((x) => -x)];
    expect(checkLeads({ leads: [first, second], names: ['I', 'II'], fs, beats }).swap).toBe('RA-LL');
  });

  it('names an arm electrode on the right leg by the flat lead between the legs', () => {
    // RA on the right leg: II is flat, I is −III. LA there: III is flat, I is II.
    const quiet = new Float32Array(i.length);
    const check = (first: Float32Array, second: Float32Array) =>
      checkLeads({ leads: [first, second], names: ['I', 'II'], fs, beats }).swap;
    expect(
      check(
        iii.map((x) => -x),
        quiet,
      ),
    ).toBe('RA-RL');
    expect(check(ii, ii)).toBe('LA-RL');
  });

  it('finds a lead upside down, alone, by a recorder’s name or without one', () => {
    const upsideDown = ii.map((x) => -x);
    for (const name of ['II', 'MLII', 'ECG', 'Lead II']) {
      expect(checkLeads({ leads: [upsideDown], names: [name], fs, beats }).inverted).toEqual([name]);
      expect(checkLeads({ leads: [ii], names: [name], fs, beats }).inverted).toEqual([]);
    }
    expect(checkLeads({ leads: [avr], names: ['aVR'], fs, beats }).inverted).toEqual([]);
    expect(checkLeads({ leads: [ii], names: ['aVR'], fs, beats }).inverted).toEqual(['aVR']);
  });

  it('takes one lead that contradicts the others for upside down, not for an exchange', () => {
    const leads = [i.map((x) => -x), ii, iii];
    const { swap, inverted } = checkLeads({ leads, names: ['I', 'II', 'III'], fs, beats });
    expect([swap, inverted]).toEqual([null, ['I']]);
  });

  it('says nothing of leads that nothing is known of, flat leads or too few beats', () => {
    const upsideDown = ii.map((x) => -x);
    const nothing = { inverted: [], swap: null, sentences: [] };
    expect(checkLeads({ leads: [upsideDown, upsideDown], names: ['ECG1', 'ECG2'], fs, beats })).toEqual(
      nothing,
    );
    expect(checkLeads({ leads: [new Float32Array(2700)], names: ['II'], fs, beats })).toEqual(nothing);
    expect(checkLeads({ leads: [upsideDown], names: ['II'], fs, beats: [150, 350] })).toEqual(nothing);
    expect(checkLeads({ leads: [upsideDown.fill(Number.NaN)], names: ['II'], fs, beats })).toEqual(nothing);
  });
});

describe('plainLeadName', () => {
  it('takes off what files put around a lead', () => {
    expect(['Lead aVF', 'ECG AVF', ' avf ', 'MDC_ECG_LEAD_AVF'].map(plainLeadName)).toEqual(
      Array(4).fill('AVF'),
    );
    expect(['MLII', 'ECG', 'ECG1'].map(plainLeadName)).toEqual(['MLII', 'ECG', 'ECG1']);
  });
});
