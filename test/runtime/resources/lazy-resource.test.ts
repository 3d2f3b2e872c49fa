import { AsyncLocalStorage } from "node:async_hooks";
import { LazyResource, ResourceError } from "@phasewise/runtime/resources";
import { beforeEach, describe, expect, it } from "vitest";
import { listenersOf } from "../tasks/listeners-of.js";
import { gate, stateOf, type Tool, turn, Workshop } from "./workshop.js";

let shop: Workshop;
let lazy: LazyResource<Tool>;

beforeEach(() => {
  shop = new Workshop();
  lazy = new LazyResource(shop.create, { destroy: shop.destroy, logger: shop.logger });
});

/** The next creation waits for this. */
function slowCreation() {
  const slow = gate();
  shop.creations.push(slow.wait);
  return slow;
}

describe("get", () => {
  it("creates the resource when it is first called, and gives the same one from then on", async () => {
    expect(lazy.isCreated).toBe(false);
    await turn();
    expect(shop.events).toEqual([]);
    const tool = await lazy.get();
    expect(lazy.isCreated).toBe(true);
    expect(await lazy.get()).toBe(tool);
    expect(shop.events).toEqual(["create 1"]);
  });

  it("creates it once for all who ask at the same time", async () => {
    const slow = slowCreation();
    const getting = [lazy.get(), lazy.get({ signal: new AbortController().signal }), lazy.get()];
    await turn();
    expect(lazy.isCreated).toBe(false);
    slow.open();
    const tools = await Promise.all(getting);
    expect(new Set(tools).size).toBe(1);
    expect(shop.events).toEqual(["create 1"]);
  });

  it("rejects all who wait with what create rejects with, and the next call tries again", async () => {
    const slow = slowCreation();
    const getting = [lazy.get(), lazy.get()];
    const refused = new Error("refused");
    slow.fail(refused);
    for (const get of getting) await expect(get).rejects.toBe(refused);
    expect(lazy.isCreated).toBe(false);
    expect((await lazy.get()).number).toBe(2);
  });

  it("tries again at once, from where the failure is caught", async () => {
    shop.creations.push(() => Promise.reject(new Error("refused")));
    expect((await lazy.get().catch(() => lazy.get())).number).toBe(2);
  });

  it("tries again once, for all who catch the failure", async () => {
    shop.creations.push(() => Promise.reject(new Error("refused")));
    const getting = [1, 2, 3].map(() => lazy.get().catch(() => lazy.get()));
    expect((await Promise.all(getting)).map(({ number }) => number)).toEqual([2, 2, 2]);
    expect(shop.signals[0]?.aborted).toBe(false);
  });

  it("takes a create that throws, or gives the resource itself", async () => {
    const throwing = new LazyResource(() => {
      throw "at once";
    });
    await expect(throwing.get()).rejects.toBe("at once");
    expect(await new LazyResource(() => 42).get()).toBe(42);
  });

  it("gives undefined as well, once", async () => {
    let count = 0;
    const nothing = new LazyResource<undefined>(() => void count++ as undefined);
    await nothing.get();
    expect(await nothing.get()).toBe(undefined);
    expect([count, nothing.isCreated]).toEqual([1, true]);
  });

  it("runs create and destroy in the async context of the lazy resource", async () => {
    const storage = new AsyncLocalStorage<string>();
    const seen: unknown[] = [];
    const note = () => void seen.push(storage.getStore());
    const made = storage.run("owner", () => new LazyResource(note, { destroy: note }));
    await storage.run("first", () => made.get());
    await storage.run("second", () => made.reset());
    expect(seen).toEqual(["owner", "owner"]);
  });

  it("refuses a promise in place of create", () => {
    expect(() => new LazyResource(Promise.resolve(1) as never)).toThrow(
      expect.objectContaining({ code: "NOT_A_FUNCTION" }),
    );
  });
});

describe("a get that is aborted", () => {
  it("rejects at once with the reason, while the creation goes on for the others", async () => {
    const slow = slowCreation();
    const controller = new AbortController();
    const [aborted, other] = [lazy.get({ signal: controller.signal }), lazy.get()];
    await turn();
    controller.abort("enough");
    await expect(aborted).rejects.toBe("enough");
    expect(shop.signals[0]?.aborted).toBe(false);
    slow.open();
    expect((await other).number).toBe(1);
  });

  it("aborts the creation when nobody else waits, and the next call begins another one after that has ended", async () => {
    const slow = slowCreation();
    const controller = new AbortController();
    const aborted = lazy.get({ signal: controller.signal });
    await turn();
    controller.abort("enough");
    await expect(aborted).rejects.toBe("enough");
    expect(shop.signals[0]?.reason).toBe("enough");
    const next = lazy.get();
    expect(await stateOf(next)).toBe("pending");
    slow.open();
    expect((await next).number).toBe(2);
    expect(shop.events).toEqual(["create 1", "destroy 1", "create 2"]);
  });

  it("does not begin a creation when it was aborted before, and needs none when there is one", async () => {
    await expect(lazy.get({ signal: AbortSignal.abort("enough") })).rejects.toBe("enough");
    expect(shop.events).toEqual([]);
    await lazy.get();
    const { signal } = new AbortController();
    const listeners = listenersOf(signal);
    await lazy.get({ signal });
    expect(listeners.size).toBe(0);
  });

  it("never calls create for those who left while the one before was ending", async () => {
    const slow = slowCreation();
    const controllers = [new AbortController(), new AbortController()];
    for (const controller of controllers) {
      const aborted = expect(lazy.get({ signal: controller.signal })).rejects.toBe("enough");
      await turn();
      controller.abort("enough");
      await aborted;
    }
    slow.open();
    expect((await lazy.get()).number).toBe(2);
    expect(shop.events).toEqual(["create 1", "destroy 1", "create 2"]);
  });

  it("does not harm the resource when it comes after the creation", async () => {
    const controller = new AbortController();
    await lazy.get({ signal: controller.signal });
    controller.abort("enough");
    await turn();
    expect(shop.signals[0]?.aborted).toBe(false);
    expect((await lazy.get()).number).toBe(1);
  });

  it("leaves a resource that comes too late to be destroyed, and a failure of that to the log", async () => {
    const failing = new LazyResource(shop.create, { destroy: () => Promise.reject("stuck"), logger: shop.logger });
    const slow = slowCreation();
    const controller = new AbortController();
    const aborted = expect(failing.get({ signal: controller.signal })).rejects.toBe("enough");
    await turn();
    controller.abort("enough");
    await aborted;
    slow.open();
    await turn();
    expect(shop.log).toEqual([
      {
        level: "error",
        message: "a resource that came too late was not destroyed properly",
        fields: { error: "stuck" },
      },
    ]);
  });
});

