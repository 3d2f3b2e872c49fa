import type { Result } from "@phasewise/runtime";
import type { Tracer } from "@phasewise/runtime/platform";
import type { FastifyRequest, RouteOptions } from "fastify";
import { continueTrace } from "../orders/trace-context.js";
import { answer } from "./answer.js";

/** A route that is answered with a Result. */
export interface ResultRoute {
  readonly method: "GET" | "POST";
  readonly url: string;
  /** The status code of a Success; 200 by default. */
  readonly successCode?: number;
  readonly handle: (request: FastifyRequest) => Promise<Result<unknown>>;
}

/** The route for Fastify: each request is a span, in the trace of the client if that names one. */
export function resultRoute(tracer: Tracer, { method, url, successCode = 200, handle }: ResultRoute): RouteOptions {
  const span = `${method} ${url}`;
  return {
    method,
    url,
    async handler(request, reply) {
      const traceparent = request.headers["traceparent"]?.toString();
      const result = await continueTrace(traceparent, () => tracer.withSpan(span, () => handle(request)));
      return answer(reply, result, successCode);
    },
  };
}
