import { AsyncLocalStorage } from "node:async_hooks";
import { Result } from "@phasewise/runtime";
import { type Lease, ResourceError, ResourcePool, type ResourcePoolOptions } from "@phasewise/runtime/resources";
import { beforeEach, describe, expect, it } from "vitest";
import { listenersOf } from "../tasks/listeners-of.js";
import { gate, stateOf, type Tool, turn, Workshop } from "./workshop.js";

let shop: Workshop;

beforeEach(() => {
  shop = new Workshop();
});

const poolOf = (options: Partial<ResourcePoolOptions<Tool>> = {}) =>
  new ResourcePool({ max: 2, ...shop.options, ...options });

const numberOf = ({ resource }: Lease<Tool>) => resource.number;

describe("acquire", () => {
  it("lends a new resource, and the same one again after its release", async () => {
    const pool = poolOf();
    const first = await pool.acquire();
    expect(numberOf(first)).toBe(1);
    first.release();
    expect(numberOf(await pool.acquire())).toBe(1);
    expect(shop.events).toEqual(["create 1"]);
  });

  it("gives the resource back at the end of the block", async () => {
    const pool = poolOf();
    {
      await using lease = await pool.acquire();
      expect(pool.stats).toMatchObject({ leased: 1, idle: 0 });
      expect(numberOf(lease)).toBe(1);
    }
    expect(pool.stats).toMatchObject({ leased: 0, idle: 1 });
  });

  it("lends the one that was used last, so that the others stay idle", async () => {
    const pool = poolOf();
    const [first, second] = [await pool.acquire(), await pool.acquire()];
    second.release();
    first.release();
    expect(numberOf(await pool.acquire())).toBe(1);
  });

  it("creates no more than max, and serves who has waited longest", async () => {
    const pool = poolOf();
    const [first, second] = [await pool.acquire(), await pool.acquire()];
    const third = pool.acquire();
    const fourth = pool.acquire();
    expect(pool.stats).toMatchObject({ size: 2, leased: 2, pending: 2 });
    expect(await stateOf(third)).toBe("pending");
    second.release();
    expect(numberOf(await third)).toBe(2);
    expect(await stateOf(fourth)).toBe("pending");
    first.release();
    expect(numberOf(await fourth)).toBe(1);
    expect(shop.events).toEqual(["create 1", "create 2"]);
  });

  it("creates for several at the same time, and gives the first that is ready to who has waited longest", async () => {
    const [slow, fast] = [gate(), gate()];
    shop.creations.push(slow.wait, fast.wait);
    const pool = poolOf();
    const [first, second] = [pool.acquire(), pool.acquire()];
    expect(shop.events).toEqual(["create 1", "create 2"]);
    fast.open();
    expect(numberOf(await first)).toBe(2);
    expect(await stateOf(second)).toBe("pending");
    slow.open();
    expect(numberOf(await second)).toBe(1);
    expect(shop.events).toEqual(["create 1", "create 2"]);
  });

  it("lends what is released although a creation goes on, whose resource becomes idle", async () => {
    const slow = gate();
    const pool = poolOf();
    const first = await pool.acquire();
    shop.creations.push(slow.wait);
    const second = pool.acquire();
    first.release();
    expect(numberOf(await second)).toBe(1);
    slow.open();
    await turn();
    expect(pool.stats).toMatchObject({ size: 2, leased: 1, idle: 1, creating: 0 });
  });

  it("takes neither a timer nor a turn of the event loop when a resource is idle", async () => {
    const pool = poolOf({ validate: shop.validate });
    (await pool.acquire()).release();
    expect(shop.clock.pending).toBe(0);
    let lease: Lease<Tool> | undefined;
    void pool.acquire().then((acquired) => (lease = acquired));
    expect(shop.clock.pending).toBe(0);
    await Promise.resolve();
    expect(lease && numberOf(lease)).toBe(1);
  });

  it("leaves no timer when it has waited", async () => {
    const pool = poolOf({ max: 1 });
    const first = await pool.acquire();
    const second = pool.acquire();
    expect(shop.clock.pending).toBe(1);
    first.release();
    await second;
    expect(shop.clock.pending).toBe(0);
  });
});

