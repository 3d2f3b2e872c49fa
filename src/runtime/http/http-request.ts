import { invalidOption } from "./errors.js";
import type { RequestOptions } from "./http-options.js";
import { encodeBody, type RequestBody } from "./request-body.js";
import { type HeaderMap, mergeHeaders } from "./request-headers.js";
import { resolveUrl } from "./request-url.js";

/** A request that is known to be valid. */
export interface HttpRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: HeaderMap;
  readonly body: RequestBody | undefined;
}

/** What the requests of a client have in common. */
export interface RequestBase {
  readonly baseUrl: URL | undefined;
  readonly headers: HeaderMap;
}

/** @throws HttpError for whatever is not valid. */
export function createRequest(
  method: string,
  url: string | URL,
  options: RequestOptions,
  base: RequestBase,
): HttpRequest {
  const call = `HttpClient, ${method}`;
  if (!/^[A-Z][A-Z-]*$/.test(method) || method === "CONNECT") {
    throw invalidOption(call, "the method must be a word such as GET, and not CONNECT");
  }
  return {
    method,
    url: resolveUrl(call, url, base.baseUrl, options.query),
    headers: createHeaders(call, options, base.headers),
    body: encodeBody(call, options),
  };
}

/** An answer is asked for as it is: it is not decompressed, so its size on the way is the size that is limited. */
function createHeaders(call: string, options: RequestOptions, common: HeaderMap): HeaderMap {
  const { headers, idempotencyKey, json, as = "json" } = options;
  const key = idempotencyKey === undefined ? {} : { "idempotency-key": idempotencyKey };
  const own = mergeHeaders(call, mergeHeaders(call, common, headers), key);
  const setDefault = (name: string, value: string) => own.has(name) || own.set(name, value);
  setDefault("accept-encoding", "identity");
  if (as === "json") setDefault("accept", "application/json");
  if (json !== undefined) setDefault("content-type", "application/json");
  return own;
}
