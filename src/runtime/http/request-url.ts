import { invalidUrl, notARecord } from "./errors.js";
import type { RequestOptions } from "./http-options.js";

/** The base URL, with a path that ends with a slash. */
export function readBaseUrl(baseUrl: string | URL): URL {
  const call = "HttpClient, baseUrl";
  const base = parseUrl(call, baseUrl);
  if (base.search || base.hash) throw invalidUrl(call, baseUrl, "has a query or a fragment: leave it out");
  if (!base.pathname.endsWith("/")) base.pathname += "/";
  return base;
}

/** The whole URL of a request. It lies below the base URL: no text leads to another origin, nor to a path beside it. */
export function resolveUrl(
  call: string,
  url: string | URL,
  base: URL | undefined,
  query: RequestOptions["query"],
): URL {
  const full = parseUrl(call, base ? join(String(url), base) : url);
  if (base && !isBelow(full, base)) {
    throw invalidUrl(call, url, `does not lie below the base URL ${base.href}: use a client without it`);
  }
  full.hash = "";
  if (query && Symbol.iterator in query) throw notARecord(call, "query");
  for (const [name, value] of Object.entries(query ?? {})) {
    for (const single of [value].flat()) if (single !== undefined) full.searchParams.append(name, String(single));
  }
  return full;
}

/** What follows the path of the base cannot change its origin; what names an origin itself is left to the check. */
function join(url: string, base: URL): string | URL {
  const namesOrigin = /^(?:[a-z][a-z\d+.-]*:)?[\\/]{2}/i.test(url);
  if (!namesOrigin) return base.href + url.replace(/^\//, "");
  return url.startsWith("/") || url.startsWith("\\") ? base.protocol + url : url;
}

function parseUrl(call: string, url: string | URL): URL {
  const isText = typeof url === "string" || url instanceof URL;
  if (!isText || !URL.canParse(String(url))) throw invalidUrl(call, url, "is no whole URL: give one, or a baseUrl");
  const parsed = new URL(url);
  if (!/^https?:$/.test(parsed.protocol)) throw invalidUrl(call, url, "is neither http nor https");
  if (parsed.username || parsed.password) {
    throw invalidUrl(call, url, "holds a user name or a password: give them in the header authorization");
  }
  return parsed;
}

function isBelow(url: URL, base: URL): boolean {
  return url.origin === base.origin && `${url.pathname}/`.startsWith(base.pathname);
}
