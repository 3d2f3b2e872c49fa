import { AsyncLocalStorage } from "node:async_hooks";
import { createLogger } from "../services/create-logger.js";
import type { Logger } from "../services/logger.js";
import { type Clock, currentClock } from "../tasks/clock.js";
import { invalidOption, requireCount, requireDuration } from "../tasks/errors.js";

/** What a `ResourcePool` is made with. */
export interface ResourcePoolOptions<T> {
  /** How many resources there may be at the same time, from the beginning of their creation to the end of their destruction. */
  readonly max: number;
  /** How many resources are kept, used or not; 0 by default. */
  readonly min?: number | undefined;
  /** Makes a resource. The signal aborts after `createTimeoutMs`, and when the pool is closed; what is given later is destroyed. */
  readonly create: (signal: AbortSignal) => T | PromiseLike<T>;
  /** Ends a resource. Is called once for each. */
  readonly destroy?: ((resource: T) => unknown) | undefined;
  /** Can this resource, which was used before, be used again? Otherwise, or if this throws, it is destroyed and replaced. */
  readonly validate?: ((resource: T) => boolean | PromiseLike<boolean>) | undefined;
  /** How long an `acquire` may wait, in milliseconds; 30,000 by default. */
  readonly acquireTimeoutMs?: number | undefined;
  /** How long `create` may take, in milliseconds; 30,000 by default. */
  readonly createTimeoutMs?: number | undefined;
  /** How long a resource above `min` may stay unused, in milliseconds; for ever by default. */
  readonly idleTimeoutMs?: number | undefined;
  /**
   * How long a lease may be held, in milliseconds, before a warning tells where it was acquired. By default nobody watches:
   * with this, each acquire takes a stack trace and a timer.
   */
  readonly leakWarningMs?: number | undefined;
  /** What the pool is called in errors, log lines and spans. */
  readonly name?: string | undefined;
  /** Where warnings go, and what fails while nobody waits for it; by default standard error. */
  readonly logger?: Logger | undefined;
  /** Where time comes from; by default the clock of the application, or else that of the machine. */
  readonly clock?: Clock | undefined;
}

/** How many resources of a pool are in which state, and how many acquires wait. */
export interface PoolStats {
  /** All resources: the sum of the five below. Never above `max`. */
  readonly size: number;
  readonly idle: number;
  readonly leased: number;
  readonly creating: number;
  readonly validating: number;
  readonly destroying: number;
  /** How many calls of `acquire` and `use` wait for a resource. */
  readonly pending: number;
}

/** The options of a pool with all defaults. */
export interface PoolSettings<T> extends ResourcePoolOptions<T> {
  /** The pool, for messages. */
  readonly title: string;
  readonly min: number;
  readonly destroy: (resource: T) => unknown;
  readonly acquireTimeoutMs: number;
  readonly createTimeoutMs: number;
  readonly logger: Logger;
  readonly clock: Clock;
}

/**
 * The settings for these options. Its functions and timers run in the async context of this call: a resource must not
 * carry that of the request that happened to need it first.
 *
 * @throws TaskError `INVALID_OPTION` for what cannot work.
 */
export function createPoolSettings<T>(options: ResourcePoolOptions<T>): PoolSettings<T> {
  requirePoolOptions(options);
  const inContext = AsyncLocalStorage.snapshot();
  const { name, create, destroy, validate, logger = createLogger(), clock = currentClock() } = options;
  return {
    ...options,
    title: name === undefined ? "The pool" : `The pool "${name}"`,
    min: options.min ?? 0,
    create: (signal) => inContext(create, signal),
    destroy: (resource) => destroy && inContext(destroy, resource),
    validate: validate && ((resource) => inContext(validate, resource)),
    acquireTimeoutMs: options.acquireTimeoutMs ?? 30_000,
    createTimeoutMs: options.createTimeoutMs ?? 30_000,
    logger: name === undefined ? logger : logger.child({ pool: name }),
    clock: {
      now: () => clock.now(),
      schedule: (callback, delayMs) => inContext(() => clock.schedule(callback, delayMs)),
    },
  };
}

function requirePoolOptions<T>(options: ResourcePoolOptions<T>): void {
  const { min = 0, max } = options;
  requireCount("ResourcePool", "max", max);
  if (!(Number.isInteger(min) && min >= 0 && min <= max)) {
    throw invalidOption("ResourcePool", "min", `a whole number from 0 to max, which is ${max}`, min);
  }
  for (const name of ["acquireTimeoutMs", "createTimeoutMs", "idleTimeoutMs", "leakWarningMs"] as const) {
    requireDuration("ResourcePool", name, options[name] ?? 0);
  }
  for (const name of ["create", "destroy", "validate"] as const) {
    if (name !== "create" && options[name] === undefined) continue;
    if (typeof options[name] !== "function") throw invalidOption("ResourcePool", name, "a function", options[name]);
  }
}
