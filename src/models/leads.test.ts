import { describe, expect, it } from 'vitest';
import { TEST_CONTRACT } from '../../tests/beat-contract.js';
import { chooseLeads } from './leads.js';

const signals = (...leads: [lead: string, unit: string][]) =>
  leads.map(([lead, unit]) => ({ lead, unit, fs: 360 }));

describe('chooseLeads', () => {
  it('takes the first ECG signals and passes over others', () => {
    expect(
      chooseLeads(signals(['ABP', 'mmHg'], ['V1', 'mV'], ['V2', 'mV'], ['V3', 'mV']), TEST_CONTRACT),
    ).toEqual([1, 2]);
    expect(chooseLeads(signals(['ABP', 'mmHg']), TEST_CONTRACT)).toEqual([]);
  });

  it('moves a named lead to the front, as record 114 of mitdb needs', () => {
    expect(chooseLeads(signals(['V5', 'mV'], ['MLII', 'mV']), TEST_CONTRACT)).toEqual([1, 0]);
    expect(chooseLeads(signals(['V5', 'mV'], ['Lead II', 'mV']), TEST_CONTRACT)).toEqual([1, 0]);
    // As HL7 aECG names it.
    expect(chooseLeads(signals(['V5', 'mV'], ['MDC_ECG_LEAD_II', 'mV']), TEST_CONTRACT)).toEqual([1, 0]);
    expect(chooseLeads(signals(['MLII', 'mV'], ['II', 'mV']), TEST_CONTRACT)).toEqual([0, 1]);
    expect(chooseLeads(signals(['ECG1', 'mV'], ['ECG2', 'mV']), TEST_CONTRACT)).toEqual([0, 1]);
  });
});
