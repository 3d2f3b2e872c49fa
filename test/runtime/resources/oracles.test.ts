import { ResourcePool } from "@phasewise/runtime/resources";
import fc from "fast-check";
import { createPool } from "generic-pool";
import { Pool } from "tarn";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { gate, stateOf, turn, Workshop } from "./workshop.js";

/** What the three pools have in common. */
interface Subject {
  acquire(): Promise<{ readonly number: number; release(): unknown }>;
  end(): Promise<unknown>;
}

interface SubjectOptions {
  readonly max: number;
  readonly create: () => Promise<{ number: number }>;
}

function ours({ max, create }: SubjectOptions): Subject {
  const pool = new ResourcePool({ max, create });
  return {
    acquire: async () => {
      const lease = await pool.acquire();
      return { number: lease.resource.number, release: () => lease.release() };
    },
    end: () => pool.close(),
  };
}

function tarn({ max, create }: SubjectOptions): Subject {
  const pool = new Pool<{ number: number }>({ min: 0, max, create, destroy: () => {} });
  return {
    acquire: async () => {
      const resource = await pool.acquire().promise;
      return { number: resource.number, release: () => pool.release(resource) };
    },
    end: () => pool.destroy(),
  };
}

function genericPool({ max, create }: SubjectOptions): Subject {
  const pool = createPool({ create, destroy: async () => {} }, { max, fifo: false });
  return {
    acquire: async () => {
      const resource = await pool.acquire();
      return { number: resource.number, release: () => pool.release(resource) };
    },
    end: () => pool.drain().then(() => pool.clear()),
  };
}

/** Who was served with which resource, in order: a step acquires, or releases one of those that are held. */
async function play(
  make: (options: SubjectOptions) => Subject,
  max: number,
  steps: readonly number[],
): Promise<string[]> {
  let created = 0;
  const subject = make({ max, create: async () => ({ number: ++created }) });
  const served: string[] = [];
  const held: { release(): unknown }[] = [];
  const users: Promise<unknown>[] = [];
  for (const step of steps) {
    const [releasing] = step > 0 && held.length > 0 ? held.splice(step % held.length, 1) : [];
    const user = users.length;
    if (releasing) releasing.release();
    else users.push(subject.acquire().then((lease) => (held.push(lease), served.push(`${user}: ${lease.number}`))));
    await turn();
    await turn();
  }
  while (served.length < users.length) {
    held.shift()!.release();
    await turn();
    await turn();
  }
  for (const lease of held) lease.release();
  await subject.end();
  return [...served, `${created} created`];
}

describe("the three pools", () => {
  it("serve the same users with the same resources in the same order", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 3 }),
        fc.array(fc.nat({ max: 5 }), { maxLength: 20 }),
        async (max, steps) => {
          const mine = await play(ours, max, steps);
          expect(await play(tarn, max, steps)).toEqual(mine);
          expect(await play(genericPool, max, steps)).toEqual(mine);
        },
      ),
      { numRuns: 60, seed: 20261121 },
    );
  });
});

