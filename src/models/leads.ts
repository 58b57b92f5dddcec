import type { SignalInfo } from '../core/index.js';
import { plainLeadName } from '../ecg/index.js';
import type { InputContract } from './contract.js';

/**
 * Indices into `signals` of the leads a network takes, in its order: the first ECG signals, with the first
 * that bears one of the contract's names moved to the front.
 *
 * @returns at most `contract.leads.count`, fewer where the recording has fewer ECG signals
 */
export function chooseLeads(signals: readonly SignalInfo[], contract: InputContract): number[] {
  const names = new Set(contract.leads.first.map(plainLeadName));
  const chosen = signals
    .map((signal, index) => ({ signal, index }))
    .filter(({ signal }) => signal.unit === 'mV')
    .slice(0, contract.leads.count);
  const named = chosen.findIndex(({ signal }) => names.has(plainLeadName(signal.lead)));
  if (named > 0) chosen.unshift(...chosen.splice(named, 1));
  return chosen.map(({ index }) => index);
}
