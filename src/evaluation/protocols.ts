import { EcgError } from '../core/index.js';

/** The 48 records of the MIT-BIH Arrhythmia Database. */
export const MITDB: readonly string[] = (
  '100 101 102 103 104 105 106 107 108 109 111 112 113 114 115 116 117 118 119 121 122 123 124 ' +
  '200 201 202 203 205 207 208 209 210 212 213 214 215 217 219 220 221 222 223 228 230 231 232 233 234'
).split(' ');

/** The paced records of mitdb, which AAMI evaluation leaves out. */
export const MITDB_PACED: readonly string[] = ['102', '104', '107', '217'];

/**
 * The training half of mitdb's inter-patient split.
 *
 * Source: de Chazal, O'Dwyer & Reilly, IEEE TBME 51(7):1196–1206, 2004, doi:10.1109/TBME.2004.827359.
 */
export const DS1: readonly string[] =
  '101 106 108 109 112 114 115 116 118 119 122 124 201 203 205 207 208 209 215 220 223 230'.split(' ');

/** The test half. Its record 202 is of the patient of DS1's 201: figures are given with and without it. */
export const DS2: readonly string[] =
  '100 103 105 111 113 117 121 123 200 202 210 212 213 214 219 221 222 228 231 232 233 234'.split(' ');

/** Records that figures are also given without: 202 for its patient, 232 because it holds most of DS2's S beats. */
export const REPORTED_WITHOUT: readonly string[] = ['mitdb/202', 'mitdb/232'];

/** Which patient a record comes from; records are named with their database, `mitdb/100`. */
export type PatientOf = (id: string) => string;

/**
 * The patient of a record: one a record, except that mitdb's 201 and 202 come from one tape.
 *
 * @param id  `mitdb/202`, `svdb/800`: without its database a record number says nothing
 * @throws EcgError `bad-option` for an id without a database
 */
export const patientOf: PatientOf = (id) => {
  if (!/^[^/]+\/.+$/.test(id)) {
    throw new EcgError('bad-option', `patientOf: ${id} does not name its database, write mitdb/${id}`);
  }
  return id === 'mitdb/202' ? 'mitdb/201' : id;
};
