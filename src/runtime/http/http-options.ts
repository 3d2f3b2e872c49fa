import type { StandardSchema } from "../settings/schema.js";
import type { Clock } from "../tasks/clock.js";
import type { RetrySchedule } from "../tasks/with-retry.js";
import type { HttpBodies } from "./http-response.js";
import type { RequestPolicy } from "./request-policy.js";

/** Headers by name, in whatever case. `undefined` takes one of the client away. */
export type HttpHeaders = Readonly<Record<string, string | undefined>>;

/** When a request is made again; three attempts by default. */
export interface HttpRetry extends Omit<RetrySchedule, "isRetryable"> {
  /**
   * The methods of requests that may be made again; GET, HEAD, OPTIONS, PUT and DELETE by default. A request with an
   * `idempotencyKey` always may, one whose body is a stream never.
   */
  readonly methods?: readonly string[] | undefined;
}

/** What an `HttpClient` is made with. */
export interface HttpClientOptions<Code extends string = never> {
  /** What every URL lies below. Without one, each request names its whole URL. */
  readonly baseUrl?: string | URL | undefined;
  /** Sent with every request; one of the same name of a request takes its place. */
  readonly headers?: HttpHeaders | undefined;
  /** How many connections are open to one origin at most; 64 by default. Further requests wait. */
  readonly maxConnections?: number | undefined;
  /** How long a request may take with its redirects, attempts and waits, in milliseconds; 30,000 by default. */
  readonly timeoutMs?: number | undefined;
  /** When a request is made again; `false` for never. */
  readonly retry?: HttpRetry | false | undefined;
  /** Makes what the exchanges with an origin go through, once for each origin: a circuit breaker, for example. */
  readonly policy?: ((origin: string) => RequestPolicy<Code>) | undefined;
  /** How many redirects are followed; 5 by default. With 0, a redirect is a Failure `HTTP_STATUS`. */
  readonly maxRedirects?: number | undefined;
  /** How long the body of a response may be, in bytes; 10 MiB by default. */
  readonly maxResponseBytes?: number | undefined;
  /** Where time comes from; by default the clock of the application, or else that of the machine. */
  readonly clock?: Clock | undefined;
}

/** What a request takes beside its URL. */
export interface RequestOptions<A extends keyof HttpBodies = keyof HttpBodies, T = unknown> {
  /** Added to the query of the URL. A list gives a parameter for each of its values, `undefined` none. */
  readonly query?: Readonly<Record<string, QueryValue | readonly QueryValue[] | undefined>> | undefined;
  readonly headers?: HttpHeaders | undefined;
  /** Sent as JSON. */
  readonly json?: unknown;
  /** Sent as it is. A stream is sent once: its request is not made again, and not redirected with its body. */
  readonly body?: string | Uint8Array | AsyncIterable<string | Uint8Array> | undefined;
  /** Sent as `Idempotency-Key`: the server does the same thing once, so the request may be made again. */
  readonly idempotencyKey?: string | undefined;
  /** What the body of the response is read as; `json` by default. */
  readonly as?: A | undefined;
  /** Validates the JSON of the response, and types it. */
  readonly schema?: StandardSchema<T> | undefined;
  /** Ends the request: it rejects at once with the signal's reason. Ends the reading of a streamed body as well. */
  readonly signal?: AbortSignal | undefined;
  /** In place of that of the client. When the body is a stream, it is also the longest wait for a piece of that. */
  readonly timeoutMs?: number | undefined;
  /** What differs from that of the client; `false` for one attempt. */
  readonly retry?: HttpRetry | false | undefined;
  /** In place of that of the client. */
  readonly maxResponseBytes?: number | undefined;
}

/** A value of a query parameter. */
export type QueryValue = string | number | boolean;
