import { AsyncLocalStorage } from "node:async_hooks";
import { sleep } from "@phasewise/runtime";
import { Semaphore } from "@phasewise/runtime/tasks";
import { type FakeClock, fakeClock } from "@phasewise/runtime/testing";
import { beforeEach, describe, expect, it } from "vitest";
import { listenersOf } from "./listeners-of.js";

let clock: FakeClock;
let events: string[];

beforeEach(() => {
  clock = fakeClock();
  events = [];
});

/** Work that takes some time, and notes how it went. */
const work = (name: string, durationMs: number) => async () => {
  events.push(`${name} begins`);
  await sleep(durationMs, { clock });
  events.push(`${name} is done`);
  return name;
};

describe("semaphore.acquire", () => {
  it("gives a permit at once while one is free, and then in order as they are released", async () => {
    const semaphore = new Semaphore(2);
    const [first, second] = [await semaphore.acquire(), await semaphore.acquire()];
    const noted = ["third", "fourth"].map((name) =>
      semaphore.acquire().then((permit) => {
        events.push(name);
        return permit;
      }),
    );
    expect([semaphore.free, semaphore.waiting]).toEqual([0, 2]);
    second.release();
    await clock.advance(0);
    expect(events).toEqual(["third"]);
    first.release();
    await clock.advance(0);
    expect(events).toEqual(["third", "fourth"]);
    expect([semaphore.free, semaphore.waiting]).toEqual([0, 0]);
    for (const permit of await Promise.all(noted)) permit.release();
    expect(semaphore.free).toBe(2);
  });

  it("gives a permit that using releases", async () => {
    const semaphore = new Semaphore(1);
    {
      using _permit = await semaphore.acquire();
      expect(semaphore.free).toBe(0);
    }
    expect(semaphore.free).toBe(1);
  });

  it("gives a permit that cannot be released twice", async () => {
    const semaphore = new Semaphore(1);
    const permit = await semaphore.acquire();
    permit.release();
    permit.release();
    permit[Symbol.dispose]();
    expect(semaphore.free).toBe(1);
    using _next = await semaphore.acquire();
    permit.release();
    expect(semaphore.free).toBe(0);
  });

  it("rejects as soon as the signal aborts, and keeps no place for that caller", async () => {
    const semaphore = new Semaphore(1);
    const permit = await semaphore.acquire();
    const controller = new AbortController();
    const waiting = semaphore.acquire({ signal: controller.signal });
    const next = semaphore.acquire();
    controller.abort("enough");
    await expect(waiting).rejects.toBe("enough");
    expect(semaphore.waiting).toBe(1);
    permit.release();
    (await next).release();
    expect(semaphore.free).toBe(1);
  });

  it("rejects at once when the signal has aborted before, and takes no permit", async () => {
    const semaphore = new Semaphore(1);
    await expect(semaphore.acquire({ signal: AbortSignal.abort("enough") })).rejects.toBe("enough");
    expect(semaphore.free).toBe(1);
  });

  it("is not touched by an abort that comes later, and leaves no listener", async () => {
    const semaphore = new Semaphore(1);
    const permit = await semaphore.acquire();
    const controller = new AbortController();
    const listeners = listenersOf(controller.signal);
    const waiting = semaphore.acquire({ signal: controller.signal });
    expect(listeners.size).toBe(1);
    permit.release();
    controller.abort("too late");
    await expect(waiting).resolves.toBeDefined();
    expect(listeners.size).toBe(0);
  });
});

describe("a signal that many wait with", () => {
  it("is listened to once, and ends the waiting of all", async () => {
    const semaphore = new Semaphore(1);
    const permit = await semaphore.acquire();
    const controller = new AbortController();
    const listeners = listenersOf(controller.signal);
    const waiting = [1, 2, 3].map(() => semaphore.acquire({ signal: controller.signal }));
    permit.release();
    (await waiting[0]!).release();
    expect(listeners.size).toBe(1);
    (await waiting[1]!).release();
    (await waiting[2]!).release();
    expect(listeners.size).toBe(0);

    using _held = await semaphore.acquire();
    const again = [1, 2].map(() => semaphore.acquire({ signal: controller.signal }).catch((reason: unknown) => reason));
    controller.abort("enough");
    expect(await Promise.all(again)).toEqual(["enough", "enough"]);
    expect(semaphore.waiting).toBe(0);
  });
});

