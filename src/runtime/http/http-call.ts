import { Readable } from "node:stream";
import { isStandardSchema } from "../settings/schema.js";
import { type Clock, currentClock } from "../tasks/clock.js";
import { requireCount, requireDuration } from "../tasks/errors.js";
import { invalidOption } from "./errors.js";
import type { ExchangeTerms } from "./exchange.js";
import type { HttpClientOptions, HttpRetry, RequestOptions } from "./http-options.js";
import { createRequest, type HttpRequest, type RequestBase } from "./http-request.js";
import type { HttpBodies } from "./http-response.js";
import type { BodyChoice } from "./read-body.js";
import { mergeHeaders } from "./request-headers.js";
import { readBaseUrl } from "./request-url.js";

/** What holds for the calls of a client, unless one says otherwise. */
export interface CallDefaults extends RequestBase {
  readonly timeoutMs: number;
  readonly maxResponseBytes: number;
  readonly maxRedirects: number;
  /** Nothing if requests are made once. */
  readonly retry: HttpRetry | undefined;
  readonly clock: Clock;
}

/** One call of a client: a request, and how it is carried out. */
export interface HttpCall extends ExchangeTerms, BodyChoice {
  readonly request: HttpRequest;
  readonly maxRedirects: number;
  /** Nothing if this request is made once. */
  readonly retry: HttpRetry | undefined;
}

const kinds: readonly (keyof HttpBodies)[] = ["json", "text", "bytes", "stream"];
const repeatableMethods: readonly string[] = ["GET", "HEAD", "OPTIONS", "PUT", "DELETE"];

/** @throws HttpError or TaskError for an option that is not valid. */
export function readDefaults(options: HttpClientOptions<string>): CallDefaults {
  const { baseUrl, headers, timeoutMs = 30_000, maxResponseBytes = 10 * 1_024 ** 2, maxRedirects = 5 } = options;
  requireLimits("HttpClient", { timeoutMs, maxResponseBytes });
  if (!(Number.isInteger(maxRedirects) && maxRedirects >= 0)) {
    throw invalidOption("HttpClient", `maxRedirects must be a whole number from 0, not ${String(maxRedirects)}`);
  }
  return {
    baseUrl: baseUrl === undefined ? undefined : readBaseUrl(baseUrl),
    headers: mergeHeaders("HttpClient", new Map(), headers),
    timeoutMs,
    maxResponseBytes,
    maxRedirects,
    retry: readRetry("HttpClient", options.retry, {}),
    clock: options.clock ?? currentClock(),
  };
}

/** @throws HttpError or TaskError for whatever is not valid. */
export function createCall(
  method: string,
  url: string | URL,
  options: RequestOptions,
  defaults: CallDefaults,
): HttpCall {
  const name = `HttpClient, ${method}`;
  const { as = "json", schema, signal } = options;
  const { timeoutMs = defaults.timeoutMs, maxResponseBytes = defaults.maxResponseBytes } = options;
  requireLimits(name, { timeoutMs, maxResponseBytes });
  if (!kinds.includes(as)) throw invalidOption(name, `as must be one of ${kinds.join(", ")}, not ${String(as)}`);
  if (schema && !isStandardSchema(schema)) throw invalidOption(name, "schema is no Standard Schema");
  if (schema && as !== "json") throw invalidOption(name, `a schema validates JSON, and as is "${as}"; leave one out`);

  const request = createRequest(method, url, options, defaults);
  const retry = readRetry(name, options.retry, defaults.retry);
  return {
    request,
    as,
    schema,
    signal,
    isStream: as === "stream",
    timeoutMs,
    maxResponseBytes,
    maxRedirects: defaults.maxRedirects,
    retry: retry && mayRepeat(request, retry) ? retry : undefined,
    clock: defaults.clock,
  };
}

function requireLimits(
  call: string,
  { timeoutMs, maxResponseBytes }: { readonly timeoutMs: number; readonly maxResponseBytes: number },
): void {
  requireDuration(call, "timeoutMs", timeoutMs);
  requireCount(call, "maxResponseBytes", maxResponseBytes);
}

function readRetry(
  call: string,
  retry: HttpRetry | false | undefined,
  common: HttpRetry | undefined,
): HttpRetry | undefined {
  if (retry === undefined) return common;
  if (retry === false) return undefined;
  requireCount(call, "retry.maxAttempts", retry.maxAttempts ?? 1);
  requireDuration(call, "retry.delayMs", retry.delayMs ?? 0);
  requireDuration(call, "retry.maxDelayMs", retry.maxDelayMs ?? 0);
  return { ...common, ...retry };
}

/** Does the same thing twice do no harm, and can it be sent twice? */
function mayRepeat({ method, headers, body }: HttpRequest, { methods = repeatableMethods }: HttpRetry): boolean {
  return !(body instanceof Readable) && (methods.includes(method) || headers.has("idempotency-key"));
}
