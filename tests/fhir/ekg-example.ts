/** Data of every lead of the example. */
const DATA =
  '2041 2043 2037 2047 2060 2062 2051 2023 2014 2027 2034 2033 2040 2047 2047 2053 2058 2064 2059 2063 2061 2052 2053 2038 ' +
  '1966 1885 1884 2009 2129 2166 2137 2102 2086 2077 2067 2067 2060 2059 2062 2062 2060 2057 2045 2047 2057 2054 2042 2029 ' +
  '2027 2018 2007 1995 2001 2012 2024 2039 2068 2092 2111 2125 2131 2148 2137 2138 2128 2128 2115 2099 2097 2096 2101 2101';

/**
 * The structure of HL7's published example `Observation/ekg` (R4, observation-example-sample-data.xml, CC0), with the
 * first values of its data: MDC codes by their old OID, a factor, limits, and no unit.
 */
export const EKG_EXAMPLE = {
  resourceType: 'Observation',
  id: 'ekg',
  status: 'final',
  category: [
    {
      coding: [
        {
          system: 'http://terminology.hl7.org/CodeSystem/observation-category',
          code: 'procedure',
          display: 'Procedure',
        },
      ],
    },
  ],
  code: {
    coding: [{ system: 'urn:oid:2.16.840.1.113883.6.24', code: '131328', display: 'MDC_ECG_ELEC_POTL' }],
  },
  subject: { reference: 'Patient/f001', display: 'P. van de Heuvel' },
  effectiveDateTime: '2015-02-19T09:30:35+01:00',
  performer: [{ reference: 'Practitioner/f005', display: 'A. Langeveld' }],
  device: { display: '12 lead EKG Device Metric' },
  component: (
    [
      ['131329', 'MDC_ECG_ELEC_POTL_I'],
      ['131330', 'MDC_ECG_ELEC_POTL_II'],
      ['131389', 'MDC_ECG_ELEC_POTL_III'],
    ] as const
  ).map(([code, display]) => ({
    code: { coding: [{ system: 'urn:oid:2.16.840.1.113883.6.24', code, display }] },
    valueSampledData: {
      origin: { value: 2048 },
      period: 10,
      factor: 1.612,
      lowerLimit: -3300,
      upperLimit: 3300,
      dimensions: 1,
      data: DATA,
    },
  })),
};
