import { Readable } from "node:stream";
import type { Result } from "../results/result.js";
import { requireCount } from "../tasks/errors.js";
import { clientClosed, type HttpErrorCode, invalidOption } from "./errors.js";
import { type CallDefaults, createCall, readDefaults } from "./http-call.js";
import type { HttpClientOptions, RequestOptions } from "./http-options.js";
import type { HttpBodies, HttpResponse } from "./http-response.js";
import { performCall } from "./perform-call.js";
import { traceRequest } from "./trace-request.js";
import { Transport } from "./transport.js";

/** What a request gives, by what its body is read as. */
type Outcome<A extends keyof HttpBodies, T, Code extends string> = Promise<
  Result<HttpResponse<HttpBodies<T>[A]>, HttpErrorCode | Code>
>;

/**
 * Makes HTTP requests over connections that it keeps. Each answers with a Result: an answer from 200 to 299 is a Success,
 * everything else a Failure, which holds no secret of the request. An abort of a signal rejects with its reason. Every
 * request has a time limit, its answer a size limit, and none leaves a connection, a timer or a listener behind.
 *
 * `Code` is what the `policy` answers by itself; name it to have a closed set of codes.
 *
 * @throws HttpError or TaskError `INVALID_OPTION`, `INVALID_URL`, `INVALID_HEADER`; a request also `CLIENT_CLOSED`.
 *
 * @example
 * ```ts
 * import { HttpClient } from "@phasewise/runtime/http";
 *
 * await using client = new HttpClient({ baseUrl: "https://example.com/api/", headers: { authorization: "Bearer abc" } });
 * const created = await client.post("invoices", { json: { cents: 1_250 }, idempotencyKey: "i-1" });
 * console.log(created.success ? created.data.body : created.error.message);
 * ```
 */
export class HttpClient<Code extends string = never> implements AsyncDisposable {
  readonly #defaults: CallDefaults;
  readonly #transport: Transport<Code>;
  readonly #running = new Set<Promise<void>>();
  #closing: Promise<void> | undefined;

  constructor(options: HttpClientOptions<Code> = {}) {
    const { maxConnections = 64, policy } = options;
    this.#defaults = readDefaults(options);
    requireCount("HttpClient", "maxConnections", maxConnections);
    if (policy !== undefined && typeof policy !== "function") {
      throw invalidOption("HttpClient", "policy must be a function that makes the policy for an origin");
    }
    const { timeoutMs: connectTimeoutMs, clock } = this.#defaults;
    this.#transport = new Transport({ maxConnections, connectTimeoutMs, clock }, policy);
  }

  /** Makes a GET request. The body of the answer is read as JSON, unless `as` says otherwise. */
  get<A extends keyof HttpBodies = "json", T = unknown>(
    url: string | URL,
    options?: RequestOptions<A, T>,
  ): Outcome<A, T, Code> {
    return this.request("GET", url, options);
  }

  /** Makes a POST request. It is not made again, unless it has an `idempotencyKey`. */
  post<A extends keyof HttpBodies = "json", T = unknown>(
    url: string | URL,
    options?: RequestOptions<A, T>,
  ): Outcome<A, T, Code> {
    return this.request("POST", url, options);
  }

  /** Makes a PUT request. */
  put<A extends keyof HttpBodies = "json", T = unknown>(
    url: string | URL,
    options?: RequestOptions<A, T>,
  ): Outcome<A, T, Code> {
    return this.request("PUT", url, options);
  }

  /** Makes a PATCH request. It is not made again, unless it has an `idempotencyKey`. */
  patch<A extends keyof HttpBodies = "json", T = unknown>(
    url: string | URL,
    options?: RequestOptions<A, T>,
  ): Outcome<A, T, Code> {
    return this.request("PATCH", url, options);
  }

  /** Makes a DELETE request. */
  delete<A extends keyof HttpBodies = "json", T = unknown>(
    url: string | URL,
    options?: RequestOptions<A, T>,
  ): Outcome<A, T, Code> {
    return this.request("DELETE", url, options);
  }

  /** Makes a request with any method. */
  async request<A extends keyof HttpBodies = "json", T = unknown>(
    method: string,
    url: string | URL,
    options: RequestOptions<A, T> = {},
  ): Outcome<A, T, Code> {
    if (this.#closing) throw clientClosed(`HttpClient, ${method}`);
    const call = createCall(method, url, options, this.#defaults);
    const performing = traceRequest(call.request, () => performCall(call, this.#transport));
    this.#keep(performing);
    return performing as Outcome<A, T, Code>;
  }

  /** Refuses further requests, waits for those that run and for streams that are open, and closes the connections. */
  close(): Promise<void> {
    return (this.#closing ??= this.#close());
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #close(): Promise<void> {
    await Promise.all(this.#running);
    await this.#transport.close();
  }

  /** Knows of the request until it has ended, with the stream that it gave. */
  #keep(performing: Promise<Result<HttpResponse, string>>): void {
    const ended: Promise<void> = performing
      .then((answer) => (answer.success ? closeOf(answer.data.body) : undefined))
      .catch(() => {})
      .then(() => void this.#running.delete(ended));
    this.#running.add(ended);
  }
}

function closeOf(body: unknown): Promise<void> | undefined {
  if (!(body instanceof Readable) || body.closed) return undefined;
  return new Promise((resolve) => void body.once("close", resolve));
}
