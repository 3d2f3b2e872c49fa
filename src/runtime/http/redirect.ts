import { Readable } from "node:stream";
import { Result } from "../results/result.js";
import { redirectRefused } from "./failures.js";
import { findHeader, type HttpAnswer } from "./http-response.js";
import type { HttpRequest } from "./http-request.js";
import { withoutSecrets } from "./request-headers.js";

const statuses = new Set([301, 302, 303, 307, 308]);

/** Where the answer sends the request to, if it does. */
export function findRedirect({ status, headers }: HttpAnswer): string | undefined {
  return statuses.has(status) ? findHeader(headers, "location") : undefined;
}

/** The request that a redirect asks for. It carries no secret to another origin, and never goes from https to http. */
export function redirect(
  request: HttpRequest,
  status: number,
  location: string,
): Result<HttpRequest, "REDIRECT_REFUSED"> {
  if (!URL.canParse(location, request.url.href)) return redirectRefused(request, "to what is no URL");
  const url = new URL(location, request.url);
  if (!/^https?:$/.test(url.protocol)) return redirectRefused(request, `to ${url.protocol}, which is not HTTP`);
  if (request.url.protocol === "https:" && url.protocol === "http:") {
    return redirectRefused(request, "from https to http");
  }
  Object.assign(url, { username: "", password: "", hash: "" });
  const next = dropsBody(request.method, status) ? withoutBody(request) : request;
  if (next.body instanceof Readable) return redirectRefused(request, "with a body that can be sent once only");
  const headers = url.origin === request.url.origin ? next.headers : withoutSecrets(next.headers);
  return Result.success({ ...next, url, headers });
}

/** As browsers do: 303 asks for a page to be seen, and so do 301 and 302 after a POST. */
function dropsBody(method: string, status: number): boolean {
  if (status === 303) return method !== "GET" && method !== "HEAD";
  return method === "POST" && (status === 301 || status === 302);
}

function withoutBody({ url, headers }: HttpRequest): HttpRequest {
  const left = [...headers].filter(([name]) => !name.startsWith("content-"));
  return { method: "GET", url, headers: new Map(left), body: undefined };
}
