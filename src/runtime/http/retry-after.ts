import type { IncomingHttpHeaders } from "node:http";
import { findHeader } from "./http-response.js";

/**
 * How long the server asks to wait, in milliseconds. A date is taken against the date of the answer, because the two
 * come from the same clock. Without the latter nobody knows how long it is: then it is `Infinity`.
 */
export function findRetryAfterMs(headers: IncomingHttpHeaders): number | undefined {
  const asked = findHeader(headers, "retry-after");
  if (asked === undefined) return undefined;
  if (/^\d+$/.test(asked)) return Number(asked) * 1_000;
  // Every form of a date in HTTP begins with the day of the week. `Date.parse` alone takes a mere number for a date.
  const dateMs = /^[A-Z][a-z]{2}/.test(asked) ? Date.parse(asked) : NaN;
  if (Number.isNaN(dateMs)) return undefined;
  const answeredMs = Date.parse(findHeader(headers, "date") ?? "");
  return Number.isNaN(answeredMs) ? Infinity : Math.max(0, dateMs - answeredMs);
}
