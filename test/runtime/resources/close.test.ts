import { ResourcePool, type ResourcePoolOptions } from "@phasewise/runtime/resources";
import { beforeEach, describe, expect, it } from "vitest";
import { listenersOf } from "../tasks/listeners-of.js";
import { gate, stateOf, type Tool, turn, Workshop } from "./workshop.js";

let shop: Workshop;

beforeEach(() => {
  shop = new Workshop();
});

const poolOf = (options: Partial<ResourcePoolOptions<Tool>> = {}) =>
  new ResourcePool({ max: 2, ...shop.options, ...options });

describe("close", () => {
  it("destroys what is idle at once, waits for the leases, and destroys what they give back", async () => {
    const pool = poolOf();
    const [held, idle] = [await pool.acquire(), await pool.acquire()];
    idle.release();
    const closing = pool.close();
    expect(shop.events.slice(2)).toEqual(["destroy 2"]);
    expect(await stateOf(closing)).toBe("pending");
    expect(held.resource.number).toBe(1);
    held.release();
    await closing;
    expect(shop.events.slice(2)).toEqual(["destroy 2", "destroy 1"]);
    expect(pool.stats).toEqual({ size: 0, idle: 0, leased: 0, creating: 0, validating: 0, destroying: 0, pending: 0 });
  });

  it("waits until everything is destroyed", async () => {
    const slow = gate();
    const pool = poolOf({ destroy: () => slow.wait() });
    (await pool.acquire()).release();
    const closing = pool.close();
    expect(await stateOf(closing)).toBe("pending");
    slow.open();
    await closing;
  });

  it("refuses every call after it, and sends those away who wait", async () => {
    const pool = poolOf({ max: 1, name: "tools" });
    const held = await pool.acquire();
    const waiting = pool.acquire();
    const closing = pool.close();
    const closed = {
      code: "POOL_CLOSED",
      message: 'The pool "tools" is closed. Close it after the last one who acquires from it has ended.',
    };
    await expect(waiting).rejects.toMatchObject(closed);
    await expect(pool.acquire()).rejects.toMatchObject(closed);
    await expect(pool.start()).rejects.toMatchObject(closed);
    held.release();
    await closing;
    await expect(pool.acquire()).rejects.toMatchObject(closed);
    expect(shop.clock.pending).toBe(0);
  });

  it("aborts creations, waits for them, and destroys what they give", async () => {
    const slow = gate();
    shop.creations.push(slow.wait);
    const pool = poolOf({ min: 1 });
    const starting = pool.start();
    const closing = pool.close();
    expect(shop.signals[0]?.reason).toMatchObject({ code: "POOL_CLOSED" });
    expect(await stateOf(closing)).toBe("pending");
    slow.open();
    await closing;
    await expect(starting).rejects.toMatchObject({ code: "POOL_CLOSED" });
    expect(shop.events).toEqual(["create 1", "destroy 1"]);
    expect(shop.clock.pending).toBe(0);
    expect(shop.log).toEqual([]);
  });

  it("does not abort the signals of creations that are done", async () => {
    const pool = poolOf();
    (await pool.acquire()).release();
    await pool.close();
    expect(shop.signals.map(({ aborted }) => aborted)).toEqual([false]);
  });

  it("does not report the failure of a creation that it aborted", async () => {
    const slow = gate();
    shop.creations.push(slow.wait);
    const pool = poolOf();
    const waiting = pool.acquire();
    const closing = pool.close();
    slow.fail(new Error("aborted"));
    await expect(waiting).rejects.toMatchObject({ code: "POOL_CLOSED" });
    await closing;
    expect(shop.log).toEqual([]);
  });

  it("waits for a validation, and destroys its resource", async () => {
    const verdict = gate();
    const pool = poolOf({ max: 1, validate: () => verdict.wait().then(() => true) });
    (await pool.acquire()).release();
    const waiting = pool.acquire();
    const closing = pool.close();
    await expect(waiting).rejects.toMatchObject({ code: "POOL_CLOSED" });
    expect(await stateOf(closing)).toBe("pending");
    verdict.open();
    await closing;
    expect(shop.events).toEqual(["create 1", "destroy 1"]);
  });

  it("counts what it has not yet destroyed", async () => {
    const sizes: number[] = [];
    const pool: ResourcePool<Tool> = poolOf({ destroy: () => void sizes.push(pool.stats.size) });
    const leases = [await pool.acquire(), await pool.acquire()];
    for (const lease of leases) lease.release();
    await pool.close();
    expect(sizes).toEqual([2, 2]);
  });

  it("leaves no timer of what was idle", async () => {
    const pool = poolOf({ idleTimeoutMs: 1_000 });
    (await pool.acquire()).release();
    expect(shop.clock.pending).toBe(1);
    await pool.close();
    expect(shop.clock.pending).toBe(0);
  });

  it("replaces nothing", async () => {
    const pool = poolOf({ min: 2 });
    await pool.start();
    await pool.close();
    await turn();
    expect(shop.events).toEqual(["create 1", "create 2", "destroy 2", "destroy 1"]);
  });

  it("may be called again, by await using and from within destroy", async () => {
    const pool: ResourcePool<Tool> = poolOf({ destroy: (tool) => (shop.destroy(tool), void pool.close()) });
    const held = await pool.acquire();
    const closings = [pool.close(), pool.close(), pool[Symbol.asyncDispose]()];
    held.release();
    await Promise.all(closings);
    await pool.close();
    expect(shop.events).toEqual(["create 1", "destroy 1"]);
  });

  it("resolves at once for a pool that was never used", async () => {
    await poolOf().close();
    {
      await using pool = poolOf();
      expect(pool.stats.size).toBe(0);
    }
    expect(shop.events).toEqual([]);
  });

  it("refuses an acquire that comes from within destroy", async () => {
    let refused: unknown;
    const pool: ResourcePool<Tool> = poolOf({
      destroy: () => pool.acquire().catch((error: unknown) => (refused = error)),
    });
    (await pool.acquire()).release();
    await pool.close();
    expect(refused).toMatchObject({ code: "POOL_CLOSED" });
  });
});