describe("reset", () => {
  it("destroys the resource, and the next call creates another one after that", async () => {
    const slow = gate();
    lazy = new LazyResource(shop.create, { destroy: (tool) => slow.wait().then(() => shop.destroy(tool)) });
    await lazy.get();
    const resetting = lazy.reset();
    expect(lazy.isCreated).toBe(false);
    const next = lazy.get();
    expect(await stateOf(next)).toBe("pending");
    slow.open();
    await resetting;
    expect((await next).number).toBe(2);
    expect(shop.events).toEqual(["create 1", "destroy 1", "create 2"]);
  });

  it("does nothing before the creation, and leaves one that is under way alone", async () => {
    await lazy.reset();
    const slow = slowCreation();
    const getting = lazy.get();
    await lazy.reset();
    slow.open();
    expect((await getting).number).toBe(1);
    expect(shop.events).toEqual(["create 1"]);
  });

  it("rejects with what destroy throws, and the next call creates another one", async () => {
    lazy = new LazyResource(shop.create, { destroy: () => Promise.reject("stuck") });
    await lazy.get();
    await expect(lazy.reset()).rejects.toBe("stuck");
    expect((await lazy.get()).number).toBe(2);
  });
});

describe("a lazy resource that is disposed", () => {
  it("destroys the resource, once", async () => {
    {
      await using scoped = lazy;
      await scoped.get();
    }
    await Promise.all([lazy[Symbol.asyncDispose](), lazy[Symbol.asyncDispose]()]);
    expect(shop.events).toEqual(["create 1", "destroy 1"]);
    expect(lazy.isCreated).toBe(false);
  });

  it("destroys nothing that was never created", async () => {
    await lazy[Symbol.asyncDispose]();
    expect(shop.events).toEqual([]);
  });

  it("refuses every call after that", async () => {
    await lazy.get();
    const disposing = lazy[Symbol.asyncDispose]();
    await expect(lazy.get()).rejects.toBeInstanceOf(ResourceError);
    await expect(lazy.get()).rejects.toMatchObject({ code: "RESOURCE_DISPOSED" });
    await expect(lazy.reset()).rejects.toMatchObject({ code: "RESOURCE_DISPOSED" });
    await disposing;
    await expect(lazy.get()).rejects.toMatchObject({ code: "RESOURCE_DISPOSED" });
  });

  it("refuses a call from within destroy", async () => {
    let refused: unknown;
    lazy = new LazyResource(shop.create, {
      destroy: () => lazy.get().catch((error: unknown) => (refused = error)),
    });
    await lazy.get();
    await lazy[Symbol.asyncDispose]();
    expect(refused).toMatchObject({ code: "RESOURCE_DISPOSED" });
  });

  it("aborts a creation, sends those away who wait, and destroys what comes in the end", async () => {
    const slow = slowCreation();
    const getting = lazy.get();
    await turn();
    const disposing = lazy[Symbol.asyncDispose]();
    await expect(getting).rejects.toMatchObject({ code: "RESOURCE_DISPOSED" });
    expect(shop.signals[0]?.aborted).toBe(true);
    expect(await stateOf(disposing)).toBe("pending");
    slow.open();
    await disposing;
    expect(shop.events).toEqual(["create 1", "destroy 1"]);
  });

  it("waits for a reset, and for a creation that was given up", async () => {
    const slow = slowCreation();
    const controller = new AbortController();
    const aborted = expect(lazy.get({ signal: controller.signal })).rejects.toBe("enough");
    await turn();
    controller.abort("enough");
    await aborted;
    const disposing = lazy[Symbol.asyncDispose]();
    expect(await stateOf(disposing)).toBe("pending");
    slow.open();
    await disposing;
    expect(shop.events).toEqual(["create 1", "destroy 1"]);
  });

  it("rejects with what destroy throws", async () => {
    lazy = new LazyResource(shop.create, { destroy: () => Promise.reject("stuck") });
    await lazy.get();
    await expect(lazy[Symbol.asyncDispose]()).rejects.toBe("stuck");
  });
});
