/** One code of a system, with what it is called there. */
export interface FhirCoding {
  readonly system: string;
  readonly code: string;
  readonly display?: string;
}

/** Codes with the words a person reads. */
export interface FhirConcept {
  readonly coding?: readonly FhirCoding[];
  readonly text?: string;
}

export const SNOMED_CT = 'http://snomed.info/sct';
export const UCUM = 'http://unitsofmeasure.org';
const LOINC = 'http://loinc.org';

const loinc = (code: string, display: string, text?: string): FhirConcept => ({
  coding: [{ system: LOINC, code, display }],
  ...(text === undefined ? {} : { text }),
});

/**
 * What the observations of a report are about. `docs/fhir.md` names the source of each code.
 *
 * Counts of supraventricular beats, pauses and the share that can be read have no LOINC code that means them; they have words only.
 */
export const CODES = {
  study: loinc('11524-6', 'EKG study'),
  impression: loinc('8601-7', 'EKG impression'),
  heartRate: (text: string) => loinc('8867-4', 'Heart rate', text),
  rhythm: loinc('76281-5', 'Type of arrhythmia on EKG', 'Rhythm'),
  pr: loinc('8625-6', 'P-R Interval', 'PR interval, median'),
  qrs: loinc('8633-0', 'QRS duration', 'QRS duration, median'),
  qt: loinc('8634-8', 'Q-T interval', 'QT interval, median'),
  qtcFridericia: loinc(
    '76634-5',
    'Q-T interval corrected based on Fridericia formula',
    'QTc Fridericia, median',
  ),
  qtcBazett: loinc('76635-2', 'Q-T interval corrected based on Bazett formula', 'QTc Bazett, median'),
  ventricular: {
    coding: [{ system: SNOMED_CT, code: '427172004', display: 'premature ventricular contractions' }],
    text: 'Ventricular ectopic beats',
  },
  supraventricular: {
    coding: [{ system: SNOMED_CT, code: '63593006', display: 'supraventricular premature beats' }],
    text: 'Supraventricular ectopic beats',
  },
  beats: { text: 'Beats' },
  pauses: { text: 'Pauses' },
  readable: { text: 'Share of the recording that can be read' },
} as const;

/** Category of everything here. */
export const PROCEDURE: FhirConcept = {
  coding: [
    {
      system: 'http://terminology.hl7.org/CodeSystem/observation-category',
      code: 'procedure',
      display: 'Procedure',
    },
  ],
};

/** Kind of service that a report of this kind is. */
export const CARDIAC_ECG: FhirConcept = {
  coding: [
    {
      system: 'http://terminology.hl7.org/CodeSystem/v2-0074',
      code: 'EC',
      display: 'Electrocardiac (e.g., EKG, EEC, Holter)',
    },
  ],
};

/** Why a value is missing. Required values of FHIR's `data-absent-reason`. */
export function absent(code: 'unknown' | 'not-performed' | 'unsupported', text: string): FhirConcept {
  return {
    coding: [{ system: 'http://terminology.hl7.org/CodeSystem/data-absent-reason', code }],
    text,
  };
}

/** That a result is not to be relied on, as HL7's interpretation code for what cannot be told. */
export function indeterminate(text: string): FhirConcept {
  return {
    coding: [
      {
        system: 'http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation',
        code: 'IND',
        display: 'Indeterminate',
      },
    ],
    text,
  };
}

/** Marks every resource: FHIR's tag for what is not to be acted on. */
export const RESEARCH_TAG: FhirCoding = {
  system: 'http://terminology.hl7.org/CodeSystem/v3-ActReason',
  code: 'HRESCH',
  display: 'healthcare research',
};
