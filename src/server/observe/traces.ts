import type { IncomingHttpHeaders } from 'node:http';
import { EcgError } from '../../core/index.js';

/** A request under way, as a trace has it. */
export interface RequestSpan {
  end(status: number): void;
}

/** Where spans of requests go. */
export interface Traces {
  /**
   * @param route    pattern, never the address
   * @param headers  of which `traceparent` says what the request is a part of
   */
  begin(method: string, route: string, headers: IncomingHttpHeaders): RequestSpan;
  /** Sends what is left. */
  close(): Promise<void>;
}

/**
 * Traces to a collector, by OTLP over HTTP. The packages for it are loaded here and only now.
 *
 * @param collector  base address: `http://127.0.0.1:4318`
 * @throws EcgError `bad-option` when it is no address
 */
export async function openTraces(collector: string, version: string): Promise<Traces> {
  if (!URL.canParse(collector))
    throw new EcgError(
      'bad-option',
      'traces: the address of the collector is not valid, use http://host:port',
    );
  const [
    { context, propagation, SpanKind, SpanStatusCode, trace },
    sdk,
    { OTLPTraceExporter },
    { resourceFromAttributes },
  ] = await Promise.all([
    import('@opentelemetry/api'),
    import('@opentelemetry/sdk-trace-node'),
    import('@opentelemetry/exporter-trace-otlp-http'),
    import('@opentelemetry/resources'),
  ]);
  const provider = new sdk.NodeTracerProvider({
    resource: resourceFromAttributes({ 'service.name': 'ectopy', 'service.version': version }),
    spanProcessors: [
      new sdk.BatchSpanProcessor(
        new OTLPTraceExporter({ url: `${collector.replace(/\/+$/, '')}/v1/traces`, timeoutMillis: 5000 }),
        { scheduledDelayMillis: 1000 },
      ),
    ],
  });
  provider.register();
  const tracer = provider.getTracer('ectopy', version);
  return {
    begin(method, route, headers) {
      const span = tracer.startSpan(
        `${method} ${route}`,
        { kind: SpanKind.SERVER, attributes: { 'http.request.method': method, 'http.route': route } },
        propagation.extract(context.active(), headers),
      );
      return {
        end(status) {
          span.setAttribute('http.response.status_code', status);
          if (status >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
          span.end();
        },
      };
    },
    async close() {
      // A collector that is away holds nobody up.
      await provider.shutdown().catch(() => undefined);
      trace.disable();
      context.disable();
      propagation.disable();
    },
  };
}
