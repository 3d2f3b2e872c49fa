import { Result } from "../results/result.js";
import { Scope } from "../tasks/scope.js";
import { createFailed, createTimedOut } from "./errors.js";
import type { PoolSettings } from "./pool-options.js";

/** What a creation gave. */
export interface Creation<T> {
  readonly resource: T;
  /** It had been told to stop before: the resource is not to be trusted. */
  readonly isLate: boolean;
}

/** Creates, validates and destroys resources. Nothing of it rejects or throws, whatever the functions of the pool do. */
export class ResourceFactory<T> {
  readonly #settings: PoolSettings<T>;
  readonly #scope = new Scope();

  constructor(settings: PoolSettings<T>) {
    this.#settings = settings;
  }

  /** Resolves when the creation has ended. A failure is told at once, and once; after `stop` nobody is interested in it. */
  async create(onFailure: (error: Error) => void): Promise<Creation<T> | undefined> {
    const { create, createTimeoutMs, clock, title } = this.#settings;
    const scope = new Scope();
    const leave = this.#scope.add(scope);
    const cancelTimer = clock.schedule(() => {
      const error = createTimedOut(title, createTimeoutMs);
      onFailure(error);
      scope.end(error);
    }, createTimeoutMs);

    const attempt = await Result.attempt("CREATE_FAILED", () => create(scope.signal));
    cancelTimer();
    leave();
    if (attempt.success) return { resource: attempt.data, isLate: scope.hasEnded };
    if (!scope.hasEnded) onFailure(createFailed(title, attempt.error.cause));
    return undefined;
  }

  /** May this resource be used again? The answer is a promise only if `validate` gives one. */
  validate(resource: T): boolean | Promise<boolean> {
    const { validate } = this.#settings;
    if (!validate) return true;
    try {
      const verdict = validate(resource);
      if (typeof verdict === "boolean") return verdict;
      return Promise.resolve(verdict).catch((error: unknown) => this.#refuse(error));
    } catch (error) {
      return this.#refuse(error);
    }
  }

  /** Resolves when the resource is destroyed, or when that has failed. */
  async destroy(resource: T): Promise<void> {
    try {
      await this.#settings.destroy(resource);
    } catch (error) {
      this.#settings.logger.error("a resource was not destroyed properly", { error });
    }
  }

  /** Aborts every creation that is under way. */
  stop(reason: unknown): void {
    this.#scope.end(reason);
  }

  #refuse(error: unknown): false {
    this.#settings.logger.warn("a resource could not be validated, and is replaced", { error });
    return false;
  }
}
