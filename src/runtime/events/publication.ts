import { inspect } from "node:util";
import { describeFailure } from "../results/errors.js";
import type { Failure, ResultError, Success } from "../results/outcome.js";
import { Result } from "../results/result.js";
import type { CloudEvent } from "./cloud-event.js";
import type { EventOwner } from "./event-owner.js";
import type { Delivery } from "./nesting.js";

/** A handler that failed to handle an event. */
export interface HandlerFailure {
  /** The module that subscribed it. */
  readonly moduleId: string;
  /** What it subscribed to. */
  readonly pattern: string;
  /** What it threw or rejected with, or the error of the Failure that it returned. */
  readonly error: unknown;
}

/** What `publish` answers when handlers failed: `error.details.failures` has each of them. */
export interface PublishFailure extends Failure<"HANDLERS_FAILED"> {
  readonly error: ResultError<"HANDLERS_FAILED"> & {
    readonly details: { readonly failures: readonly HandlerFailure[] };
  };
}

/** What `publish` answers when all handlers are done. */
export type PublishResult = Success<undefined> | PublishFailure;

/** What a publication is begun with. */
export interface PublicationOptions {
  /** How many will settle it. */
  readonly count: number;
  /** The delivery whose handler published it, and may await it. */
  readonly publisher: Delivery | undefined;
  /** Does nobody wait? The module of a handler logs its failure then. */
  readonly isForgotten: boolean;
}

/** One event on its way to its handlers. It is done when each has settled it once. */
export class Publication {
  readonly event: CloudEvent;
  readonly publisher: Delivery | undefined;
  /** Those of bounded concurrency that are not done, for as long as the publisher may await them. */
  readonly deliveries: Set<Delivery> | undefined;
  readonly done: Promise<PublishResult>;
  readonly #isForgotten: boolean;
  #remaining: number;
  #failures: HandlerFailure[] | undefined;
  #resolve!: (result: PublishResult) => void;

  constructor(event: CloudEvent, { count, publisher, isForgotten }: PublicationOptions) {
    this.event = event;
    this.publisher = publisher;
    this.#isForgotten = isForgotten;
    this.#remaining = count;
    this.done = new Promise((resolve) => (this.#resolve = resolve));
    if (publisher) publisher.published.add((this.deliveries = new Set()));
  }

  settle(): void {
    this.#remaining -= 1;
    if (this.#remaining > 0) return;
    this.release();
    this.#resolve(this.#failures ? createFailure(this.event, this.#failures) : Result.success(undefined));
  }

  /** Settles it for a handler that failed. */
  fail({ id, logger }: EventOwner, pattern: string, error: unknown): void {
    const { type, id: eventId } = this.event;
    if (this.#isForgotten) logger.error("event handler failed", { type, eventId, pattern, error });
    else (this.#failures ??= []).push({ moduleId: id, pattern, error });
    this.settle();
  }

  /** The publisher does not await it any more. */
  release(): void {
    if (this.deliveries) this.publisher!.published.delete(this.deliveries);
  }
}

function createFailure({ type, id }: CloudEvent, failures: readonly HandlerFailure[]): PublishFailure {
  const list = failures.map(({ moduleId, error }) => `module "${moduleId}": ${describe(error)}`).join("; ");
  const message = `${failures.length === 1 ? "A handler" : `${failures.length} handlers`} of "${type}" failed: ${list}`;
  const details = { eventId: id, failures };
  return { success: false, error: { code: "HANDLERS_FAILED", message, cause: failures[0]!.error, details } };
}

function describe(error: unknown): string {
  if (error instanceof Error) return error.message || error.name;
  if (isResultError(error)) return describeFailure(error);
  return typeof error === "string" ? error : inspect(error);
}

function isResultError(error: unknown): error is ResultError {
  const { code, message } = (error ?? {}) as Partial<ResultError>;
  return typeof code === "string" && typeof message === "string";
}
