import type { Result } from "../results/result.js";
import type { HttpErrorCode } from "./errors.js";
import type { HttpAnswer } from "./http-response.js";

/**
 * What each exchange with one origin goes through: the policies of `@phasewise/runtime/resilience` are such. Its Failures
 * are exchanges without an answer, and answers that say that the server is unwell (408, 425, 429, 500, 502, 503, 504); every
 * other answer is a Success. `Code` is what the policy answers by itself.
 */
export interface RequestPolicy<Code extends string = string> {
  execute(
    work: (context: { readonly signal: AbortSignal }) => Promise<Result<HttpAnswer, HttpErrorCode>>,
    options: { readonly signal?: AbortSignal },
  ): Promise<Result<HttpAnswer, HttpErrorCode | Code>>;
}
