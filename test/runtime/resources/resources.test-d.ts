import type { Result } from "@phasewise/runtime";
import {
  type AcquireFailureCode,
  LazyResource,
  type Lease,
  type ResourceErrorCode,
  ResourcePool,
} from "@phasewise/runtime/resources";
import { describe, expectTypeOf, it } from "vitest";

interface Connection {
  query(text: string): Promise<string[]>;
  find(id: string): Promise<Result<string, "NOT_FOUND">>;
}

declare const connect: (signal: AbortSignal) => Promise<Connection>;
declare const pool: ResourcePool<Connection>;

describe("ResourcePool", () => {
  it("has the type of what create gives, or will give", () => {
    expectTypeOf(new ResourcePool({ max: 1, create: connect })).toEqualTypeOf<ResourcePool<Connection>>();
    expectTypeOf(new ResourcePool({ max: 1, create: () => 1 })).toEqualTypeOf<ResourcePool<number>>();
    new ResourcePool({ max: 1, create: connect, destroy: (connection) => connection.query("close") });
    new ResourcePool({ max: 1, create: connect, validate: async (connection) => connection.query.length > 0 });
    // @ts-expect-error max has no default
    new ResourcePool({ create: connect });
    // @ts-expect-error not a verdict
    new ResourcePool({ max: 1, create: connect, validate: (connection) => connection.query("ping") });
  });

  it("lends leases", () => {
    expectTypeOf(pool.acquire()).resolves.toEqualTypeOf<Lease<Connection>>();
    expectTypeOf<Lease<Connection>>().toExtend<AsyncDisposable>();
    expectTypeOf<Lease<Connection>["resource"]>().toEqualTypeOf<Connection>();
  });

  it("gives the value of the work as a Result with its own codes", () => {
    expectTypeOf(pool.use(async () => 1 as number)).resolves.toEqualTypeOf<Result<number, AcquireFailureCode>>();
    expectTypeOf(pool.use(() => "text" as string)).resolves.toEqualTypeOf<Result<string, AcquireFailureCode>>();
    expectTypeOf(pool.use((connection) => connection.query("select 1"))).resolves.toEqualTypeOf<
      Result<string[], AcquireFailureCode>
    >();
  });

  it("adds its codes to those of a Result that the work gives", () => {
    expectTypeOf(pool.use((connection) => connection.find("i-1"))).resolves.toEqualTypeOf<
      Result<string, "NOT_FOUND" | "ACQUIRE_TIMED_OUT" | "CREATE_FAILED" | "POOL_CLOSED">
    >();
  });

  it("has a closed set of codes", () => {
    expectTypeOf<AcquireFailureCode>().toEqualTypeOf<"ACQUIRE_TIMED_OUT" | "CREATE_FAILED" | "POOL_CLOSED">();
    expectTypeOf<ResourceErrorCode>().toEqualTypeOf<
      AcquireFailureCode | "CLOSE_TIMED_OUT" | "LEASE_RELEASED" | "RESOURCE_DISPOSED"
    >();
  });
});

describe("LazyResource", () => {
  it("has the type of what create gives, or will give", () => {
    expectTypeOf(new LazyResource(connect).get()).resolves.toEqualTypeOf<Connection>();
    expectTypeOf(new LazyResource(() => 1).get()).resolves.toEqualTypeOf<number>();
    new LazyResource(connect, { destroy: (connection) => connection.query("close") });
  });
});
