/** SHA-256 of the document these types were made from: 4a3b7be494ff3bfd764b3bc157e233a42c4c18bc88cf809e186fe3fb95f29ca0; `npx tsx scripts/openapi.ts` makes them anew. */
export interface paths {
  readonly '/': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    /** The page of this server */
    readonly get: operations['page'];
    readonly put?: never;
    readonly post?: never;
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/health': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    /** Whether the server answers */
    readonly get: operations['health'];
    readonly put?: never;
    readonly post?: never;
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/metrics': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    /** What the server counts, for Prometheus */
    readonly get: operations['metrics'];
    readonly put?: never;
    readonly post?: never;
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/openapi.json': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    /** This interface, as an OpenAPI 3.1 document */
    readonly get: operations['openapi'];
    readonly put?: never;
    readonly post?: never;
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/page.css': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    /** How the page looks */
    readonly get: operations['pageStyle'];
    readonly put?: never;
    readonly post?: never;
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/page.js': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    /** What the page does */
    readonly get: operations['pageScript'];
    readonly put?: never;
    readonly post?: never;
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/predict': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly get?: never;
    readonly put?: never;
    /**
     * Whether two seconds of one lead show an arrhythmia
     * @description The interface of the `cardiospike` system. Two seconds say little: read the limits of the model `screening`, and use `/v1/analyze` for recordings.
     */
    readonly post: operations['predict'];
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/v1/access': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    /** How to show who you are, and who the server takes you for */
    readonly get: operations['describeAccess'];
    readonly put?: never;
    readonly post?: never;
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/v1/alerts': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    /** Alerts, the newest first */
    readonly get: operations['listAlerts'];
    readonly put?: never;
    readonly post?: never;
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/v1/alerts/events': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    /**
     * Alerts as they come, as server-sent events
     * @description Events named `alert`, each with the id of its alert: a client that comes back with `Last-Event-ID` (browsers do) misses none. Without it, from now on.
     */
    readonly get: operations['watchAlerts'];
    readonly put?: never;
    readonly post?: never;
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/v1/analyze': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly get?: never;
    readonly put?: never;
    /**
     * Analyses a recording and stores nothing
     * @description Files as in `POST /v1/recordings`: one or many as `multipart/form-data`, or the bytes of one as the body. For recordings of hours add the recording instead: it is a job that can be watched.
     */
    readonly post: operations['analyze'];
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/v1/audit': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    /** Who saw or changed what, oldest first */
    readonly get: operations['readAudit'];
    readonly put?: never;
    readonly post?: never;
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/v1/fhir/Observation': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly get?: never;
    readonly put?: never;
    /**
     * Adds a recording that is a FHIR Observation, or a Bundle of them
     * @description One with `SampledData`, of R4, R5 or R6. It is answered when it is stored; reading and analysing it are jobs, as with any other upload. Who it is of becomes a note of the recording, or nothing with `pseudonymise`.
     */
    readonly post: operations['addFhirObservation'];
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/v1/jobs/{id}': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    /** How far a job has come */
    readonly get: operations['readJob'];
    readonly put?: never;
    readonly post?: never;
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/v1/jobs/{id}/cancel': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly get?: never;
    readonly put?: never;
    /**
     * Ends a job
     * @description A job that is over stays as it is.
     */
    readonly post: operations['cancelJob'];
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/v1/keys': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    /** All API keys, without their secrets */
    readonly get: operations['listKeys'];
    readonly put?: never;
    /** A new API key; its token is shown this once */
    readonly post: operations['createKey'];
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/v1/keys/{id}': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly get?: never;
    readonly put?: never;
    readonly post?: never;
    /** Make a key useless at once */
    readonly delete: operations['revokeKey'];
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/v1/recordings': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    /** Finds recordings, the newest first */
    readonly get: operations['listRecordings'];
    readonly put?: never;
    /**
     * Adds a recording, in any format
     * @description One or many files as `multipart/form-data` (a WFDB record is all its files together), the bytes of one file as the body with its `name` in the query, or `{"uploads": […]}` as `application/json` for finished resumable uploads. In a form the options may be fields as well. It is answered when the files are stored; reading and analysing them are jobs. With an `Idempotency-Key` a repeated request adds nothing and answers the recording of the first.
     */
    readonly post: operations['addRecording'];
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/v1/recordings/{id}': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    /** One recording */
    readonly get: operations['readRecording'];
    readonly put?: never;
    readonly post?: never;
    /** Deletes a recording and all that was made of it */
    readonly delete: operations['deleteRecording'];
    readonly options?: never;
    readonly head?: never;
    /** Renames a recording */
    readonly patch: operations['renameRecording'];
    readonly trace?: never;
  };
  readonly '/v1/recordings/{id}/analyses': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly get?: never;
    readonly put?: never;
    /**
     * Analyses a recording again
     * @description The new analysis takes the place of the one before when it is done. Corrections stay and are applied to it.
     */
    readonly post: operations['analyzeAgain'];
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/v1/recordings/{id}/analysis': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    /**
     * The analysis, with all corrections
     * @description As `docs/analysis.schema.json` describes it. Its ETag changes with each analysis and correction. While the job still runs the answer is 404 with Retry-After.
     */
    readonly get: operations['readAnalysis'];
    readonly put?: never;
    readonly post?: never;
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/v1/recordings/{id}/annotations': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    /** The annotations that came with the recording */
    readonly get: operations['readAnnotations'];
    readonly put?: never;
    readonly post?: never;
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/v1/recordings/{id}/annotations.atr': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    /**
     * The beats and rhythms as a WFDB annotation file, with all corrections
     * @description While the job still runs the answer is 404 with Retry-After.
     */
    readonly get: operations['writeAnnotations'];
    readonly put?: never;
    readonly post?: never;
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/v1/recordings/{id}/beats': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    /**
     * Beats, with all corrections
     * @description While the job still runs the answer is 404 with Retry-After.
     */
    readonly get: operations['listBeats'];
    readonly put?: never;
    readonly post?: never;
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    /**
     * Corrects beats
     * @description All changes or none. If-Match carries the ETag of the analysis or the beats that were looked at; when somebody else was faster the answer is 412, without it 428.
     */
    readonly patch: operations['correctBeats'];
    readonly trace?: never;
  };
  readonly '/v1/recordings/{id}/corrections': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    /** Who corrected what, and when */
    readonly get: operations['listCorrections'];
    readonly put?: never;
    readonly post?: never;
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/v1/recordings/{id}/corrections/{revision}/undo': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly get?: never;
    readonly put?: never;
    /**
     * Undoes a correction
     * @description By a new revision: what was done stays on record. An undo can be undone. If-Match as for corrections, when it is given.
     */
    readonly post: operations['undoCorrection'];
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/v1/recordings/{id}/episodes': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    /**
     * Episodes, rhythms and the events to look at first, with all corrections
     * @description While the job still runs the answer is 404 with Retry-After.
     */
    readonly get: operations['listEpisodes'];
    readonly put?: never;
    readonly post?: never;
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/v1/recordings/{id}/fhir': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    /**
     * The report, or the signal, as FHIR
     * @description `part=report`: a `Bundle` of `DiagnosticReport`, `Observation`s and `Device`, with all corrections. `part=observation`: the signal itself as an `Observation` with `SampledData`, streamed. Everything is tagged as research. R6 is written as its ballots have it. 404 with `Retry-After` while there is nothing to write yet.
     */
    readonly get: operations['writeFhir'];
    readonly put?: never;
    readonly post?: never;
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/v1/recordings/{id}/files/{position}': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    /** A file as it was uploaded */
    readonly get: operations['downloadFile'];
    readonly put?: never;
    readonly post?: never;
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/v1/recordings/{id}/jobs': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    /** The jobs of a recording, the newest first */
    readonly get: operations['listJobs'];
    readonly put?: never;
    readonly post?: never;
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/v1/recordings/{id}/report.html': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    /**
     * The report as one page
     * @description Summary, trend, tables and the strips of the events to look at first, with all corrections; it needs nothing else and runs no script. 404 with `Retry-After` while there is no analysis yet.
     */
    readonly get: operations['writeHtmlReport'];
    readonly put?: never;
    readonly post?: never;
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/v1/recordings/{id}/report.pdf': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    /**
     * The report for paper
     * @description As the page, on A4 with strips at 25 mm/s and 10 mm/mV; the same analysis gives the same bytes. 404 with `Retry-After` while there is no analysis yet.
     */
    readonly get: operations['writePdfReport'];
    readonly put?: never;
    readonly post?: never;
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/v1/recordings/{id}/signal': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    /**
     * A stretch of signal, for drawing or computing
     * @description With `points` the least and most of each of so many parts, whose edges lie at most half a part beside the equal ones; where there are no more samples than points, and without `points`, every sample. As JSON, or with `Accept: application/octet-stream` as 32-bit floats, little-endian, lead after lead: the samples, or all minima and then all maxima of a lead; NaN in a gap. The headers `Signal-Fs`, `Signal-From` and `Signal-To` are of the recording; `Signal-Leads`, `-Units`, `-Lead-Fs`, `-Kinds`, `-Counts` (samples, or points), `-Starts` and `-Ends` have one value a lead, commas between them, names percent-encoded. An answer holds at most 500 000 values.
     */
    readonly get: operations['readSignal'];
    readonly put?: never;
    readonly post?: never;
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/v1/sample': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    /** A recording to try the server with: ten synthetic minutes of two leads, nobody’s heart */
    readonly get: operations['sample'];
    readonly put?: never;
    readonly post?: never;
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/v1/session': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly get?: never;
    readonly put?: never;
    /** Keep a key or token in a cookie that pages cannot read */
    readonly post: operations['openSession'];
    /** Forget the cookie */
    readonly delete: operations['closeSession'];
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/v1/status': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    /** Versions, queue, storage and streams */
    readonly get: operations['status'];
    readonly put?: never;
    readonly post?: never;
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/v1/streams': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    /** Streams, the newest first */
    readonly get: operations['listStreams'];
    readonly put?: never;
    readonly post?: never;
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/v1/streams/{device}': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    /**
     * Sends the samples of a device as they come
     * @description A WebSocket. Its messages are described in docs/streaming.md; a stream goes on after a lost connection where it was, and becomes a recording in the end.
     */
    readonly get: operations['stream'];
    readonly put?: never;
    readonly post?: never;
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/v1/streams/{id}/end': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly get?: never;
    readonly put?: never;
    /** Makes a recording of a stream that its device does not end */
    readonly post: operations['endStream'];
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/v1/streams/{id}/events': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    /**
     * What was seen in a stream, the oldest first
     * @description Also for a day after its end; the analysis of its recording tells more.
     */
    readonly get: operations['listStreamEvents'];
    readonly put?: never;
    readonly post?: never;
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/v1/streams/{id}/live': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    /**
     * Follows a stream, as server-sent events
     * @description Events named `event`, each with its number as id: who comes back with `Last-Event-ID` misses none. With `samplesPerSecond` also `samples` (without an id: first sample, fs, and one list of mV a lead, the lowest and the highest value of each stretch in turn), and `ended` when the stream has become a recording.
     */
    readonly get: operations['watchStream'];
    readonly put?: never;
    readonly post?: never;
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/v1/uploads': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly get?: never;
    readonly put?: never;
    /**
     * Begins a resumable upload of one file
     * @description The tus protocol, version 1.0: https://tus.io/protocols/resumable-upload. `filename` in Upload-Metadata is the name of the file. When all files are up, `POST /v1/recordings` with their ids makes a recording of them. What is not finished and used within a day is removed.
     */
    readonly post: operations['createUpload'];
    readonly delete?: never;
    /**
     * What the server knows of the tus protocol
     * @description The tus protocol, version 1.0: https://tus.io/protocols/resumable-upload
     */
    readonly options: operations['describeUploads'];
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/v1/uploads/{id}': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly get?: never;
    readonly put?: never;
    readonly post?: never;
    /**
     * Gives up an upload
     * @description The tus protocol, version 1.0: https://tus.io/protocols/resumable-upload
     */
    readonly delete: operations['endUpload'];
    readonly options?: never;
    /**
     * How many bytes of an upload have arrived
     * @description The tus protocol, version 1.0: https://tus.io/protocols/resumable-upload
     */
    readonly head: operations['checkUpload'];
    /**
     * The next bytes of an upload
     * @description The tus protocol, version 1.0: https://tus.io/protocols/resumable-upload
     */
    readonly patch: operations['continueUpload'];
    readonly trace?: never;
  };
  readonly '/v1/webhooks': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    /** The webhooks, the oldest first */
    readonly get: operations['listWebhooks'];
    readonly put?: never;
    /**
     * Tells an address of every alert
     * @description Deliveries are signed as Standard Webhooks describe, tried again for about three days, and come at least once: `webhook-id` is the same for every attempt. They carry ids, kind and time, nothing else.
     */
    readonly post: operations['addWebhook'];
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/v1/webhooks/{id}': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly get?: never;
    readonly put?: never;
    readonly post?: never;
    /** Removes a webhook and what still waits for it */
    readonly delete: operations['deleteWebhook'];
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/v1/webhooks/{id}/deliveries': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    /** What became of the newest deliveries of a webhook */
    readonly get: operations['listDeliveries'];
    readonly put?: never;
    readonly post?: never;
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/v2': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    /** Name, version and extensions of the Open Inference Protocol server */
    readonly get: operations['describeInferenceServer'];
    readonly put?: never;
    readonly post?: never;
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/v2/health/live': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    /** Whether the inference server answers */
    readonly get: operations['isLive'];
    readonly put?: never;
    readonly post?: never;
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/v2/health/ready': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    /** Whether models can be asked */
    readonly get: operations['isReady'];
    readonly put?: never;
    readonly post?: never;
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/v2/models': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    /** The names of all models */
    readonly get: operations['listModels'];
    readonly put?: never;
    readonly post?: never;
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/v2/models/{model}': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    /** What a model reads and gives, with its model card */
    readonly get: operations['describeModel'];
    readonly put?: never;
    readonly post?: never;
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/v2/models/{model}/explain': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly get?: never;
    readonly put?: never;
    /**
     * How much each input counts for a class
     * @description The extension `explain` of this server. `outputs` hold one number for each number of each input, above 0 where it speaks for the class. `parameters` tell class, method, and the score of the example and of zeros, against which it is explained; by integrated gradients all numbers add up to their difference. Computed in single precision.
     */
    readonly post: operations['explain'];
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/v2/models/{model}/infer': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly get?: never;
    readonly put?: never;
    /** Runs a model */
    readonly post: operations['infer'];
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/v2/models/{model}/ready': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    /** Whether a model can be asked; loads it */
    readonly get: operations['isModelReady'];
    readonly put?: never;
    readonly post?: never;
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/v2/models/{model}/versions/{version}': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    /** What a model reads and gives, with its model card */
    readonly get: operations['describeModelVersion'];
    readonly put?: never;
    readonly post?: never;
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/v2/models/{model}/versions/{version}/explain': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly get?: never;
    readonly put?: never;
    /**
     * How much each input counts for a class
     * @description The extension `explain` of this server. `outputs` hold one number for each number of each input, above 0 where it speaks for the class. `parameters` tell class, method, and the score of the example and of zeros, against which it is explained; by integrated gradients all numbers add up to their difference. Computed in single precision.
     */
    readonly post: operations['explainVersion'];
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/v2/models/{model}/versions/{version}/infer': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly get?: never;
    readonly put?: never;
    /** Runs a model */
    readonly post: operations['inferVersion'];
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/v2/models/{model}/versions/{version}/ready': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    /** Whether a model can be asked; loads it */
    readonly get: operations['isModelVersionReady'];
    readonly put?: never;
    readonly post?: never;
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
}
export type webhooks = Record<string, never>;
export interface components {
  schemas: {
    readonly Analysis: {
      /** @description Columns of equal length, one entry a beat. */
      readonly beats: {
        /** @description One letter a beat (AAMI): N, S, V, F, Q; null without a model. */
        readonly class: string | null;
        readonly count: number;
        /** @description Correlation of the beat's QRS with that of the sinus beats around it, −1…1; null where no lead shows it. */
        readonly likeness: readonly (number | null)[] | null;
        /** @description Calibrated probability of that class; null without a model. */
        readonly probability: readonly number[] | null;
        /** @description R peaks, strictly ascending. */
        readonly sample: readonly number[];
        /** @description The classes that cannot be ruled out at the level of the model card (conformal prediction), as a sum: 1 N, 2 S, 4 V, 8 F, 16 Q. Null where the model gives none. */
        readonly set: readonly number[] | null;
        /** @description 0 when certain, else why: 1 low-confidence, 2 no-signal, 3 noise, 4 unknown-interval, 5 irregular-rhythm, 6 classes-close, 7 unusual-morphology, 8 outside-training, 9 ventricular-fibrillation. */
        readonly uncertain: readonly number[] | null;
      };
      /** @description Beats of each class; null without a model. */
      readonly classes: {
        readonly F: number;
        readonly N: number;
        readonly Q: number;
        readonly S: number;
        readonly V: number;
      } | null;
      /** @description The changes that people made to the beats, ascending in `revision`; everything else here follows from them. Absent where nobody changed any. */
      readonly corrections?: readonly {
        /** @description ISO 8601, UTC. */
        readonly at: string;
        /** @description Who made it, by an identifier. */
        readonly by: string;
        readonly changes: readonly (
          | {
              /** @enum {string} */
              readonly class: 'N' | 'S' | 'V' | 'F' | 'Q';
              /** @constant */
              readonly kind: 'relabel';
              /** @description R peak of an existing beat, exactly. */
              readonly sample: number;
            }
          | {
              /**
               * @description Needed where beats are classified, left out where they are not.
               * @enum {string}
               */
              readonly class?: 'N' | 'S' | 'V' | 'F' | 'Q';
              /** @constant */
              readonly kind: 'add';
              /** @description Where there is no beat yet. */
              readonly sample: number;
            }
          | {
              /** @constant */
              readonly kind: 'remove';
              /** @description R peak of an existing beat, exactly. */
              readonly sample: number;
            }
          | {
              /** @constant */
              readonly kind: 'undo';
              readonly revision: number;
            }
        )[];
        readonly comment: string | null;
        /** @description 1, 2, …: how many corrections there are with this one. */
        readonly revision: number;
      }[];
      readonly ectopy: {
        readonly supraventricular: {
          readonly beats: number;
          /** @description Episodes of at least three cycles. */
          readonly bigeminy: number;
          /** @description The same without uncertain beats: a couplet or run counts when each of its beats is certain. */
          readonly certain: {
            readonly beats: number;
            readonly couplets: number;
            /** @description Beats within runs. */
            readonly runBeats: number;
            /** @description Three or more in a row. */
            readonly runs: number;
            /** @description Burden: of all beats (of all certain beats); null without beats. */
            readonly share: number | null;
            readonly singles: number;
          };
          readonly couplets: number;
          readonly fastestRun: {
            readonly beats: number;
            readonly bpm: number;
            /** @description Sample index at recording.fs, from the first sample. */
            readonly from: number;
            /** @description Sample index at recording.fs, from the first sample. */
            readonly to: number;
          } | null;
          readonly longestRun: {
            readonly beats: number;
            /** @description Sample index at recording.fs, from the first sample. */
            readonly from: number;
            /** @description Sample index at recording.fs, from the first sample. */
            readonly to: number;
          } | null;
          /** @description Beats within runs. */
          readonly runBeats: number;
          /** @description Three or more in a row. */
          readonly runs: number;
          /** @description Burden: of all beats (of all certain beats); null without beats. */
          readonly share: number | null;
          readonly singles: number;
          /** @description Episodes of at least three cycles. */
          readonly trigeminy: number;
        };
        readonly ventricular: {
          readonly beats: number;
          /** @description Episodes of at least three cycles. */
          readonly bigeminy: number;
          /** @description The same without uncertain beats: a couplet or run counts when each of its beats is certain. */
          readonly certain: {
            readonly beats: number;
            readonly couplets: number;
            /** @description Beats within runs. */
            readonly runBeats: number;
            /** @description Three or more in a row. */
            readonly runs: number;
            /** @description Burden: of all beats (of all certain beats); null without beats. */
            readonly share: number | null;
            readonly singles: number;
          };
          readonly couplets: number;
          readonly fastestRun: {
            readonly beats: number;
            readonly bpm: number;
            /** @description Sample index at recording.fs, from the first sample. */
            readonly from: number;
            /** @description Sample index at recording.fs, from the first sample. */
            readonly to: number;
          } | null;
          readonly longestRun: {
            readonly beats: number;
            /** @description Sample index at recording.fs, from the first sample. */
            readonly from: number;
            /** @description Sample index at recording.fs, from the first sample. */
            readonly to: number;
          } | null;
          /** @description Beats within runs. */
          readonly runBeats: number;
          /** @description Three or more in a row. */
          readonly runs: number;
          /** @description Burden: of all beats (of all certain beats); null without beats. */
          readonly share: number | null;
          readonly singles: number;
          /** @description Episodes of at least three cycles. */
          readonly trigeminy: number;
        };
      } | null;
      /** @description Ascending in `from`. */
      readonly episodes: readonly {
        /** @description Ectopic beats in it; 0 in a pause. */
        readonly beats: number;
        /** @description Mean rate from its first to its last beat. */
        readonly bpm: number | null;
        /** @description R peak of its first beat. */
        readonly from: number;
        /** @description The least probable of its beats; null where no class is involved. */
        readonly probability: number | null;
        /** @description R peak of its last beat. */
        readonly to: number;
        /** @enum {string} */
        readonly type:
          | 'ventricular-run'
          | 'ventricular-couplet'
          | 'ventricular-bigeminy'
          | 'ventricular-trigeminy'
          | 'supraventricular-run'
          | 'supraventricular-couplet'
          | 'supraventricular-bigeminy'
          | 'supraventricular-trigeminy'
          | 'pause';
        /** @description True when one of its beats is uncertain. */
        readonly uncertain: boolean;
      }[];
      /** @description The most important events, first things first. */
      readonly events: readonly {
        /** @description Index into `episodes`. */
        readonly episode: number | null;
        /** @description Sample index at recording.fs, from the first sample. */
        readonly from: number;
        /** @description `event-1`, …; the anchor of its strip in a report. */
        readonly id: string;
        /** @enum {string} */
        readonly kind:
          | 'ventricular-run'
          | 'ventricular-couplet'
          | 'ventricular-bigeminy'
          | 'ventricular-trigeminy'
          | 'supraventricular-run'
          | 'supraventricular-couplet'
          | 'supraventricular-bigeminy'
          | 'supraventricular-trigeminy'
          | 'pause'
          | 'fastest-rate'
          | 'slowest-rate'
          | 'longest-rr'
          | 'ventricular-beat'
          | 'supraventricular-beat'
          | 'fusion-beat'
          | 'uncertain-beat'
          | 'rhythm-strip'
          | 'rhythm';
        /** @description Index into `rhythms`. */
        readonly rhythm: number | null;
        /** @description Sample index at recording.fs, from the first sample. */
        readonly to: number;
      }[];
      /** @constant */
      readonly format: 'ectopy-analysis/2';
      readonly heartRate: {
        readonly fastest: {
          readonly bpm: number;
          /** @description First beat of the window. */
          readonly from: number;
          /** @description Last beat of the window. */
          readonly to: number;
        } | null;
        readonly longestRr: {
          /** @description Sample index at recording.fs, from the first sample. */
          readonly from: number;
          readonly seconds: number;
          /** @description Sample index at recording.fs, from the first sample. */
          readonly to: number;
        } | null;
        /** @description 60 × intervals / their sum, over all readable RR intervals. */
        readonly meanBpm: number | null;
        /** @description Lowest mean over options.rateBeats successive RR intervals. */
        readonly slowest: {
          readonly bpm: number;
          /** @description First beat of the window. */
          readonly from: number;
          /** @description Last beat of the window. */
          readonly to: number;
        } | null;
      };
      /** @description One row an hour of the recording, from its first sample on; the last may be shorter. */
      readonly hours: readonly {
        readonly analysableShare: number;
        readonly beats: number;
        readonly fastestBpm: number | null;
        /** @description Sample index at recording.fs, from the first sample. */
        readonly from: number;
        readonly meanBpm: number | null;
        readonly pauses: number;
        readonly slowestBpm: number | null;
        readonly supraventricular: number | null;
        /** @description Sample index at recording.fs, from the first sample. */
        readonly to: number;
        readonly uncertain: number | null;
        readonly ventricular: number | null;
      }[];
      /** @description Heart-rate variability; null with too few normal beats, or where beats were not classified. */
      readonly hrv: {
        /** @description Power by band, ms²; null when too short. */
        readonly frequency: {
          readonly hfMs2: number;
          readonly lfHf: number | null;
          readonly lfMs2: number;
          readonly totalMs2: number;
          readonly ulfMs2: number | null;
          readonly vlfMs2: number | null;
        } | null;
        readonly nn: {
          /** @description NN intervals: RR intervals between normal beats. */
          readonly count: number;
          /** @description Readable RR intervals they were chosen of. */
          readonly of: number;
          /** @description How they were chosen, in words. */
          readonly rule: string;
        };
        /** @description Poincaré plot, sample entropy, detrended fluctuation; null when too short. */
        readonly nonlinear: {
          readonly dfaAlpha1: number | null;
          readonly dfaAlpha2: number | null;
          readonly sampleEntropy: number | null;
          readonly sd1Ms: number | null;
          readonly sd2Ms: number | null;
        } | null;
        readonly time: {
          readonly meanNnMs: number;
          readonly nn50: number | null;
          /** @description 0…1. */
          readonly pnn50: number | null;
          readonly rmssdMs: number | null;
          readonly sdannMs: number | null;
          readonly sdnnIndexMs: number | null;
          readonly sdnnMs: number;
          readonly triangularIndex: number | null;
        };
      } | null;
      /** @description Intervals by the waves of each beat; null when no network marked them. */
      readonly intervals: {
        /** @description Frontal axis, degrees; null without the limb leads it takes. */
        readonly axis: {
          readonly p: number | null;
          readonly qrs: number | null;
          readonly t: number | null;
        } | null;
        /** @description A letter a beat: y a P wave is there, n none, ? unknown. */
        readonly p: string;
        /** @description ms, one entry a beat; null where unknown. */
        readonly pr: readonly (number | null)[];
        /** @description ms, one entry a beat; null where unknown. */
        readonly qrs: readonly (number | null)[];
        /** @description ms, one entry a beat; null where unknown. */
        readonly qt: readonly (number | null)[];
        /** @description Level of the ST segment above the level before the QRS, mV, a lead each. */
        readonly st: readonly {
          readonly lead: string;
          /** @description Median, 5 % and 95 % quantile over the beats where it is known; null when there are none. */
          readonly mv: {
            readonly beats: number;
            readonly median: number;
            readonly p5: number;
            readonly p95: number;
          } | null;
        }[];
        /** @description ms. */
        readonly summary: {
          /** @description Median, 5 % and 95 % quantile over the beats where it is known; null when there are none. */
          readonly pr: {
            readonly beats: number;
            readonly median: number;
            readonly p5: number;
            readonly p95: number;
          } | null;
          /** @description Median, 5 % and 95 % quantile over the beats where it is known; null when there are none. */
          readonly qrs: {
            readonly beats: number;
            readonly median: number;
            readonly p5: number;
            readonly p95: number;
          } | null;
          /** @description Median, 5 % and 95 % quantile over the beats where it is known; null when there are none. */
          readonly qt: {
            readonly beats: number;
            readonly median: number;
            readonly p5: number;
            readonly p95: number;
          } | null;
          readonly qtc: {
            /** @description Median, 5 % and 95 % quantile over the beats where it is known; null when there are none. */
            readonly bazett: {
              readonly beats: number;
              readonly median: number;
              readonly p5: number;
              readonly p95: number;
            } | null;
            /** @description Median, 5 % and 95 % quantile over the beats where it is known; null when there are none. */
            readonly framingham: {
              readonly beats: number;
              readonly median: number;
              readonly p5: number;
              readonly p95: number;
            } | null;
            /** @description Median, 5 % and 95 % quantile over the beats where it is known; null when there are none. */
            readonly fridericia: {
              readonly beats: number;
              readonly median: number;
              readonly p5: number;
              readonly p95: number;
            } | null;
            /** @description Median, 5 % and 95 % quantile over the beats where it is known; null when there are none. */
            readonly hodges: {
              readonly beats: number;
              readonly median: number;
              readonly p5: number;
              readonly p95: number;
            } | null;
          };
        };
      } | null;
      /** @description Where RR intervals follow no pattern, as in atrial fibrillation; no rhythm is named. Supraventricular beats there are uncertain. Null without a model. */
      readonly irregular: {
        readonly seconds: number;
        /** @description Of the readable time. */
        readonly share: number;
        readonly stretches: readonly {
          /** @description Sample index at recording.fs, from the first sample. */
          readonly from: number;
          /** @description Sample index at recording.fs, from the first sample. */
          readonly to: number;
        }[];
      } | null;
      /** @description The networks that were used, one a role; without `beats`, beats were found but not classified. */
      readonly models: readonly {
        readonly id: string;
        /** @enum {string} */
        readonly role: 'beats' | 'rhythm' | 'ventricular' | 'waves' | 'quality';
        /** @description Of the model file. */
        readonly sha256: string;
        readonly version: string;
      }[];
      readonly options: {
        /** @description A class less probable than this is uncertain. */
        readonly certainFrom: number;
        /** @description An RR interval of at least this is a pause. */
        readonly pauseS: number;
        /** @description RR intervals in the window of the lowest and highest heart rate. */
        readonly rateBeats: number;
      };
      readonly pauses: {
        /** @description Those between beats in readable signal in which every lead rests, so that no beat can hide there. */
        readonly certain: {
          readonly count: number;
          readonly longestS: number | null;
        };
        readonly count: number;
        readonly longestS: number | null;
      };
      readonly quality: {
        readonly analysableS: number;
        readonly analysableShare: number;
        /** @description Whether leads seem inverted or limb electrodes exchanged; null where that was not looked at. */
        readonly leadCheck: {
          /** @description Leads that seem upside down. */
          readonly inverted: readonly string[];
          /** @description What to check, in words. */
          readonly sentences: readonly string[];
          /** @description The exchange of electrodes that fits best. */
          readonly swap: string | null;
        } | null;
        /** @description Each ECG lead by itself, in a long recording those that were analysed; null when no network judged it. */
        readonly leads:
          | readonly {
              readonly clipped: number;
              readonly flat: number;
              readonly good: number;
              readonly lead: string;
              readonly noisy: number;
              /** @description A letter a whole second: good, noisy, flat (or lead off), clipped. */
              readonly seconds: string;
            }[]
          | null;
        /** @description Ascending, not overlapping; `to` is exclusive. No RR interval reaches over one. */
        readonly unreadable: readonly {
          /** @description Sample index at recording.fs, from the first sample. */
          readonly from: number;
          /** @enum {string} */
          readonly reason: 'gap' | 'invalid' | 'flat' | 'noise';
          /** @description Sample index at recording.fs, from the first sample. */
          readonly to: number;
        }[];
        /** @description Of beats.count, those in stretches that cannot be read, each of which may be none. */
        readonly unreadableBeats: number;
      };
      readonly recording: {
        /** @description The ECG leads that were used. */
        readonly analysed: readonly string[];
        readonly durationS: number;
        readonly format: string;
        /** @description Hz; the time base of every sample index here. */
        readonly fs: number;
        readonly id: string;
        readonly leads: readonly {
          readonly fs: number;
          readonly lead: string;
          readonly unit: string;
        }[];
        /** @description Samples. */
        readonly length: number;
        readonly notes: readonly string[];
        /** @description ISO 8601 local time of sample 0. */
        readonly startTime: string | null;
      };
      /** @description A row a rhythm that occurs, the longest first; null when no network judged it. */
      readonly rhythmBurden:
        | readonly {
            /** @description Of `seconds`, in certain episodes. */
            readonly certainSeconds: number;
            /** @description Of sinus, atrial and paced rhythm those with up to 30 s of another between them count as one, in longestS too. */
            readonly episodes: number;
            readonly longestS: number;
            /** @description Over all readable RR intervals in it. */
            readonly meanBpm: number | null;
            /** @enum {string} */
            readonly rhythm:
              | 'sinus'
              | 'sinus-bradycardia'
              | 'sinus-tachycardia'
              | 'atrial-fibrillation'
              | 'atrial-flutter'
              | 'supraventricular-tachycardia'
              | 'ventricular-tachycardia'
              | 'ventricular-fibrillation'
              | 'asystole'
              | 'paced'
              | 'av-block-2'
              | 'av-block-3'
              | 'other'
              | 'unreadable';
            readonly seconds: number;
            /** @description Of the whole recording. */
            readonly share: number;
          }[]
        | null;
      /** @description The rhythm from the first sample to the last, ascending, not overlapping, without holes; null when no network judged it. */
      readonly rhythms:
        | readonly {
            /** @description R peaks in it. */
            readonly beats: number;
            /** @description Mean rate of its readable RR intervals; null where there is none, as in fibrillation of the ventricles. */
            readonly bpm: number | null;
            /** @description Sample index at recording.fs, from the first sample. */
            readonly from: number;
            /** @description Calibrated; null where the rhythm follows from beats or cannot be read. */
            readonly probability: number | null;
            /** @description Why it is uncertain, in a few words; null when certain. */
            readonly reason: string | null;
            /** @enum {string} */
            readonly rhythm:
              | 'sinus'
              | 'sinus-bradycardia'
              | 'sinus-tachycardia'
              | 'atrial-fibrillation'
              | 'atrial-flutter'
              | 'supraventricular-tachycardia'
              | 'ventricular-tachycardia'
              | 'ventricular-fibrillation'
              | 'asystole'
              | 'paced'
              | 'av-block-2'
              | 'av-block-3'
              | 'other'
              | 'unreadable';
            /** @description Exclusive. */
            readonly to: number;
            readonly uncertain: boolean;
          }[]
        | null;
      readonly software: {
        /** @constant */
        readonly name: 'ectopy';
        readonly version: string;
      };
      /** @description Research use only. */
      readonly statement: string;
      readonly uncertain: {
        readonly beats: number;
        /** @description How many for each reason that occurs, the most frequent first. */
        readonly reasons: readonly {
          readonly beats: number;
          /** @enum {string} */
          readonly reason:
            | 'low-confidence'
            | 'no-signal'
            | 'noise'
            | 'unknown-interval'
            | 'irregular-rhythm'
            | 'classes-close'
            | 'unusual-morphology'
            | 'outside-training'
            | 'ventricular-fibrillation';
        }[];
        readonly share: number | null;
      } | null;
      /** @description What is odd about the file or limits the result, a sentence each. */
      readonly warnings: readonly string[];
    };
    readonly Job: {
      readonly attempts: number;
      /** @description ISO 8601, UTC. */
      readonly createdAt: string;
      /** @description Why it failed. */
      readonly error: {
        /** @enum {string} */
        readonly code:
          | 'bad-format'
          | 'unsupported'
          | 'bad-shape'
          | 'bad-option'
          | 'too-short'
          | 'not-found'
          | 'cancelled'
          | 'unauthorized'
          | 'forbidden'
          | 'conflict'
          | 'precondition-failed'
          | 'precondition-required'
          | 'too-large'
          | 'too-many-requests'
          | 'timed-out'
          | 'storage-full'
          | 'unavailable'
          | 'method-not-allowed'
          | 'internal';
        readonly message: string;
      } | null;
      readonly finishedAt: string | null;
      readonly id: string;
      /** @enum {string} */
      readonly kind: 'import' | 'analyze';
      readonly progress: number;
      readonly recordingId: string;
      /** @description What it is doing: read, detect, classify, … */
      readonly stage: string | null;
      readonly startedAt: string | null;
      /** @enum {string} */
      readonly status: 'queued' | 'running' | 'done' | 'failed' | 'cancelled';
    };
    readonly Problem: {
      /** @enum {string} */
      readonly code:
        | 'bad-format'
        | 'unsupported'
        | 'bad-shape'
        | 'bad-option'
        | 'too-short'
        | 'not-found'
        | 'cancelled'
        | 'unauthorized'
        | 'forbidden'
        | 'conflict'
        | 'precondition-failed'
        | 'precondition-required'
        | 'too-large'
        | 'too-many-requests'
        | 'timed-out'
        | 'storage-full'
        | 'unavailable'
        | 'method-not-allowed'
        | 'internal';
      /** @description Where, what, what was got and what to do */
      readonly detail: string;
      /** @description `detail` again, where the Open Inference Protocol has it: below /v2 */
      readonly error?: string;
      readonly faults?: readonly {
        /**
         * @description Where it stands
         * @enum {string}
         */
        readonly in: 'path' | 'query' | 'body';
        readonly message: string;
        /** @description Dotted: `options.leads.0`; empty for the whole */
        readonly path: string;
      }[];
      /** @description Names this request in the log */
      readonly instance?: string;
      readonly status: number;
      readonly title: string;
      /** @description Always about:blank: `code` tells faults apart */
      readonly type: string;
    };
    readonly Recording: {
      /** @description The newest one; null while there is none. */
      readonly analysis: {
        /** @description ISO 8601, UTC. */
        readonly createdAt: string;
        readonly id: string;
      } | null;
      /** @description ISO 8601, UTC. */
      readonly createdAt: string;
      readonly durationS: number | null;
      /** @description Why it could not be read. */
      readonly error: {
        /** @enum {string} */
        readonly code:
          | 'bad-format'
          | 'unsupported'
          | 'bad-shape'
          | 'bad-option'
          | 'too-short'
          | 'not-found'
          | 'cancelled'
          | 'unauthorized'
          | 'forbidden'
          | 'conflict'
          | 'precondition-failed'
          | 'precondition-required'
          | 'too-large'
          | 'too-many-requests'
          | 'timed-out'
          | 'storage-full'
          | 'unavailable'
          | 'method-not-allowed'
          | 'internal';
        readonly message: string;
      } | null;
      /** @description As they were uploaded. */
      readonly files: readonly {
        readonly bytes: number;
        readonly name: string;
        readonly position: number;
        readonly sha256: string;
      }[];
      /** @description wfdb, edf, csv, …; null until it is read. */
      readonly format: string | null;
      /** @description Hz; the time base of all samples. */
      readonly fs: number | null;
      readonly id: string;
      /** @description The newest one. */
      readonly job: {
        readonly attempts: number;
        /** @description ISO 8601, UTC. */
        readonly createdAt: string;
        /** @description Why it failed. */
        readonly error: {
          /** @enum {string} */
          readonly code:
            | 'bad-format'
            | 'unsupported'
            | 'bad-shape'
            | 'bad-option'
            | 'too-short'
            | 'not-found'
            | 'cancelled'
            | 'unauthorized'
            | 'forbidden'
            | 'conflict'
            | 'precondition-failed'
            | 'precondition-required'
            | 'too-large'
            | 'too-many-requests'
            | 'timed-out'
            | 'storage-full'
            | 'unavailable'
            | 'method-not-allowed'
            | 'internal';
          readonly message: string;
        } | null;
        readonly finishedAt: string | null;
        readonly id: string;
        /** @enum {string} */
        readonly kind: 'import' | 'analyze';
        readonly progress: number;
        readonly recordingId: string;
        /** @description What it is doing: read, detect, classify, … */
        readonly stage: string | null;
        readonly startedAt: string | null;
        /** @enum {string} */
        readonly status: 'queued' | 'running' | 'done' | 'failed' | 'cancelled';
      } | null;
      readonly leads:
        | readonly {
            readonly fs: number;
            readonly lead: string;
            readonly unit: string;
          }[]
        | null;
      /** @description Samples. */
      readonly length: number | null;
      readonly name: string;
      /** @description Whether names and identifiers were removed on import. */
      readonly pseudonymised: boolean;
      /** @description How many corrections were made. */
      readonly revision: number;
      /** @description ISO 8601 local time of sample 0. */
      readonly startTime: string | null;
      /** @enum {string} */
      readonly status: 'importing' | 'ready' | 'failed';
    };
  };
  responses: {
    /** @description The request is not as described here; `faults` lists everything wrong with it */
    readonly Problem400: {
      headers: {
        readonly [name: string]: unknown;
      };
      content: {
        readonly 'application/problem+json': components['schemas']['Problem'];
      };
    };
    /** @description Nobody known asks, or the key or token does not hold */
    readonly Problem401: {
      headers: {
        readonly [name: string]: unknown;
      };
      content: {
        readonly 'application/problem+json': components['schemas']['Problem'];
      };
    };
    /** @description They may not do this */
    readonly Problem403: {
      headers: {
        readonly [name: string]: unknown;
      };
      content: {
        readonly 'application/problem+json': components['schemas']['Problem'];
      };
    };
    /** @description It does not exist */
    readonly Problem404: {
      headers: {
        readonly [name: string]: unknown;
      };
      content: {
        readonly 'application/problem+json': components['schemas']['Problem'];
      };
    };
    /** @description Not with this method; see the header Allow */
    readonly Problem405: {
      headers: {
        readonly [name: string]: unknown;
      };
      content: {
        readonly 'application/problem+json': components['schemas']['Problem'];
      };
    };
    /** @description It took too long */
    readonly Problem408: {
      headers: {
        readonly [name: string]: unknown;
      };
      content: {
        readonly 'application/problem+json': components['schemas']['Problem'];
      };
    };
    /** @description Something else happened to it meanwhile */
    readonly Problem409: {
      headers: {
        readonly [name: string]: unknown;
      };
      content: {
        readonly 'application/problem+json': components['schemas']['Problem'];
      };
    };
    /** @description It is no longer what If-Match names */
    readonly Problem412: {
      headers: {
        readonly [name: string]: unknown;
      };
      content: {
        readonly 'application/problem+json': components['schemas']['Problem'];
      };
    };
    /** @description More than this server accepts */
    readonly Problem413: {
      headers: {
        readonly [name: string]: unknown;
      };
      content: {
        readonly 'application/problem+json': components['schemas']['Problem'];
      };
    };
    /** @description Not in this format */
    readonly Problem415: {
      headers: {
        readonly [name: string]: unknown;
      };
      content: {
        readonly 'application/problem+json': components['schemas']['Problem'];
      };
    };
    /** @description Understood, and not possible with these data */
    readonly Problem422: {
      headers: {
        readonly [name: string]: unknown;
      };
      content: {
        readonly 'application/problem+json': components['schemas']['Problem'];
      };
    };
    /** @description If-Match is needed here */
    readonly Problem428: {
      headers: {
        readonly [name: string]: unknown;
      };
      content: {
        readonly 'application/problem+json': components['schemas']['Problem'];
      };
    };
    /** @description Too often; see the header Retry-After */
    readonly Problem429: {
      headers: {
        readonly [name: string]: unknown;
      };
      content: {
        readonly 'application/problem+json': components['schemas']['Problem'];
      };
    };
    /** @description A bug of the server; its log has it under `instance` */
    readonly Problem500: {
      headers: {
        readonly [name: string]: unknown;
      };
      content: {
        readonly 'application/problem+json': components['schemas']['Problem'];
      };
    };
    /** @description Not at the moment; see the header Retry-After */
    readonly Problem503: {
      headers: {
        readonly [name: string]: unknown;
      };
      content: {
        readonly 'application/problem+json': components['schemas']['Problem'];
      };
    };
    /** @description The disk of the server is full */
    readonly Problem507: {
      headers: {
        readonly [name: string]: unknown;
      };
      content: {
        readonly 'application/problem+json': components['schemas']['Problem'];
      };
    };
  };
  parameters: never;
  requestBodies: never;
  headers: never;
  pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
  readonly page: {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      /** @description HTML */
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'text/html': string;
        };
      };
      readonly 400: components['responses']['Problem400'];
      readonly 403: components['responses']['Problem403'];
      readonly 404: components['responses']['Problem404'];
      readonly 405: components['responses']['Problem405'];
      readonly 408: components['responses']['Problem408'];
      readonly 409: components['responses']['Problem409'];
      readonly 412: components['responses']['Problem412'];
      readonly 413: components['responses']['Problem413'];
      readonly 415: components['responses']['Problem415'];
      readonly 422: components['responses']['Problem422'];
      readonly 428: components['responses']['Problem428'];
      readonly 429: components['responses']['Problem429'];
      readonly 500: components['responses']['Problem500'];
      readonly 503: components['responses']['Problem503'];
      readonly 507: components['responses']['Problem507'];
    };
  };
  readonly health: {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      /** @description It does */
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': {
            /** @description What the server may be used for */
            readonly statement: string;
            /** @constant */
            readonly status: 'ok';
            readonly version: string;
          };
        };
      };
      readonly 400: components['responses']['Problem400'];
      readonly 403: components['responses']['Problem403'];
      readonly 404: components['responses']['Problem404'];
      readonly 405: components['responses']['Problem405'];
      readonly 408: components['responses']['Problem408'];
      readonly 409: components['responses']['Problem409'];
      readonly 412: components['responses']['Problem412'];
      readonly 413: components['responses']['Problem413'];
      readonly 415: components['responses']['Problem415'];
      readonly 422: components['responses']['Problem422'];
      readonly 428: components['responses']['Problem428'];
      readonly 429: components['responses']['Problem429'];
      readonly 500: components['responses']['Problem500'];
      readonly 503: components['responses']['Problem503'];
      readonly 507: components['responses']['Problem507'];
    };
  };
  readonly metrics: {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      /** @description Metrics in the text format of Prometheus */
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'text/plain': string;
        };
      };
      readonly 400: components['responses']['Problem400'];
      readonly 401: components['responses']['Problem401'];
      readonly 403: components['responses']['Problem403'];
      readonly 404: components['responses']['Problem404'];
      readonly 405: components['responses']['Problem405'];
      readonly 408: components['responses']['Problem408'];
      readonly 409: components['responses']['Problem409'];
      readonly 412: components['responses']['Problem412'];
      readonly 413: components['responses']['Problem413'];
      readonly 415: components['responses']['Problem415'];
      readonly 422: components['responses']['Problem422'];
      readonly 428: components['responses']['Problem428'];
      readonly 429: components['responses']['Problem429'];
      readonly 500: components['responses']['Problem500'];
      readonly 503: components['responses']['Problem503'];
      readonly 507: components['responses']['Problem507'];
    };
  };
  readonly openapi: {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      /** @description The document */
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': {
            readonly [key: string]: unknown;
          };
        };
      };
      readonly 400: components['responses']['Problem400'];
      readonly 403: components['responses']['Problem403'];
      readonly 404: components['responses']['Problem404'];
      readonly 405: components['responses']['Problem405'];
      readonly 408: components['responses']['Problem408'];
      readonly 409: components['responses']['Problem409'];
      readonly 412: components['responses']['Problem412'];
      readonly 413: components['responses']['Problem413'];
      readonly 415: components['responses']['Problem415'];
      readonly 422: components['responses']['Problem422'];
      readonly 428: components['responses']['Problem428'];
      readonly 429: components['responses']['Problem429'];
      readonly 500: components['responses']['Problem500'];
      readonly 503: components['responses']['Problem503'];
      readonly 507: components['responses']['Problem507'];
    };
  };
  readonly pageStyle: {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      /** @description A style sheet */
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'text/css': string;
        };
      };
      readonly 400: components['responses']['Problem400'];
      readonly 403: components['responses']['Problem403'];
      readonly 404: components['responses']['Problem404'];
      readonly 405: components['responses']['Problem405'];
      readonly 408: components['responses']['Problem408'];
      readonly 409: components['responses']['Problem409'];
      readonly 412: components['responses']['Problem412'];
      readonly 413: components['responses']['Problem413'];
      readonly 415: components['responses']['Problem415'];
      readonly 422: components['responses']['Problem422'];
      readonly 428: components['responses']['Problem428'];
      readonly 429: components['responses']['Problem429'];
      readonly 500: components['responses']['Problem500'];
      readonly 503: components['responses']['Problem503'];
      readonly 507: components['responses']['Problem507'];
    };
  };
  readonly pageScript: {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      /** @description A script */
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'text/javascript': string;
        };
      };
      readonly 400: components['responses']['Problem400'];
      readonly 403: components['responses']['Problem403'];
      readonly 404: components['responses']['Problem404'];
      readonly 405: components['responses']['Problem405'];
      readonly 408: components['responses']['Problem408'];
      readonly 409: components['responses']['Problem409'];
      readonly 412: components['responses']['Problem412'];
      readonly 413: components['responses']['Problem413'];
      readonly 415: components['responses']['Problem415'];
      readonly 422: components['responses']['Problem422'];
      readonly 428: components['responses']['Problem428'];
      readonly 429: components['responses']['Problem429'];
      readonly 500: components['responses']['Problem500'];
      readonly 503: components['responses']['Problem503'];
      readonly 507: components['responses']['Problem507'];
    };
  };
  readonly predict: {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly requestBody: {
      readonly content: {
        readonly 'application/json':
          | {
              /** @description One lead at 250 Hz, mV (any unit: the window is scaled by itself); 500 numbers are looked at, fewer are filled with zeros, more are cut */
              readonly ecg: readonly number[];
            }
          | readonly number[];
      };
    };
    readonly responses: {
      /** @description The more probable of the two classes */
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': {
            readonly arrhythmia_prob: number;
            readonly model: {
              readonly name: string;
              readonly version: string;
            };
            readonly normal_prob: number;
            /** @enum {string} */
            readonly prediction: 'Normal' | 'Arrhythmia';
            /** @description What the answer may be used for */
            readonly statement: string;
          };
        };
      };
      readonly 400: components['responses']['Problem400'];
      readonly 401: components['responses']['Problem401'];
      readonly 403: components['responses']['Problem403'];
      readonly 404: components['responses']['Problem404'];
      readonly 405: components['responses']['Problem405'];
      readonly 408: components['responses']['Problem408'];
      readonly 409: components['responses']['Problem409'];
      readonly 412: components['responses']['Problem412'];
      readonly 413: components['responses']['Problem413'];
      readonly 415: components['responses']['Problem415'];
      readonly 422: components['responses']['Problem422'];
      readonly 428: components['responses']['Problem428'];
      readonly 429: components['responses']['Problem429'];
      readonly 500: components['responses']['Problem500'];
      readonly 503: components['responses']['Problem503'];
      readonly 507: components['responses']['Problem507'];
    };
  };
  readonly describeAccess: {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      /** @description The ways in */
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': {
            readonly actor: {
              readonly id: string;
              /** @enum {string} */
              readonly role: 'viewer' | 'editor' | 'admin';
            } | null;
            readonly audience: string | null;
            readonly issuer: string | null;
            /** @enum {string} */
            readonly mode: 'none' | 'keys' | 'oidc' | 'keys+oidc';
          };
        };
      };
      readonly 400: components['responses']['Problem400'];
      readonly 403: components['responses']['Problem403'];
      readonly 404: components['responses']['Problem404'];
      readonly 405: components['responses']['Problem405'];
      readonly 408: components['responses']['Problem408'];
      readonly 409: components['responses']['Problem409'];
      readonly 412: components['responses']['Problem412'];
      readonly 413: components['responses']['Problem413'];
      readonly 415: components['responses']['Problem415'];
      readonly 422: components['responses']['Problem422'];
      readonly 428: components['responses']['Problem428'];
      readonly 429: components['responses']['Problem429'];
      readonly 500: components['responses']['Problem500'];
      readonly 503: components['responses']['Problem503'];
      readonly 507: components['responses']['Problem507'];
    };
  };
  readonly listAlerts: {
    readonly parameters: {
      readonly query?: {
        /** @description Only alerts with a smaller id: `next` of the page before. */
        readonly before?: string;
        readonly kind?:
          | 'asystole'
          | 'ventricular-fibrillation-or-tachycardia'
          | 'ventricular-run'
          | 'pause'
          | 'tachycardia'
          | 'bradycardia'
          | 'atrial-fibrillation'
          | 'leads-off';
        readonly limit?: string;
        /** @description Only those of this recording */
        readonly recording?: string;
        /** @description Only those of this stream */
        readonly stream?: string;
      };
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      /** @description A page */
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': {
            readonly alerts: readonly {
              /** @description ISO 8601, UTC. */
              readonly at: string;
              readonly detail: {
                readonly [key: string]: unknown;
              };
              readonly device: string | null;
              /** @description Grows from alert to alert. */
              readonly id: number;
              readonly kind: string;
              readonly recordingId: string | null;
              /** @description Of the stream or recording, where it began. */
              readonly sample: number;
              readonly streamId: string | null;
            }[];
            /** @description `before` of the next page; null on the last. */
            readonly next: number | null;
          };
        };
      };
      readonly 400: components['responses']['Problem400'];
      readonly 401: components['responses']['Problem401'];
      readonly 403: components['responses']['Problem403'];
      readonly 404: components['responses']['Problem404'];
      readonly 405: components['responses']['Problem405'];
      readonly 408: components['responses']['Problem408'];
      readonly 409: components['responses']['Problem409'];
      readonly 412: components['responses']['Problem412'];
      readonly 413: components['responses']['Problem413'];
      readonly 415: components['responses']['Problem415'];
      readonly 422: components['responses']['Problem422'];
      readonly 428: components['responses']['Problem428'];
      readonly 429: components['responses']['Problem429'];
      readonly 500: components['responses']['Problem500'];
      readonly 503: components['responses']['Problem503'];
      readonly 507: components['responses']['Problem507'];
    };
  };
  readonly watchAlerts: {
    readonly parameters: {
      readonly query?: {
        /** @description Begins after this alert; `Last-Event-ID` counts more. */
        readonly after?: string;
      };
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      /** @description Events without end */
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'text/event-stream': string;
        };
      };
      readonly 400: components['responses']['Problem400'];
      readonly 401: components['responses']['Problem401'];
      readonly 403: components['responses']['Problem403'];
      readonly 404: components['responses']['Problem404'];
      readonly 405: components['responses']['Problem405'];
      readonly 408: components['responses']['Problem408'];
      readonly 409: components['responses']['Problem409'];
      readonly 412: components['responses']['Problem412'];
      readonly 413: components['responses']['Problem413'];
      readonly 415: components['responses']['Problem415'];
      readonly 422: components['responses']['Problem422'];
      readonly 428: components['responses']['Problem428'];
      readonly 429: components['responses']['Problem429'];
      readonly 500: components['responses']['Problem500'];
      readonly 503: components['responses']['Problem503'];
      readonly 507: components['responses']['Problem507'];
    };
  };
  readonly analyze: {
    readonly parameters: {
      readonly query?: {
        /** @description A class less probable than this is uncertain. */
        readonly certainFrom?: string;
        /** @description Columns of a CSV to take as leads: names, or numbers from 0, with commas between them. */
        readonly columns?: string;
        /** @description Hz, for a CSV without a time column. */
        readonly fs?: string;
        /** @description ADC units per mV, with `unit=adc`. */
        readonly gain?: string;
        /** @description What to call the recording, or the file where the body is one; the name of the file when omitted. */
        readonly name?: string;
        /** @description s; an RR interval of at least this is a pause. */
        readonly pauseS?: string;
        /** @description The report as a page instead of the analysis as JSON. */
        readonly report?: 'html';
        /** @description Unit of the values of a CSV that does not name it. */
        readonly unit?: 'mV' | 'uV' | 'V' | 'adc';
      };
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly requestBody?: {
      readonly content: {
        readonly '*/*': string;
        readonly 'application/octet-stream': string;
        readonly 'multipart/form-data': FormData;
      };
    };
    readonly responses: {
      /** @description The analysis, or the report where it was asked for */
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['Analysis'];
          readonly 'text/html': string;
        };
      };
      readonly 400: components['responses']['Problem400'];
      readonly 401: components['responses']['Problem401'];
      readonly 403: components['responses']['Problem403'];
      readonly 404: components['responses']['Problem404'];
      readonly 405: components['responses']['Problem405'];
      readonly 408: components['responses']['Problem408'];
      readonly 409: components['responses']['Problem409'];
      readonly 412: components['responses']['Problem412'];
      readonly 413: components['responses']['Problem413'];
      readonly 415: components['responses']['Problem415'];
      readonly 422: components['responses']['Problem422'];
      readonly 428: components['responses']['Problem428'];
      readonly 429: components['responses']['Problem429'];
      readonly 500: components['responses']['Problem500'];
      readonly 503: components['responses']['Problem503'];
      readonly 507: components['responses']['Problem507'];
    };
  };
  readonly readAudit: {
    readonly parameters: {
      readonly query?: {
        readonly after?: string;
        readonly limit?: string;
      };
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      /** @description Rows after `after` */
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': {
            readonly entries: readonly {
              readonly action: string;
              readonly actor: string;
              /** Format: date-time */
              readonly at: string;
              readonly detail: {
                readonly [key: string]: unknown;
              };
              readonly hash: string;
              readonly seq: number;
              readonly target: string;
            }[];
          };
        };
      };
      readonly 400: components['responses']['Problem400'];
      readonly 401: components['responses']['Problem401'];
      readonly 403: components['responses']['Problem403'];
      readonly 404: components['responses']['Problem404'];
      readonly 405: components['responses']['Problem405'];
      readonly 408: components['responses']['Problem408'];
      readonly 409: components['responses']['Problem409'];
      readonly 412: components['responses']['Problem412'];
      readonly 413: components['responses']['Problem413'];
      readonly 415: components['responses']['Problem415'];
      readonly 422: components['responses']['Problem422'];
      readonly 428: components['responses']['Problem428'];
      readonly 429: components['responses']['Problem429'];
      readonly 500: components['responses']['Problem500'];
      readonly 503: components['responses']['Problem503'];
      readonly 507: components['responses']['Problem507'];
    };
  };
  readonly addFhirObservation: {
    readonly parameters: {
      readonly query?: {
        /** @description false only imports; true when omitted. */
        readonly analyze?: 'true' | 'false';
        /** @description Columns of a CSV to take as leads: names, or numbers from 0, with commas between them. */
        readonly columns?: string;
        /** @description Hz, for a CSV without a time column. */
        readonly fs?: string;
        /** @description ADC units per mV, with `unit=adc`. */
        readonly gain?: string;
        /** @description What to call the recording, or the file where the body is one; the name of the file when omitted. */
        readonly name?: string;
        /** @description Removes names and identifiers on import; always so where the server is set to it. */
        readonly pseudonymise?: 'true' | 'false';
        /** @description Unit of the values of a CSV that does not name it. */
        readonly unit?: 'mV' | 'uV' | 'V' | 'adc';
      };
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly requestBody?: {
      readonly content: {
        readonly 'application/fhir+json': string;
        readonly 'application/json': string;
      };
    };
    readonly responses: {
      /** @description Stored; its job is on the way */
      readonly 202: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['Recording'];
        };
      };
      readonly 400: components['responses']['Problem400'];
      readonly 401: components['responses']['Problem401'];
      readonly 403: components['responses']['Problem403'];
      readonly 404: components['responses']['Problem404'];
      readonly 405: components['responses']['Problem405'];
      readonly 408: components['responses']['Problem408'];
      readonly 409: components['responses']['Problem409'];
      readonly 412: components['responses']['Problem412'];
      readonly 413: components['responses']['Problem413'];
      readonly 415: components['responses']['Problem415'];
      readonly 422: components['responses']['Problem422'];
      readonly 428: components['responses']['Problem428'];
      readonly 429: components['responses']['Problem429'];
      readonly 500: components['responses']['Problem500'];
      readonly 503: components['responses']['Problem503'];
      readonly 507: components['responses']['Problem507'];
    };
  };
  readonly readJob: {
    readonly parameters: {
      readonly query?: {
        /** @description s to wait for its end; answers as soon as it is over. */
        readonly wait?: string;
      };
      readonly header?: never;
      readonly path: {
        /** @description Of the job */
        readonly id: string;
      };
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      /** @description The job */
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['Job'];
        };
      };
      readonly 400: components['responses']['Problem400'];
      readonly 401: components['responses']['Problem401'];
      readonly 403: components['responses']['Problem403'];
      readonly 404: components['responses']['Problem404'];
      readonly 405: components['responses']['Problem405'];
      readonly 408: components['responses']['Problem408'];
      readonly 409: components['responses']['Problem409'];
      readonly 412: components['responses']['Problem412'];
      readonly 413: components['responses']['Problem413'];
      readonly 415: components['responses']['Problem415'];
      readonly 422: components['responses']['Problem422'];
      readonly 428: components['responses']['Problem428'];
      readonly 429: components['responses']['Problem429'];
      readonly 500: components['responses']['Problem500'];
      readonly 503: components['responses']['Problem503'];
      readonly 507: components['responses']['Problem507'];
    };
  };
  readonly cancelJob: {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path: {
        /** @description Of the job */
        readonly id: string;
      };
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      /** @description The job */
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['Job'];
        };
      };
      readonly 400: components['responses']['Problem400'];
      readonly 401: components['responses']['Problem401'];
      readonly 403: components['responses']['Problem403'];
      readonly 404: components['responses']['Problem404'];
      readonly 405: components['responses']['Problem405'];
      readonly 408: components['responses']['Problem408'];
      readonly 409: components['responses']['Problem409'];
      readonly 412: components['responses']['Problem412'];
      readonly 413: components['responses']['Problem413'];
      readonly 415: components['responses']['Problem415'];
      readonly 422: components['responses']['Problem422'];
      readonly 428: components['responses']['Problem428'];
      readonly 429: components['responses']['Problem429'];
      readonly 500: components['responses']['Problem500'];
      readonly 503: components['responses']['Problem503'];
      readonly 507: components['responses']['Problem507'];
    };
  };
  readonly listKeys: {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      /** @description The keys */
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': {
            readonly keys: readonly {
              /** Format: date-time */
              readonly createdAt: string;
              readonly expiresAt: string | null;
              readonly id: string;
              readonly name: string;
              readonly revokedAt: string | null;
              /** @enum {string} */
              readonly role: 'viewer' | 'editor' | 'admin';
              /** @description Tags of the routes it may use; null for all its role allows. */
              readonly scopes: readonly string[] | null;
            }[];
          };
        };
      };
      readonly 400: components['responses']['Problem400'];
      readonly 401: components['responses']['Problem401'];
      readonly 403: components['responses']['Problem403'];
      readonly 404: components['responses']['Problem404'];
      readonly 405: components['responses']['Problem405'];
      readonly 408: components['responses']['Problem408'];
      readonly 409: components['responses']['Problem409'];
      readonly 412: components['responses']['Problem412'];
      readonly 413: components['responses']['Problem413'];
      readonly 415: components['responses']['Problem415'];
      readonly 422: components['responses']['Problem422'];
      readonly 428: components['responses']['Problem428'];
      readonly 429: components['responses']['Problem429'];
      readonly 500: components['responses']['Problem500'];
      readonly 503: components['responses']['Problem503'];
      readonly 507: components['responses']['Problem507'];
    };
  };
  readonly createKey: {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly requestBody: {
      readonly content: {
        readonly 'application/json': {
          /** @default null */
          readonly expiresAt?: string | null;
          /** @description What it is for; no patient’s name. */
          readonly name: string;
          /** @enum {string} */
          readonly role: 'viewer' | 'editor' | 'admin';
          /** @default null */
          readonly scopes?: readonly string[] | null;
        };
      };
    };
    readonly responses: {
      /** @description The key */
      readonly 201: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': {
            /** Format: date-time */
            readonly createdAt: string;
            readonly expiresAt: string | null;
            readonly id: string;
            readonly name: string;
            readonly revokedAt: string | null;
            /** @enum {string} */
            readonly role: 'viewer' | 'editor' | 'admin';
            /** @description Tags of the routes it may use; null for all its role allows. */
            readonly scopes: readonly string[] | null;
            readonly token: string;
          };
        };
      };
      readonly 400: components['responses']['Problem400'];
      readonly 401: components['responses']['Problem401'];
      readonly 403: components['responses']['Problem403'];
      readonly 404: components['responses']['Problem404'];
      readonly 405: components['responses']['Problem405'];
      readonly 408: components['responses']['Problem408'];
      readonly 409: components['responses']['Problem409'];
      readonly 412: components['responses']['Problem412'];
      readonly 413: components['responses']['Problem413'];
      readonly 415: components['responses']['Problem415'];
      readonly 422: components['responses']['Problem422'];
      readonly 428: components['responses']['Problem428'];
      readonly 429: components['responses']['Problem429'];
      readonly 500: components['responses']['Problem500'];
      readonly 503: components['responses']['Problem503'];
      readonly 507: components['responses']['Problem507'];
    };
  };
  readonly revokeKey: {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path: {
        readonly id: string;
      };
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      /** @description The revoked key */
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': {
            /** Format: date-time */
            readonly createdAt: string;
            readonly expiresAt: string | null;
            readonly id: string;
            readonly name: string;
            readonly revokedAt: string | null;
            /** @enum {string} */
            readonly role: 'viewer' | 'editor' | 'admin';
            /** @description Tags of the routes it may use; null for all its role allows. */
            readonly scopes: readonly string[] | null;
          };
        };
      };
      readonly 400: components['responses']['Problem400'];
      readonly 401: components['responses']['Problem401'];
      readonly 403: components['responses']['Problem403'];
      readonly 404: components['responses']['Problem404'];
      readonly 405: components['responses']['Problem405'];
      readonly 408: components['responses']['Problem408'];
      readonly 409: components['responses']['Problem409'];
      readonly 412: components['responses']['Problem412'];
      readonly 413: components['responses']['Problem413'];
      readonly 415: components['responses']['Problem415'];
      readonly 422: components['responses']['Problem422'];
      readonly 428: components['responses']['Problem428'];
      readonly 429: components['responses']['Problem429'];
      readonly 500: components['responses']['Problem500'];
      readonly 503: components['responses']['Problem503'];
      readonly 507: components['responses']['Problem507'];
    };
  };
  readonly listRecordings: {
    readonly parameters: {
      readonly query?: {
        /** @description `next` of the page before. */
        readonly cursor?: string;
        /** @description Added at this time or later. */
        readonly from?: string;
        /** @description Name of a lead it has. */
        readonly lead?: string;
        /** @description 50 when omitted. */
        readonly limit?: string;
        /** @description Part of the name, in upper or lower case. */
        readonly search?: string;
        readonly status?: 'importing' | 'ready' | 'failed';
        /** @description Added before this time. */
        readonly to?: string;
      };
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      /** @description A page */
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': {
            /** @description Cursor of the next page; null on the last. */
            readonly next: string | null;
            readonly recordings: readonly {
              /** @description ISO 8601, UTC. */
              readonly createdAt: string;
              readonly durationS: number | null;
              /** @description Why it could not be read. */
              readonly error: {
                /** @enum {string} */
                readonly code:
                  | 'bad-format'
                  | 'unsupported'
                  | 'bad-shape'
                  | 'bad-option'
                  | 'too-short'
                  | 'not-found'
                  | 'cancelled'
                  | 'unauthorized'
                  | 'forbidden'
                  | 'conflict'
                  | 'precondition-failed'
                  | 'precondition-required'
                  | 'too-large'
                  | 'too-many-requests'
                  | 'timed-out'
                  | 'storage-full'
                  | 'unavailable'
                  | 'method-not-allowed'
                  | 'internal';
                readonly message: string;
              } | null;
              /** @description wfdb, edf, csv, …; null until it is read. */
              readonly format: string | null;
              /** @description Hz; the time base of all samples. */
              readonly fs: number | null;
              readonly id: string;
              readonly leads:
                | readonly {
                    readonly fs: number;
                    readonly lead: string;
                    readonly unit: string;
                  }[]
                | null;
              /** @description Samples. */
              readonly length: number | null;
              readonly name: string;
              /** @description Whether names and identifiers were removed on import. */
              readonly pseudonymised: boolean;
              /** @description How many corrections were made. */
              readonly revision: number;
              /** @description ISO 8601 local time of sample 0. */
              readonly startTime: string | null;
              /** @enum {string} */
              readonly status: 'importing' | 'ready' | 'failed';
            }[];
          };
        };
      };
      readonly 400: components['responses']['Problem400'];
      readonly 401: components['responses']['Problem401'];
      readonly 403: components['responses']['Problem403'];
      readonly 404: components['responses']['Problem404'];
      readonly 405: components['responses']['Problem405'];
      readonly 408: components['responses']['Problem408'];
      readonly 409: components['responses']['Problem409'];
      readonly 412: components['responses']['Problem412'];
      readonly 413: components['responses']['Problem413'];
      readonly 415: components['responses']['Problem415'];
      readonly 422: components['responses']['Problem422'];
      readonly 428: components['responses']['Problem428'];
      readonly 429: components['responses']['Problem429'];
      readonly 500: components['responses']['Problem500'];
      readonly 503: components['responses']['Problem503'];
      readonly 507: components['responses']['Problem507'];
    };
  };
  readonly addRecording: {
    readonly parameters: {
      readonly query?: {
        /** @description false only imports; true when omitted. */
        readonly analyze?: 'true' | 'false';
        /** @description Columns of a CSV to take as leads: names, or numbers from 0, with commas between them. */
        readonly columns?: string;
        /** @description Hz, for a CSV without a time column. */
        readonly fs?: string;
        /** @description ADC units per mV, with `unit=adc`. */
        readonly gain?: string;
        /** @description What to call the recording, or the file where the body is one; the name of the file when omitted. */
        readonly name?: string;
        /** @description Removes names and identifiers on import; always so where the server is set to it. */
        readonly pseudonymise?: 'true' | 'false';
        /** @description Unit of the values of a CSV that does not name it. */
        readonly unit?: 'mV' | 'uV' | 'V' | 'adc';
      };
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly requestBody?: {
      readonly content: {
        readonly '*/*': string;
        readonly 'application/json': string;
        readonly 'application/octet-stream': string;
        readonly 'multipart/form-data': FormData;
      };
    };
    readonly responses: {
      /** @description It was added before with this Idempotency-Key */
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['Recording'];
        };
      };
      /** @description Stored; its job is on the way */
      readonly 202: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['Recording'];
        };
      };
      readonly 400: components['responses']['Problem400'];
      readonly 401: components['responses']['Problem401'];
      readonly 403: components['responses']['Problem403'];
      readonly 404: components['responses']['Problem404'];
      readonly 405: components['responses']['Problem405'];
      readonly 408: components['responses']['Problem408'];
      readonly 409: components['responses']['Problem409'];
      readonly 412: components['responses']['Problem412'];
      readonly 413: components['responses']['Problem413'];
      readonly 415: components['responses']['Problem415'];
      readonly 422: components['responses']['Problem422'];
      readonly 428: components['responses']['Problem428'];
      readonly 429: components['responses']['Problem429'];
      readonly 500: components['responses']['Problem500'];
      readonly 503: components['responses']['Problem503'];
      readonly 507: components['responses']['Problem507'];
    };
  };
  readonly readRecording: {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path: {
        /** @description Of the recording */
        readonly id: string;
      };
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      /** @description The recording */
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['Recording'];
        };
      };
      readonly 400: components['responses']['Problem400'];
      readonly 401: components['responses']['Problem401'];
      readonly 403: components['responses']['Problem403'];
      readonly 404: components['responses']['Problem404'];
      readonly 405: components['responses']['Problem405'];
      readonly 408: components['responses']['Problem408'];
      readonly 409: components['responses']['Problem409'];
      readonly 412: components['responses']['Problem412'];
      readonly 413: components['responses']['Problem413'];
      readonly 415: components['responses']['Problem415'];
      readonly 422: components['responses']['Problem422'];
      readonly 428: components['responses']['Problem428'];
      readonly 429: components['responses']['Problem429'];
      readonly 500: components['responses']['Problem500'];
      readonly 503: components['responses']['Problem503'];
      readonly 507: components['responses']['Problem507'];
    };
  };
  readonly deleteRecording: {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path: {
        /** @description Of the recording */
        readonly id: string;
      };
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      /** @description It is gone: files, signal, analyses, corrections, jobs */
      readonly 204: {
        headers: {
          readonly [name: string]: unknown;
        };
        content?: never;
      };
      readonly 400: components['responses']['Problem400'];
      readonly 401: components['responses']['Problem401'];
      readonly 403: components['responses']['Problem403'];
      readonly 404: components['responses']['Problem404'];
      readonly 405: components['responses']['Problem405'];
      readonly 408: components['responses']['Problem408'];
      readonly 409: components['responses']['Problem409'];
      readonly 412: components['responses']['Problem412'];
      readonly 413: components['responses']['Problem413'];
      readonly 415: components['responses']['Problem415'];
      readonly 422: components['responses']['Problem422'];
      readonly 428: components['responses']['Problem428'];
      readonly 429: components['responses']['Problem429'];
      readonly 500: components['responses']['Problem500'];
      readonly 503: components['responses']['Problem503'];
      readonly 507: components['responses']['Problem507'];
    };
  };
  readonly renameRecording: {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path: {
        /** @description Of the recording */
        readonly id: string;
      };
      readonly cookie?: never;
    };
    readonly requestBody: {
      readonly content: {
        readonly 'application/json': {
          readonly name: string;
        };
      };
    };
    readonly responses: {
      /** @description The recording */
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['Recording'];
        };
      };
      readonly 400: components['responses']['Problem400'];
      readonly 401: components['responses']['Problem401'];
      readonly 403: components['responses']['Problem403'];
      readonly 404: components['responses']['Problem404'];
      readonly 405: components['responses']['Problem405'];
      readonly 408: components['responses']['Problem408'];
      readonly 409: components['responses']['Problem409'];
      readonly 412: components['responses']['Problem412'];
      readonly 413: components['responses']['Problem413'];
      readonly 415: components['responses']['Problem415'];
      readonly 422: components['responses']['Problem422'];
      readonly 428: components['responses']['Problem428'];
      readonly 429: components['responses']['Problem429'];
      readonly 500: components['responses']['Problem500'];
      readonly 503: components['responses']['Problem503'];
      readonly 507: components['responses']['Problem507'];
    };
  };
  readonly analyzeAgain: {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path: {
        /** @description Of the recording */
        readonly id: string;
      };
      readonly cookie?: never;
    };
    readonly requestBody: {
      readonly content: {
        readonly 'application/json': {
          readonly certainFrom?: number;
          readonly pauseS?: number;
          readonly rateBeats?: number;
        };
      };
    };
    readonly responses: {
      /** @description The job that does it */
      readonly 202: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['Job'];
        };
      };
      readonly 400: components['responses']['Problem400'];
      readonly 401: components['responses']['Problem401'];
      readonly 403: components['responses']['Problem403'];
      readonly 404: components['responses']['Problem404'];
      readonly 405: components['responses']['Problem405'];
      readonly 408: components['responses']['Problem408'];
      readonly 409: components['responses']['Problem409'];
      readonly 412: components['responses']['Problem412'];
      readonly 413: components['responses']['Problem413'];
      readonly 415: components['responses']['Problem415'];
      readonly 422: components['responses']['Problem422'];
      readonly 428: components['responses']['Problem428'];
      readonly 429: components['responses']['Problem429'];
      readonly 500: components['responses']['Problem500'];
      readonly 503: components['responses']['Problem503'];
      readonly 507: components['responses']['Problem507'];
    };
  };
  readonly readAnalysis: {
    readonly parameters: {
      readonly query?: {
        /** @description s to wait for the jobs of the recording; answers as soon as they are over. */
        readonly wait?: string;
      };
      readonly header?: never;
      readonly path: {
        /** @description Of the recording */
        readonly id: string;
      };
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      /** @description The analysis */
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['Analysis'];
        };
      };
      /** @description As by If-None-Match */
      readonly 304: {
        headers: {
          readonly [name: string]: unknown;
        };
        content?: never;
      };
      readonly 400: components['responses']['Problem400'];
      readonly 401: components['responses']['Problem401'];
      readonly 403: components['responses']['Problem403'];
      readonly 404: components['responses']['Problem404'];
      readonly 405: components['responses']['Problem405'];
      readonly 408: components['responses']['Problem408'];
      readonly 409: components['responses']['Problem409'];
      readonly 412: components['responses']['Problem412'];
      readonly 413: components['responses']['Problem413'];
      readonly 415: components['responses']['Problem415'];
      readonly 422: components['responses']['Problem422'];
      readonly 428: components['responses']['Problem428'];
      readonly 429: components['responses']['Problem429'];
      readonly 500: components['responses']['Problem500'];
      readonly 503: components['responses']['Problem503'];
      readonly 507: components['responses']['Problem507'];
    };
  };
  readonly readAnnotations: {
    readonly parameters: {
      readonly query?: {
        /** @description 1000 when omitted. */
        readonly limit?: string;
        readonly offset?: string;
      };
      readonly header?: never;
      readonly path: {
        /** @description Of the recording */
        readonly id: string;
      };
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      /** @description A page */
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': {
            readonly annotations: readonly {
              readonly aux?: string;
              readonly channel?: number;
              readonly num?: number;
              readonly sample: number;
              readonly subtype?: number;
              readonly symbol: string;
            }[];
            /** @description `offset` of the next page; null on the last. */
            readonly next: number | null;
          };
        };
      };
      readonly 400: components['responses']['Problem400'];
      readonly 401: components['responses']['Problem401'];
      readonly 403: components['responses']['Problem403'];
      readonly 404: components['responses']['Problem404'];
      readonly 405: components['responses']['Problem405'];
      readonly 408: components['responses']['Problem408'];
      readonly 409: components['responses']['Problem409'];
      readonly 412: components['responses']['Problem412'];
      readonly 413: components['responses']['Problem413'];
      readonly 415: components['responses']['Problem415'];
      readonly 422: components['responses']['Problem422'];
      readonly 428: components['responses']['Problem428'];
      readonly 429: components['responses']['Problem429'];
      readonly 500: components['responses']['Problem500'];
      readonly 503: components['responses']['Problem503'];
      readonly 507: components['responses']['Problem507'];
    };
  };
  readonly writeAnnotations: {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path: {
        /** @description Of the recording */
        readonly id: string;
      };
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      /** @description The file */
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/octet-stream': string;
        };
      };
      readonly 400: components['responses']['Problem400'];
      readonly 401: components['responses']['Problem401'];
      readonly 403: components['responses']['Problem403'];
      readonly 404: components['responses']['Problem404'];
      readonly 405: components['responses']['Problem405'];
      readonly 408: components['responses']['Problem408'];
      readonly 409: components['responses']['Problem409'];
      readonly 412: components['responses']['Problem412'];
      readonly 413: components['responses']['Problem413'];
      readonly 415: components['responses']['Problem415'];
      readonly 422: components['responses']['Problem422'];
      readonly 428: components['responses']['Problem428'];
      readonly 429: components['responses']['Problem429'];
      readonly 500: components['responses']['Problem500'];
      readonly 503: components['responses']['Problem503'];
      readonly 507: components['responses']['Problem507'];
    };
  };
  readonly listBeats: {
    readonly parameters: {
      readonly query?: {
        /** @description N, S, V, F, Q, with commas between them. */
        readonly class?: string;
        /** @description First sample. */
        readonly from?: string;
        /** @description 1000 when omitted. */
        readonly limit?: string;
        /** @description One past the last sample. */
        readonly to?: string;
        /** @description Only uncertain beats, or only certain ones. */
        readonly uncertain?: 'true' | 'false';
      };
      readonly header?: never;
      readonly path: {
        /** @description Of the recording */
        readonly id: string;
      };
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      /** @description A page */
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': {
            readonly beats: readonly {
              readonly class: ('N' | 'S' | 'V' | 'F' | 'Q') | null;
              /** @description Among all beats. */
              readonly index: number;
              readonly likeness: number | null;
              readonly prMs: number | null;
              readonly probability: number | null;
              readonly qrsMs: number | null;
              readonly qtMs: number | null;
              /** @description R peak. */
              readonly sample: number;
              /** @description Why; null when certain. */
              readonly uncertain:
                | (
                    | 'low-confidence'
                    | 'no-signal'
                    | 'noise'
                    | 'unknown-interval'
                    | 'irregular-rhythm'
                    | 'classes-close'
                    | 'unusual-morphology'
                    | 'outside-training'
                    | 'ventricular-fibrillation'
                  )
                | null;
            }[];
            /** @description Beats the filter lets through, on this and other pages. */
            readonly matching: number;
            /** @description `from` of the next page; null on the last. */
            readonly next: number | null;
            readonly revision: number;
            /** @description Beats of the recording. */
            readonly total: number;
          };
        };
      };
      readonly 400: components['responses']['Problem400'];
      readonly 401: components['responses']['Problem401'];
      readonly 403: components['responses']['Problem403'];
      readonly 404: components['responses']['Problem404'];
      readonly 405: components['responses']['Problem405'];
      readonly 408: components['responses']['Problem408'];
      readonly 409: components['responses']['Problem409'];
      readonly 412: components['responses']['Problem412'];
      readonly 413: components['responses']['Problem413'];
      readonly 415: components['responses']['Problem415'];
      readonly 422: components['responses']['Problem422'];
      readonly 428: components['responses']['Problem428'];
      readonly 429: components['responses']['Problem429'];
      readonly 500: components['responses']['Problem500'];
      readonly 503: components['responses']['Problem503'];
      readonly 507: components['responses']['Problem507'];
    };
  };
  readonly correctBeats: {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path: {
        /** @description Of the recording */
        readonly id: string;
      };
      readonly cookie?: never;
    };
    readonly requestBody: {
      readonly content: {
        readonly 'application/json': {
          readonly changes: readonly (
            | {
                /** @enum {string} */
                readonly class: 'N' | 'S' | 'V' | 'F' | 'Q';
                /** @constant */
                readonly kind: 'relabel';
                /** @description R peak of an existing beat, exactly. */
                readonly sample: number;
              }
            | {
                /**
                 * @description Needed where beats are classified, left out where they are not.
                 * @enum {string}
                 */
                readonly class?: 'N' | 'S' | 'V' | 'F' | 'Q';
                /** @constant */
                readonly kind: 'add';
                /** @description Where there is no beat yet. */
                readonly sample: number;
              }
            | {
                /** @constant */
                readonly kind: 'remove';
                /** @description R peak of an existing beat, exactly. */
                readonly sample: number;
              }
          )[];
          readonly comment?: string | null;
        };
      };
    };
    readonly responses: {
      /** @description The new revision; its ETag is the one of beats and analysis */
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': {
            readonly correction: {
              /** @description ISO 8601, UTC. */
              readonly at: string;
              /** @description Who made it, by an identifier. */
              readonly by: string;
              readonly changes: readonly (
                | {
                    /** @enum {string} */
                    readonly class: 'N' | 'S' | 'V' | 'F' | 'Q';
                    /** @constant */
                    readonly kind: 'relabel';
                    /** @description R peak of an existing beat, exactly. */
                    readonly sample: number;
                  }
                | {
                    /**
                     * @description Needed where beats are classified, left out where they are not.
                     * @enum {string}
                     */
                    readonly class?: 'N' | 'S' | 'V' | 'F' | 'Q';
                    /** @constant */
                    readonly kind: 'add';
                    /** @description Where there is no beat yet. */
                    readonly sample: number;
                  }
                | {
                    /** @constant */
                    readonly kind: 'remove';
                    /** @description R peak of an existing beat, exactly. */
                    readonly sample: number;
                  }
                | {
                    /** @constant */
                    readonly kind: 'undo';
                    readonly revision: number;
                  }
              )[];
              readonly comment: string | null;
              /** @description 1, 2, …: how many corrections there are with this one. */
              readonly revision: number;
            };
            readonly revision: number;
          };
        };
      };
      readonly 400: components['responses']['Problem400'];
      readonly 401: components['responses']['Problem401'];
      readonly 403: components['responses']['Problem403'];
      readonly 404: components['responses']['Problem404'];
      readonly 405: components['responses']['Problem405'];
      readonly 408: components['responses']['Problem408'];
      readonly 409: components['responses']['Problem409'];
      readonly 412: components['responses']['Problem412'];
      readonly 413: components['responses']['Problem413'];
      readonly 415: components['responses']['Problem415'];
      readonly 422: components['responses']['Problem422'];
      readonly 428: components['responses']['Problem428'];
      readonly 429: components['responses']['Problem429'];
      readonly 500: components['responses']['Problem500'];
      readonly 503: components['responses']['Problem503'];
      readonly 507: components['responses']['Problem507'];
    };
  };
  readonly listCorrections: {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path: {
        /** @description Of the recording */
        readonly id: string;
      };
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      /** @description All of them, the oldest first */
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': {
            readonly corrections: readonly {
              /** @description ISO 8601, UTC. */
              readonly at: string;
              /** @description Who made it, by an identifier. */
              readonly by: string;
              readonly changes: readonly (
                | {
                    /** @enum {string} */
                    readonly class: 'N' | 'S' | 'V' | 'F' | 'Q';
                    /** @constant */
                    readonly kind: 'relabel';
                    /** @description R peak of an existing beat, exactly. */
                    readonly sample: number;
                  }
                | {
                    /**
                     * @description Needed where beats are classified, left out where they are not.
                     * @enum {string}
                     */
                    readonly class?: 'N' | 'S' | 'V' | 'F' | 'Q';
                    /** @constant */
                    readonly kind: 'add';
                    /** @description Where there is no beat yet. */
                    readonly sample: number;
                  }
                | {
                    /** @constant */
                    readonly kind: 'remove';
                    /** @description R peak of an existing beat, exactly. */
                    readonly sample: number;
                  }
                | {
                    /** @constant */
                    readonly kind: 'undo';
                    readonly revision: number;
                  }
              )[];
              readonly comment: string | null;
              /** @description 1, 2, …: how many corrections there are with this one. */
              readonly revision: number;
            }[];
            readonly revision: number;
          };
        };
      };
      readonly 400: components['responses']['Problem400'];
      readonly 401: components['responses']['Problem401'];
      readonly 403: components['responses']['Problem403'];
      readonly 404: components['responses']['Problem404'];
      readonly 405: components['responses']['Problem405'];
      readonly 408: components['responses']['Problem408'];
      readonly 409: components['responses']['Problem409'];
      readonly 412: components['responses']['Problem412'];
      readonly 413: components['responses']['Problem413'];
      readonly 415: components['responses']['Problem415'];
      readonly 422: components['responses']['Problem422'];
      readonly 428: components['responses']['Problem428'];
      readonly 429: components['responses']['Problem429'];
      readonly 500: components['responses']['Problem500'];
      readonly 503: components['responses']['Problem503'];
      readonly 507: components['responses']['Problem507'];
    };
  };
  readonly undoCorrection: {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path: {
        /** @description Of the recording */
        readonly id: string;
        readonly revision: string;
      };
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      /** @description The new revision; its ETag is the one of beats and analysis */
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': {
            readonly correction: {
              /** @description ISO 8601, UTC. */
              readonly at: string;
              /** @description Who made it, by an identifier. */
              readonly by: string;
              readonly changes: readonly (
                | {
                    /** @enum {string} */
                    readonly class: 'N' | 'S' | 'V' | 'F' | 'Q';
                    /** @constant */
                    readonly kind: 'relabel';
                    /** @description R peak of an existing beat, exactly. */
                    readonly sample: number;
                  }
                | {
                    /**
                     * @description Needed where beats are classified, left out where they are not.
                     * @enum {string}
                     */
                    readonly class?: 'N' | 'S' | 'V' | 'F' | 'Q';
                    /** @constant */
                    readonly kind: 'add';
                    /** @description Where there is no beat yet. */
                    readonly sample: number;
                  }
                | {
                    /** @constant */
                    readonly kind: 'remove';
                    /** @description R peak of an existing beat, exactly. */
                    readonly sample: number;
                  }
                | {
                    /** @constant */
                    readonly kind: 'undo';
                    readonly revision: number;
                  }
              )[];
              readonly comment: string | null;
              /** @description 1, 2, …: how many corrections there are with this one. */
              readonly revision: number;
            };
            readonly revision: number;
          };
        };
      };
      readonly 400: components['responses']['Problem400'];
      readonly 401: components['responses']['Problem401'];
      readonly 403: components['responses']['Problem403'];
      readonly 404: components['responses']['Problem404'];
      readonly 405: components['responses']['Problem405'];
      readonly 408: components['responses']['Problem408'];
      readonly 409: components['responses']['Problem409'];
      readonly 412: components['responses']['Problem412'];
      readonly 413: components['responses']['Problem413'];
      readonly 415: components['responses']['Problem415'];
      readonly 422: components['responses']['Problem422'];
      readonly 428: components['responses']['Problem428'];
      readonly 429: components['responses']['Problem429'];
      readonly 500: components['responses']['Problem500'];
      readonly 503: components['responses']['Problem503'];
      readonly 507: components['responses']['Problem507'];
    };
  };
  readonly listEpisodes: {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path: {
        /** @description Of the recording */
        readonly id: string;
      };
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      /** @description As in the analysis */
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': {
            /** @description Ascending in `from`. */
            readonly episodes: readonly {
              /** @description Ectopic beats in it; 0 in a pause. */
              readonly beats: number;
              /** @description Mean rate from its first to its last beat. */
              readonly bpm: number | null;
              /** @description R peak of its first beat. */
              readonly from: number;
              /** @description The least probable of its beats; null where no class is involved. */
              readonly probability: number | null;
              /** @description R peak of its last beat. */
              readonly to: number;
              /** @enum {string} */
              readonly type:
                | 'ventricular-run'
                | 'ventricular-couplet'
                | 'ventricular-bigeminy'
                | 'ventricular-trigeminy'
                | 'supraventricular-run'
                | 'supraventricular-couplet'
                | 'supraventricular-bigeminy'
                | 'supraventricular-trigeminy'
                | 'pause';
              /** @description True when one of its beats is uncertain. */
              readonly uncertain: boolean;
            }[];
            /** @description The most important events, first things first. */
            readonly events: readonly {
              /** @description Index into `episodes`. */
              readonly episode: number | null;
              /** @description Sample index at recording.fs, from the first sample. */
              readonly from: number;
              /** @description `event-1`, …; the anchor of its strip in a report. */
              readonly id: string;
              /** @enum {string} */
              readonly kind:
                | 'ventricular-run'
                | 'ventricular-couplet'
                | 'ventricular-bigeminy'
                | 'ventricular-trigeminy'
                | 'supraventricular-run'
                | 'supraventricular-couplet'
                | 'supraventricular-bigeminy'
                | 'supraventricular-trigeminy'
                | 'pause'
                | 'fastest-rate'
                | 'slowest-rate'
                | 'longest-rr'
                | 'ventricular-beat'
                | 'supraventricular-beat'
                | 'fusion-beat'
                | 'uncertain-beat'
                | 'rhythm-strip'
                | 'rhythm';
              /** @description Index into `rhythms`. */
              readonly rhythm: number | null;
              /** @description Sample index at recording.fs, from the first sample. */
              readonly to: number;
            }[];
            readonly revision: number;
            /** @description The rhythm from the first sample to the last, ascending, not overlapping, without holes; null when no network judged it. */
            readonly rhythms:
              | readonly {
                  /** @description R peaks in it. */
                  readonly beats: number;
                  /** @description Mean rate of its readable RR intervals; null where there is none, as in fibrillation of the ventricles. */
                  readonly bpm: number | null;
                  /** @description Sample index at recording.fs, from the first sample. */
                  readonly from: number;
                  /** @description Calibrated; null where the rhythm follows from beats or cannot be read. */
                  readonly probability: number | null;
                  /** @description Why it is uncertain, in a few words; null when certain. */
                  readonly reason: string | null;
                  /** @enum {string} */
                  readonly rhythm:
                    | 'sinus'
                    | 'sinus-bradycardia'
                    | 'sinus-tachycardia'
                    | 'atrial-fibrillation'
                    | 'atrial-flutter'
                    | 'supraventricular-tachycardia'
                    | 'ventricular-tachycardia'
                    | 'ventricular-fibrillation'
                    | 'asystole'
                    | 'paced'
                    | 'av-block-2'
                    | 'av-block-3'
                    | 'other'
                    | 'unreadable';
                  /** @description Exclusive. */
                  readonly to: number;
                  readonly uncertain: boolean;
                }[]
              | null;
          };
        };
      };
      readonly 400: components['responses']['Problem400'];
      readonly 401: components['responses']['Problem401'];
      readonly 403: components['responses']['Problem403'];
      readonly 404: components['responses']['Problem404'];
      readonly 405: components['responses']['Problem405'];
      readonly 408: components['responses']['Problem408'];
      readonly 409: components['responses']['Problem409'];
      readonly 412: components['responses']['Problem412'];
      readonly 413: components['responses']['Problem413'];
      readonly 415: components['responses']['Problem415'];
      readonly 422: components['responses']['Problem422'];
      readonly 428: components['responses']['Problem428'];
      readonly 429: components['responses']['Problem429'];
      readonly 500: components['responses']['Problem500'];
      readonly 503: components['responses']['Problem503'];
      readonly 507: components['responses']['Problem507'];
    };
  };
  readonly writeFhir: {
    readonly parameters: {
      readonly query?: {
        /** @description Kind of the report's bundle; `collection` when omitted. */
        readonly bundle?: 'collection' | 'transaction';
        /** @description First sample of the signal; 0 when omitted. */
        readonly from?: string;
        /** @description `report` when omitted. */
        readonly part?: 'report' | 'observation';
        /** @description Reference to the patient, as `Patient/123`; none when omitted. */
        readonly subject?: string;
        /** @description One past its last sample; the end when omitted. */
        readonly to?: string;
        /** @description `R4` when omitted. */
        readonly version?: 'R4' | 'R6';
        /** @description Time zone of the recording, which it does not know, as `+01:00`; local time is written as UTC when omitted. */
        readonly zone?: string;
      };
      readonly header?: never;
      readonly path: {
        /** @description Of the recording */
        readonly id: string;
      };
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      /** @description A Bundle or an Observation */
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/fhir+json': {
            readonly resourceType: string;
          };
        };
      };
      readonly 400: components['responses']['Problem400'];
      readonly 401: components['responses']['Problem401'];
      readonly 403: components['responses']['Problem403'];
      readonly 404: components['responses']['Problem404'];
      readonly 405: components['responses']['Problem405'];
      readonly 408: components['responses']['Problem408'];
      readonly 409: components['responses']['Problem409'];
      readonly 412: components['responses']['Problem412'];
      readonly 413: components['responses']['Problem413'];
      readonly 415: components['responses']['Problem415'];
      readonly 422: components['responses']['Problem422'];
      readonly 428: components['responses']['Problem428'];
      readonly 429: components['responses']['Problem429'];
      readonly 500: components['responses']['Problem500'];
      readonly 503: components['responses']['Problem503'];
      readonly 507: components['responses']['Problem507'];
    };
  };
  readonly downloadFile: {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path: {
        /** @description Of the recording */
        readonly id: string;
        readonly position: string;
      };
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      /** @description Its bytes */
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/octet-stream': string;
        };
      };
      readonly 400: components['responses']['Problem400'];
      readonly 401: components['responses']['Problem401'];
      readonly 403: components['responses']['Problem403'];
      readonly 404: components['responses']['Problem404'];
      readonly 405: components['responses']['Problem405'];
      readonly 408: components['responses']['Problem408'];
      readonly 409: components['responses']['Problem409'];
      readonly 412: components['responses']['Problem412'];
      readonly 413: components['responses']['Problem413'];
      readonly 415: components['responses']['Problem415'];
      readonly 422: components['responses']['Problem422'];
      readonly 428: components['responses']['Problem428'];
      readonly 429: components['responses']['Problem429'];
      readonly 500: components['responses']['Problem500'];
      readonly 503: components['responses']['Problem503'];
      readonly 507: components['responses']['Problem507'];
    };
  };
  readonly listJobs: {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path: {
        /** @description Of the recording */
        readonly id: string;
      };
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      /** @description Jobs */
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': {
            readonly jobs: readonly {
              readonly attempts: number;
              /** @description ISO 8601, UTC. */
              readonly createdAt: string;
              /** @description Why it failed. */
              readonly error: {
                /** @enum {string} */
                readonly code:
                  | 'bad-format'
                  | 'unsupported'
                  | 'bad-shape'
                  | 'bad-option'
                  | 'too-short'
                  | 'not-found'
                  | 'cancelled'
                  | 'unauthorized'
                  | 'forbidden'
                  | 'conflict'
                  | 'precondition-failed'
                  | 'precondition-required'
                  | 'too-large'
                  | 'too-many-requests'
                  | 'timed-out'
                  | 'storage-full'
                  | 'unavailable'
                  | 'method-not-allowed'
                  | 'internal';
                readonly message: string;
              } | null;
              readonly finishedAt: string | null;
              readonly id: string;
              /** @enum {string} */
              readonly kind: 'import' | 'analyze';
              readonly progress: number;
              readonly recordingId: string;
              /** @description What it is doing: read, detect, classify, … */
              readonly stage: string | null;
              readonly startedAt: string | null;
              /** @enum {string} */
              readonly status: 'queued' | 'running' | 'done' | 'failed' | 'cancelled';
            }[];
          };
        };
      };
      readonly 400: components['responses']['Problem400'];
      readonly 401: components['responses']['Problem401'];
      readonly 403: components['responses']['Problem403'];
      readonly 404: components['responses']['Problem404'];
      readonly 405: components['responses']['Problem405'];
      readonly 408: components['responses']['Problem408'];
      readonly 409: components['responses']['Problem409'];
      readonly 412: components['responses']['Problem412'];
      readonly 413: components['responses']['Problem413'];
      readonly 415: components['responses']['Problem415'];
      readonly 422: components['responses']['Problem422'];
      readonly 428: components['responses']['Problem428'];
      readonly 429: components['responses']['Problem429'];
      readonly 500: components['responses']['Problem500'];
      readonly 503: components['responses']['Problem503'];
      readonly 507: components['responses']['Problem507'];
    };
  };
  readonly writeHtmlReport: {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path: {
        /** @description Of the recording */
        readonly id: string;
      };
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      /** @description The page */
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'text/html': string;
        };
      };
      readonly 400: components['responses']['Problem400'];
      readonly 401: components['responses']['Problem401'];
      readonly 403: components['responses']['Problem403'];
      readonly 404: components['responses']['Problem404'];
      readonly 405: components['responses']['Problem405'];
      readonly 408: components['responses']['Problem408'];
      readonly 409: components['responses']['Problem409'];
      readonly 412: components['responses']['Problem412'];
      readonly 413: components['responses']['Problem413'];
      readonly 415: components['responses']['Problem415'];
      readonly 422: components['responses']['Problem422'];
      readonly 428: components['responses']['Problem428'];
      readonly 429: components['responses']['Problem429'];
      readonly 500: components['responses']['Problem500'];
      readonly 503: components['responses']['Problem503'];
      readonly 507: components['responses']['Problem507'];
    };
  };
  readonly writePdfReport: {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path: {
        /** @description Of the recording */
        readonly id: string;
      };
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      /** @description The document */
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/pdf': string;
        };
      };
      readonly 400: components['responses']['Problem400'];
      readonly 401: components['responses']['Problem401'];
      readonly 403: components['responses']['Problem403'];
      readonly 404: components['responses']['Problem404'];
      readonly 405: components['responses']['Problem405'];
      readonly 408: components['responses']['Problem408'];
      readonly 409: components['responses']['Problem409'];
      readonly 412: components['responses']['Problem412'];
      readonly 413: components['responses']['Problem413'];
      readonly 415: components['responses']['Problem415'];
      readonly 422: components['responses']['Problem422'];
      readonly 428: components['responses']['Problem428'];
      readonly 429: components['responses']['Problem429'];
      readonly 500: components['responses']['Problem500'];
      readonly 503: components['responses']['Problem503'];
      readonly 507: components['responses']['Problem507'];
    };
  };
  readonly readSignal: {
    readonly parameters: {
      readonly query?: {
        /** @description First sample at the rate of the recording; 0 when omitted. */
        readonly from?: string;
        /** @description Names, or numbers from 0, with commas between them; all when omitted. */
        readonly lead?: string;
        readonly points?: string;
        /** @description One past the last; the end when omitted or beyond it. */
        readonly to?: string;
      };
      readonly header?: never;
      readonly path: {
        /** @description Of the recording */
        readonly id: string;
      };
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      /** @description The stretch */
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': {
            readonly from: number;
            /** @description Hz; of `from` and `to`, the time base of the recording. */
            readonly fs: number;
            readonly leads: readonly {
              /** @description One more than there are points: point k covers the samples `edges[k]` to before `edges[k + 1]`. */
              readonly edges?: readonly number[];
              /** @description Hz; of this lead, and of `edges`. */
              readonly fs: number;
              /**
               * @description Every sample as it is, or the least and most of each point.
               * @enum {string}
               */
              readonly kind: 'samples' | 'min-max';
              readonly lead: string;
              readonly max?: readonly (number | null)[];
              readonly min?: readonly (number | null)[];
              /** @description In `unit`; null in a gap. */
              readonly samples?: readonly (number | null)[];
              /** @description First sample, at the rate of this lead. */
              readonly start: number;
              readonly unit: string;
            }[];
            /** @description Exclusive. */
            readonly to: number;
          };
        };
      };
      readonly 400: components['responses']['Problem400'];
      readonly 401: components['responses']['Problem401'];
      readonly 403: components['responses']['Problem403'];
      readonly 404: components['responses']['Problem404'];
      readonly 405: components['responses']['Problem405'];
      readonly 408: components['responses']['Problem408'];
      readonly 409: components['responses']['Problem409'];
      readonly 412: components['responses']['Problem412'];
      readonly 413: components['responses']['Problem413'];
      readonly 415: components['responses']['Problem415'];
      readonly 422: components['responses']['Problem422'];
      readonly 428: components['responses']['Problem428'];
      readonly 429: components['responses']['Problem429'];
      readonly 500: components['responses']['Problem500'];
      readonly 503: components['responses']['Problem503'];
      readonly 507: components['responses']['Problem507'];
    };
  };
  readonly sample: {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      /** @description A table that can be added as a recording */
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'text/csv': string;
        };
      };
      readonly 400: components['responses']['Problem400'];
      readonly 403: components['responses']['Problem403'];
      readonly 404: components['responses']['Problem404'];
      readonly 405: components['responses']['Problem405'];
      readonly 408: components['responses']['Problem408'];
      readonly 409: components['responses']['Problem409'];
      readonly 412: components['responses']['Problem412'];
      readonly 413: components['responses']['Problem413'];
      readonly 415: components['responses']['Problem415'];
      readonly 422: components['responses']['Problem422'];
      readonly 428: components['responses']['Problem428'];
      readonly 429: components['responses']['Problem429'];
      readonly 500: components['responses']['Problem500'];
      readonly 503: components['responses']['Problem503'];
      readonly 507: components['responses']['Problem507'];
    };
  };
  readonly openSession: {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly requestBody: {
      readonly content: {
        readonly 'application/json': {
          readonly token: string;
        };
      };
    };
    readonly responses: {
      /** @description The cookie is set */
      readonly 204: {
        headers: {
          readonly [name: string]: unknown;
        };
        content?: never;
      };
      readonly 400: components['responses']['Problem400'];
      readonly 403: components['responses']['Problem403'];
      readonly 404: components['responses']['Problem404'];
      readonly 405: components['responses']['Problem405'];
      readonly 408: components['responses']['Problem408'];
      readonly 409: components['responses']['Problem409'];
      readonly 412: components['responses']['Problem412'];
      readonly 413: components['responses']['Problem413'];
      readonly 415: components['responses']['Problem415'];
      readonly 422: components['responses']['Problem422'];
      readonly 428: components['responses']['Problem428'];
      readonly 429: components['responses']['Problem429'];
      readonly 500: components['responses']['Problem500'];
      readonly 503: components['responses']['Problem503'];
      readonly 507: components['responses']['Problem507'];
    };
  };
  readonly closeSession: {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      /** @description The cookie is gone */
      readonly 204: {
        headers: {
          readonly [name: string]: unknown;
        };
        content?: never;
      };
      readonly 400: components['responses']['Problem400'];
      readonly 403: components['responses']['Problem403'];
      readonly 404: components['responses']['Problem404'];
      readonly 405: components['responses']['Problem405'];
      readonly 408: components['responses']['Problem408'];
      readonly 409: components['responses']['Problem409'];
      readonly 412: components['responses']['Problem412'];
      readonly 413: components['responses']['Problem413'];
      readonly 415: components['responses']['Problem415'];
      readonly 422: components['responses']['Problem422'];
      readonly 428: components['responses']['Problem428'];
      readonly 429: components['responses']['Problem429'];
      readonly 500: components['responses']['Problem500'];
      readonly 503: components['responses']['Problem503'];
      readonly 507: components['responses']['Problem507'];
    };
  };
  readonly status: {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      /** @description How the server is doing */
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': {
            /** @enum {string} */
            readonly database: 'sqlite' | 'postgres';
            readonly models: readonly {
              readonly name: string;
              readonly version: string;
            }[];
            readonly node: string;
            readonly queue: {
              readonly failed: number;
              /** @enum {string} */
              readonly kind: 'in-process' | 'nats';
              readonly queued: number;
              readonly running: number;
            };
            readonly startedAt: string;
            readonly storage: {
              /** @description Of the files people added */
              readonly bytes: number;
              /** @description Left on the disk of the data folder */
              readonly freeBytes: number;
              readonly recordings: number;
            };
            readonly streams: number;
            readonly version: string;
          };
        };
      };
      readonly 400: components['responses']['Problem400'];
      readonly 401: components['responses']['Problem401'];
      readonly 403: components['responses']['Problem403'];
      readonly 404: components['responses']['Problem404'];
      readonly 405: components['responses']['Problem405'];
      readonly 408: components['responses']['Problem408'];
      readonly 409: components['responses']['Problem409'];
      readonly 412: components['responses']['Problem412'];
      readonly 413: components['responses']['Problem413'];
      readonly 415: components['responses']['Problem415'];
      readonly 422: components['responses']['Problem422'];
      readonly 428: components['responses']['Problem428'];
      readonly 429: components['responses']['Problem429'];
      readonly 500: components['responses']['Problem500'];
      readonly 503: components['responses']['Problem503'];
      readonly 507: components['responses']['Problem507'];
    };
  };
  readonly listStreams: {
    readonly parameters: {
      readonly query?: {
        /** @description `next` of the page before. */
        readonly before?: string;
        /** @description Letters, digits, `.`, `_`, `~` and `-`; at most 64. */
        readonly device?: string;
        readonly limit?: string;
        /** @description Only those that have not ended, or only those that have. */
        readonly open?: 'true' | 'false';
      };
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      /** @description A page */
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': {
            /** @description `before` of the next page; null on the last. */
            readonly next: string | null;
            readonly streams: readonly {
              /** @description Whether its device is connected now. */
              readonly connected: boolean;
              readonly device: string;
              readonly endedAt: string | null;
              /** @description Hz. */
              readonly fs: number;
              readonly id: string;
              /** @description Number of its newest event; null after its end. */
              readonly lastEvent: number | null;
              readonly leads: readonly string[];
              /** @description The recording it became. */
              readonly recordingId: string | null;
              /** @description Samples a lead that are stored; null after its end. */
              readonly samples: number | null;
              /** @description ISO 8601, UTC. */
              readonly startedAt: string;
            }[];
          };
        };
      };
      readonly 400: components['responses']['Problem400'];
      readonly 401: components['responses']['Problem401'];
      readonly 403: components['responses']['Problem403'];
      readonly 404: components['responses']['Problem404'];
      readonly 405: components['responses']['Problem405'];
      readonly 408: components['responses']['Problem408'];
      readonly 409: components['responses']['Problem409'];
      readonly 412: components['responses']['Problem412'];
      readonly 413: components['responses']['Problem413'];
      readonly 415: components['responses']['Problem415'];
      readonly 422: components['responses']['Problem422'];
      readonly 428: components['responses']['Problem428'];
      readonly 429: components['responses']['Problem429'];
      readonly 500: components['responses']['Problem500'];
      readonly 503: components['responses']['Problem503'];
      readonly 507: components['responses']['Problem507'];
    };
  };
  readonly stream: {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path: {
        /** @description Letters, digits, `.`, `_`, `~` and `-`; at most 64. */
        readonly device: string;
      };
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      /** @description The socket is open; the device says hello */
      readonly 101: {
        headers: {
          readonly [name: string]: unknown;
        };
        content?: never;
      };
      readonly 400: components['responses']['Problem400'];
      readonly 401: components['responses']['Problem401'];
      readonly 403: components['responses']['Problem403'];
      readonly 404: components['responses']['Problem404'];
      readonly 405: components['responses']['Problem405'];
      readonly 408: components['responses']['Problem408'];
      readonly 409: components['responses']['Problem409'];
      readonly 412: components['responses']['Problem412'];
      readonly 413: components['responses']['Problem413'];
      readonly 415: components['responses']['Problem415'];
      readonly 422: components['responses']['Problem422'];
      readonly 428: components['responses']['Problem428'];
      readonly 429: components['responses']['Problem429'];
      readonly 500: components['responses']['Problem500'];
      readonly 503: components['responses']['Problem503'];
      readonly 507: components['responses']['Problem507'];
    };
  };
  readonly endStream: {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path: {
        /** @description Of the stream */
        readonly id: string;
      };
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      /** @description The recording; null when the stream had no samples */
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': {
            readonly recordingId: string | null;
            readonly samples: number;
          };
        };
      };
      readonly 400: components['responses']['Problem400'];
      readonly 401: components['responses']['Problem401'];
      readonly 403: components['responses']['Problem403'];
      readonly 404: components['responses']['Problem404'];
      readonly 405: components['responses']['Problem405'];
      readonly 408: components['responses']['Problem408'];
      readonly 409: components['responses']['Problem409'];
      readonly 412: components['responses']['Problem412'];
      readonly 413: components['responses']['Problem413'];
      readonly 415: components['responses']['Problem415'];
      readonly 422: components['responses']['Problem422'];
      readonly 428: components['responses']['Problem428'];
      readonly 429: components['responses']['Problem429'];
      readonly 500: components['responses']['Problem500'];
      readonly 503: components['responses']['Problem503'];
      readonly 507: components['responses']['Problem507'];
    };
  };
  readonly listStreamEvents: {
    readonly parameters: {
      readonly query?: {
        readonly after?: string;
        readonly limit?: string;
      };
      readonly header?: never;
      readonly path: {
        /** @description Of the stream */
        readonly id: string;
      };
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      /** @description Events with their numbers */
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': {
            readonly events: readonly {
              readonly event:
                | {
                    /** @description Samples of the stream that had been heard when this was told: `at − from` is how late it is. */
                    readonly at: number;
                    /** @description Whether a final beat has another class, or became certain or uncertain; false before. */
                    readonly changed: boolean;
                    /** @description AAMI; null without a model. */
                    readonly class: ('N' | 'S' | 'V' | 'F' | 'Q') | null;
                    /** @description False at once after detection; true once, when the beats that follow are known. */
                    readonly final: boolean;
                    /** @constant */
                    readonly kind: 'beat';
                    /** @description That the class is right; null without a model. */
                    readonly probability: number | null;
                    /** @description s since the beat before; null where that is not known. */
                    readonly rr: number | null;
                    /** @description The R peak. */
                    readonly sample: number;
                    /** @description Why the class is not to be relied on; null where it is. */
                    readonly uncertain:
                      | (
                          | 'low-confidence'
                          | 'no-signal'
                          | 'noise'
                          | 'unknown-interval'
                          | 'irregular-rhythm'
                          | 'classes-close'
                          | 'unusual-morphology'
                          | 'outside-training'
                          | 'ventricular-fibrillation'
                        )
                      | null;
                  }
                | {
                    /** @description Samples of the stream that had been heard when this was told: `at − from` is how late it is. */
                    readonly at: number;
                    /** @description Sample of the stream where what is told began. */
                    readonly from: number;
                    /** @constant */
                    readonly kind: 'rhythm';
                    /** @description Null where the rhythm follows from beats. */
                    readonly probability: number | null;
                    readonly reason: string | null;
                    /** @enum {string} */
                    readonly rhythm:
                      | 'sinus'
                      | 'sinus-bradycardia'
                      | 'sinus-tachycardia'
                      | 'atrial-fibrillation'
                      | 'atrial-flutter'
                      | 'supraventricular-tachycardia'
                      | 'ventricular-tachycardia'
                      | 'ventricular-fibrillation'
                      | 'asystole'
                      | 'paced'
                      | 'av-block-2'
                      | 'av-block-3'
                      | 'other'
                      | 'unreadable';
                    readonly uncertain: boolean;
                  }
                | {
                    /** @description Samples of the stream that had been heard when this was told: `at − from` is how late it is. */
                    readonly at: number;
                    /** @description Sample of the stream where what is told began. */
                    readonly from: number;
                    /** @constant */
                    readonly kind: 'signal';
                    /** @description Of each lead. */
                    readonly leads: readonly ('good' | 'gap' | 'invalid' | 'flat' | 'noise')[];
                    /**
                     * @description Of all leads together: one good lead is enough.
                     * @enum {string}
                     */
                    readonly state: 'good' | 'gap' | 'invalid' | 'flat' | 'noise';
                  }
                | {
                    /** @description Samples of the stream that had been heard when this was told: `at − from` is how late it is. */
                    readonly at: number;
                    /** @description Over the last 8 intervals; null where none is known. */
                    readonly bpm: number | null;
                    /** @constant */
                    readonly kind: 'rate';
                  }
                | {
                    /** @enum {string} */
                    readonly alert:
                      | 'asystole'
                      | 'ventricular-fibrillation-or-tachycardia'
                      | 'ventricular-run'
                      | 'pause'
                      | 'tachycardia'
                      | 'bradycardia'
                      | 'atrial-fibrillation'
                      | 'leads-off';
                    /** @description Samples of the stream that had been heard when this was told: `at − from` is how late it is. */
                    readonly at: number;
                    /** @description Figures behind it: `bpm`, `seconds`, `beats`, `probability`, `rhythm`. */
                    readonly detail: {
                      readonly [key: string]: number | string;
                    };
                    /** @description Sample of the stream where what is told began. */
                    readonly from: number;
                    /** @constant */
                    readonly kind: 'alert';
                    /**
                     * @description `once` for what is over when it is told, a pause.
                     * @enum {string}
                     */
                    readonly state: 'begin' | 'end' | 'once';
                    /** @description True where noise or an unsure network may deceive. */
                    readonly uncertain: boolean;
                  };
              readonly seq: number;
            }[];
            readonly lastEvent: number;
          };
        };
      };
      readonly 400: components['responses']['Problem400'];
      readonly 401: components['responses']['Problem401'];
      readonly 403: components['responses']['Problem403'];
      readonly 404: components['responses']['Problem404'];
      readonly 405: components['responses']['Problem405'];
      readonly 408: components['responses']['Problem408'];
      readonly 409: components['responses']['Problem409'];
      readonly 412: components['responses']['Problem412'];
      readonly 413: components['responses']['Problem413'];
      readonly 415: components['responses']['Problem415'];
      readonly 422: components['responses']['Problem422'];
      readonly 428: components['responses']['Problem428'];
      readonly 429: components['responses']['Problem429'];
      readonly 500: components['responses']['Problem500'];
      readonly 503: components['responses']['Problem503'];
      readonly 507: components['responses']['Problem507'];
    };
  };
  readonly watchStream: {
    readonly parameters: {
      readonly query?: {
        /** @description Begins after this event; from now on when omitted. */
        readonly after?: string;
        /** @description Values a second and lead; no samples are sent without it. */
        readonly samplesPerSecond?: string;
      };
      readonly header?: never;
      readonly path: {
        /** @description Of the stream */
        readonly id: string;
      };
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      /** @description Events until the stream ends */
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'text/event-stream': string;
        };
      };
      readonly 400: components['responses']['Problem400'];
      readonly 401: components['responses']['Problem401'];
      readonly 403: components['responses']['Problem403'];
      readonly 404: components['responses']['Problem404'];
      readonly 405: components['responses']['Problem405'];
      readonly 408: components['responses']['Problem408'];
      readonly 409: components['responses']['Problem409'];
      readonly 412: components['responses']['Problem412'];
      readonly 413: components['responses']['Problem413'];
      readonly 415: components['responses']['Problem415'];
      readonly 422: components['responses']['Problem422'];
      readonly 428: components['responses']['Problem428'];
      readonly 429: components['responses']['Problem429'];
      readonly 500: components['responses']['Problem500'];
      readonly 503: components['responses']['Problem503'];
      readonly 507: components['responses']['Problem507'];
    };
  };
  readonly createUpload: {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly requestBody?: {
      readonly content: {
        readonly '*/*': string;
      };
    };
    readonly responses: {
      /** @description Its address is in Location */
      readonly 201: {
        headers: {
          readonly [name: string]: unknown;
        };
        content?: never;
      };
      /** @description A header of the protocol is missing or wrong */
      readonly 400: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': {
            /** @enum {string} */
            readonly code:
              | 'bad-format'
              | 'unsupported'
              | 'bad-shape'
              | 'bad-option'
              | 'too-short'
              | 'not-found'
              | 'cancelled'
              | 'unauthorized'
              | 'forbidden'
              | 'conflict'
              | 'precondition-failed'
              | 'precondition-required'
              | 'too-large'
              | 'too-many-requests'
              | 'timed-out'
              | 'storage-full'
              | 'unavailable'
              | 'method-not-allowed'
              | 'internal';
            /** @description Where, what, what was got and what to do */
            readonly detail: string;
            /** @description `detail` again, where the Open Inference Protocol has it: below /v2 */
            readonly error?: string;
            readonly faults?: readonly {
              /**
               * @description Where it stands
               * @enum {string}
               */
              readonly in: 'path' | 'query' | 'body';
              readonly message: string;
              /** @description Dotted: `options.leads.0`; empty for the whole */
              readonly path: string;
            }[];
            /** @description Names this request in the log */
            readonly instance?: string;
            readonly status: number;
            readonly title: string;
            /** @description Always about:blank: `code` tells faults apart */
            readonly type: string;
          };
          readonly 'text/plain': string;
        };
      };
      readonly 401: components['responses']['Problem401'];
      /** @description They may not do this */
      readonly 403: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': {
            /** @enum {string} */
            readonly code:
              | 'bad-format'
              | 'unsupported'
              | 'bad-shape'
              | 'bad-option'
              | 'too-short'
              | 'not-found'
              | 'cancelled'
              | 'unauthorized'
              | 'forbidden'
              | 'conflict'
              | 'precondition-failed'
              | 'precondition-required'
              | 'too-large'
              | 'too-many-requests'
              | 'timed-out'
              | 'storage-full'
              | 'unavailable'
              | 'method-not-allowed'
              | 'internal';
            /** @description Where, what, what was got and what to do */
            readonly detail: string;
            /** @description `detail` again, where the Open Inference Protocol has it: below /v2 */
            readonly error?: string;
            readonly faults?: readonly {
              /**
               * @description Where it stands
               * @enum {string}
               */
              readonly in: 'path' | 'query' | 'body';
              readonly message: string;
              /** @description Dotted: `options.leads.0`; empty for the whole */
              readonly path: string;
            }[];
            /** @description Names this request in the log */
            readonly instance?: string;
            readonly status: number;
            readonly title: string;
            /** @description Always about:blank: `code` tells faults apart */
            readonly type: string;
          };
          readonly 'text/plain': string;
        };
      };
      /** @description There is no such upload */
      readonly 404: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': {
            /** @enum {string} */
            readonly code:
              | 'bad-format'
              | 'unsupported'
              | 'bad-shape'
              | 'bad-option'
              | 'too-short'
              | 'not-found'
              | 'cancelled'
              | 'unauthorized'
              | 'forbidden'
              | 'conflict'
              | 'precondition-failed'
              | 'precondition-required'
              | 'too-large'
              | 'too-many-requests'
              | 'timed-out'
              | 'storage-full'
              | 'unavailable'
              | 'method-not-allowed'
              | 'internal';
            /** @description Where, what, what was got and what to do */
            readonly detail: string;
            /** @description `detail` again, where the Open Inference Protocol has it: below /v2 */
            readonly error?: string;
            readonly faults?: readonly {
              /**
               * @description Where it stands
               * @enum {string}
               */
              readonly in: 'path' | 'query' | 'body';
              readonly message: string;
              /** @description Dotted: `options.leads.0`; empty for the whole */
              readonly path: string;
            }[];
            /** @description Names this request in the log */
            readonly instance?: string;
            readonly status: number;
            readonly title: string;
            /** @description Always about:blank: `code` tells faults apart */
            readonly type: string;
          };
          readonly 'text/plain': string;
        };
      };
      readonly 405: components['responses']['Problem405'];
      readonly 408: components['responses']['Problem408'];
      /** @description The bytes do not follow those that are there; see Upload-Offset */
      readonly 409: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': {
            /** @enum {string} */
            readonly code:
              | 'bad-format'
              | 'unsupported'
              | 'bad-shape'
              | 'bad-option'
              | 'too-short'
              | 'not-found'
              | 'cancelled'
              | 'unauthorized'
              | 'forbidden'
              | 'conflict'
              | 'precondition-failed'
              | 'precondition-required'
              | 'too-large'
              | 'too-many-requests'
              | 'timed-out'
              | 'storage-full'
              | 'unavailable'
              | 'method-not-allowed'
              | 'internal';
            /** @description Where, what, what was got and what to do */
            readonly detail: string;
            /** @description `detail` again, where the Open Inference Protocol has it: below /v2 */
            readonly error?: string;
            readonly faults?: readonly {
              /**
               * @description Where it stands
               * @enum {string}
               */
              readonly in: 'path' | 'query' | 'body';
              readonly message: string;
              /** @description Dotted: `options.leads.0`; empty for the whole */
              readonly path: string;
            }[];
            /** @description Names this request in the log */
            readonly instance?: string;
            readonly status: number;
            readonly title: string;
            /** @description Always about:blank: `code` tells faults apart */
            readonly type: string;
          };
          readonly 'text/plain': string;
        };
      };
      /** @description The upload was given up or has expired */
      readonly 410: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': {
            /** @enum {string} */
            readonly code:
              | 'bad-format'
              | 'unsupported'
              | 'bad-shape'
              | 'bad-option'
              | 'too-short'
              | 'not-found'
              | 'cancelled'
              | 'unauthorized'
              | 'forbidden'
              | 'conflict'
              | 'precondition-failed'
              | 'precondition-required'
              | 'too-large'
              | 'too-many-requests'
              | 'timed-out'
              | 'storage-full'
              | 'unavailable'
              | 'method-not-allowed'
              | 'internal';
            /** @description Where, what, what was got and what to do */
            readonly detail: string;
            /** @description `detail` again, where the Open Inference Protocol has it: below /v2 */
            readonly error?: string;
            readonly faults?: readonly {
              /**
               * @description Where it stands
               * @enum {string}
               */
              readonly in: 'path' | 'query' | 'body';
              readonly message: string;
              /** @description Dotted: `options.leads.0`; empty for the whole */
              readonly path: string;
            }[];
            /** @description Names this request in the log */
            readonly instance?: string;
            readonly status: number;
            readonly title: string;
            /** @description Always about:blank: `code` tells faults apart */
            readonly type: string;
          };
          readonly 'text/plain': string;
        };
      };
      /** @description Tus-Resumable is missing or not 1.0.0 */
      readonly 412: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': {
            /** @enum {string} */
            readonly code:
              | 'bad-format'
              | 'unsupported'
              | 'bad-shape'
              | 'bad-option'
              | 'too-short'
              | 'not-found'
              | 'cancelled'
              | 'unauthorized'
              | 'forbidden'
              | 'conflict'
              | 'precondition-failed'
              | 'precondition-required'
              | 'too-large'
              | 'too-many-requests'
              | 'timed-out'
              | 'storage-full'
              | 'unavailable'
              | 'method-not-allowed'
              | 'internal';
            /** @description Where, what, what was got and what to do */
            readonly detail: string;
            /** @description `detail` again, where the Open Inference Protocol has it: below /v2 */
            readonly error?: string;
            readonly faults?: readonly {
              /**
               * @description Where it stands
               * @enum {string}
               */
              readonly in: 'path' | 'query' | 'body';
              readonly message: string;
              /** @description Dotted: `options.leads.0`; empty for the whole */
              readonly path: string;
            }[];
            /** @description Names this request in the log */
            readonly instance?: string;
            readonly status: number;
            readonly title: string;
            /** @description Always about:blank: `code` tells faults apart */
            readonly type: string;
          };
          readonly 'text/plain': string;
        };
      };
      /** @description More than this server accepts */
      readonly 413: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': {
            /** @enum {string} */
            readonly code:
              | 'bad-format'
              | 'unsupported'
              | 'bad-shape'
              | 'bad-option'
              | 'too-short'
              | 'not-found'
              | 'cancelled'
              | 'unauthorized'
              | 'forbidden'
              | 'conflict'
              | 'precondition-failed'
              | 'precondition-required'
              | 'too-large'
              | 'too-many-requests'
              | 'timed-out'
              | 'storage-full'
              | 'unavailable'
              | 'method-not-allowed'
              | 'internal';
            /** @description Where, what, what was got and what to do */
            readonly detail: string;
            /** @description `detail` again, where the Open Inference Protocol has it: below /v2 */
            readonly error?: string;
            readonly faults?: readonly {
              /**
               * @description Where it stands
               * @enum {string}
               */
              readonly in: 'path' | 'query' | 'body';
              readonly message: string;
              /** @description Dotted: `options.leads.0`; empty for the whole */
              readonly path: string;
            }[];
            /** @description Names this request in the log */
            readonly instance?: string;
            readonly status: number;
            readonly title: string;
            /** @description Always about:blank: `code` tells faults apart */
            readonly type: string;
          };
          readonly 'text/plain': string;
        };
      };
      /** @description The bytes come as application/offset+octet-stream */
      readonly 415: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': {
            /** @enum {string} */
            readonly code:
              | 'bad-format'
              | 'unsupported'
              | 'bad-shape'
              | 'bad-option'
              | 'too-short'
              | 'not-found'
              | 'cancelled'
              | 'unauthorized'
              | 'forbidden'
              | 'conflict'
              | 'precondition-failed'
              | 'precondition-required'
              | 'too-large'
              | 'too-many-requests'
              | 'timed-out'
              | 'storage-full'
              | 'unavailable'
              | 'method-not-allowed'
              | 'internal';
            /** @description Where, what, what was got and what to do */
            readonly detail: string;
            /** @description `detail` again, where the Open Inference Protocol has it: below /v2 */
            readonly error?: string;
            readonly faults?: readonly {
              /**
               * @description Where it stands
               * @enum {string}
               */
              readonly in: 'path' | 'query' | 'body';
              readonly message: string;
              /** @description Dotted: `options.leads.0`; empty for the whole */
              readonly path: string;
            }[];
            /** @description Names this request in the log */
            readonly instance?: string;
            readonly status: number;
            readonly title: string;
            /** @description Always about:blank: `code` tells faults apart */
            readonly type: string;
          };
          readonly 'text/plain': string;
        };
      };
      readonly 422: components['responses']['Problem422'];
      readonly 428: components['responses']['Problem428'];
      readonly 429: components['responses']['Problem429'];
      readonly 500: components['responses']['Problem500'];
      readonly 503: components['responses']['Problem503'];
      readonly 507: components['responses']['Problem507'];
    };
  };
  readonly describeUploads: {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      /** @description In its headers */
      readonly 204: {
        headers: {
          readonly [name: string]: unknown;
        };
        content?: never;
      };
      /** @description A header of the protocol is missing or wrong */
      readonly 400: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': {
            /** @enum {string} */
            readonly code:
              | 'bad-format'
              | 'unsupported'
              | 'bad-shape'
              | 'bad-option'
              | 'too-short'
              | 'not-found'
              | 'cancelled'
              | 'unauthorized'
              | 'forbidden'
              | 'conflict'
              | 'precondition-failed'
              | 'precondition-required'
              | 'too-large'
              | 'too-many-requests'
              | 'timed-out'
              | 'storage-full'
              | 'unavailable'
              | 'method-not-allowed'
              | 'internal';
            /** @description Where, what, what was got and what to do */
            readonly detail: string;
            /** @description `detail` again, where the Open Inference Protocol has it: below /v2 */
            readonly error?: string;
            readonly faults?: readonly {
              /**
               * @description Where it stands
               * @enum {string}
               */
              readonly in: 'path' | 'query' | 'body';
              readonly message: string;
              /** @description Dotted: `options.leads.0`; empty for the whole */
              readonly path: string;
            }[];
            /** @description Names this request in the log */
            readonly instance?: string;
            readonly status: number;
            readonly title: string;
            /** @description Always about:blank: `code` tells faults apart */
            readonly type: string;
          };
          readonly 'text/plain': string;
        };
      };
      /** @description They may not do this */
      readonly 403: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': {
            /** @enum {string} */
            readonly code:
              | 'bad-format'
              | 'unsupported'
              | 'bad-shape'
              | 'bad-option'
              | 'too-short'
              | 'not-found'
              | 'cancelled'
              | 'unauthorized'
              | 'forbidden'
              | 'conflict'
              | 'precondition-failed'
              | 'precondition-required'
              | 'too-large'
              | 'too-many-requests'
              | 'timed-out'
              | 'storage-full'
              | 'unavailable'
              | 'method-not-allowed'
              | 'internal';
            /** @description Where, what, what was got and what to do */
            readonly detail: string;
            /** @description `detail` again, where the Open Inference Protocol has it: below /v2 */
            readonly error?: string;
            readonly faults?: readonly {
              /**
               * @description Where it stands
               * @enum {string}
               */
              readonly in: 'path' | 'query' | 'body';
              readonly message: string;
              /** @description Dotted: `options.leads.0`; empty for the whole */
              readonly path: string;
            }[];
            /** @description Names this request in the log */
            readonly instance?: string;
            readonly status: number;
            readonly title: string;
            /** @description Always about:blank: `code` tells faults apart */
            readonly type: string;
          };
          readonly 'text/plain': string;
        };
      };
      /** @description There is no such upload */
      readonly 404: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': {
            /** @enum {string} */
            readonly code:
              | 'bad-format'
              | 'unsupported'
              | 'bad-shape'
              | 'bad-option'
              | 'too-short'
              | 'not-found'
              | 'cancelled'
              | 'unauthorized'
              | 'forbidden'
              | 'conflict'
              | 'precondition-failed'
              | 'precondition-required'
              | 'too-large'
              | 'too-many-requests'
              | 'timed-out'
              | 'storage-full'
              | 'unavailable'
              | 'method-not-allowed'
              | 'internal';
            /** @description Where, what, what was got and what to do */
            readonly detail: string;
            /** @description `detail` again, where the Open Inference Protocol has it: below /v2 */
            readonly error?: string;
            readonly faults?: readonly {
              /**
               * @description Where it stands
               * @enum {string}
               */
              readonly in: 'path' | 'query' | 'body';
              readonly message: string;
              /** @description Dotted: `options.leads.0`; empty for the whole */
              readonly path: string;
            }[];
            /** @description Names this request in the log */
            readonly instance?: string;
            readonly status: number;
            readonly title: string;
            /** @description Always about:blank: `code` tells faults apart */
            readonly type: string;
          };
          readonly 'text/plain': string;
        };
      };
      readonly 405: components['responses']['Problem405'];
      readonly 408: components['responses']['Problem408'];
      /** @description The bytes do not follow those that are there; see Upload-Offset */
      readonly 409: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': {
            /** @enum {string} */
            readonly code:
              | 'bad-format'
              | 'unsupported'
              | 'bad-shape'
              | 'bad-option'
              | 'too-short'
              | 'not-found'
              | 'cancelled'
              | 'unauthorized'
              | 'forbidden'
              | 'conflict'
              | 'precondition-failed'
              | 'precondition-required'
              | 'too-large'
              | 'too-many-requests'
              | 'timed-out'
              | 'storage-full'
              | 'unavailable'
              | 'method-not-allowed'
              | 'internal';
            /** @description Where, what, what was got and what to do */
            readonly detail: string;
            /** @description `detail` again, where the Open Inference Protocol has it: below /v2 */
            readonly error?: string;
            readonly faults?: readonly {
              /**
               * @description Where it stands
               * @enum {string}
               */
              readonly in: 'path' | 'query' | 'body';
              readonly message: string;
              /** @description Dotted: `options.leads.0`; empty for the whole */
              readonly path: string;
            }[];
            /** @description Names this request in the log */
            readonly instance?: string;
            readonly status: number;
            readonly title: string;
            /** @description Always about:blank: `code` tells faults apart */
            readonly type: string;
          };
          readonly 'text/plain': string;
        };
      };
      /** @description The upload was given up or has expired */
      readonly 410: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': {
            /** @enum {string} */
            readonly code:
              | 'bad-format'
              | 'unsupported'
              | 'bad-shape'
              | 'bad-option'
              | 'too-short'
              | 'not-found'
              | 'cancelled'
              | 'unauthorized'
              | 'forbidden'
              | 'conflict'
              | 'precondition-failed'
              | 'precondition-required'
              | 'too-large'
              | 'too-many-requests'
              | 'timed-out'
              | 'storage-full'
              | 'unavailable'
              | 'method-not-allowed'
              | 'internal';
            /** @description Where, what, what was got and what to do */
            readonly detail: string;
            /** @description `detail` again, where the Open Inference Protocol has it: below /v2 */
            readonly error?: string;
            readonly faults?: readonly {
              /**
               * @description Where it stands
               * @enum {string}
               */
              readonly in: 'path' | 'query' | 'body';
              readonly message: string;
              /** @description Dotted: `options.leads.0`; empty for the whole */
              readonly path: string;
            }[];
            /** @description Names this request in the log */
            readonly instance?: string;
            readonly status: number;
            readonly title: string;
            /** @description Always about:blank: `code` tells faults apart */
            readonly type: string;
          };
          readonly 'text/plain': string;
        };
      };
      /** @description Tus-Resumable is missing or not 1.0.0 */
      readonly 412: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': {
            /** @enum {string} */
            readonly code:
              | 'bad-format'
              | 'unsupported'
              | 'bad-shape'
              | 'bad-option'
              | 'too-short'
              | 'not-found'
              | 'cancelled'
              | 'unauthorized'
              | 'forbidden'
              | 'conflict'
              | 'precondition-failed'
              | 'precondition-required'
              | 'too-large'
              | 'too-many-requests'
              | 'timed-out'
              | 'storage-full'
              | 'unavailable'
              | 'method-not-allowed'
              | 'internal';
            /** @description Where, what, what was got and what to do */
            readonly detail: string;
            /** @description `detail` again, where the Open Inference Protocol has it: below /v2 */
            readonly error?: string;
            readonly faults?: readonly {
              /**
               * @description Where it stands
               * @enum {string}
               */
              readonly in: 'path' | 'query' | 'body';
              readonly message: string;
              /** @description Dotted: `options.leads.0`; empty for the whole */
              readonly path: string;
            }[];
            /** @description Names this request in the log */
            readonly instance?: string;
            readonly status: number;
            readonly title: string;
            /** @description Always about:blank: `code` tells faults apart */
            readonly type: string;
          };
          readonly 'text/plain': string;
        };
      };
      /** @description More than this server accepts */
      readonly 413: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': {
            /** @enum {string} */
            readonly code:
              | 'bad-format'
              | 'unsupported'
              | 'bad-shape'
              | 'bad-option'
              | 'too-short'
              | 'not-found'
              | 'cancelled'
              | 'unauthorized'
              | 'forbidden'
              | 'conflict'
              | 'precondition-failed'
              | 'precondition-required'
              | 'too-large'
              | 'too-many-requests'
              | 'timed-out'
              | 'storage-full'
              | 'unavailable'
              | 'method-not-allowed'
              | 'internal';
            /** @description Where, what, what was got and what to do */
            readonly detail: string;
            /** @description `detail` again, where the Open Inference Protocol has it: below /v2 */
            readonly error?: string;
            readonly faults?: readonly {
              /**
               * @description Where it stands
               * @enum {string}
               */
              readonly in: 'path' | 'query' | 'body';
              readonly message: string;
              /** @description Dotted: `options.leads.0`; empty for the whole */
              readonly path: string;
            }[];
            /** @description Names this request in the log */
            readonly instance?: string;
            readonly status: number;
            readonly title: string;
            /** @description Always about:blank: `code` tells faults apart */
            readonly type: string;
          };
          readonly 'text/plain': string;
        };
      };
      /** @description The bytes come as application/offset+octet-stream */
      readonly 415: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': {
            /** @enum {string} */
            readonly code:
              | 'bad-format'
              | 'unsupported'
              | 'bad-shape'
              | 'bad-option'
              | 'too-short'
              | 'not-found'
              | 'cancelled'
              | 'unauthorized'
              | 'forbidden'
              | 'conflict'
              | 'precondition-failed'
              | 'precondition-required'
              | 'too-large'
              | 'too-many-requests'
              | 'timed-out'
              | 'storage-full'
              | 'unavailable'
              | 'method-not-allowed'
              | 'internal';
            /** @description Where, what, what was got and what to do */
            readonly detail: string;
            /** @description `detail` again, where the Open Inference Protocol has it: below /v2 */
            readonly error?: string;
            readonly faults?: readonly {
              /**
               * @description Where it stands
               * @enum {string}
               */
              readonly in: 'path' | 'query' | 'body';
              readonly message: string;
              /** @description Dotted: `options.leads.0`; empty for the whole */
              readonly path: string;
            }[];
            /** @description Names this request in the log */
            readonly instance?: string;
            readonly status: number;
            readonly title: string;
            /** @description Always about:blank: `code` tells faults apart */
            readonly type: string;
          };
          readonly 'text/plain': string;
        };
      };
      readonly 422: components['responses']['Problem422'];
      readonly 428: components['responses']['Problem428'];
      readonly 429: components['responses']['Problem429'];
      readonly 500: components['responses']['Problem500'];
      readonly 503: components['responses']['Problem503'];
      readonly 507: components['responses']['Problem507'];
    };
  };
  readonly endUpload: {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path: {
        /** @description Of the upload */
        readonly id: string;
      };
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      /** @description Its bytes are gone */
      readonly 204: {
        headers: {
          readonly [name: string]: unknown;
        };
        content?: never;
      };
      /** @description A header of the protocol is missing or wrong */
      readonly 400: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': {
            /** @enum {string} */
            readonly code:
              | 'bad-format'
              | 'unsupported'
              | 'bad-shape'
              | 'bad-option'
              | 'too-short'
              | 'not-found'
              | 'cancelled'
              | 'unauthorized'
              | 'forbidden'
              | 'conflict'
              | 'precondition-failed'
              | 'precondition-required'
              | 'too-large'
              | 'too-many-requests'
              | 'timed-out'
              | 'storage-full'
              | 'unavailable'
              | 'method-not-allowed'
              | 'internal';
            /** @description Where, what, what was got and what to do */
            readonly detail: string;
            /** @description `detail` again, where the Open Inference Protocol has it: below /v2 */
            readonly error?: string;
            readonly faults?: readonly {
              /**
               * @description Where it stands
               * @enum {string}
               */
              readonly in: 'path' | 'query' | 'body';
              readonly message: string;
              /** @description Dotted: `options.leads.0`; empty for the whole */
              readonly path: string;
            }[];
            /** @description Names this request in the log */
            readonly instance?: string;
            readonly status: number;
            readonly title: string;
            /** @description Always about:blank: `code` tells faults apart */
            readonly type: string;
          };
          readonly 'text/plain': string;
        };
      };
      readonly 401: components['responses']['Problem401'];
      /** @description They may not do this */
      readonly 403: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': {
            /** @enum {string} */
            readonly code:
              | 'bad-format'
              | 'unsupported'
              | 'bad-shape'
              | 'bad-option'
              | 'too-short'
              | 'not-found'
              | 'cancelled'
              | 'unauthorized'
              | 'forbidden'
              | 'conflict'
              | 'precondition-failed'
              | 'precondition-required'
              | 'too-large'
              | 'too-many-requests'
              | 'timed-out'
              | 'storage-full'
              | 'unavailable'
              | 'method-not-allowed'
              | 'internal';
            /** @description Where, what, what was got and what to do */
            readonly detail: string;
            /** @description `detail` again, where the Open Inference Protocol has it: below /v2 */
            readonly error?: string;
            readonly faults?: readonly {
              /**
               * @description Where it stands
               * @enum {string}
               */
              readonly in: 'path' | 'query' | 'body';
              readonly message: string;
              /** @description Dotted: `options.leads.0`; empty for the whole */
              readonly path: string;
            }[];
            /** @description Names this request in the log */
            readonly instance?: string;
            readonly status: number;
            readonly title: string;
            /** @description Always about:blank: `code` tells faults apart */
            readonly type: string;
          };
          readonly 'text/plain': string;
        };
      };
      /** @description There is no such upload */
      readonly 404: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': {
            /** @enum {string} */
            readonly code:
              | 'bad-format'
              | 'unsupported'
              | 'bad-shape'
              | 'bad-option'
              | 'too-short'
              | 'not-found'
              | 'cancelled'
              | 'unauthorized'
              | 'forbidden'
              | 'conflict'
              | 'precondition-failed'
              | 'precondition-required'
              | 'too-large'
              | 'too-many-requests'
              | 'timed-out'
              | 'storage-full'
              | 'unavailable'
              | 'method-not-allowed'
              | 'internal';
            /** @description Where, what, what was got and what to do */
            readonly detail: string;
            /** @description `detail` again, where the Open Inference Protocol has it: below /v2 */
            readonly error?: string;
            readonly faults?: readonly {
              /**
               * @description Where it stands
               * @enum {string}
               */
              readonly in: 'path' | 'query' | 'body';
              readonly message: string;
              /** @description Dotted: `options.leads.0`; empty for the whole */
              readonly path: string;
            }[];
            /** @description Names this request in the log */
            readonly instance?: string;
            readonly status: number;
            readonly title: string;
            /** @description Always about:blank: `code` tells faults apart */
            readonly type: string;
          };
          readonly 'text/plain': string;
        };
      };
      readonly 405: components['responses']['Problem405'];
      readonly 408: components['responses']['Problem408'];
      /** @description The bytes do not follow those that are there; see Upload-Offset */
      readonly 409: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': {
            /** @enum {string} */
            readonly code:
              | 'bad-format'
              | 'unsupported'
              | 'bad-shape'
              | 'bad-option'
              | 'too-short'
              | 'not-found'
              | 'cancelled'
              | 'unauthorized'
              | 'forbidden'
              | 'conflict'
              | 'precondition-failed'
              | 'precondition-required'
              | 'too-large'
              | 'too-many-requests'
              | 'timed-out'
              | 'storage-full'
              | 'unavailable'
              | 'method-not-allowed'
              | 'internal';
            /** @description Where, what, what was got and what to do */
            readonly detail: string;
            /** @description `detail` again, where the Open Inference Protocol has it: below /v2 */
            readonly error?: string;
            readonly faults?: readonly {
              /**
               * @description Where it stands
               * @enum {string}
               */
              readonly in: 'path' | 'query' | 'body';
              readonly message: string;
              /** @description Dotted: `options.leads.0`; empty for the whole */
              readonly path: string;
            }[];
            /** @description Names this request in the log */
            readonly instance?: string;
            readonly status: number;
            readonly title: string;
            /** @description Always about:blank: `code` tells faults apart */
            readonly type: string;
          };
          readonly 'text/plain': string;
        };
      };
      /** @description The upload was given up or has expired */
      readonly 410: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': {
            /** @enum {string} */
            readonly code:
              | 'bad-format'
              | 'unsupported'
              | 'bad-shape'
              | 'bad-option'
              | 'too-short'
              | 'not-found'
              | 'cancelled'
              | 'unauthorized'
              | 'forbidden'
              | 'conflict'
              | 'precondition-failed'
              | 'precondition-required'
              | 'too-large'
              | 'too-many-requests'
              | 'timed-out'
              | 'storage-full'
              | 'unavailable'
              | 'method-not-allowed'
              | 'internal';
            /** @description Where, what, what was got and what to do */
            readonly detail: string;
            /** @description `detail` again, where the Open Inference Protocol has it: below /v2 */
            readonly error?: string;
            readonly faults?: readonly {
              /**
               * @description Where it stands
               * @enum {string}
               */
              readonly in: 'path' | 'query' | 'body';
              readonly message: string;
              /** @description Dotted: `options.leads.0`; empty for the whole */
              readonly path: string;
            }[];
            /** @description Names this request in the log */
            readonly instance?: string;
            readonly status: number;
            readonly title: string;
            /** @description Always about:blank: `code` tells faults apart */
            readonly type: string;
          };
          readonly 'text/plain': string;
        };
      };
      /** @description Tus-Resumable is missing or not 1.0.0 */
      readonly 412: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': {
            /** @enum {string} */
            readonly code:
              | 'bad-format'
              | 'unsupported'
              | 'bad-shape'
              | 'bad-option'
              | 'too-short'
              | 'not-found'
              | 'cancelled'
              | 'unauthorized'
              | 'forbidden'
              | 'conflict'
              | 'precondition-failed'
              | 'precondition-required'
              | 'too-large'
              | 'too-many-requests'
              | 'timed-out'
              | 'storage-full'
              | 'unavailable'
              | 'method-not-allowed'
              | 'internal';
            /** @description Where, what, what was got and what to do */
            readonly detail: string;
            /** @description `detail` again, where the Open Inference Protocol has it: below /v2 */
            readonly error?: string;
            readonly faults?: readonly {
              /**
               * @description Where it stands
               * @enum {string}
               */
              readonly in: 'path' | 'query' | 'body';
              readonly message: string;
              /** @description Dotted: `options.leads.0`; empty for the whole */
              readonly path: string;
            }[];
            /** @description Names this request in the log */
            readonly instance?: string;
            readonly status: number;
            readonly title: string;
            /** @description Always about:blank: `code` tells faults apart */
            readonly type: string;
          };
          readonly 'text/plain': string;
        };
      };
      /** @description More than this server accepts */
      readonly 413: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': {
            /** @enum {string} */
            readonly code:
              | 'bad-format'
              | 'unsupported'
              | 'bad-shape'
              | 'bad-option'
              | 'too-short'
              | 'not-found'
              | 'cancelled'
              | 'unauthorized'
              | 'forbidden'
              | 'conflict'
              | 'precondition-failed'
              | 'precondition-required'
              | 'too-large'
              | 'too-many-requests'
              | 'timed-out'
              | 'storage-full'
              | 'unavailable'
              | 'method-not-allowed'
              | 'internal';
            /** @description Where, what, what was got and what to do */
            readonly detail: string;
            /** @description `detail` again, where the Open Inference Protocol has it: below /v2 */
            readonly error?: string;
            readonly faults?: readonly {
              /**
               * @description Where it stands
               * @enum {string}
               */
              readonly in: 'path' | 'query' | 'body';
              readonly message: string;
              /** @description Dotted: `options.leads.0`; empty for the whole */
              readonly path: string;
            }[];
            /** @description Names this request in the log */
            readonly instance?: string;
            readonly status: number;
            readonly title: string;
            /** @description Always about:blank: `code` tells faults apart */
            readonly type: string;
          };
          readonly 'text/plain': string;
        };
      };
      /** @description The bytes come as application/offset+octet-stream */
      readonly 415: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': {
            /** @enum {string} */
            readonly code:
              | 'bad-format'
              | 'unsupported'
              | 'bad-shape'
              | 'bad-option'
              | 'too-short'
              | 'not-found'
              | 'cancelled'
              | 'unauthorized'
              | 'forbidden'
              | 'conflict'
              | 'precondition-failed'
              | 'precondition-required'
              | 'too-large'
              | 'too-many-requests'
              | 'timed-out'
              | 'storage-full'
              | 'unavailable'
              | 'method-not-allowed'
              | 'internal';
            /** @description Where, what, what was got and what to do */
            readonly detail: string;
            /** @description `detail` again, where the Open Inference Protocol has it: below /v2 */
            readonly error?: string;
            readonly faults?: readonly {
              /**
               * @description Where it stands
               * @enum {string}
               */
              readonly in: 'path' | 'query' | 'body';
              readonly message: string;
              /** @description Dotted: `options.leads.0`; empty for the whole */
              readonly path: string;
            }[];
            /** @description Names this request in the log */
            readonly instance?: string;
            readonly status: number;
            readonly title: string;
            /** @description Always about:blank: `code` tells faults apart */
            readonly type: string;
          };
          readonly 'text/plain': string;
        };
      };
      readonly 422: components['responses']['Problem422'];
      readonly 428: components['responses']['Problem428'];
      readonly 429: components['responses']['Problem429'];
      readonly 500: components['responses']['Problem500'];
      readonly 503: components['responses']['Problem503'];
      readonly 507: components['responses']['Problem507'];
    };
  };
  readonly checkUpload: {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path: {
        /** @description Of the upload */
        readonly id: string;
      };
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      /** @description In Upload-Offset */
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content?: never;
      };
      /** @description A header of the protocol is missing or wrong */
      readonly 400: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': {
            /** @enum {string} */
            readonly code:
              | 'bad-format'
              | 'unsupported'
              | 'bad-shape'
              | 'bad-option'
              | 'too-short'
              | 'not-found'
              | 'cancelled'
              | 'unauthorized'
              | 'forbidden'
              | 'conflict'
              | 'precondition-failed'
              | 'precondition-required'
              | 'too-large'
              | 'too-many-requests'
              | 'timed-out'
              | 'storage-full'
              | 'unavailable'
              | 'method-not-allowed'
              | 'internal';
            /** @description Where, what, what was got and what to do */
            readonly detail: string;
            /** @description `detail` again, where the Open Inference Protocol has it: below /v2 */
            readonly error?: string;
            readonly faults?: readonly {
              /**
               * @description Where it stands
               * @enum {string}
               */
              readonly in: 'path' | 'query' | 'body';
              readonly message: string;
              /** @description Dotted: `options.leads.0`; empty for the whole */
              readonly path: string;
            }[];
            /** @description Names this request in the log */
            readonly instance?: string;
            readonly status: number;
            readonly title: string;
            /** @description Always about:blank: `code` tells faults apart */
            readonly type: string;
          };
          readonly 'text/plain': string;
        };
      };
      readonly 401: components['responses']['Problem401'];
      /** @description They may not do this */
      readonly 403: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': {
            /** @enum {string} */
            readonly code:
              | 'bad-format'
              | 'unsupported'
              | 'bad-shape'
              | 'bad-option'
              | 'too-short'
              | 'not-found'
              | 'cancelled'
              | 'unauthorized'
              | 'forbidden'
              | 'conflict'
              | 'precondition-failed'
              | 'precondition-required'
              | 'too-large'
              | 'too-many-requests'
              | 'timed-out'
              | 'storage-full'
              | 'unavailable'
              | 'method-not-allowed'
              | 'internal';
            /** @description Where, what, what was got and what to do */
            readonly detail: string;
            /** @description `detail` again, where the Open Inference Protocol has it: below /v2 */
            readonly error?: string;
            readonly faults?: readonly {
              /**
               * @description Where it stands
               * @enum {string}
               */
              readonly in: 'path' | 'query' | 'body';
              readonly message: string;
              /** @description Dotted: `options.leads.0`; empty for the whole */
              readonly path: string;
            }[];
            /** @description Names this request in the log */
            readonly instance?: string;
            readonly status: number;
            readonly title: string;
            /** @description Always about:blank: `code` tells faults apart */
            readonly type: string;
          };
          readonly 'text/plain': string;
        };
      };
      /** @description There is no such upload */
      readonly 404: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': {
            /** @enum {string} */
            readonly code:
              | 'bad-format'
              | 'unsupported'
              | 'bad-shape'
              | 'bad-option'
              | 'too-short'
              | 'not-found'
              | 'cancelled'
              | 'unauthorized'
              | 'forbidden'
              | 'conflict'
              | 'precondition-failed'
              | 'precondition-required'
              | 'too-large'
              | 'too-many-requests'
              | 'timed-out'
              | 'storage-full'
              | 'unavailable'
              | 'method-not-allowed'
              | 'internal';
            /** @description Where, what, what was got and what to do */
            readonly detail: string;
            /** @description `detail` again, where the Open Inference Protocol has it: below /v2 */
            readonly error?: string;
            readonly faults?: readonly {
              /**
               * @description Where it stands
               * @enum {string}
               */
              readonly in: 'path' | 'query' | 'body';
              readonly message: string;
              /** @description Dotted: `options.leads.0`; empty for the whole */
              readonly path: string;
            }[];
            /** @description Names this request in the log */
            readonly instance?: string;
            readonly status: number;
            readonly title: string;
            /** @description Always about:blank: `code` tells faults apart */
            readonly type: string;
          };
          readonly 'text/plain': string;
        };
      };
      readonly 405: components['responses']['Problem405'];
      readonly 408: components['responses']['Problem408'];
      /** @description The bytes do not follow those that are there; see Upload-Offset */
      readonly 409: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': {
            /** @enum {string} */
            readonly code:
              | 'bad-format'
              | 'unsupported'
              | 'bad-shape'
              | 'bad-option'
              | 'too-short'
              | 'not-found'
              | 'cancelled'
              | 'unauthorized'
              | 'forbidden'
              | 'conflict'
              | 'precondition-failed'
              | 'precondition-required'
              | 'too-large'
              | 'too-many-requests'
              | 'timed-out'
              | 'storage-full'
              | 'unavailable'
              | 'method-not-allowed'
              | 'internal';
            /** @description Where, what, what was got and what to do */
            readonly detail: string;
            /** @description `detail` again, where the Open Inference Protocol has it: below /v2 */
            readonly error?: string;
            readonly faults?: readonly {
              /**
               * @description Where it stands
               * @enum {string}
               */
              readonly in: 'path' | 'query' | 'body';
              readonly message: string;
              /** @description Dotted: `options.leads.0`; empty for the whole */
              readonly path: string;
            }[];
            /** @description Names this request in the log */
            readonly instance?: string;
            readonly status: number;
            readonly title: string;
            /** @description Always about:blank: `code` tells faults apart */
            readonly type: string;
          };
          readonly 'text/plain': string;
        };
      };
      /** @description The upload was given up or has expired */
      readonly 410: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': {
            /** @enum {string} */
            readonly code:
              | 'bad-format'
              | 'unsupported'
              | 'bad-shape'
              | 'bad-option'
              | 'too-short'
              | 'not-found'
              | 'cancelled'
              | 'unauthorized'
              | 'forbidden'
              | 'conflict'
              | 'precondition-failed'
              | 'precondition-required'
              | 'too-large'
              | 'too-many-requests'
              | 'timed-out'
              | 'storage-full'
              | 'unavailable'
              | 'method-not-allowed'
              | 'internal';
            /** @description Where, what, what was got and what to do */
            readonly detail: string;
            /** @description `detail` again, where the Open Inference Protocol has it: below /v2 */
            readonly error?: string;
            readonly faults?: readonly {
              /**
               * @description Where it stands
               * @enum {string}
               */
              readonly in: 'path' | 'query' | 'body';
              readonly message: string;
              /** @description Dotted: `options.leads.0`; empty for the whole */
              readonly path: string;
            }[];
            /** @description Names this request in the log */
            readonly instance?: string;
            readonly status: number;
            readonly title: string;
            /** @description Always about:blank: `code` tells faults apart */
            readonly type: string;
          };
          readonly 'text/plain': string;
        };
      };
      /** @description Tus-Resumable is missing or not 1.0.0 */
      readonly 412: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': {
            /** @enum {string} */
            readonly code:
              | 'bad-format'
              | 'unsupported'
              | 'bad-shape'
              | 'bad-option'
              | 'too-short'
              | 'not-found'
              | 'cancelled'
              | 'unauthorized'
              | 'forbidden'
              | 'conflict'
              | 'precondition-failed'
              | 'precondition-required'
              | 'too-large'
              | 'too-many-requests'
              | 'timed-out'
              | 'storage-full'
              | 'unavailable'
              | 'method-not-allowed'
              | 'internal';
            /** @description Where, what, what was got and what to do */
            readonly detail: string;
            /** @description `detail` again, where the Open Inference Protocol has it: below /v2 */
            readonly error?: string;
            readonly faults?: readonly {
              /**
               * @description Where it stands
               * @enum {string}
               */
              readonly in: 'path' | 'query' | 'body';
              readonly message: string;
              /** @description Dotted: `options.leads.0`; empty for the whole */
              readonly path: string;
            }[];
            /** @description Names this request in the log */
            readonly instance?: string;
            readonly status: number;
            readonly title: string;
            /** @description Always about:blank: `code` tells faults apart */
            readonly type: string;
          };
          readonly 'text/plain': string;
        };
      };
      /** @description More than this server accepts */
      readonly 413: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': {
            /** @enum {string} */
            readonly code:
              | 'bad-format'
              | 'unsupported'
              | 'bad-shape'
              | 'bad-option'
              | 'too-short'
              | 'not-found'
              | 'cancelled'
              | 'unauthorized'
              | 'forbidden'
              | 'conflict'
              | 'precondition-failed'
              | 'precondition-required'
              | 'too-large'
              | 'too-many-requests'
              | 'timed-out'
              | 'storage-full'
              | 'unavailable'
              | 'method-not-allowed'
              | 'internal';
            /** @description Where, what, what was got and what to do */
            readonly detail: string;
            /** @description `detail` again, where the Open Inference Protocol has it: below /v2 */
            readonly error?: string;
            readonly faults?: readonly {
              /**
               * @description Where it stands
               * @enum {string}
               */
              readonly in: 'path' | 'query' | 'body';
              readonly message: string;
              /** @description Dotted: `options.leads.0`; empty for the whole */
              readonly path: string;
            }[];
            /** @description Names this request in the log */
            readonly instance?: string;
            readonly status: number;
            readonly title: string;
            /** @description Always about:blank: `code` tells faults apart */
            readonly type: string;
          };
          readonly 'text/plain': string;
        };
      };
      /** @description The bytes come as application/offset+octet-stream */
      readonly 415: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': {
            /** @enum {string} */
            readonly code:
              | 'bad-format'
              | 'unsupported'
              | 'bad-shape'
              | 'bad-option'
              | 'too-short'
              | 'not-found'
              | 'cancelled'
              | 'unauthorized'
              | 'forbidden'
              | 'conflict'
              | 'precondition-failed'
              | 'precondition-required'
              | 'too-large'
              | 'too-many-requests'
              | 'timed-out'
              | 'storage-full'
              | 'unavailable'
              | 'method-not-allowed'
              | 'internal';
            /** @description Where, what, what was got and what to do */
            readonly detail: string;
            /** @description `detail` again, where the Open Inference Protocol has it: below /v2 */
            readonly error?: string;
            readonly faults?: readonly {
              /**
               * @description Where it stands
               * @enum {string}
               */
              readonly in: 'path' | 'query' | 'body';
              readonly message: string;
              /** @description Dotted: `options.leads.0`; empty for the whole */
              readonly path: string;
            }[];
            /** @description Names this request in the log */
            readonly instance?: string;
            readonly status: number;
            readonly title: string;
            /** @description Always about:blank: `code` tells faults apart */
            readonly type: string;
          };
          readonly 'text/plain': string;
        };
      };
      readonly 422: components['responses']['Problem422'];
      readonly 428: components['responses']['Problem428'];
      readonly 429: components['responses']['Problem429'];
      readonly 500: components['responses']['Problem500'];
      readonly 503: components['responses']['Problem503'];
      readonly 507: components['responses']['Problem507'];
    };
  };
  readonly continueUpload: {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path: {
        /** @description Of the upload */
        readonly id: string;
      };
      readonly cookie?: never;
    };
    readonly requestBody?: {
      readonly content: {
        readonly 'application/offset+octet-stream': string;
      };
    };
    readonly responses: {
      /** @description They are stored; how many there are now is in Upload-Offset */
      readonly 204: {
        headers: {
          readonly [name: string]: unknown;
        };
        content?: never;
      };
      /** @description A header of the protocol is missing or wrong */
      readonly 400: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': {
            /** @enum {string} */
            readonly code:
              | 'bad-format'
              | 'unsupported'
              | 'bad-shape'
              | 'bad-option'
              | 'too-short'
              | 'not-found'
              | 'cancelled'
              | 'unauthorized'
              | 'forbidden'
              | 'conflict'
              | 'precondition-failed'
              | 'precondition-required'
              | 'too-large'
              | 'too-many-requests'
              | 'timed-out'
              | 'storage-full'
              | 'unavailable'
              | 'method-not-allowed'
              | 'internal';
            /** @description Where, what, what was got and what to do */
            readonly detail: string;
            /** @description `detail` again, where the Open Inference Protocol has it: below /v2 */
            readonly error?: string;
            readonly faults?: readonly {
              /**
               * @description Where it stands
               * @enum {string}
               */
              readonly in: 'path' | 'query' | 'body';
              readonly message: string;
              /** @description Dotted: `options.leads.0`; empty for the whole */
              readonly path: string;
            }[];
            /** @description Names this request in the log */
            readonly instance?: string;
            readonly status: number;
            readonly title: string;
            /** @description Always about:blank: `code` tells faults apart */
            readonly type: string;
          };
          readonly 'text/plain': string;
        };
      };
      readonly 401: components['responses']['Problem401'];
      /** @description They may not do this */
      readonly 403: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': {
            /** @enum {string} */
            readonly code:
              | 'bad-format'
              | 'unsupported'
              | 'bad-shape'
              | 'bad-option'
              | 'too-short'
              | 'not-found'
              | 'cancelled'
              | 'unauthorized'
              | 'forbidden'
              | 'conflict'
              | 'precondition-failed'
              | 'precondition-required'
              | 'too-large'
              | 'too-many-requests'
              | 'timed-out'
              | 'storage-full'
              | 'unavailable'
              | 'method-not-allowed'
              | 'internal';
            /** @description Where, what, what was got and what to do */
            readonly detail: string;
            /** @description `detail` again, where the Open Inference Protocol has it: below /v2 */
            readonly error?: string;
            readonly faults?: readonly {
              /**
               * @description Where it stands
               * @enum {string}
               */
              readonly in: 'path' | 'query' | 'body';
              readonly message: string;
              /** @description Dotted: `options.leads.0`; empty for the whole */
              readonly path: string;
            }[];
            /** @description Names this request in the log */
            readonly instance?: string;
            readonly status: number;
            readonly title: string;
            /** @description Always about:blank: `code` tells faults apart */
            readonly type: string;
          };
          readonly 'text/plain': string;
        };
      };
      /** @description There is no such upload */
      readonly 404: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': {
            /** @enum {string} */
            readonly code:
              | 'bad-format'
              | 'unsupported'
              | 'bad-shape'
              | 'bad-option'
              | 'too-short'
              | 'not-found'
              | 'cancelled'
              | 'unauthorized'
              | 'forbidden'
              | 'conflict'
              | 'precondition-failed'
              | 'precondition-required'
              | 'too-large'
              | 'too-many-requests'
              | 'timed-out'
              | 'storage-full'
              | 'unavailable'
              | 'method-not-allowed'
              | 'internal';
            /** @description Where, what, what was got and what to do */
            readonly detail: string;
            /** @description `detail` again, where the Open Inference Protocol has it: below /v2 */
            readonly error?: string;
            readonly faults?: readonly {
              /**
               * @description Where it stands
               * @enum {string}
               */
              readonly in: 'path' | 'query' | 'body';
              readonly message: string;
              /** @description Dotted: `options.leads.0`; empty for the whole */
              readonly path: string;
            }[];
            /** @description Names this request in the log */
            readonly instance?: string;
            readonly status: number;
            readonly title: string;
            /** @description Always about:blank: `code` tells faults apart */
            readonly type: string;
          };
          readonly 'text/plain': string;
        };
      };
      readonly 405: components['responses']['Problem405'];
      readonly 408: components['responses']['Problem408'];
      /** @description The bytes do not follow those that are there; see Upload-Offset */
      readonly 409: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': {
            /** @enum {string} */
            readonly code:
              | 'bad-format'
              | 'unsupported'
              | 'bad-shape'
              | 'bad-option'
              | 'too-short'
              | 'not-found'
              | 'cancelled'
              | 'unauthorized'
              | 'forbidden'
              | 'conflict'
              | 'precondition-failed'
              | 'precondition-required'
              | 'too-large'
              | 'too-many-requests'
              | 'timed-out'
              | 'storage-full'
              | 'unavailable'
              | 'method-not-allowed'
              | 'internal';
            /** @description Where, what, what was got and what to do */
            readonly detail: string;
            /** @description `detail` again, where the Open Inference Protocol has it: below /v2 */
            readonly error?: string;
            readonly faults?: readonly {
              /**
               * @description Where it stands
               * @enum {string}
               */
              readonly in: 'path' | 'query' | 'body';
              readonly message: string;
              /** @description Dotted: `options.leads.0`; empty for the whole */
              readonly path: string;
            }[];
            /** @description Names this request in the log */
            readonly instance?: string;
            readonly status: number;
            readonly title: string;
            /** @description Always about:blank: `code` tells faults apart */
            readonly type: string;
          };
          readonly 'text/plain': string;
        };
      };
      /** @description The upload was given up or has expired */
      readonly 410: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': {
            /** @enum {string} */
            readonly code:
              | 'bad-format'
              | 'unsupported'
              | 'bad-shape'
              | 'bad-option'
              | 'too-short'
              | 'not-found'
              | 'cancelled'
              | 'unauthorized'
              | 'forbidden'
              | 'conflict'
              | 'precondition-failed'
              | 'precondition-required'
              | 'too-large'
              | 'too-many-requests'
              | 'timed-out'
              | 'storage-full'
              | 'unavailable'
              | 'method-not-allowed'
              | 'internal';
            /** @description Where, what, what was got and what to do */
            readonly detail: string;
            /** @description `detail` again, where the Open Inference Protocol has it: below /v2 */
            readonly error?: string;
            readonly faults?: readonly {
              /**
               * @description Where it stands
               * @enum {string}
               */
              readonly in: 'path' | 'query' | 'body';
              readonly message: string;
              /** @description Dotted: `options.leads.0`; empty for the whole */
              readonly path: string;
            }[];
            /** @description Names this request in the log */
            readonly instance?: string;
            readonly status: number;
            readonly title: string;
            /** @description Always about:blank: `code` tells faults apart */
            readonly type: string;
          };
          readonly 'text/plain': string;
        };
      };
      /** @description Tus-Resumable is missing or not 1.0.0 */
      readonly 412: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': {
            /** @enum {string} */
            readonly code:
              | 'bad-format'
              | 'unsupported'
              | 'bad-shape'
              | 'bad-option'
              | 'too-short'
              | 'not-found'
              | 'cancelled'
              | 'unauthorized'
              | 'forbidden'
              | 'conflict'
              | 'precondition-failed'
              | 'precondition-required'
              | 'too-large'
              | 'too-many-requests'
              | 'timed-out'
              | 'storage-full'
              | 'unavailable'
              | 'method-not-allowed'
              | 'internal';
            /** @description Where, what, what was got and what to do */
            readonly detail: string;
            /** @description `detail` again, where the Open Inference Protocol has it: below /v2 */
            readonly error?: string;
            readonly faults?: readonly {
              /**
               * @description Where it stands
               * @enum {string}
               */
              readonly in: 'path' | 'query' | 'body';
              readonly message: string;
              /** @description Dotted: `options.leads.0`; empty for the whole */
              readonly path: string;
            }[];
            /** @description Names this request in the log */
            readonly instance?: string;
            readonly status: number;
            readonly title: string;
            /** @description Always about:blank: `code` tells faults apart */
            readonly type: string;
          };
          readonly 'text/plain': string;
        };
      };
      /** @description More than this server accepts */
      readonly 413: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': {
            /** @enum {string} */
            readonly code:
              | 'bad-format'
              | 'unsupported'
              | 'bad-shape'
              | 'bad-option'
              | 'too-short'
              | 'not-found'
              | 'cancelled'
              | 'unauthorized'
              | 'forbidden'
              | 'conflict'
              | 'precondition-failed'
              | 'precondition-required'
              | 'too-large'
              | 'too-many-requests'
              | 'timed-out'
              | 'storage-full'
              | 'unavailable'
              | 'method-not-allowed'
              | 'internal';
            /** @description Where, what, what was got and what to do */
            readonly detail: string;
            /** @description `detail` again, where the Open Inference Protocol has it: below /v2 */
            readonly error?: string;
            readonly faults?: readonly {
              /**
               * @description Where it stands
               * @enum {string}
               */
              readonly in: 'path' | 'query' | 'body';
              readonly message: string;
              /** @description Dotted: `options.leads.0`; empty for the whole */
              readonly path: string;
            }[];
            /** @description Names this request in the log */
            readonly instance?: string;
            readonly status: number;
            readonly title: string;
            /** @description Always about:blank: `code` tells faults apart */
            readonly type: string;
          };
          readonly 'text/plain': string;
        };
      };
      /** @description The bytes come as application/offset+octet-stream */
      readonly 415: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': {
            /** @enum {string} */
            readonly code:
              | 'bad-format'
              | 'unsupported'
              | 'bad-shape'
              | 'bad-option'
              | 'too-short'
              | 'not-found'
              | 'cancelled'
              | 'unauthorized'
              | 'forbidden'
              | 'conflict'
              | 'precondition-failed'
              | 'precondition-required'
              | 'too-large'
              | 'too-many-requests'
              | 'timed-out'
              | 'storage-full'
              | 'unavailable'
              | 'method-not-allowed'
              | 'internal';
            /** @description Where, what, what was got and what to do */
            readonly detail: string;
            /** @description `detail` again, where the Open Inference Protocol has it: below /v2 */
            readonly error?: string;
            readonly faults?: readonly {
              /**
               * @description Where it stands
               * @enum {string}
               */
              readonly in: 'path' | 'query' | 'body';
              readonly message: string;
              /** @description Dotted: `options.leads.0`; empty for the whole */
              readonly path: string;
            }[];
            /** @description Names this request in the log */
            readonly instance?: string;
            readonly status: number;
            readonly title: string;
            /** @description Always about:blank: `code` tells faults apart */
            readonly type: string;
          };
          readonly 'text/plain': string;
        };
      };
      readonly 422: components['responses']['Problem422'];
      readonly 428: components['responses']['Problem428'];
      readonly 429: components['responses']['Problem429'];
      readonly 500: components['responses']['Problem500'];
      readonly 503: components['responses']['Problem503'];
      readonly 507: components['responses']['Problem507'];
    };
  };
  readonly listWebhooks: {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      /** @description Webhooks */
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': {
            readonly webhooks: readonly {
              /** @description False once its receiver answered 410. */
              readonly active: boolean;
              /** @description ISO 8601, UTC. */
              readonly createdAt: string;
              readonly id: string;
              /** @description Of alerts it is told; all when null. */
              readonly kinds: readonly string[] | null;
              readonly url: string;
            }[];
          };
        };
      };
      readonly 400: components['responses']['Problem400'];
      readonly 401: components['responses']['Problem401'];
      readonly 403: components['responses']['Problem403'];
      readonly 404: components['responses']['Problem404'];
      readonly 405: components['responses']['Problem405'];
      readonly 408: components['responses']['Problem408'];
      readonly 409: components['responses']['Problem409'];
      readonly 412: components['responses']['Problem412'];
      readonly 413: components['responses']['Problem413'];
      readonly 415: components['responses']['Problem415'];
      readonly 422: components['responses']['Problem422'];
      readonly 428: components['responses']['Problem428'];
      readonly 429: components['responses']['Problem429'];
      readonly 500: components['responses']['Problem500'];
      readonly 503: components['responses']['Problem503'];
      readonly 507: components['responses']['Problem507'];
    };
  };
  readonly addWebhook: {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly requestBody: {
      readonly content: {
        readonly 'application/json': {
          /** @default null */
          readonly kinds?:
            | readonly (
                | 'asystole'
                | 'ventricular-fibrillation-or-tachycardia'
                | 'ventricular-run'
                | 'pause'
                | 'tachycardia'
                | 'bradycardia'
                | 'atrial-fibrillation'
                | 'leads-off'
              )[]
            | null;
          readonly url: string;
        };
      };
    };
    readonly responses: {
      /** @description The webhook, with its secret: it is shown this once */
      readonly 201: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': {
            /** @description False once its receiver answered 410. */
            readonly active: boolean;
            /** @description ISO 8601, UTC. */
            readonly createdAt: string;
            readonly id: string;
            /** @description Of alerts it is told; all when null. */
            readonly kinds: readonly string[] | null;
            readonly secret: string;
            readonly url: string;
          };
        };
      };
      readonly 400: components['responses']['Problem400'];
      readonly 401: components['responses']['Problem401'];
      readonly 403: components['responses']['Problem403'];
      readonly 404: components['responses']['Problem404'];
      readonly 405: components['responses']['Problem405'];
      readonly 408: components['responses']['Problem408'];
      readonly 409: components['responses']['Problem409'];
      readonly 412: components['responses']['Problem412'];
      readonly 413: components['responses']['Problem413'];
      readonly 415: components['responses']['Problem415'];
      readonly 422: components['responses']['Problem422'];
      readonly 428: components['responses']['Problem428'];
      readonly 429: components['responses']['Problem429'];
      readonly 500: components['responses']['Problem500'];
      readonly 503: components['responses']['Problem503'];
      readonly 507: components['responses']['Problem507'];
    };
  };
  readonly deleteWebhook: {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path: {
        /** @description Of the webhook */
        readonly id: string;
      };
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      /** @description It is gone */
      readonly 204: {
        headers: {
          readonly [name: string]: unknown;
        };
        content?: never;
      };
      readonly 400: components['responses']['Problem400'];
      readonly 401: components['responses']['Problem401'];
      readonly 403: components['responses']['Problem403'];
      readonly 404: components['responses']['Problem404'];
      readonly 405: components['responses']['Problem405'];
      readonly 408: components['responses']['Problem408'];
      readonly 409: components['responses']['Problem409'];
      readonly 412: components['responses']['Problem412'];
      readonly 413: components['responses']['Problem413'];
      readonly 415: components['responses']['Problem415'];
      readonly 422: components['responses']['Problem422'];
      readonly 428: components['responses']['Problem428'];
      readonly 429: components['responses']['Problem429'];
      readonly 500: components['responses']['Problem500'];
      readonly 503: components['responses']['Problem503'];
      readonly 507: components['responses']['Problem507'];
    };
  };
  readonly listDeliveries: {
    readonly parameters: {
      readonly query?: {
        readonly limit?: string;
      };
      readonly header?: never;
      readonly path: {
        /** @description Of the webhook */
        readonly id: string;
      };
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      /** @description Deliveries */
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': {
            readonly deliveries: readonly {
              readonly alert: number;
              readonly attempts: number;
              readonly lastError: string | null;
              /** @description Of the next attempt. */
              readonly nextAt: string | null;
              /** @enum {string} */
              readonly status: 'waiting' | 'done' | 'failed';
            }[];
          };
        };
      };
      readonly 400: components['responses']['Problem400'];
      readonly 401: components['responses']['Problem401'];
      readonly 403: components['responses']['Problem403'];
      readonly 404: components['responses']['Problem404'];
      readonly 405: components['responses']['Problem405'];
      readonly 408: components['responses']['Problem408'];
      readonly 409: components['responses']['Problem409'];
      readonly 412: components['responses']['Problem412'];
      readonly 413: components['responses']['Problem413'];
      readonly 415: components['responses']['Problem415'];
      readonly 422: components['responses']['Problem422'];
      readonly 428: components['responses']['Problem428'];
      readonly 429: components['responses']['Problem429'];
      readonly 500: components['responses']['Problem500'];
      readonly 503: components['responses']['Problem503'];
      readonly 507: components['responses']['Problem507'];
    };
  };
  readonly describeInferenceServer: {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      /** @description What it is */
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': {
            readonly extensions: readonly string[];
            readonly name: string;
            readonly version: string;
          };
        };
      };
      readonly 400: components['responses']['Problem400'];
      readonly 401: components['responses']['Problem401'];
      readonly 403: components['responses']['Problem403'];
      readonly 404: components['responses']['Problem404'];
      readonly 405: components['responses']['Problem405'];
      readonly 408: components['responses']['Problem408'];
      readonly 409: components['responses']['Problem409'];
      readonly 412: components['responses']['Problem412'];
      readonly 413: components['responses']['Problem413'];
      readonly 415: components['responses']['Problem415'];
      readonly 422: components['responses']['Problem422'];
      readonly 428: components['responses']['Problem428'];
      readonly 429: components['responses']['Problem429'];
      readonly 500: components['responses']['Problem500'];
      readonly 503: components['responses']['Problem503'];
      readonly 507: components['responses']['Problem507'];
    };
  };
  readonly isLive: {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      /** @description It does */
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': {
            readonly live: boolean;
          };
        };
      };
      readonly 400: components['responses']['Problem400'];
      readonly 403: components['responses']['Problem403'];
      readonly 404: components['responses']['Problem404'];
      readonly 405: components['responses']['Problem405'];
      readonly 408: components['responses']['Problem408'];
      readonly 409: components['responses']['Problem409'];
      readonly 412: components['responses']['Problem412'];
      readonly 413: components['responses']['Problem413'];
      readonly 415: components['responses']['Problem415'];
      readonly 422: components['responses']['Problem422'];
      readonly 428: components['responses']['Problem428'];
      readonly 429: components['responses']['Problem429'];
      readonly 500: components['responses']['Problem500'];
      readonly 503: components['responses']['Problem503'];
      readonly 507: components['responses']['Problem507'];
    };
  };
  readonly isReady: {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      /** @description They can */
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': {
            readonly ready: boolean;
          };
        };
      };
      readonly 400: components['responses']['Problem400'];
      readonly 403: components['responses']['Problem403'];
      readonly 404: components['responses']['Problem404'];
      readonly 405: components['responses']['Problem405'];
      readonly 408: components['responses']['Problem408'];
      readonly 409: components['responses']['Problem409'];
      readonly 412: components['responses']['Problem412'];
      readonly 413: components['responses']['Problem413'];
      readonly 415: components['responses']['Problem415'];
      readonly 422: components['responses']['Problem422'];
      readonly 428: components['responses']['Problem428'];
      readonly 429: components['responses']['Problem429'];
      readonly 500: components['responses']['Problem500'];
      readonly 503: components['responses']['Problem503'];
      readonly 507: components['responses']['Problem507'];
    };
  };
  readonly listModels: {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      /** @description Their names */
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': {
            readonly models: readonly string[];
          };
        };
      };
      readonly 400: components['responses']['Problem400'];
      readonly 401: components['responses']['Problem401'];
      readonly 403: components['responses']['Problem403'];
      readonly 404: components['responses']['Problem404'];
      readonly 405: components['responses']['Problem405'];
      readonly 408: components['responses']['Problem408'];
      readonly 409: components['responses']['Problem409'];
      readonly 412: components['responses']['Problem412'];
      readonly 413: components['responses']['Problem413'];
      readonly 415: components['responses']['Problem415'];
      readonly 422: components['responses']['Problem422'];
      readonly 428: components['responses']['Problem428'];
      readonly 429: components['responses']['Problem429'];
      readonly 500: components['responses']['Problem500'];
      readonly 503: components['responses']['Problem503'];
      readonly 507: components['responses']['Problem507'];
    };
  };
  readonly describeModel: {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path: {
        /** @description Name of the model */
        readonly model: string;
      };
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      /** @description Its metadata */
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': {
            readonly inputs: readonly {
              readonly datatype: string;
              readonly name: string;
              /** @description −1 where any size fits */
              readonly shape: readonly number[];
            }[];
            readonly name: string;
            readonly outputs: readonly {
              readonly datatype: string;
              readonly name: string;
              /** @description −1 where any size fits */
              readonly shape: readonly number[];
            }[];
            readonly parameters: {
              readonly card: {
                readonly [key: string]: unknown;
              };
              readonly statement: string;
            };
            readonly platform: string;
            readonly versions: readonly string[];
          };
        };
      };
      readonly 400: components['responses']['Problem400'];
      readonly 401: components['responses']['Problem401'];
      readonly 403: components['responses']['Problem403'];
      readonly 404: components['responses']['Problem404'];
      readonly 405: components['responses']['Problem405'];
      readonly 408: components['responses']['Problem408'];
      readonly 409: components['responses']['Problem409'];
      readonly 412: components['responses']['Problem412'];
      readonly 413: components['responses']['Problem413'];
      readonly 415: components['responses']['Problem415'];
      readonly 422: components['responses']['Problem422'];
      readonly 428: components['responses']['Problem428'];
      readonly 429: components['responses']['Problem429'];
      readonly 500: components['responses']['Problem500'];
      readonly 503: components['responses']['Problem503'];
      readonly 507: components['responses']['Problem507'];
    };
  };
  readonly explain: {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path: {
        /** @description Name of the model */
        readonly model: string;
      };
      readonly cookie?: never;
    };
    readonly requestBody: {
      readonly content: {
        readonly 'application/json': {
          /** @description Stands in the answer again */
          readonly id?: string;
          readonly inputs: readonly {
            /** @description Numbers in row-major order, flat or nested by axes */
            readonly data: readonly unknown[];
            /** @enum {string} */
            readonly datatype:
              | 'FP32'
              | 'FP64'
              | 'FP16'
              | 'INT8'
              | 'INT16'
              | 'INT32'
              | 'INT64'
              | 'UINT8'
              | 'UINT16'
              | 'UINT32'
              | 'UINT64';
            readonly name: string;
            /** @description Beyond the protocol, by name */
            readonly parameters?: {
              readonly [key: string]: unknown;
            };
            readonly shape: readonly number[];
          }[];
          readonly parameters?: {
            /**
             * @description Integrated gradients where the network has them, else occlusion, when omitted
             * @enum {string}
             */
            readonly method?: 'integrated-gradients' | 'occlusion';
            /** @description Index of the class; the most probable one when omitted */
            readonly target?: number;
          };
        };
      };
    };
    readonly responses: {
      /** @description The attribution of each input */
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': {
            readonly id?: string;
            readonly model_name: string;
            readonly model_version: string;
            readonly outputs: readonly {
              /** @description Row-major order, flat */
              readonly data: readonly number[];
              readonly datatype: string;
              readonly name: string;
              readonly shape: readonly number[];
            }[];
            readonly parameters: {
              readonly [key: string]: unknown;
            };
          };
        };
      };
      readonly 400: components['responses']['Problem400'];
      readonly 401: components['responses']['Problem401'];
      readonly 403: components['responses']['Problem403'];
      readonly 404: components['responses']['Problem404'];
      readonly 405: components['responses']['Problem405'];
      readonly 408: components['responses']['Problem408'];
      readonly 409: components['responses']['Problem409'];
      readonly 412: components['responses']['Problem412'];
      readonly 413: components['responses']['Problem413'];
      readonly 415: components['responses']['Problem415'];
      readonly 422: components['responses']['Problem422'];
      readonly 428: components['responses']['Problem428'];
      readonly 429: components['responses']['Problem429'];
      readonly 500: components['responses']['Problem500'];
      readonly 503: components['responses']['Problem503'];
      readonly 507: components['responses']['Problem507'];
    };
  };
  readonly infer: {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path: {
        /** @description Name of the model */
        readonly model: string;
      };
      readonly cookie?: never;
    };
    readonly requestBody: {
      readonly content: {
        readonly 'application/json': {
          /** @description Stands in the answer again */
          readonly id?: string;
          readonly inputs: readonly {
            /** @description Numbers in row-major order, flat or nested by axes */
            readonly data: readonly unknown[];
            /** @enum {string} */
            readonly datatype:
              | 'FP32'
              | 'FP64'
              | 'FP16'
              | 'INT8'
              | 'INT16'
              | 'INT32'
              | 'INT64'
              | 'UINT8'
              | 'UINT16'
              | 'UINT32'
              | 'UINT64';
            readonly name: string;
            /** @description Beyond the protocol, by name */
            readonly parameters?: {
              readonly [key: string]: unknown;
            };
            readonly shape: readonly number[];
          }[];
          /** @description Those that are wanted; all when omitted */
          readonly outputs?: readonly {
            readonly name: string;
            /** @description Beyond the protocol, by name */
            readonly parameters?: {
              readonly [key: string]: unknown;
            };
          }[];
          /** @description Beyond the protocol, by name */
          readonly parameters?: {
            readonly [key: string]: unknown;
          };
        };
      };
    };
    readonly responses: {
      /** @description Its outputs */
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': {
            readonly id?: string;
            readonly model_name: string;
            readonly model_version: string;
            readonly outputs: readonly {
              /** @description Row-major order, flat */
              readonly data: readonly number[];
              readonly datatype: string;
              readonly name: string;
              readonly shape: readonly number[];
            }[];
            readonly parameters: {
              readonly [key: string]: unknown;
            };
          };
        };
      };
      readonly 400: components['responses']['Problem400'];
      readonly 401: components['responses']['Problem401'];
      readonly 403: components['responses']['Problem403'];
      readonly 404: components['responses']['Problem404'];
      readonly 405: components['responses']['Problem405'];
      readonly 408: components['responses']['Problem408'];
      readonly 409: components['responses']['Problem409'];
      readonly 412: components['responses']['Problem412'];
      readonly 413: components['responses']['Problem413'];
      readonly 415: components['responses']['Problem415'];
      readonly 422: components['responses']['Problem422'];
      readonly 428: components['responses']['Problem428'];
      readonly 429: components['responses']['Problem429'];
      readonly 500: components['responses']['Problem500'];
      readonly 503: components['responses']['Problem503'];
      readonly 507: components['responses']['Problem507'];
    };
  };
  readonly isModelReady: {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path: {
        /** @description Name of the model */
        readonly model: string;
      };
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      /** @description It can */
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': {
            readonly name: string;
            readonly ready: boolean;
          };
        };
      };
      readonly 400: components['responses']['Problem400'];
      readonly 401: components['responses']['Problem401'];
      readonly 403: components['responses']['Problem403'];
      readonly 404: components['responses']['Problem404'];
      readonly 405: components['responses']['Problem405'];
      readonly 408: components['responses']['Problem408'];
      readonly 409: components['responses']['Problem409'];
      readonly 412: components['responses']['Problem412'];
      readonly 413: components['responses']['Problem413'];
      readonly 415: components['responses']['Problem415'];
      readonly 422: components['responses']['Problem422'];
      readonly 428: components['responses']['Problem428'];
      readonly 429: components['responses']['Problem429'];
      readonly 500: components['responses']['Problem500'];
      readonly 503: components['responses']['Problem503'];
      readonly 507: components['responses']['Problem507'];
    };
  };
  readonly describeModelVersion: {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path: {
        /** @description Name of the model */
        readonly model: string;
        /** @description Version of the model */
        readonly version: string;
      };
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      /** @description Its metadata */
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': {
            readonly inputs: readonly {
              readonly datatype: string;
              readonly name: string;
              /** @description −1 where any size fits */
              readonly shape: readonly number[];
            }[];
            readonly name: string;
            readonly outputs: readonly {
              readonly datatype: string;
              readonly name: string;
              /** @description −1 where any size fits */
              readonly shape: readonly number[];
            }[];
            readonly parameters: {
              readonly card: {
                readonly [key: string]: unknown;
              };
              readonly statement: string;
            };
            readonly platform: string;
            readonly versions: readonly string[];
          };
        };
      };
      readonly 400: components['responses']['Problem400'];
      readonly 401: components['responses']['Problem401'];
      readonly 403: components['responses']['Problem403'];
      readonly 404: components['responses']['Problem404'];
      readonly 405: components['responses']['Problem405'];
      readonly 408: components['responses']['Problem408'];
      readonly 409: components['responses']['Problem409'];
      readonly 412: components['responses']['Problem412'];
      readonly 413: components['responses']['Problem413'];
      readonly 415: components['responses']['Problem415'];
      readonly 422: components['responses']['Problem422'];
      readonly 428: components['responses']['Problem428'];
      readonly 429: components['responses']['Problem429'];
      readonly 500: components['responses']['Problem500'];
      readonly 503: components['responses']['Problem503'];
      readonly 507: components['responses']['Problem507'];
    };
  };
  readonly explainVersion: {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path: {
        /** @description Name of the model */
        readonly model: string;
        /** @description Version of the model */
        readonly version: string;
      };
      readonly cookie?: never;
    };
    readonly requestBody: {
      readonly content: {
        readonly 'application/json': {
          /** @description Stands in the answer again */
          readonly id?: string;
          readonly inputs: readonly {
            /** @description Numbers in row-major order, flat or nested by axes */
            readonly data: readonly unknown[];
            /** @enum {string} */
            readonly datatype:
              | 'FP32'
              | 'FP64'
              | 'FP16'
              | 'INT8'
              | 'INT16'
              | 'INT32'
              | 'INT64'
              | 'UINT8'
              | 'UINT16'
              | 'UINT32'
              | 'UINT64';
            readonly name: string;
            /** @description Beyond the protocol, by name */
            readonly parameters?: {
              readonly [key: string]: unknown;
            };
            readonly shape: readonly number[];
          }[];
          readonly parameters?: {
            /**
             * @description Integrated gradients where the network has them, else occlusion, when omitted
             * @enum {string}
             */
            readonly method?: 'integrated-gradients' | 'occlusion';
            /** @description Index of the class; the most probable one when omitted */
            readonly target?: number;
          };
        };
      };
    };
    readonly responses: {
      /** @description The attribution of each input */
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': {
            readonly id?: string;
            readonly model_name: string;
            readonly model_version: string;
            readonly outputs: readonly {
              /** @description Row-major order, flat */
              readonly data: readonly number[];
              readonly datatype: string;
              readonly name: string;
              readonly shape: readonly number[];
            }[];
            readonly parameters: {
              readonly [key: string]: unknown;
            };
          };
        };
      };
      readonly 400: components['responses']['Problem400'];
      readonly 401: components['responses']['Problem401'];
      readonly 403: components['responses']['Problem403'];
      readonly 404: components['responses']['Problem404'];
      readonly 405: components['responses']['Problem405'];
      readonly 408: components['responses']['Problem408'];
      readonly 409: components['responses']['Problem409'];
      readonly 412: components['responses']['Problem412'];
      readonly 413: components['responses']['Problem413'];
      readonly 415: components['responses']['Problem415'];
      readonly 422: components['responses']['Problem422'];
      readonly 428: components['responses']['Problem428'];
      readonly 429: components['responses']['Problem429'];
      readonly 500: components['responses']['Problem500'];
      readonly 503: components['responses']['Problem503'];
      readonly 507: components['responses']['Problem507'];
    };
  };
  readonly inferVersion: {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path: {
        /** @description Name of the model */
        readonly model: string;
        /** @description Version of the model */
        readonly version: string;
      };
      readonly cookie?: never;
    };
    readonly requestBody: {
      readonly content: {
        readonly 'application/json': {
          /** @description Stands in the answer again */
          readonly id?: string;
          readonly inputs: readonly {
            /** @description Numbers in row-major order, flat or nested by axes */
            readonly data: readonly unknown[];
            /** @enum {string} */
            readonly datatype:
              | 'FP32'
              | 'FP64'
              | 'FP16'
              | 'INT8'
              | 'INT16'
              | 'INT32'
              | 'INT64'
              | 'UINT8'
              | 'UINT16'
              | 'UINT32'
              | 'UINT64';
            readonly name: string;
            /** @description Beyond the protocol, by name */
            readonly parameters?: {
              readonly [key: string]: unknown;
            };
            readonly shape: readonly number[];
          }[];
          /** @description Those that are wanted; all when omitted */
          readonly outputs?: readonly {
            readonly name: string;
            /** @description Beyond the protocol, by name */
            readonly parameters?: {
              readonly [key: string]: unknown;
            };
          }[];
          /** @description Beyond the protocol, by name */
          readonly parameters?: {
            readonly [key: string]: unknown;
          };
        };
      };
    };
    readonly responses: {
      /** @description Its outputs */
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': {
            readonly id?: string;
            readonly model_name: string;
            readonly model_version: string;
            readonly outputs: readonly {
              /** @description Row-major order, flat */
              readonly data: readonly number[];
              readonly datatype: string;
              readonly name: string;
              readonly shape: readonly number[];
            }[];
            readonly parameters: {
              readonly [key: string]: unknown;
            };
          };
        };
      };
      readonly 400: components['responses']['Problem400'];
      readonly 401: components['responses']['Problem401'];
      readonly 403: components['responses']['Problem403'];
      readonly 404: components['responses']['Problem404'];
      readonly 405: components['responses']['Problem405'];
      readonly 408: components['responses']['Problem408'];
      readonly 409: components['responses']['Problem409'];
      readonly 412: components['responses']['Problem412'];
      readonly 413: components['responses']['Problem413'];
      readonly 415: components['responses']['Problem415'];
      readonly 422: components['responses']['Problem422'];
      readonly 428: components['responses']['Problem428'];
      readonly 429: components['responses']['Problem429'];
      readonly 500: components['responses']['Problem500'];
      readonly 503: components['responses']['Problem503'];
      readonly 507: components['responses']['Problem507'];
    };
  };
  readonly isModelVersionReady: {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path: {
        /** @description Name of the model */
        readonly model: string;
        /** @description Version of the model */
        readonly version: string;
      };
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      /** @description It can */
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': {
            readonly name: string;
            readonly ready: boolean;
          };
        };
      };
      readonly 400: components['responses']['Problem400'];
      readonly 401: components['responses']['Problem401'];
      readonly 403: components['responses']['Problem403'];
      readonly 404: components['responses']['Problem404'];
      readonly 405: components['responses']['Problem405'];
      readonly 408: components['responses']['Problem408'];
      readonly 409: components['responses']['Problem409'];
      readonly 412: components['responses']['Problem412'];
      readonly 413: components['responses']['Problem413'];
      readonly 415: components['responses']['Problem415'];
      readonly 422: components['responses']['Problem422'];
      readonly 428: components['responses']['Problem428'];
      readonly 429: components['responses']['Problem429'];
      readonly 500: components['responses']['Problem500'];
      readonly 503: components['responses']['Problem503'];
      readonly 507: components['responses']['Problem507'];
    };
  };
}
