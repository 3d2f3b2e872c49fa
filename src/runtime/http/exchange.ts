import type { IncomingHttpHeaders } from "node:http";
import { Readable } from "node:stream";
import type { Dispatcher } from "undici";
import { Result } from "../results/result.js";
import type { Clock } from "../tasks/clock.js";
import type { Scope, ScopePart } from "../tasks/scope.js";
import type { Connections } from "./connections.js";
import { type HttpErrorCode, invalidOption } from "./errors.js";
import { connectionFailed, excerptBytes, timedOut, tooLarge, toError } from "./failures.js";
import type { HttpAnswer } from "./http-response.js";
import type { HttpRequest } from "./http-request.js";
import { ResponseStream } from "./response-stream.js";

/** How an answer is to be taken. */
export interface ExchangeTerms {
  readonly isStream: boolean;
  readonly maxResponseBytes: number;
  readonly timeoutMs: number;
  readonly clock: Clock;
  readonly signal: AbortSignal | undefined;
}

/**
 * Sends a request over a connection, and takes the answer: whole, or as a stream. Rejects with the reason of the scope
 * when that ends, and with what the stream that is sent failed with. Whatever happens, no connection stays taken, but for a
 * stream that is open.
 */
export async function exchange(
  connections: Connections,
  request: HttpRequest,
  terms: ExchangeTerms,
  scope: Scope,
): Promise<Result<HttpAnswer, HttpErrorCode>> {
  const leave = await connections.enter(request.url.origin, scope);
  return new Promise((resolve, reject) => {
    const running = new Exchange(request, terms, { resolve, reject, leave });
    scope.add(running);
    if (scope.hasEnded) leave();
    else connections.dispatch(toDispatchOptions(request), running);
  });
}

interface Ending {
  readonly resolve: (outcome: Result<HttpAnswer, HttpErrorCode>) => void;
  readonly reject: (reason: unknown) => void;
  /** Called once, when undici is done with the request: its connection is free, or gone. */
  readonly leave: () => void;
}

class Exchange implements Dispatcher.DispatchHandler, ScopePart {
  readonly #request: HttpRequest;
  readonly #terms: ExchangeTerms;
  readonly #ending: Ending;
  readonly #chunks: Buffer[] = [];
  #bytes = 0;
  #hasEnded = false;
  #answer: Omit<HttpAnswer, "body"> | undefined;
  #controller: Dispatcher.DispatchController | undefined;
  #stream: ResponseStream | undefined;

  constructor(request: HttpRequest, terms: ExchangeTerms, ending: Ending) {
    this.#request = request;
    this.#terms = terms;
    this.#ending = ending;
  }

  end(reason: unknown): void {
    this.#ending.reject(reason);
    this.#hasEnded = true;
    if (this.#stream) this.#stream.destroy(reason as Error);
    else this.#controller?.abort(abandoned());
  }

  /** Nobody may want the connection any more when it is there. undici takes a throw for leaving it to others. */
  onRequestStart(controller: Dispatcher.DispatchController): void {
    if (this.#hasEnded) throw abandoned();
    this.#controller = controller;
  }

  onResponseStart(controller: Dispatcher.DispatchController, status: number, headers: IncomingHttpHeaders): void {
    this.#answer = { status, headers, url: this.#request.url.href };
    if (!this.#isWanted()) return;
    const length = this.#request.method === "HEAD" ? 0 : Number(headers["content-length"]);
    if (length > this.#terms.maxResponseBytes) return this.#refuse();
    if (!this.#terms.isStream) return;
    this.#stream = this.#openStream(controller);
    this.#succeed(this.#stream);
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.#stream) return this.#stream.add(chunk);
    this.#bytes += chunk.length;
    if (this.#bytes > this.#terms.maxResponseBytes && this.#isWanted()) return this.#refuse();
    this.#chunks.push(chunk);
    if (this.#bytes > excerptBytes && !this.#isWanted()) this.#stopReading();
  }

  onResponseEnd(): void {
    this.#ending.leave();
    if (this.#stream) this.#stream.finish();
    else this.#succeed(Buffer.concat(this.#chunks, this.#bytes));
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error & { code?: unknown }): void {
    this.#ending.leave();
    const { body } = this.#request;
    if (this.#stream) this.#stream.destroy(toError(connectionFailed(this.#request, error)));
    else if (body instanceof Readable && body.errored === error) this.#ending.reject(error);
    else if (isMisuse(error)) this.#ending.reject(invalidOption("HttpClient", error.message, { cause: error }));
    else this.#ending.resolve(connectionFailed(this.#request, error));
  }

  /** Of another answer only the beginning is told. */
  #isWanted(): boolean {
    const { status = 0 } = this.#answer ?? {};
    return status >= 200 && status < 300;
  }

  #succeed(body: HttpAnswer["body"]): void {
    this.#ending.resolve(Result.success({ ...this.#answer!, body }));
  }

  #refuse(): void {
    this.#ending.resolve(tooLarge(this.#request, this.#terms.maxResponseBytes));
    this.#controller?.abort(abandoned());
  }

  #stopReading(): void {
    this.#succeed(Buffer.concat(this.#chunks, this.#bytes));
    this.#controller?.abort(abandoned());
  }

  #openStream(controller: Dispatcher.DispatchController): ResponseStream {
    const { maxResponseBytes, timeoutMs, clock, signal } = this.#terms;
    return new ResponseStream({
      controller,
      maxBytes: maxResponseBytes,
      timeoutMs,
      clock,
      signal,
      onTooLarge: () => toError(tooLarge(this.#request, maxResponseBytes)),
      onTimeout: () => toError(timedOut(this.#request, timeoutMs)),
    });
  }
}

function toDispatchOptions({ method, url, headers, body }: HttpRequest): Dispatcher.DispatchOptions {
  return {
    origin: url.origin,
    path: url.pathname + url.search,
    method: method as Dispatcher.HttpMethod,
    headers: [...headers].flat(),
    body: body ?? null,
  };
}

const abandoned = () => new Error("The exchange was given up.");

/** Does undici refuse the request, so that it was never sent? */
function isMisuse({ code }: { readonly code?: unknown }): boolean {
  return /^UND_ERR_(?:INVALID_ARG|NOT_SUPPORTED|REQ_CONTENT_LENGTH_MISMATCH)$/.test(String(code));
}
