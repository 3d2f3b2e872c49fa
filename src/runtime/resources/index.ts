export { type AcquireFailureCode, ResourceError, type ResourceErrorCode } from "./errors.js";
export { LazyResource, type LazyResourceOptions } from "./lazy-resource.js";
export type { Lease } from "./lease.js";
export type { PoolStats, ResourcePoolOptions } from "./pool-options.js";
export { type AcquireOptions, type CloseOptions, ResourcePool, type Used } from "./resource-pool.js";
