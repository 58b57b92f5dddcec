/** The two names of ISO/IEEE 11073-10101 (MDC) as a system: the URN of FHIR, and the OID of its older examples. */
export const MDC_SYSTEM = 'urn:iso:std:iso:11073:10101';
const MDC_SYSTEMS: ReadonlySet<string> = new Set([MDC_SYSTEM, 'urn:oid:2.16.840.1.113883.6.24']);

/** `MDC_ECG_ELEC_POTL`: a potential of no stated lead. */
export const ECG_POTENTIAL = 131328;
/** A potential is its lead's code and this. */
const POTENTIAL = 256;
/** A lead that is not stated. */
const UNSPECIFIED = 131072;

/**
 * MDC codes of leads, `MDC_ECG_LEAD_I` and so on; that of a potential between a lead's electrodes,
 * `MDC_ECG_ELEC_POTL_I`, is 256 higher, and it is what FHIR's examples name a component by.
 *
 * Source: DICOM PS3.16, CID 3001 (ECG leads of ISO/IEEE 11073-10101, partition 2: `2:62` is 2 × 65536 + 62); the
 * potentials of I, II and III stand in FHIR's example `Observation/ekg` (131329, 131330, 131389). MLII has no code.
 */
const LEAD_CODES: Readonly<Record<string, number>> = {
  I: 131073,
  II: 131074,
  V1: 131075,
  V2: 131076,
  V3: 131077,
  V4: 131078,
  V5: 131079,
  V6: 131080,
  V7: 131081,
  V2R: 131082,
  V3R: 131083,
  V4R: 131084,
  V5R: 131085,
  V6R: 131086,
  V7R: 131087,
  X: 131088,
  Y: 131089,
  Z: 131090,
  CC5: 131091,
  CM5: 131092,
  III: 131133,
  aVR: 131134,
  aVL: 131135,
  aVF: 131136,
  V8: 131138,
  V9: 131139,
  V8R: 131140,
  V9R: 131141,
  MCL1: 131164,
  MCL2: 131165,
  MCL3: 131166,
  MCL4: 131167,
  MCL5: 131168,
  MCL6: 131169,
  CM1: 131178,
  CM2: 131179,
  CM3: 131180,
  CM4: 131181,
  CM6: 131182,
};

const BY_CODE: ReadonlyMap<number, string> = new Map(
  Object.entries(LEAD_CODES).flatMap(([lead, code]) => [
    [code, lead],
    [code + POTENTIAL, lead],
  ]),
);
const BY_NAME: ReadonlyMap<string, string> = new Map(
  Object.keys(LEAD_CODES).map((lead) => [lead.toUpperCase(), lead]),
);

/** A code with the system it belongs to. */
export interface Coding {
  readonly system?: string | undefined;
  readonly code?: string | undefined;
  readonly display?: string | undefined;
}

/** The lead an MDC code names, or undefined: by its number, or by a reference id in its code or display. */
export function leadOfCoding({ system, code, display }: Coding): string | undefined {
  if (system !== undefined && MDC_SYSTEMS.has(system)) {
    const known = BY_CODE.get(Number(code));
    if (known !== undefined) return known;
  }
  for (const text of [code, display]) {
    const name = /^MDC_ECG_(?:ELEC_POTL|LEAD)_(\w{1,20})$/i.exec(text ?? '')?.[1];
    if (name !== undefined) return BY_NAME.get(name.toUpperCase()) ?? name;
  }
  return undefined;
}

/** The MDC coding of the potential of a lead; that of an unspecified one where MDC does not know its name. */
export function codingOfLead(lead: string): Required<Coding> {
  const plain = lead
    .trim()
    .replace(/^(lead|ecg|ekg)[\s_]+/i, '')
    .toUpperCase();
  const known = BY_NAME.get(plain);
  const code = known === undefined ? UNSPECIFIED : (LEAD_CODES[known] as number);
  return {
    system: MDC_SYSTEM,
    code: String(code + POTENTIAL),
    display: known === undefined ? 'MDC_ECG_ELEC_POTL' : `MDC_ECG_ELEC_POTL_${known.toUpperCase()}`,
  };
}
