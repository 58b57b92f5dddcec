import { EcgError } from '../../core/index.js';

/** One published collection of recordings. */
export interface Dataset {
  /** The publisher's short name, `mitdb`; also the folder it is kept in. */
  readonly id: string;
  readonly title: string;
  /** Where its files lie, with a slash at the end; beside them a `RECORDS` and a `SHA256SUMS.txt`. */
  readonly url: string;
  readonly licence: string;
  readonly citation: string;
  /** Folder of `RECORDS`, with a slash at the end, where that is not the top one. */
  readonly recordsIn?: string;
  /** Files beside the records that belong to them: labels, splits. */
  readonly extras?: readonly string[];
  /** Headers were edited after the checksums were made: a header that differs is a warning. */
  readonly headersEdited?: boolean;
}

const PHYSIONET = 'https://physionet.org/files';
const ODC_BY = 'ODC-By 1.0';
const GOLDBERGER = 'Goldberger et al., Circulation 101(23):e215–e220, 2000, doi:10.1161/01.CIR.101.23.e215';

/** The collections that `getDataset` can fetch. */
export const DATASETS: readonly Dataset[] = [
  {
    id: 'mitdb',
    title: 'MIT-BIH Arrhythmia Database',
    url: `${PHYSIONET}/mitdb/1.0.0/`,
    licence: ODC_BY,
    citation: `Moody & Mark, IEEE Eng. Med. Biol. 20(3):45–50, 2001, doi:10.1109/51.932724; ${GOLDBERGER}`,
  },
  {
    id: 'svdb',
    title: 'MIT-BIH Supraventricular Arrhythmia Database',
    url: `${PHYSIONET}/svdb/1.0.0/`,
    licence: ODC_BY,
    citation: `Greenwald, Patil & Mark, Computers in Cardiology 1990; ${GOLDBERGER}`,
    headersEdited: true,
  },
  {
    id: 'vfdb',
    title: 'MIT-BIH Malignant Ventricular Ectopy Database',
    url: `${PHYSIONET}/vfdb/1.0.0/`,
    licence: ODC_BY,
    citation: `Greenwald, M.S. thesis, MIT, 1986; ${GOLDBERGER}`,
    headersEdited: true,
  },
  {
    id: 'cudb',
    title: 'CU Ventricular Tachyarrhythmia Database',
    url: `${PHYSIONET}/cudb/1.0.0/`,
    licence: ODC_BY,
    citation: `Nolle et al., Computers in Cardiology 13:515–518, 1986; ${GOLDBERGER}`,
    headersEdited: true,
  },
  {
    id: 'nstdb',
    title: 'MIT-BIH Noise Stress Test Database',
    url: `${PHYSIONET}/nstdb/1.0.0/`,
    licence: ODC_BY,
    citation: `Moody, Muldrow & Mark, Computers in Cardiology 11:381–384, 1984; ${GOLDBERGER}`,
  },
  {
    id: 'afdb',
    title: 'MIT-BIH Atrial Fibrillation Database',
    url: `${PHYSIONET}/afdb/1.0.0/`,
    licence: ODC_BY,
    citation: `Moody & Mark, Computers in Cardiology 10:227–230, 1983; ${GOLDBERGER}`,
  },
  {
    id: 'ltafdb',
    title: 'Long-Term Atrial Fibrillation Database',
    url: `${PHYSIONET}/ltafdb/1.0.0/`,
    licence: ODC_BY,
    citation: `Petrutiu, Sahakian & Swiryn, Europace 9:466–470, 2007, doi:10.1093/europace/eum096; ${GOLDBERGER}`,
  },
  {
    id: 'nsrdb',
    title: 'MIT-BIH Normal Sinus Rhythm Database',
    url: `${PHYSIONET}/nsrdb/1.0.0/`,
    licence: ODC_BY,
    citation: GOLDBERGER,
  },
  {
    id: 'incartdb',
    title: 'St Petersburg INCART 12-lead Arrhythmia Database',
    url: `${PHYSIONET}/incartdb/1.0.0/`,
    licence: ODC_BY,
    citation: GOLDBERGER,
  },
  {
    id: 'edb',
    title: 'European ST-T Database',
    url: `${PHYSIONET}/edb/1.0.0/`,
    licence: ODC_BY,
    citation: `Taddei et al., Eur. Heart J. 13:1164–1172, 1992; ${GOLDBERGER}`,
  },
  {
    id: 'ludb',
    title: 'Lobachevsky University Electrocardiography Database',
    url: `${PHYSIONET}/ludb/1.0.1/`,
    licence: ODC_BY,
    citation: `Kalyakulina et al., IEEE Access 8:186181–186190, 2020, doi:10.1109/ACCESS.2020.3029211; ${GOLDBERGER}`,
    extras: ['ludb.csv'],
  },
  {
    id: 'cinc2017',
    title: 'PhysioNet/CinC Challenge 2017 (training set)',
    url: `${PHYSIONET}/challenge-2017/1.0.0/`,
    licence: ODC_BY,
    citation: `Clifford et al., Computing in Cardiology 44, 2017, doi:10.22489/CinC.2017.065-469; ${GOLDBERGER}`,
    recordsIn: 'training/',
    extras: ['REFERENCE-v3.csv'],
  },
  {
    id: 'ptbxl',
    title: 'PTB-XL',
    url: `${PHYSIONET}/ptb-xl/1.0.3/`,
    licence: 'CC BY 4.0',
    citation: `Wagner et al., Scientific Data 7:154, 2020, doi:10.1038/s41597-020-0495-6; ${GOLDBERGER}`,
    extras: ['ptbxl_database.csv', 'scp_statements.csv'],
  },
];

/**
 * The dataset of that name.
 *
 * @throws EcgError `bad-option` that lists the known ones
 */
export function datasetOf(id: string): Dataset {
  const found = DATASETS.find((dataset) => dataset.id === id);
  if (found !== undefined) return found;
  const known = DATASETS.map((dataset) => dataset.id).join(', ');
  throw new EcgError('bad-option', `data: there is no dataset ${JSON.stringify(id)}, choose from: ${known}`);
}
