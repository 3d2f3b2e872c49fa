import { Readable } from "node:stream";
import type { Failure, ResultError } from "../results/outcome.js";
import type { Result } from "../results/result.js";
import type { Scope } from "../tasks/scope.js";
import { sleep } from "../tasks/sleep.js";
import { type Attempt, withRetry } from "../tasks/with-retry.js";
import { withTimeLimit } from "../tasks/with-timeout.js";
import type { HttpErrorCode } from "./errors.js";
import { badStatus, isPassing, timedOut, toError, tooManyRedirects } from "./failures.js";
import type { HttpCall } from "./http-call.js";
import type { HttpAnswer, HttpResponse } from "./http-response.js";
import { readBody } from "./read-body.js";
import { findRedirect, redirect } from "./redirect.js";
import type { Transport } from "./transport.js";

/** Carries a call out within its time. A stream that was to be sent is closed afterwards, however far it was read. */
export async function performCall<Code extends string>(
  call: HttpCall,
  transport: Transport<Code>,
): Promise<Result<HttpResponse, HttpErrorCode | Code>> {
  const { request, timeoutMs, clock, signal } = call;
  let late: Failure<"TIMED_OUT"> | undefined;
  const onTimeout = (elapsedMs: number) => toError((late = timedOut(request, elapsedMs)));
  const work = async (scope: Scope) => {
    const answer = await repeat(call, transport, scope);
    return answer.success ? readBody(request, answer.data, call) : answer;
  };
  try {
    return await withTimeLimit(work, { timeoutMs, clock, signal, onTimeout });
  } catch (error) {
    if (late) return late;
    throw error;
  } finally {
    if (request.body instanceof Readable) request.body.destroy();
  }
}

/**
 * Makes the request again as long as that may help. What the server asks to wait comes on top of the usual wait. The first
 * attempt is made before anything is prepared for others: the signal that they need costs as much as a whole request.
 */
async function repeat<Code extends string>(
  call: HttpCall,
  transport: Transport<Code>,
  scope: Scope,
): Promise<Result<HttpAnswer, HttpErrorCode | Code>> {
  const { retry, clock, timeoutMs } = call;
  const endMs = clock.now() + timeoutMs;
  const first = await follow(call, transport, scope);
  if (!retry || first.success || !isPassing(first.error)) return first;

  const { signal } = scope;
  let last: ResultError = first.error;
  const attempt = async ({ number }: Attempt) => {
    if (number === 1) return first;
    const askedMs = findAskedMs(last);
    if (askedMs > 0) await sleep(askedMs, { signal, clock });
    const answer = await follow(call, transport, scope);
    if (!answer.success) last = answer.error;
    return answer;
  };
  const isRetryable = (error: unknown) => {
    const askedMs = findAskedMs(last);
    const isAffordable = askedMs <= (retry.maxDelayMs ?? 30_000) && clock.now() + askedMs < endMs;
    return isAffordable && error === last && isPassing(last);
  };
  return withRetry(attempt, { ...retry, signal, clock, isRetryable });
}

const findAskedMs = ({ details }: ResultError) => Number(details?.["retryAfterMs"] ?? 0);

async function follow<Code extends string>(
  call: HttpCall,
  transport: Transport<Code>,
  scope: Scope,
): Promise<Result<HttpAnswer, HttpErrorCode | Code>> {
  const { maxRedirects } = call;
  let { request } = call;
  for (let redirects = 0; ; redirects++) {
    const answer = await transport.send(request, call, scope);
    if (!answer.success) return answer;
    const { status } = answer.data;
    if (status >= 200 && status < 300) return answer;
    const location = findRedirect(answer.data);
    if (location === undefined || maxRedirects === 0) return badStatus(request, answer.data);
    if (redirects === maxRedirects) return tooManyRedirects(request, maxRedirects);
    const next = redirect(request, status, location);
    if (!next.success) return next;
    request = next.data;
  }
}
