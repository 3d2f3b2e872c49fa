import { Readable } from "node:stream";
import type { Result } from "../results/result.js";
import { Scope } from "../tasks/scope.js";
import { Connections, type ConnectionOptions } from "./connections.js";
import { type HttpErrorCode, sentTwice } from "./errors.js";
import { exchange, type ExchangeTerms } from "./exchange.js";
import { badStatus, isPassingStatus } from "./failures.js";
import type { HttpAnswer } from "./http-response.js";
import type { HttpRequest } from "./http-request.js";
import type { RequestPolicy } from "./request-policy.js";
import { traceHeaders } from "./trace-request.js";

/** Makes the exchanges of a client, each through the policy for its origin. */
export class Transport<Code extends string> {
  readonly #connections: Connections;
  readonly #createPolicy: ((origin: string) => RequestPolicy<Code>) | undefined;
  readonly #policies = new Map<string, RequestPolicy<Code>>();

  constructor(options: ConnectionOptions, createPolicy: ((origin: string) => RequestPolicy<Code>) | undefined) {
    this.#connections = new Connections(options);
    this.#createPolicy = createPolicy;
  }

  /** Answers with whatever the server answers, except that it is unwell: that is a Failure. */
  async send(
    request: HttpRequest,
    terms: ExchangeTerms,
    scope: Scope,
  ): Promise<Result<HttpAnswer, HttpErrorCode | Code>> {
    const policy = this.#findPolicy(request.url.origin);
    if (!policy) return this.#exchange(request, terms, scope);
    const { signal } = scope;
    return policy.execute((context) => this.#exchange(request, terms, new Scope(context.signal)), { signal });
  }

  close(): Promise<void> {
    return this.#connections.destroy();
  }

  async #exchange(
    request: HttpRequest,
    terms: ExchangeTerms,
    scope: Scope,
  ): Promise<Result<HttpAnswer, HttpErrorCode>> {
    if (request.body instanceof Readable && Readable.isDisturbed(request.body)) throw sentTwice();
    const traced = await traceHeaders(request);
    const answer = await exchange(this.#connections, traced, terms, scope);
    return answer.success && isPassingStatus(answer.data.status) ? badStatus(request, answer.data) : answer;
  }

  #findPolicy(origin: string): RequestPolicy<Code> | undefined {
    if (!this.#createPolicy) return undefined;
    const policy = this.#policies.get(origin) ?? this.#createPolicy(origin);
    this.#policies.set(origin, policy);
    return policy;
  }
}
