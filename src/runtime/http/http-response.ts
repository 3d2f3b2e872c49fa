import type { IncomingHttpHeaders } from "node:http";
import type { Readable } from "node:stream";

/** An answer of a server with a status from 200 to 299. */
export interface HttpResponse<Body = unknown> {
  readonly status: number;
  /** By name in lower case. A header that came several times may be a list. */
  readonly headers: IncomingHttpHeaders;
  /** Where the answer came from, after redirects. */
  readonly url: string;
  readonly body: Body;
}

/** What a body can be read as. `T` is what the schema gives, `unknown` without one. */
export interface HttpBodies<T = unknown> {
  /** The value of the JSON text; `undefined` for an empty body. */
  readonly json: T;
  /** The text, as UTF-8. */
  readonly text: string;
  readonly bytes: Uint8Array;
  /**
   * The body while it arrives: an async iterable of bytes, and a Node stream. Read it to its end, or dispose of it
   * (`await using`, `destroy()`): its connection is taken until then.
   */
  readonly stream: Readable;
}

/** An answer as it came over the connection: whole, or with a body that is still arriving. */
export type HttpAnswer = HttpResponse<Buffer | Readable>;

/** The first value of a header. */
export function findHeader(headers: IncomingHttpHeaders, name: string): string | undefined {
  const value = headers[name];
  return typeof value === "object" ? value[0] : value;
}
