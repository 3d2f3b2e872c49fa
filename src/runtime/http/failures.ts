import { STATUS_CODES } from "node:http";
import type { Failure, ResultError } from "../results/outcome.js";
import { Result } from "../results/result.js";
import { maskValue } from "../settings/mask-value.js";
import { createSecretMask, type SecretMask } from "../settings/secret-mask.js";
import { isSecretName } from "../settings/secret-name.js";
import { type HttpErrorCode, HttpError } from "./errors.js";
import type { HttpAnswer } from "./http-response.js";
import type { HttpRequest } from "./http-request.js";
import { findRetryAfterMs } from "./retry-after.js";

/** The most that is read of an answer of which only the beginning is told. A longer one costs its connection. */
export const excerptBytes = 64 * 1_024;

const excerptCharacters = 1_024;

/** Statuses of a server that is unwell for now: the same request may go well later. */
const passingStatuses = new Set([408, 425, 429, 500, 502, 503, 504]);

export const isPassingStatus = (status: number) => passingStatuses.has(status);

/** May the same request go well later? */
export function isPassing({ code, details }: ResultError): boolean {
  if (code === "HTTP_STATUS") return isPassingStatus(Number(details?.["status"]));
  return code === "CONNECTION_FAILED" || code === "TIMED_OUT";
}

/** The server answered with another status than those from 200 to 299. */
export function badStatus(request: HttpRequest, { status, headers, body }: HttpAnswer): Failure<"HTTP_STATUS"> {
  const retryAfterMs = findRetryAfterMs(headers);
  const details = { status, ...(retryAfterMs !== undefined && { retryAfterMs }) };
  return fail(request, "HTTP_STATUS", `answered ${status} ${STATUS_CODES[status] ?? ""}`.trimEnd(), { details, body });
}

export function connectionFailed(
  request: HttpRequest,
  cause: Error & { code?: unknown },
): Failure<"CONNECTION_FAILED"> {
  const reason = [cause.code, cause.message].filter(Boolean).join(": ");
  return fail(request, "CONNECTION_FAILED", `got no answer, because the connection failed (${reason})`, { cause });
}

export const timedOut = (request: HttpRequest, elapsedMs: number) =>
  fail(request, "TIMED_OUT", `was not done after ${Math.round(elapsedMs)} ms`);

export const tooLarge = (request: HttpRequest, maxBytes: number) =>
  fail(request, "RESPONSE_TOO_LARGE", `answered with more than ${maxBytes} bytes`, { details: { maxBytes } });

export const badJson = (request: HttpRequest, { status, body }: HttpAnswer, cause: unknown) =>
  fail(request, "BAD_JSON", "answered with a body that is no JSON", { cause, details: { status }, body });

export const badResponse = (request: HttpRequest, { status }: HttpAnswer, problems: readonly string[]) =>
  fail(request, "BAD_RESPONSE", `answered otherwise than expected: ${problems.join("; ")}`, {
    details: { status, problems },
  });

export const tooManyRedirects = (request: HttpRequest, maxRedirects: number) =>
  fail(request, "TOO_MANY_REDIRECTS", `was redirected more than ${maxRedirects} times`, { details: { maxRedirects } });

export const redirectRefused = (request: HttpRequest, problem: string) =>
  fail(request, "REDIRECT_REFUSED", `was redirected ${problem}`);

/** The failure as what the reading of a stream rejects with. */
export const toError = ({ error: { code, message, cause } }: Failure<HttpErrorCode>) =>
  new HttpError(code, message, { cause });

interface Circumstances extends Pick<ResultError, "cause" | "details"> {
  /** The body of the answer, of which the Failure tells the beginning. */
  readonly body?: HttpAnswer["body"];
}

/** A Failure that names the request, and holds no secret of it: not even when the server told one back. */
function fail<C extends HttpErrorCode>(
  request: HttpRequest,
  code: C,
  problem: string,
  { cause, details, body }: Circumstances = {},
): Failure<C> {
  const { method, url } = request;
  const mask = secretsOf(request);
  const place = `${url.origin}${url.pathname}`;
  const excerpt = Buffer.isBuffer(body) ? mask.maskText(body.toString("utf8", 0, excerptBytes)) : "";
  return Result.error(code, mask.maskText(`${method} ${place} ${problem}`), {
    ...(cause !== undefined && { cause: maskValue(cause, mask.maskText) }),
    details: {
      ...mask.maskFields({ method, url: place, ...details }),
      ...(excerpt !== "" && { body: excerpt.slice(0, excerptCharacters) }),
    },
  });
}

/** Secrets as they were given, as they stand in a URL, and without what surrounds them: a scheme, or a cookie's name. */
function secretsOf({ headers, url }: HttpRequest): SecretMask {
  const mask = createSecretMask();
  for (const [name, value] of [...headers, ...url.searchParams]) {
    if (!isSecretName(name)) continue;
    const inQuery = new URLSearchParams({ "": value }).toString().slice("=".length);
    const parts = value.match(/(?<=[\s=])[^\s=;,]+/g) ?? [];
    for (const secret of [value, encodeURIComponent(value), inQuery, ...parts]) mask.add(secret);
  }
  return mask;
}