describe("an acquire that is aborted", () => {
  it("rejects at once with the reason, and nothing is left of it", async () => {
    const pool = poolOf({ max: 1 });
    const held = await pool.acquire();
    const controller = new AbortController();
    const listeners = listenersOf(controller.signal);
    const aborted = pool.acquire({ signal: controller.signal });
    const next = pool.acquire();
    expect(listeners.size).toBe(1);
    controller.abort("enough");
    expect(pool.stats.pending).toBe(1);
    await expect(aborted).rejects.toBe("enough");
    expect(listeners.size).toBe(0);
    held.release();
    expect(numberOf(await next)).toBe(1);
    expect(shop.clock.pending).toBe(0);
  });

  it("keeps no listener after it was served", async () => {
    const pool = poolOf({ max: 1 });
    const held = await pool.acquire();
    const controller = new AbortController();
    const listeners = listenersOf(controller.signal);
    const waiting = pool.acquire({ signal: controller.signal });
    held.release();
    await waiting;
    expect(listeners.size).toBe(0);
  });

  it("does nothing when the signal was aborted before", async () => {
    const pool = poolOf({ min: 1 });
    await expect(pool.acquire({ signal: AbortSignal.abort("enough") })).rejects.toBe("enough");
    await expect(pool.start({ signal: AbortSignal.abort("enough") })).rejects.toBe("enough");
    expect(shop.events).toEqual([]);
  });

  it("leaves the resource that was being created for it to the next one", async () => {
    const slow = gate();
    shop.creations.push(slow.wait);
    const pool = poolOf({ max: 1 });
    const controller = new AbortController();
    const aborted = pool.acquire({ signal: controller.signal });
    const next = pool.acquire();
    controller.abort("enough");
    await expect(aborted).rejects.toBe("enough");
    expect(shop.signals[0]?.aborted).toBe(false);
    slow.open();
    expect(numberOf(await next)).toBe(1);
  });

  it("leaves the resource idle when there is no next one", async () => {
    const slow = gate();
    shop.creations.push(slow.wait);
    const pool = poolOf();
    const controller = new AbortController();
    const aborted = pool.acquire({ signal: controller.signal });
    controller.abort("enough");
    await expect(aborted).rejects.toBe("enough");
    slow.open();
    await turn();
    expect(pool.stats).toMatchObject({ size: 1, idle: 1 });
  });
});

describe("acquireTimeoutMs", () => {
  it("ends the waiting of each in its time, with the state of the pool", async () => {
    const pool = poolOf({ max: 1, acquireTimeoutMs: 100, name: "tools" });
    await pool.acquire();
    const early = pool.acquire().catch((error: unknown) => error);
    await shop.clock.advance(60);
    const late = pool.acquire();
    await shop.clock.advance(39);
    expect(await stateOf(early)).toBe("pending");
    await shop.clock.advance(1);
    const error = await early;
    expect(error).toBeInstanceOf(ResourceError);
    expect(error).toMatchObject({
      code: "ACQUIRE_TIMED_OUT",
      message:
        'The pool "tools" had no resource to give within 100 ms: 1 leased, 0 being created, 0 being destroyed. ' +
        "Release leases sooner, or raise max or acquireTimeoutMs.",
    });
    const outcome = expect(late).rejects.toMatchObject({ code: "ACQUIRE_TIMED_OUT" });
    await shop.clock.advance(59);
    expect(pool.stats.pending).toBe(1);
    await shop.clock.advance(1);
    await outcome;
    expect(shop.clock.pending).toBe(0);
  });

  it("is 30 seconds if it is not given", async () => {
    const pool = poolOf({ max: 1 });
    await pool.acquire();
    const waiting = pool.acquire().catch((error: unknown) => error);
    await shop.clock.advance(29_999);
    expect(await stateOf(waiting)).toBe("pending");
    await shop.clock.advance(1);
    expect(await waiting).toMatchObject({ code: "ACQUIRE_TIMED_OUT" });
  });

  it("counts from the beginning of each waiting, also when those before have left", async () => {
    const pool = poolOf({ max: 1, acquireTimeoutMs: 100 });
    const held = await pool.acquire();
    const first = pool.acquire();
    await shop.clock.advance(50);
    const second = pool.acquire().catch((error: unknown) => error);
    held.release();
    await first;
    await shop.clock.advance(99);
    expect(await stateOf(second)).toBe("pending");
    await shop.clock.advance(1);
    expect(await second).toMatchObject({ code: "ACQUIRE_TIMED_OUT" });
  });

  it("ends the waiting for a creation that hangs, which keeps its place, and whose resource is lent to somebody else", async () => {
    const slow = gate();
    shop.creations.push(slow.wait);
    const pool = poolOf({ max: 1, acquireTimeoutMs: 100 });
    const waiting = pool.acquire().catch((error: unknown) => error);
    await shop.clock.advance(100);
    expect(await waiting).toMatchObject({ code: "ACQUIRE_TIMED_OUT" });
    expect(pool.stats).toMatchObject({ size: 1, creating: 1 });
    const next = pool.acquire();
    slow.open();
    expect(numberOf(await next)).toBe(1);
    expect(shop.events).toEqual(["create 1"]);
  });

  it("leaves the room beside a creation that hangs to those who come later", async () => {
    shop.creations.push(gate().wait);
    const pool = poolOf({ max: 2, acquireTimeoutMs: 100 });
    const waiting = pool.acquire().catch((error: unknown) => error);
    await shop.clock.advance(100);
    expect(await waiting).toMatchObject({ code: "ACQUIRE_TIMED_OUT" });
    expect(numberOf(await pool.acquire())).toBe(2);
  });

  it("ends the waiting for a validation that hangs", async () => {
    const pool = poolOf({
      max: 1,
      acquireTimeoutMs: 100,
      validate: () =>
        gate()
          .wait()
          .then(() => true),
    });
    (await pool.acquire()).release();
    const waiting = pool.acquire().catch((error: unknown) => error);
    await shop.clock.advance(100);
    expect(await waiting).toMatchObject({ code: "ACQUIRE_TIMED_OUT" });
    expect(pool.stats).toMatchObject({ size: 1, validating: 1 });
  });
});

