import type { WebSocket } from 'ws';
import type { ServerContext } from '../context.js';
import { ACCESS_ROUTES } from '../contract/access.js';
import { ALERTS_ROUTES, WEBHOOKS_ROUTES } from '../contract/alerts.js';
import { ANALYZE_ROUTES } from '../contract/analyze.js';
import { BEATS_ROUTES } from '../contract/beats.js';
import { FHIR_ROUTES } from '../contract/fhir.js';
import { EXPLAIN_ROUTES, INFERENCE_ROUTES } from '../contract/inference.js';
import { JOBS_ROUTES } from '../contract/jobs.js';
import { PAGE_ROUTES } from '../contract/page.js';
import { PREDICT_ROUTES } from '../contract/predict.js';
import { RECORDINGS_ROUTES } from '../contract/recordings.js';
import { REPORT_ROUTES } from '../contract/report.js';
import type { Route, Routes } from '../contract/route.js';
import { SIGNAL_ROUTES } from '../contract/signal.js';
import { STREAMS_ROUTES } from '../contract/streams.js';
import { SYSTEM_ROUTES } from '../contract/system.js';
import { UPLOADS_ROUTES } from '../contract/uploads.js';
import { accessHandlers } from '../routes/access.js';
import { alertsHandlers } from '../routes/alerts.js';
import { analyzeHandlers } from '../routes/analyze.js';
import { beatsHandlers } from '../routes/beats.js';
import { explainHandlers } from '../routes/explain.js';
import { fhirHandlers } from '../routes/fhir.js';
import { inferenceHandlers } from '../routes/inference.js';
import { jobsHandlers } from '../routes/jobs.js';
import { pageHandlers } from '../routes/page.js';
import { predictHandlers } from '../routes/predict.js';
import { recordingsHandlers } from '../routes/recordings.js';
import { reportHandlers } from '../routes/report.js';
import { signalHandlers } from '../routes/signal.js';
import { streamsHandlers } from '../routes/streams.js';
import { systemHandlers } from '../routes/system.js';
import { uploadsHandlers } from '../routes/uploads.js';
import { webhooksHandlers } from '../routes/webhooks.js';
import type { Answer, Asked, Handlers } from './handler.js';

/** A handler whose route is not known to the compiler. */
export type AnyHandler = (asked: Asked<Route>, socket?: WebSocket) => Promise<Answer | undefined> | undefined;

/** The routes of one resource and what answers them. */
export interface Resource {
  readonly routes: Routes;
  readonly handlers: (context: ServerContext) => Readonly<Record<string, AnyHandler>>;
}

/** Joins a contract and its handlers; leaving a handler out does not compile. */
export function resource<T extends Routes>(
  routes: T,
  handlers: (context: ServerContext) => Handlers<T>,
): Resource {
  return { routes, handlers: handlers as unknown as Resource['handlers'] };
}

/** Every resource of the interface; a new one is its contract, its handlers and one line here. */
export const RESOURCES: readonly Resource[] = [
  resource(SYSTEM_ROUTES, systemHandlers),
  resource(ACCESS_ROUTES, accessHandlers),
  resource(PREDICT_ROUTES, predictHandlers),
  resource(INFERENCE_ROUTES, inferenceHandlers),
  resource(EXPLAIN_ROUTES, explainHandlers),
  resource(ANALYZE_ROUTES, analyzeHandlers),
  resource(BEATS_ROUTES, beatsHandlers),
  resource(JOBS_ROUTES, jobsHandlers),
  resource(RECORDINGS_ROUTES, recordingsHandlers),
  resource(SIGNAL_ROUTES, signalHandlers),
  resource(REPORT_ROUTES, reportHandlers),
  resource(FHIR_ROUTES, fhirHandlers),
  resource(UPLOADS_ROUTES, uploadsHandlers),
  resource(STREAMS_ROUTES, streamsHandlers),
  resource(ALERTS_ROUTES, alertsHandlers),
  resource(WEBHOOKS_ROUTES, webhooksHandlers),
  resource(PAGE_ROUTES, pageHandlers),
];
