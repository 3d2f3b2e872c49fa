import { Readable } from "node:stream";
import { invalidOption } from "./errors.js";
import type { RequestOptions } from "./http-options.js";

/** What is sent: something that can be sent again, or a stream. */
export type RequestBody = string | Uint8Array | Readable;

/** The body that the options ask for. */
export function encodeBody(call: string, { json, body }: RequestOptions): RequestBody | undefined {
  if (json === undefined) return body === undefined ? undefined : readBody(call, body);
  if (body !== undefined) throw invalidOption(call, "both json and body are given; leave one out");
  const text: string | undefined = JSON.stringify(json);
  if (text === undefined) throw invalidOption(call, `json is a ${typeof json}, which JSON cannot hold`);
  return text;
}

function readBody(call: string, body: NonNullable<RequestOptions["body"]>): RequestBody {
  if (typeof body === "string" || body instanceof Uint8Array) return body;
  if (typeof body !== "object" || body === null || !(Symbol.asyncIterator in body)) {
    throw invalidOption(call, "body must be a string, a Uint8Array or an async iterable; give a value as json");
  }
  const stream = body instanceof Readable ? body : Readable.from(body, { objectMode: false });
  if (Readable.isDisturbed(stream) || stream.destroyed) {
    throw invalidOption(call, "body is a stream that was read or destroyed before; give a new one");
  }
  // An error is told by the request. The listener keeps it from being thrown once more when nobody else listens.
  return stream.on("error", () => {});
}
