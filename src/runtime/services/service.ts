import type { Failure, Success } from "../results/outcome.js";
import { Result } from "../results/result.js";
import type { ActivationContext } from "./activation-context.js";

/** Is this a service whose `initialize` has begun and not ended? For messages about what hangs. */
export let isBeingInitialized: (service: object) => boolean;

/**
 * The base of every service: a class whose public methods are async and return a Result.
 *
 * `initialize` prepares it once, however often and from wherever it is called. A method that begins with
 * `requireInitialized()` answers `NOT_INITIALIZED` before that and after disposal, and never crashes.
 *
 * @example
 * ```ts
 * import { type ActivationContext, type Logger, Result, Service } from "@phasewise/runtime";
 *
 * export class GreetingService extends Service {
 *   #logger!: Logger;
 *
 *   protected override async onInitialize(context: ActivationContext) {
 *     this.#logger = context.logger;
 *     return Result.success(undefined);
 *   }
 *
 *   async greet(name: string): Promise<Result<string, "NOT_INITIALIZED">> {
 *     const ready = this.requireInitialized();
 *     if (!ready.success) return ready;
 *
 *     this.#logger.info("greeting", { name });
 *     return Result.success(`Hello, ${name}!`);
 *   }
 * }
 * ```
 */
export abstract class Service<Settings = undefined> implements AsyncDisposable {
  #initialization: Promise<Result<unknown>> | undefined;
  #state: "new" | "initialized" | "disposed" = "new";

  static {
    isBeingInitialized = (service) =>
      #state in service && service.#state === "new" && service.#initialization !== undefined;
  }

  /**
   * Prepares the service. Calls at the same time share one preparation, later ones find it done, and after a Failure it
   * may be tried again. An `onInitialize` that throws gives `INITIALIZATION_FAILED`; a disposed service `NOT_INITIALIZED`.
   */
  initialize(
    context: ActivationContext,
    ...[settings]: [Settings] extends [undefined] ? [settings?: undefined] : [settings: Settings]
  ): Promise<Result<unknown>> {
    return (this.#initialization ??= this.#initializeOnce(context, settings as Settings));
  }

  /** Disposes the service, once. The runtime calls it when the module stops, in reverse order of registration. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#initialization;
    const wasInitialized = this.#state === "initialized";
    this.#state = "disposed";
    this.#initialization = Promise.resolve(this.requireInitialized());
    if (wasInitialized) await this.onDispose();
  }

  /** Acquires what the service needs. When it fails, it has released what it acquired: `onDispose` is not called then. */
  protected async onInitialize(_context: ActivationContext, _settings: Settings): Promise<Result<unknown>> {
    return Result.success(undefined);
  }

  /** Releases what `onInitialize` acquired. Called once, and only after that succeeded. */
  protected async onDispose(): Promise<void> {}

  /** The first line of every public method: `const ready = this.requireInitialized(); if (!ready.success) return ready;` */
  protected requireInitialized(): Success<undefined> | Failure<"NOT_INITIALIZED"> {
    if (this.#state === "initialized") return Result.success(undefined);
    return Result.error("NOT_INITIALIZED", `${this.constructor.name} ${notInitialized[this.#state]}`);
  }

  async #initializeOnce(context: ActivationContext, settings: Settings): Promise<Result<unknown>> {
    const attempt = await Result.attempt("INITIALIZATION_FAILED", () => this.onInitialize(context, settings));
    const outcome = attempt.success ? attempt.data : attempt;
    if (outcome.success) this.#state = "initialized";
    else this.#initialization = undefined;
    return outcome;
  }
}

const notInitialized = {
  new: "has not been initialized: await its initialize(context) in the setupModule of its module.",
  disposed: "has been disposed: its module was stopped.",
};
