import type { Format } from '../source.js';
import { openFhir } from './reader.js';
import { looksLikeFhir } from './recognise.js';

/** FHIR's `Observation` with `SampledData`, by itself or in a `Bundle`, as JSON. */
export const fhir: Format = {
  id: 'fhir',
  title: 'FHIR Observation (JSON)',
  recognises: looksLikeFhir,
  open: openFhir,
};