describe("close with a limit", () => {
  it("rejects when the time is over, and goes on with the closing", async () => {
    const pool = poolOf({ name: "tools" });
    const held = await pool.acquire();
    const closing = pool.close({ timeoutMs: 100 }).catch((error: unknown) => error);
    await shop.clock.advance(99);
    expect(await stateOf(closing)).toBe("pending");
    await shop.clock.advance(1);
    expect(await closing).toMatchObject({
      code: "CLOSE_TIMED_OUT",
      message:
        'The pool "tools" was not closed after 100 ms: 1 still leased, 0 being created, 0 being destroyed. ' +
        "Release every lease; leakWarningMs tells where one was acquired.",
    });
    held.release();
    await pool.close({ timeoutMs: 100 });
    expect(shop.events).toEqual(["create 1", "destroy 1"]);
    expect(shop.clock.pending).toBe(0);
  });

  it("rejects at once when it is aborted, and goes on with the closing", async () => {
    const pool = poolOf();
    const held = await pool.acquire();
    const controller = new AbortController();
    const closing = pool.close({ signal: controller.signal });
    const limited = pool.close({ signal: controller.signal, timeoutMs: 100 });
    controller.abort("enough");
    await expect(closing).rejects.toBe("enough");
    await expect(limited).rejects.toBe("enough");
    held.release();
    await pool.close();
    expect(shop.events).toEqual(["create 1", "destroy 1"]);
    expect(shop.clock.pending).toBe(0);
  });

  it("leaves no listener", async () => {
    const pool = poolOf();
    const held = await pool.acquire();
    const { signal } = new AbortController();
    const listeners = listenersOf(signal);
    const closings = [pool.close({ signal }), pool.close({ signal, timeoutMs: 100 })];
    expect(listeners.size).toBe(2);
    held.release();
    await Promise.all(closings);
    expect(listeners.size).toBe(0);
  });

  it("does nothing when it was aborted before, or its limit is no duration", async () => {
    const pool = poolOf();
    await expect(pool.close({ signal: AbortSignal.abort("enough") })).rejects.toBe("enough");
    await expect(pool.close({ timeoutMs: -1 })).rejects.toMatchObject({ code: "INVALID_OPTION" });
    expect((await pool.acquire()).resource.number).toBe(1);
  });
});

describe("a pool with leakWarningMs that is closed", () => {
  it("tells which leases keep it from that, once it has waited for so long", async () => {
    const pool = poolOf({ leakWarningMs: 1_000 });
    const leakHere = () => pool.acquire();
    await leakHere();
    await shop.clock.advance(600);
    const closing = pool.close({ timeoutMs: 5_000 });
    const late = expect(closing).rejects.toMatchObject({ code: "CLOSE_TIMED_OUT" });
    await shop.clock.advance(1_000);
    expect(shop.log).toMatchObject([
      { message: "a lease is held for long" },
      {
        level: "warn",
        message: "a lease keeps its pool from closing",
        fields: { heldMs: 1_600, acquired: expect.stringMatching(/^at leakHere /) },
      },
    ]);
    await shop.clock.advance(4_000);
    await late;
  });

  it("does not tell of those that came back", async () => {
    const pool = poolOf({ leakWarningMs: 1_000 });
    const [back, leaked] = [await pool.acquire(), await pool.acquire()];
    back.release();
    const closing = pool.close();
    await shop.clock.advance(1_000);
    const told = shop.log.filter(({ message }) => message === "a lease keeps its pool from closing");
    expect(told).toHaveLength(1);
    leaked.release();
    await closing;
  });

  it("tells nothing and leaves no timer when all come back in time", async () => {
    const pool = poolOf({ leakWarningMs: 1_000 });
    const lease = await pool.acquire();
    const closing = pool.close();
    await shop.clock.advance(999);
    lease.release();
    await closing;
    expect(shop.clock.pending).toBe(0);
    expect(shop.log).toEqual([]);
  });
});