describe("where an oracle is wrong", () => {
  let shop: Workshop;

  beforeEach(() => {
    shop = new Workshop();
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "setInterval", "clearInterval"] });
  });

  afterEach(() => {
    vi.useRealTimers();
  });

  it("tarn lets an acquire after the end wait for its whole timeout; ours refuses it at once", async () => {
    const pool = new Pool({ min: 0, max: 1, create: async () => 1, destroy: () => {}, acquireTimeoutMillis: 5_000 });
    await pool.destroy();
    const waiting = pool.acquire().promise;
    const outcome = expect(waiting).rejects.toThrow("timed out");
    await vi.advanceTimersByTimeAsync(4_999);
    expect(await stateOf(waiting)).toBe("pending");
    await vi.advanceTimersByTimeAsync(1);
    await outcome;

    const own = new ResourcePool({ max: 1, ...shop.options });
    await own.close();
    await expect(own.acquire()).rejects.toMatchObject({ code: "POOL_CLOSED" });
  });

  it("tarn knows no signal; ours lets who is aborted leave the line", async () => {
    const { signal, abort } = abortable();
    const pool = new Pool({ min: 0, max: 1, create: async () => 1, destroy: () => {}, acquireTimeoutMillis: 5_000 });
    await pool.acquire().promise;
    const acquire = pool.acquire.bind(pool) as (options: object) => ReturnType<typeof pool.acquire>;
    const outcome = expect(acquire({ signal }).promise).rejects.toThrow("timed out");
    abort();
    await turn();
    expect(pool.numPendingAcquires()).toBe(1);
    await vi.advanceTimersByTimeAsync(5_000);
    await outcome;
    pool.release(1);
    await pool.destroy();

    const own = new ResourcePool({ max: 1, ...shop.options });
    await own.acquire();
    const second = abortable();
    const waiting = own.acquire({ signal: second.signal });
    second.abort();
    expect(own.stats.pending).toBe(0);
    await expect(waiting).rejects.toBe("enough");
  });

  it("tarn hides a failing creation until the timeout; ours tells it at once", async () => {
    const create = () => Promise.reject(new Error("connection refused"));
    const pool = new Pool({ min: 0, max: 1, create, destroy: () => {}, acquireTimeoutMillis: 5_000 });
    const waiting = pool.acquire().promise;
    const outcome = expect(waiting).rejects.toThrow("connection refused");
    await vi.advanceTimersByTimeAsync(4_999);
    expect(await stateOf(waiting)).toBe("pending");
    await vi.advanceTimersByTimeAsync(1);
    await outcome;
    await pool.destroy();

    const own = new ResourcePool({ ...shop.options, max: 1, create });
    await expect(own.acquire()).rejects.toMatchObject({ code: "CREATE_FAILED" });
  });

  it("generic-pool repeats a creation that rejects at once without end, so that no timer fires; ours attempts it once", async () => {
    vi.useRealTimers();
    const untilMs = performance.now() + 30;
    let attempts = 0;
    const create = async () => {
      attempts++;
      if (performance.now() < untilMs) throw new Error("connection refused");
      return "a connection";
    };
    const pool = createPool({ create, destroy: async () => {} }, { max: 1, acquireTimeoutMillis: 1 });
    let hasTurned = false;
    setImmediate(() => (hasTurned = true));
    const resource = await pool.acquire();
    expect([resource, hasTurned]).toEqual(["a connection", false]);
    expect(attempts).toBeGreaterThan(100);
    await pool.release(resource);
    await pool.drain();
    await pool.clear();

    const own = new ResourcePool({ max: 1, create: (signal) => shop.create(signal).then(() => Promise.reject("no")) });
    await expect(own.acquire()).rejects.toMatchObject({ code: "CREATE_FAILED" });
    await turn();
    expect(shop.events).toEqual(["create 1"]);
  });

  it("a creation that hangs keeps both from using the room beside it; ours uses it", async () => {
    const creations: string[] = [];
    const hangOnce = () => {
      creations.push("create");
      return creations.length === 1 ? new Promise<string>(() => {}) : Promise.resolve("a connection");
    };
    const max = 2;
    const acquireTimeoutMillis = 100;

    const rivals = [
      () => {
        const pool = new Pool({ min: 0, max, create: hangOnce, destroy: () => {}, acquireTimeoutMillis });
        return () => pool.acquire().promise;
      },
      () => {
        const pool = createPool({ create: hangOnce, destroy: async () => {} }, { max, acquireTimeoutMillis });
        return async () => pool.acquire();
      },
    ];
    for (const rival of rivals) {
      creations.length = 0;
      const acquire = rival();
      for (let user = 0; user < 3; user++) {
        const outcome = expect(acquire()).rejects.toThrow(/time/i);
        await vi.advanceTimersByTimeAsync(100);
        await outcome;
      }
      expect(creations).toEqual(["create"]);
    }

    creations.length = 0;
    const own = new ResourcePool({ max, create: hangOnce, clock: shop.clock, acquireTimeoutMs: 100 });
    const first = expect(own.acquire()).rejects.toMatchObject({ code: "ACQUIRE_TIMED_OUT" });
    await shop.clock.advance(100);
    await first;
    expect((await own.acquire()).resource).toBe("a connection");
  });

  it("both have more than max while one is being destroyed; ours waits for that", async () => {
    vi.useRealTimers();
    const slow = gate();
    const destroy = () => slow.wait();
    /** Creates resources, and says how many there are. */
    const factory = () => {
      let alive = 0;
      return { create: async () => ({ number: ++alive }), count: () => alive };
    };

    const first = factory();
    const generic = createPool<{ number: number }>({ create: first.create, destroy }, { max: 1 });
    void generic.destroy(await generic.acquire());
    await generic.acquire();
    expect(first.count()).toBe(2);

    const second = factory();
    const isSecond = ({ number }: { number: number }) => number === 2;
    const pool = new Pool({ min: 0, max: 1, create: second.create, destroy, validate: isSecond });
    pool.release(await pool.acquire().promise);
    const resource = await pool.acquire().promise;
    expect(second.count()).toBe(2);

    const third = factory();
    const own = new ResourcePool({ max: 1, create: third.create, destroy });
    void (await own.acquire()).destroy();
    const next = own.acquire();
    expect(await stateOf(next)).toBe("pending");
    expect(third.count()).toBe(1);
    slow.open();
    await next;
    pool.release(resource);
    await pool.destroy();
  });
});

function abortable() {
  const controller = new AbortController();
  return { signal: controller.signal, abort: () => controller.abort("enough") };
}