describe("a creation that fails", () => {
  const refused = new Error("connection refused");
  const failing = () => Promise.reject(refused);

  it("rejects the acquire that it was for, with the cause", async () => {
    shop.creations.push(failing);
    const pool = poolOf();
    const outcome = await pool.acquire().catch((error: unknown) => error);
    expect(outcome).toBeInstanceOf(ResourceError);
    expect(outcome).toMatchObject({
      code: "CREATE_FAILED",
      message: "The pool could not create a resource: connection refused",
      cause: refused,
    });
    expect(pool.stats).toMatchObject({ size: 0, pending: 0 });
    expect(shop.log).toEqual([]);
    expect(numberOf(await pool.acquire())).toBe(2);
  });

  it("rejects no other one, for whom a new attempt begins", async () => {
    shop.creations.push(failing);
    const pool = poolOf({ max: 1 });
    const [first, second] = [pool.acquire(), pool.acquire()];
    await expect(first).rejects.toMatchObject({ code: "CREATE_FAILED" });
    expect(numberOf(await second)).toBe(2);
  });

  it("is attempted once for each that waits, and then no more", async () => {
    const pool = poolOf({ max: 1, create: (signal) => shop.create(signal).then(failing) });
    const outcomes = await Promise.allSettled([pool.acquire(), pool.acquire(), pool.acquire()]);
    expect(outcomes.map(({ status }) => status)).toEqual(["rejected", "rejected", "rejected"]);
    await turn();
    expect(shop.events).toEqual(["create 1", "create 2", "create 3"]);
  });

  it("may throw at once", async () => {
    const create = () => {
      throw "no tools";
    };
    await expect(poolOf({ create }).acquire()).rejects.toMatchObject({
      code: "CREATE_FAILED",
      message: "The pool could not create a resource: no tools",
      cause: "no tools",
    });
  });

  it("is logged when the acquire that it was for was served by somebody else", async () => {
    const slow = gate();
    const pool = poolOf();
    const held = await pool.acquire();
    shop.creations.push(slow.wait);
    const waiting = pool.acquire();
    held.release();
    await waiting;
    slow.fail(refused);
    await turn();
    expect(shop.log).toMatchObject([
      {
        level: "error",
        message: "a resource was not created",
        fields: { error: { code: "CREATE_FAILED", cause: refused } },
      },
    ]);
    expect(pool.stats).toMatchObject({ size: 1, creating: 0 });
  });

  it("is tried again for one who had counted on it", async () => {
    const [slow, fast] = [gate(), gate()];
    shop.creations.push(slow.wait, fast.wait);
    const pool = poolOf();
    const [first, second] = [pool.acquire(), pool.acquire()];
    fast.open();
    expect(numberOf(await first)).toBe(2);
    slow.fail(refused);
    expect(numberOf(await second)).toBe(3);
  });
});

