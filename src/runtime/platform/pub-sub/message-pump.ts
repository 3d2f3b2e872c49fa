import type { CloudEvent } from "../../events/cloud-event.js";
import { isFailure } from "../../results/is-failure.js";
import { Result } from "../../results/result.js";
import type { Logger } from "../../services/logger.js";
import { TaskError } from "../../tasks/errors.js";
import { Scope } from "../../tasks/scope.js";
import { sleep } from "../../tasks/sleep.js";
import { traced } from "../../tasks/tracing.js";
import { readJson } from "../json-text.js";
import type { MessageSource, ReceivedMessage } from "./message-broker.js";
import type { MessageHandler, TopicSubscription } from "./pub-sub.js";
import type { SubscriptionPlan } from "./subscription-plan.js";

/** How long it waits before it asks again a server that did not answer. */
const pauseMs = 250;

/** What a pump is made of. */
export interface PumpParts {
  readonly source: MessageSource;
  readonly plan: SubscriptionPlan;
  readonly handler: MessageHandler<never>;
  readonly logger: Logger;
}

/** Takes messages from a source, as many as there is room for, has them handled, and says what became of each. */
export class MessagePump implements TopicSubscription {
  readonly #parts: PumpParts;
  readonly #taking: Scope;
  readonly #handling: Scope;
  readonly #running = new Set<Promise<void>>();
  /** A race of all that run would cost as much again for each of them. */
  #onEnd = () => {};
  readonly #ended: Promise<void>;

  constructor(parts: PumpParts) {
    this.#parts = parts;
    this.#handling = new Scope(parts.plan.signal);
    this.#taking = new Scope(this.#handling);
    this.#ended = this.#pump();
  }

  get topic(): string {
    return this.#parts.plan.topic;
  }

  get group(): string {
    return this.#parts.plan.group;
  }

  /** Fulfils when it has taken its last message and dealt with all. */
  get ended(): Promise<void> {
    return this.#ended;
  }

  close(): Promise<void> {
    this.#taking.end(new TaskError("CANCELLED", `The subscription to ${this.topic} was closed.`));
    return this.#ended;
  }

  /** Has the running handlers give up as well. */
  abort(): void {
    this.#handling.end(new TaskError("CANCELLED", `The subscription to ${this.topic} waits no longer.`));
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #pump(): Promise<void> {
    const { source } = this.#parts;
    while (!this.#taking.hasEnded) await this.#take();
    await Promise.all(this.#running);
    await this.#tolerate("a subscription could not be given back", () => source.close());
  }

  async #take(): Promise<void> {
    const { source, plan } = this.#parts;
    const room = plan.concurrency - this.#running.size;
    if (room === 0) return new Promise<void>((resolve) => (this.#onEnd = resolve));
    const { signal } = this.#taking;
    const deliver = (message: ReceivedMessage) => this.#begin(message);
    const hasReceived = await this.#tolerate("no messages can be received", () =>
      source.receive(room, deliver, signal),
    );
    if (!hasReceived) void (await Result.attempt("CANCELLED", () => sleep(pauseMs, { signal })));
  }

  #begin(message: ReceivedMessage): void {
    const running = this.#deliver(message).finally(() => {
      this.#running.delete(running);
      this.#onEnd();
    });
    this.#running.add(running);
  }

  async #deliver(message: ReceivedMessage): Promise<void> {
    const { maxDeliveries, retryDelayMs } = this.#parts.plan;
    const isHandled = message.attempt <= maxDeliveries && (await this.#handle(message));
    await this.#tolerate("what became of a message could not be said: it is delivered again", async () => {
      if (isHandled) await message.acknowledge();
      else if (message.attempt >= maxDeliveries) await message.bury();
      else await message.retry(retryDelayMs);
    });
  }

  async #handle(message: ReceivedMessage): Promise<boolean> {
    const { plan, handler, logger } = this.#parts;
    const { topic, group } = plan;
    const opened = readJson<CloudEvent<never>>(message.text);
    const living = new Scope(this.#handling);
    if (message.extend) void this.#keepAlive(message.extend.bind(message), living.signal);
    const outcome = await Result.attempt("HANDLER_FAILED", () =>
      traced("phasewise.pub-sub.deliver", { topic, group, attempt: message.attempt }, async () =>
        opened.success ? handler(opened.data, { attempt: message.attempt, signal: this.#handling.signal }) : opened,
      ),
    );
    living.end(undefined);
    const failure = !outcome.success ? outcome : isFailure(outcome.data) ? outcome.data : undefined;
    if (failure)
      logger.warn("a message was not handled", { topic, group, attempt: message.attempt, error: failure.error });
    return failure === undefined;
  }

  async #keepAlive(extend: () => Promise<void>, signal: AbortSignal): Promise<void> {
    const everyMs = this.#parts.plan.ackTimeoutMs / 3;
    const pause = () => Result.attempt("CANCELLED", () => sleep(everyMs, { signal }));
    while ((await pause()).success) await this.#tolerate("a message may be delivered twice", extend);
  }

  /** Does what the server may be too far away for. */
  async #tolerate(text: string, work: () => Promise<void>): Promise<boolean> {
    const outcome = await Result.attempt("UNAVAILABLE", work);
    const { topic, group } = this.#parts.plan;
    if (!outcome.success) this.#parts.logger.warn(text, { topic, group, error: outcome.error.message });
    return outcome.success;
  }
}
