import type { WebSocket } from 'ws';
import type { ServerContext } from '../context.js';
import { ACCESS_ROUTES } from '../contract/access.js';
import { EXPLAIN_ROUTES, INFERENCE_ROUTES } from '../contract/inference.js';
import { PREDICT_ROUTES } from '../contract/predict.js';
import type { Route, Routes } from '../contract/route.js';
import { SYSTEM_ROUTES } from '../contract/system.js';
import { accessHandlers } from '../routes/access.js';
import { explainHandlers } from '../routes/explain.js';
import { inferenceHandlers } from '../routes/inference.js';
import { predictHandlers } from '../routes/predict.js';
import { systemHandlers } from '../routes/system.js';
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
];
