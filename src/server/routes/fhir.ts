import { EcgError } from '../../core/index.js';
import { memorySource, recognise } from '../../formats/index.js';
import type { ServerContext } from '../context.js';
import type { FHIR_ROUTES } from '../contract/fhir.js';
import type { Answer, Handlers } from '../http/handler.js';
import { receiveFiles } from '../receive/receive-files.js';
import { addRecording, recordingId } from '../recordings/add-recording.js';
import { viewOf } from '../recordings/recording-view.js';
import { storedRecording } from '../reports/stored-recording.js';
import { writeReport } from '../reports/write-report.js';
import { findResult, resultReaderOf } from '../results/find-result.js';
import { notThere } from '../results/not-there.js';
import { getRecording } from '../storage/recordings.js';

const FHIR_JSON = 'application/fhir+json';
/** Values of all leads that one Observation may hold: some 60 MB of text. */
const MOST_VALUES = 15_000_000;
/** Bytes by which a resource is known. */
const HEAD = 65_536;
const FILE = 'observation.json';

/** Answers the routes of FHIR. */
export function fhirHandlers(context: ServerContext): Handlers<typeof FHIR_ROUTES> {
  const { database, blobs, audit, config } = context;
  return {
    async writeFhir({ params, query, actor, signal }): Promise<Answer> {
      const { part = 'report', version = 'R4', bundle, subject, zone, from, to } = query;
      const told = {
        version,
        ...(subject === undefined ? {} : { subject }),
        ...(zone === undefined ? {} : { zone }),
      };
      if (part === 'observation') {
        const recording = await getRecording(database, params.id);
        const stored = storedRecording(context, recording);
        if ('reason' in stored) return notThere(stored);
        const range = { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
        const leads = recording.leads === null ? [] : (JSON.parse(recording.leads) as readonly unknown[]);
        checkSize(range, recording.length ?? 0, leads.length);
        await audit.append(actor, 'fhir.read', params.id, { part, version, ...range });
        const body = await writeReport({ kind: 'fhir-observation', options: told, range, ...stored }, signal);
        return { type: FHIR_JSON, body };
      }
      if (from !== undefined || to !== undefined)
        throw new EcgError('bad-option', 'fhir: from and to choose of the signal, add part=observation');
      const result = await findResult(context, params.id);
      if ('reason' in result) return notThere(result);
      const stored = storedRecording(context, result.recording);
      if ('reason' in stored) return notThere(stored);
      await audit.append(actor, 'fhir.read', params.id, { part, version, revision: result.revision });
      const analysis = await resultReaderOf(context).json(result.source);
      const options = { ...told, ...(bundle === undefined ? {} : { bundle }) };
      const body = await writeReport({ kind: 'fhir-report', analysis, options, ...stored }, signal);
      return { type: FHIR_JSON, headers: { etag: result.etag }, body };
    },

    async addFhirObservation({ query, actor, request }): Promise<Answer> {
      const { files } = await receiveFiles(request, config, FILE, async (bytes, largest) => {
        const blob = await blobs.put(bytes, { largest });
        return { bytes: blob.bytes, kept: blob };
      });
      const stored = files.map(({ name, kept }) => ({ name, ...kept }));
      for (const { sha256, bytes } of stored) {
        const head = await blobs.read(sha256, { from: 0, to: Math.min(HEAD, bytes) });
        if ((await recognise(memorySource(FILE, head)))?.id !== 'fhir')
          throw new EcgError(
            'bad-format',
            'fhir: the body is no FHIR resource in JSON, give an Observation with valueSampledData or a Bundle',
          );
      }
      const id = recordingId(actor, undefined);
      await addRecording(context, actor, id, stored, query);
      return {
        status: 202,
        headers: { location: `/v1/recordings/${id}` },
        body: await viewOf(context, await getRecording(database, id)),
      };
    },
  };
}

/** @throws EcgError `bad-option` for a range of more than can be one answer */
function checkSize({ from = 0, to }: { from?: number; to?: number }, length: number, leads: number): void {
  const samples = Math.max(0, Math.min(to ?? length, length) - from);
  if (samples * leads > MOST_VALUES)
    throw new EcgError(
      'bad-option',
      `fhir: ${samples} samples of ${leads} leads are too many for one Observation, ask for ${Math.floor(MOST_VALUES / leads)} at a time with from and to`,
    );
}
