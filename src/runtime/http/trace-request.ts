import { findTracingApi } from "../tasks/tracer.js";
import { isTracing, traced } from "../tasks/tracing.js";
import type { HttpRequest } from "./http-request.js";

/** Runs the work of a request inside a span, if an SDK is registered. */
export function traceRequest<T>({ method, url }: HttpRequest, work: () => Promise<T>): Promise<T> {
  if (!isTracing()) return work();
  const attributes = {
    "http.request.method": method,
    "server.address": url.hostname,
    "server.port": Number(url.port) || (url.protocol === "https:" ? 443 : 80),
    "url.scheme": url.protocol.slice(0, -1),
    "url.path": url.pathname,
  };
  return traced("phasewise.http.request", attributes, work);
}

/** The request with the headers that tell the server which span it belongs to. Headers that were given stay. */
export async function traceHeaders(request: HttpRequest): Promise<HttpRequest> {
  const api = isTracing() ? await findTracingApi() : undefined;
  if (!api) return request;
  const carrier: Record<string, string> = {};
  api.propagation.inject(api.context.active(), carrier);
  return { ...request, headers: new Map([...Object.entries(carrier), ...request.headers]) };
}