describe("createTimeoutMs", () => {
  it("rejects the acquire, and aborts the creation, whose place is free when it ends", async () => {
    const create = (signal: AbortSignal) =>
      new Promise<Tool>((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
    const pool = poolOf({ max: 1, create, createTimeoutMs: 100 });
    const waiting = pool.acquire().catch((error: unknown) => error);
    await shop.clock.advance(99);
    expect(await stateOf(waiting)).toBe("pending");
    await shop.clock.advance(1);
    expect(await waiting).toMatchObject({
      code: "CREATE_FAILED",
      message: "The pool did not create a resource within 100 ms. Let create end sooner, or raise createTimeoutMs.",
    });
    expect(pool.stats.size).toBe(0);
    expect(shop.clock.pending).toBe(0);
    expect(shop.log).toEqual([]);
  });

  it("leaves the place to a creation that ignores its signal, and destroys what it gives in the end", async () => {
    const slow = gate();
    shop.creations.push(slow.wait);
    const pool = poolOf({ max: 1, createTimeoutMs: 100 });
    const waiting = pool.acquire().catch((error: unknown) => error);
    const next = pool.acquire();
    await shop.clock.advance(100);
    expect(await waiting).toMatchObject({ code: "CREATE_FAILED" });
    expect(await stateOf(next)).toBe("pending");
    expect(pool.stats).toMatchObject({ size: 1, creating: 1 });
    slow.open();
    expect(numberOf(await next)).toBe(2);
    expect(shop.events).toEqual(["create 1", "destroy 1", "create 2"]);
  });

  it("leaves the signal of a creation that is done alone, and no timer", async () => {
    const pool = poolOf({ createTimeoutMs: 100 });
    await pool.acquire();
    expect(shop.clock.pending).toBe(0);
    await shop.clock.advance(100);
    expect(shop.signals.map(({ aborted }) => aborted)).toEqual([false]);
  });
});

describe("validate", () => {
  it("is asked before a resource is used again, and not for a new one", async () => {
    const pool = poolOf({ max: 1, validate: shop.validate });
    const first = await pool.acquire();
    const second = pool.acquire();
    expect(shop.events).toEqual(["create 1"]);
    first.release();
    expect(shop.events).toEqual(["create 1", "validate 1"]);
    (await second).release();
    await pool.acquire();
    expect(shop.events).toEqual(["create 1", "validate 1", "validate 1"]);
  });

  it.each<[string, (tool: Tool) => boolean | Promise<boolean>]>([
    ["says no", () => false],
    ["says no later", async () => false],
    [
      "throws",
      () => {
        throw new Error("broken");
      },
    ],
    ["rejects", () => Promise.reject(new Error("broken"))],
  ])("has a resource destroyed and replaced when it %s", async (_, judge) => {
    const pool = poolOf({ max: 1, validate: judge });
    (await pool.acquire()).release();
    const lease = await pool.acquire();
    expect(numberOf(lease)).toBe(2);
    const waiting = pool.acquire();
    lease.release();
    expect(numberOf(await waiting)).toBe(3);
    expect(shop.events).toEqual(["create 1", "destroy 1", "create 2", "destroy 2", "create 3"]);
  });

  it("is logged when it fails", async () => {
    const error = new Error("broken");
    const pool = poolOf({ validate: () => Promise.reject(error) });
    (await pool.acquire()).release();
    await pool.acquire();
    expect(shop.log).toEqual([
      { level: "warn", message: "a resource could not be validated, and is replaced", fields: { error } },
    ]);
  });

  it("takes the next idle resource before a new one is created", async () => {
    for (const validate of [shop.validate, async (tool: Tool) => shop.validate(tool)]) {
      shop.events.length = 0;
      const pool = poolOf({ validate });
      const [first, second] = [await pool.acquire(), await pool.acquire()];
      const { number } = second.resource;
      first.resource.isValid = false;
      second.release();
      first.release();
      expect(numberOf(await pool.acquire())).toBe(number);
      expect(shop.events.filter((event) => event.startsWith("create"))).toHaveLength(2);
    }
  });

  it("does not wait for the destruction of one that is not valid", async () => {
    for (const max of [2, 3]) {
      const pool = poolOf({ max, validate: ({ isValid }) => isValid, destroy: () => gate().wait() });
      const [first, second] = [await pool.acquire(), await pool.acquire()];
      second.resource.isValid = max === 2;
      first.resource.isValid = false;
      second.release();
      first.release();
      await pool.acquire();
      expect(pool.stats).toMatchObject({ leased: 1, destroying: max - 1 });
    }
  });

  it("lets nobody overtake while it is asked", async () => {
    const verdict = gate();
    const pool = poolOf({ validate: ({ number }) => number === 2 || verdict.wait().then(() => true) });
    const leases = [await pool.acquire(), await pool.acquire()];
    for (const lease of leases.reverse()) lease.release();
    const [first, second] = [pool.acquire(), pool.acquire()];
    expect(numberOf(await first)).toBe(2);
    expect(await stateOf(second)).toBe("pending");
    verdict.open();
    expect(numberOf(await second)).toBe(1);
  });

  it("gives a resource that is found valid too late to the next one", async () => {
    const verdict = gate();
    const pool = poolOf({ max: 1, validate: () => verdict.wait().then(() => true) });
    (await pool.acquire()).release();
    const controller = new AbortController();
    const aborted = pool.acquire({ signal: controller.signal });
    const next = pool.acquire();
    controller.abort("enough");
    await expect(aborted).rejects.toBe("enough");
    verdict.open();
    expect(numberOf(await next)).toBe(1);
  });
});

describe("a lease", () => {
  it("may be released twice, which lends its resource to one only", async () => {
    const pool = poolOf({ max: 1 });
    const lease = await pool.acquire();
    const [second, third] = [pool.acquire(), pool.acquire()];
    lease.release();
    lease.release();
    await lease[Symbol.asyncDispose]();
    await lease.destroy();
    await second;
    expect(await stateOf(third)).toBe("pending");
    expect(pool.stats).toMatchObject({ size: 1, leased: 1 });
    expect(shop.events).toEqual(["create 1"]);
  });

  it("gives no resource after its release", async () => {
    const lease = await poolOf().acquire();
    lease.release();
    expect(() => lease.resource).toThrow(ResourceError);
    expect(() => lease.resource).toThrow(expect.objectContaining({ code: "LEASE_RELEASED" }));
  });

  it("can have a broken resource destroyed, which is replaced", async () => {
    const pool = poolOf({ max: 1 });
    const broken = await pool.acquire();
    const next = pool.acquire();
    await broken.destroy();
    broken.release();
    expect(numberOf(await next)).toBe(2);
    expect(shop.events).toEqual(["create 1", "destroy 1", "create 2"]);
  });

  it("counts until its resource is destroyed", async () => {
    const slow = gate();
    const pool = poolOf({ max: 1, destroy: () => slow.wait() });
    const destroying = (await pool.acquire()).destroy();
    const next = pool.acquire();
    expect(pool.stats).toMatchObject({ size: 1, destroying: 1, pending: 1 });
    expect(await stateOf(next)).toBe("pending");
    slow.open();
    await destroying;
    expect(numberOf(await next)).toBe(2);
  });

  it.each<[string, () => unknown]>([
    [
      "throws",
      () => {
        throw "stuck";
      },
    ],
    ["rejects", () => Promise.reject("stuck")],
  ])("does not fail when destroy %s, which is logged", async (_, destroy) => {
    const pool = poolOf({ destroy });
    await (await pool.acquire()).destroy();
    expect(pool.stats.size).toBe(0);
    expect(shop.log).toEqual([
      { level: "error", message: "a resource was not destroyed properly", fields: { error: "stuck" } },
    ]);
  });
});

describe("use", () => {
  it("gives what the work gives as a Result, and releases the resource", async () => {
    const pool = poolOf();
    expect(await pool.use(async (tool) => tool.number * 10)).toEqual(Result.success(10));
    expect(await pool.use((tool) => tool.number * 10)).toEqual(Result.success(10));
    expect(pool.stats).toMatchObject({ idle: 1, leased: 0 });
  });

  it("gives the Result of the work as it is", async () => {
    const pool = poolOf();
    const failure = Result.error("NOT_FOUND", "there is no invoice i-2");
    expect(await pool.use(async () => Result.success("paid"))).toEqual(Result.success("paid"));
    expect(await pool.use(async () => failure)).toBe(failure);
    expect(shop.events).toEqual(["create 1"]);
  });

  it("gives a Failure when there is no resource", async () => {
    const refused = new Error("connection refused");
    shop.creations.push(() => Promise.reject(refused));
    const pool = poolOf({ max: 1, acquireTimeoutMs: 100 });
    expect(await pool.use(async () => 1)).toMatchObject({
      success: false,
      error: { code: "CREATE_FAILED", message: expect.stringContaining("connection refused"), cause: refused },
    });
    const lease = await pool.acquire();
    const late = pool.use(async () => 1);
    await shop.clock.advance(100);
    expect(await late).toMatchObject({ success: false, error: { code: "ACQUIRE_TIMED_OUT" } });
    lease.release();
    await pool.close();
    expect(await pool.use(async () => 1)).toMatchObject({ success: false, error: { code: "POOL_CLOSED" } });
  });

  it("rejects with what the work throws, also with an error of another pool", async () => {
    const other = poolOf();
    await other.close();
    const pool = poolOf({ validate: shop.validate });
    await expect(pool.use(() => Promise.reject("broken"))).rejects.toBe("broken");
    await expect(pool.use(() => other.acquire())).rejects.toMatchObject({ code: "POOL_CLOSED" });
    expect(pool.stats).toMatchObject({ size: 1, idle: 1 });
  });

  it("has the resource of work that threw validated before it is used again", async () => {
    const pool = poolOf({ max: 1, validate: shop.validate });
    const breaking = pool.use((tool) => {
      tool.isValid = false;
      throw new Error("broken");
    });
    await expect(breaking).rejects.toThrow("broken");
    expect(await pool.use((tool) => tool.number)).toEqual(Result.success(2));
    expect(shop.events).toEqual(["create 1", "validate 1", "destroy 1", "create 2"]);
  });

  it("has it destroyed when nobody can tell whether it is broken", async () => {
    const pool = poolOf({ max: 1 });
    await expect(pool.use(() => Promise.reject("broken"))).rejects.toBe("broken");
    expect(await pool.use((tool) => tool.number)).toEqual(Result.success(2));
    expect(shop.events).toEqual(["create 1", "destroy 1", "create 2"]);
  });

  it("rejects with the reason when it is aborted while it waits, even if that is an error of a pool", async () => {
    const pool = poolOf({ max: 1 });
    await pool.acquire();
    const controller = new AbortController();
    const using = pool.use(async () => 1, { signal: controller.signal });
    const reason = new ResourceError("POOL_CLOSED", "another one");
    controller.abort(reason);
    await expect(using).rejects.toBe(reason);
  });

  it("waits for work that goes on after an abort, because its resource is in use", async () => {
    const slow = gate();
    const pool = poolOf({ max: 1 });
    const controller = new AbortController();
    const using = pool.use(() => slow.wait().then(() => "done"), { signal: controller.signal });
    await turn();
    controller.abort("enough");
    expect(await stateOf(using)).toBe("pending");
    expect(pool.stats.leased).toBe(1);
    slow.open();
    expect(await using).toEqual(Result.success("done"));
  });

  it("refuses a promise in place of the work", async () => {
    const pool = poolOf();
    await expect(pool.use(Promise.resolve() as never)).rejects.toMatchObject({ code: "NOT_A_FUNCTION" });
    expect(shop.events).toEqual([]);
  });
});

describe("min", () => {
  it("is created by start", async () => {
    const pool = poolOf({ min: 2, max: 3 });
    await pool.start();
    expect(pool.stats).toMatchObject({ size: 2, idle: 2 });
    await pool.start();
    expect(shop.events).toEqual(["create 1", "create 2"]);
  });

  it("is created by the first acquire if there was no start", async () => {
    const pool = poolOf({ min: 2, max: 3 });
    await pool.acquire();
    await turn();
    expect(pool.stats).toMatchObject({ size: 2, leased: 1, idle: 1 });
  });

  it("is waited for by start also when others create it", async () => {
    const slow = gate();
    shop.creations.push(slow.wait);
    const pool = poolOf({ min: 1 });
    const acquiring = pool.acquire();
    const starting = pool.start();
    expect(await stateOf(starting)).toBe("pending");
    slow.open();
    await starting;
    expect(numberOf(await acquiring)).toBe(1);
  });

  it("does not count what is being destroyed", async () => {
    const pool = poolOf({ min: 1, destroy: () => gate().wait() });
    void (await pool.acquire()).destroy();
    await pool.start();
    expect(pool.stats).toMatchObject({ idle: 1, destroying: 1 });
  });

  it("makes start reject when it cannot be created", async () => {
    shop.creations.push(
      () => Promise.resolve(),
      () => Promise.reject(new Error("connection refused")),
    );
    const pool = poolOf({ min: 2 });
    await expect(pool.start()).rejects.toMatchObject({ code: "CREATE_FAILED" });
    expect(pool.stats).toMatchObject({ size: 1, idle: 1 });
    await pool.start();
    expect(pool.stats).toMatchObject({ size: 2, idle: 2 });
  });

  it("makes start reject when a creation is late, also one that ignores its signal", async () => {
    shop.creations.push(gate().wait);
    const pool = poolOf({ min: 1, createTimeoutMs: 100 });
    const starting = pool.start().catch((error: unknown) => error);
    await shop.clock.advance(99);
    expect(await stateOf(starting)).toBe("pending");
    await shop.clock.advance(1);
    expect(await starting).toMatchObject({ code: "CREATE_FAILED" });
    expect(pool.stats).toMatchObject({ size: 1, creating: 1 });
  });

  it("goes on being created when start is aborted", async () => {
    const slow = gate();
    shop.creations.push(slow.wait);
    const pool = poolOf({ min: 1 });
    const controller = new AbortController();
    const starting = pool.start({ signal: controller.signal });
    controller.abort("enough");
    await expect(starting).rejects.toBe("enough");
    slow.open();
    await turn();
    expect(pool.stats).toMatchObject({ size: 1, idle: 1 });
  });

  it("is replaced when a resource was destroyed, and a failure is logged, once", async () => {
    const pool = poolOf({ min: 1 });
    shop.creations.push(() => Promise.resolve());
    await (await pool.acquire()).destroy();
    await turn();
    expect(shop.events).toEqual(["create 1", "destroy 1", "create 2"]);
    shop.creations.push(() => Promise.reject(new Error("connection refused")));
    await (await pool.acquire()).destroy();
    await turn();
    expect(pool.stats.size).toBe(0);
    expect(shop.log).toMatchObject([{ level: "error", message: "a resource was not created" }]);
  });
});

describe("idleTimeoutMs", () => {
  const lend = async (pool: ResourcePool<Tool>, count: number) => {
    const leases = await Promise.all(Array.from({ length: count }, () => pool.acquire()));
    return () => leases.forEach((lease) => lease.release());
  };

  it("destroys what was not used for so long, down to min", async () => {
    const pool = poolOf({ min: 1, max: 3, idleTimeoutMs: 100 });
    (await lend(pool, 3))();
    await shop.clock.advance(99);
    expect(pool.stats.idle).toBe(3);
    await shop.clock.advance(1);
    expect(pool.stats).toMatchObject({ size: 1, idle: 1 });
    expect(shop.events.slice(3)).toEqual(["destroy 1", "destroy 2"]);
    expect(shop.clock.pending).toBe(0);
  });

  it("spares what is used in between", async () => {
    const pool = poolOf({ max: 3, idleTimeoutMs: 100 });
    (await lend(pool, 2))();
    await shop.clock.advance(60);
    (await pool.acquire()).release();
    await shop.clock.advance(40);
    expect(shop.events.slice(2)).toEqual(["destroy 1"]);
    await shop.clock.advance(59);
    expect(pool.stats).toMatchObject({ size: 1, idle: 1 });
    await shop.clock.advance(1);
    expect(pool.stats.size).toBe(0);
    expect(shop.clock.pending).toBe(0);
  });

  it("does not count what is being destroyed as kept", async () => {
    const pool = poolOf({ min: 1, max: 3, idleTimeoutMs: 100, destroy: () => gate().wait() });
    (await lend(pool, 3))();
    await shop.clock.advance(100);
    expect(pool.stats).toMatchObject({ size: 3, idle: 1, destroying: 2 });
  });

  it("never destroys anything if it is not given", async () => {
    const pool = poolOf();
    (await lend(pool, 2))();
    await shop.clock.advance(1_000_000_000);
    expect(pool.stats.idle).toBe(2);
  });
});

describe("leakWarningMs", () => {
  const acquireHere = (pool: ResourcePool<Tool>) => pool.acquire();

  it("tells where a lease was acquired that is held for so long", async () => {
    const pool = poolOf({ leakWarningMs: 1_000 });
    const lease = await acquireHere(pool);
    await shop.clock.advance(999);
    expect(shop.log).toEqual([]);
    await shop.clock.advance(1);
    expect(shop.log).toEqual([
      {
        level: "warn",
        message: "a lease is held for long",
        fields: { heldMs: 1_000, acquired: expect.stringMatching(/^at acquireHere .*resource-pool\.test\.ts/) },
      },
    ]);
    await shop.clock.advance(10_000);
    expect(shop.log).toHaveLength(1);
    lease.release();
  });

  it("names who waited for it, and not who gave it back", async () => {
    const pool = poolOf({ max: 1, leakWarningMs: 1_000 });
    const held = await pool.acquire();
    const waiting = acquireHere(pool);
    held.release();
    await waiting;
    await shop.clock.advance(1_000);
    expect(shop.log).toMatchObject([{ fields: { acquired: expect.stringMatching(/^at acquireHere /) } }]);
  });

  it("names who called use", async () => {
    const pool = poolOf({ leakWarningMs: 1_000 });
    const slow = gate();
    const useHere = () => pool.use(() => slow.wait());
    const using = useHere();
    await shop.clock.advance(1_000);
    expect(shop.log).toMatchObject([{ fields: { acquired: expect.stringMatching(/^at useHere /) } }]);
    slow.open();
    await using;
  });

  it("says nothing of a lease that was released in time, and leaves no timer", async () => {
    const pool = poolOf({ leakWarningMs: 1_000 });
    (await pool.acquire()).release();
    await (await pool.acquire()).destroy();
    expect(shop.clock.pending).toBe(0);
    await shop.clock.advance(1_000);
    expect(shop.log).toEqual([]);
  });
});

describe("the async context", () => {
  it("of create, validate and destroy is that of the pool; that of the work is its own", async () => {
    const storage = new AsyncLocalStorage<string>();
    const seen: string[] = [];
    const note = (what: string) => seen.push(`${what}: ${storage.getStore()}`);
    const pool = storage.run("pool", () =>
      poolOf({
        max: 1,
        create: (signal) => (note("create"), shop.create(signal)),
        validate: () => (note("validate"), true),
        destroy: () => note("destroy"),
      }),
    );
    const held = await storage.run("first", () => pool.acquire());
    const using = storage.run("second", () => pool.use(async () => note("work")));
    storage.run("first", () => held.release());
    await using;
    await storage.run("third", () => pool.close());
    expect(seen).toEqual(["create: pool", "validate: pool", "work: second", "destroy: pool"]);
  });
});

describe("the timers of a pool", () => {
  it("run in its async context", async () => {
    const storage = new AsyncLocalStorage<string>();
    const seen: unknown[] = [];
    const warn = () => void seen.push(storage.getStore());
    const logger = { ...shop.logger, warn };
    const pool = storage.run("pool", () => poolOf({ leakWarningMs: 10, logger }));
    await storage.run("request", () => pool.acquire());
    await shop.clock.advance(10);
    expect(seen).toEqual(["pool"]);
  });
});

describe("options that cannot work", () => {
  it.each<[Partial<ResourcePoolOptions<Tool>>, string]>([
    [{ max: 0 }, "ResourcePool: max must be a whole number above 0, not 0."],
    [{ max: 1.5 }, "ResourcePool: max must be a whole number above 0, not 1.5."],
    [{ min: -1 }, "ResourcePool: min must be a whole number from 0 to max, which is 2, not -1."],
    [{ min: 0.5 }, "ResourcePool: min must be a whole number from 0 to max, which is 2, not 0.5."],
    [{ min: 3 }, "ResourcePool: min must be a whole number from 0 to max, which is 2, not 3."],
    [{ create: Promise.resolve() as never }, "ResourcePool: create must be a function, not [object Promise]."],
    [{ destroy: "no" as never }, "ResourcePool: destroy must be a function, not no."],
    [{ validate: true as never }, "ResourcePool: validate must be a function, not true."],
  ])("are refused at once: %o", (options, message) => {
    expect(() => poolOf(options)).toThrow(expect.objectContaining({ code: "INVALID_OPTION", message }));
  });

  it.each(["acquireTimeoutMs", "createTimeoutMs", "idleTimeoutMs", "leakWarningMs"])(
    "are refused: %s below 0",
    (name) => {
      expect(() => poolOf({ [name]: -1 })).toThrow(expect.objectContaining({ code: "INVALID_OPTION" }));
      expect(() => poolOf({ [name]: 0 })).not.toThrow();
    },
  );

  it("have valid neighbours", () => {
    expect(() => poolOf({ min: 2, max: 2 })).not.toThrow();
    expect(() => poolOf({ max: Infinity })).not.toThrow();
    expect(() => new ResourcePool({ max: 1, create: () => 1 })).not.toThrow();
  });
});
