import { PhasewiseError } from "../results/coded-error.js";

/** What a request can fail with; `docs/http.md` has the meaning of each. */
export type HttpErrorCode =
  | "HTTP_STATUS"
  | "CONNECTION_FAILED"
  | "TIMED_OUT"
  | "BAD_JSON"
  | "BAD_RESPONSE"
  | "RESPONSE_TOO_LARGE"
  | "TOO_MANY_REDIRECTS"
  | "REDIRECT_REFUSED";

/** What can be wrong with the use of an `HttpClient`. */
export type HttpMisuseCode = "INVALID_URL" | "INVALID_HEADER" | "INVALID_OPTION" | "CLIENT_CLOSED";

/**
 * What misuse of an `HttpClient` throws, and what reading a streamed body rejects with when it cannot be read to its end.
 *
 * @example
 * ```ts
 * import { HttpClient, HttpError } from "@phasewise/runtime/http";
 *
 * try {
 *   await new HttpClient().get("ftp://example.com/");
 * } catch (error) {
 *   if (error instanceof HttpError) console.error(error.code);
 * }
 * ```
 */
export class HttpError extends PhasewiseError<HttpErrorCode | HttpMisuseCode> {}

export const invalidUrl = (call: string, url: unknown, problem: string) =>
  new HttpError("INVALID_URL", `${call}: ${quoteUrl(url)} ${problem}.`);

export const invalidHeader = (call: string, name: string, problem: string) =>
  new HttpError("INVALID_HEADER", `${call}: the header ${JSON.stringify(name)} ${problem}.`);

export const invalidOption = (call: string, problem: string, options?: ErrorOptions) =>
  new HttpError("INVALID_OPTION", `${call}: ${problem}.`, options);

export const notARecord = (call: string, name: string) =>
  invalidOption(call, `${name} must be a record; give Object.fromEntries(${name})`);

export const sentTwice = () =>
  invalidOption(
    "HttpClient",
    "the policy began a request again whose body is a stream, which can be sent once; give that body as bytes",
  );

export const clientClosed = (call: string) =>
  new HttpError("CLIENT_CLOSED", `${call} was called after the client was closed. Make the request before that.`);

/** Without its query and its user name and password, which may be secrets. */
function quoteUrl(url: unknown): string {
  return JSON.stringify(
    String(url)
      .replace(/[?#].*$/s, "")
      .replace(/\/\/[^/]*@/, "//"),
  );
}
