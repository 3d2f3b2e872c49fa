import { PhasewiseError } from "../results/coded-error.js";

/** Why no resource was to be had of a pool. */
export type AcquireFailureCode = "ACQUIRE_TIMED_OUT" | "CREATE_FAILED" | "POOL_CLOSED";

/** What can be wrong with resources and with their use; `docs/resources.md` has the meaning of each. */
export type ResourceErrorCode = AcquireFailureCode | "CLOSE_TIMED_OUT" | "LEASE_RELEASED" | "RESOURCE_DISPOSED";

/** What the calls of a `ResourcePool`, of its leases and of a `LazyResource` reject with or throw. */
export class ResourceError extends PhasewiseError<ResourceErrorCode> {}

/** How much there is of what in a pool, for messages. */
interface Counts {
  readonly leased: number;
  readonly creating: number;
  readonly destroying: number;
}

export const acquireTimedOut = (pool: string, waitedMs: number, { leased, creating, destroying }: Counts) =>
  new ResourceError(
    "ACQUIRE_TIMED_OUT",
    `${pool} had no resource to give within ${Math.round(waitedMs)} ms: ${leased} leased, ${creating} being created, ` +
      `${destroying} being destroyed. Release leases sooner, or raise max or acquireTimeoutMs.`,
  );

export const createFailed = (pool: string, cause: unknown) =>
  new ResourceError(
    "CREATE_FAILED",
    `${pool} could not create a resource: ${cause instanceof Error ? cause.message : String(cause)}`,
    { cause },
  );

export const createTimedOut = (pool: string, timeoutMs: number) =>
  new ResourceError(
    "CREATE_FAILED",
    `${pool} did not create a resource within ${timeoutMs} ms. Let create end sooner, or raise createTimeoutMs.`,
  );

export const poolClosed = (pool: string) =>
  new ResourceError("POOL_CLOSED", `${pool} is closed. Close it after the last one who acquires from it has ended.`);

export const closeTimedOut = (pool: string, elapsedMs: number, { leased, creating, destroying }: Counts) =>
  new ResourceError(
    "CLOSE_TIMED_OUT",
    `${pool} was not closed after ${Math.round(elapsedMs)} ms: ${leased} still leased, ${creating} being created, ` +
      `${destroying} being destroyed. Release every lease; leakWarningMs tells where one was acquired.`,
  );

export const leaseReleased = () =>
  new ResourceError(
    "LEASE_RELEASED",
    "The resource of a lease was used after its release, when another one may have it. Use it before that.",
  );

export const resourceDisposed = () =>
  new ResourceError("RESOURCE_DISPOSED", "The lazy resource was disposed. Dispose it after its last use.");