describe("semaphore.tryAcquire", () => {
  it("gives a permit only when one is free at this moment", async () => {
    const semaphore = new Semaphore(1);
    const permit = semaphore.tryAcquire();
    expect(semaphore.tryAcquire()).toBe(undefined);
    permit!.release();
    {
      using second = semaphore.tryAcquire();
      expect(second).toBeDefined();
    }
    expect(semaphore.free).toBe(1);
  });

  it("overtakes nobody: a permit that is released goes to who waits", async () => {
    const semaphore = new Semaphore(1);
    const permit = semaphore.tryAcquire()!;
    const waiting = semaphore.acquire();
    permit.release();
    expect(semaphore.tryAcquire()).toBe(undefined);
    await expect(waiting).resolves.toBeDefined();
  });
});

describe("semaphore.use", () => {
  it("runs so many works at a time, in order, and gives what they give", async () => {
    const semaphore = new Semaphore(2);
    const names = ["a", "b", "c"];
    const using = Promise.all(names.map((name) => semaphore.use(work(name, 10))));
    await clock.advance(20);
    expect(await using).toEqual(names);
    expect(events).toEqual(["a begins", "b begins", "a is done", "c begins", "b is done", "c is done"]);
    expect(semaphore.free).toBe(2);
  });

  it("releases the permit of work that throws or rejects, and rejects with the same", async () => {
    const semaphore = new Semaphore(1);
    const throwing = () => {
      throw "at once";
    };
    await expect(semaphore.use(throwing)).rejects.toBe("at once");
    await expect(semaphore.use(async () => Promise.reject("later"))).rejects.toBe("later");
    expect(semaphore.free).toBe(1);
  });

  it("does not begin the work when the signal aborts first", async () => {
    const semaphore = new Semaphore(1);
    const controller = new AbortController();
    const first = semaphore.use(work("a", 10));
    const second = semaphore.use(work("b", 10), { signal: controller.signal });
    controller.abort("enough");
    await expect(second).rejects.toBe("enough");
    await clock.advance(20);
    await first;
    expect(events).toEqual(["a begins", "a is done"]);
    expect([semaphore.free, semaphore.waiting]).toEqual([1, 0]);
  });

  it("runs the work in the async context of the caller", async () => {
    const user = new AsyncLocalStorage<string>();
    const semaphore = new Semaphore(1);
    const whoami = async () => {
      await sleep(10, { clock });
      return user.getStore();
    };
    const using = Promise.all(["ann", "bob"].map((name) => user.run(name, () => semaphore.use(whoami))));
    await clock.advance(20);
    expect(await using).toEqual(["ann", "bob"]);
  });

  it("refuses a promise in place of the work", async () => {
    const semaphore = new Semaphore(1);
    await expect(semaphore.use(Promise.resolve(1) as never)).rejects.toMatchObject({
      code: "NOT_A_FUNCTION",
      message: "semaphore.use takes a function that begins the work, not a promise: write semaphore.use(() => …).",
    });
    expect(semaphore.free).toBe(1);
  });
});

describe("a semaphore", () => {
  it.each([0, -1, 1.5, NaN])("refuses %s permits", (permits) => {
    const message = `Semaphore: permits must be a whole number above 0, not ${permits}.`;
    expect(() => new Semaphore(permits)).toThrow(expect.objectContaining({ code: "INVALID_OPTION", message }));
  });

  it.each([1, 100, Infinity])("takes %s permits", (permits) => {
    expect(new Semaphore(permits).free).toBe(permits);
  });
});
