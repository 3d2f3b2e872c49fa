import { setImmediate as nextTurn } from "node:timers/promises";
import { type ActivationContext, Result, Service, type ServiceOf } from "@phasewise/runtime";
import { describe, expect, it } from "vitest";
import { rejectionOf } from "../rejection-of.js";
import type { Counter } from "../registry.js";
import { applicationOf } from "./application-of.js";
import { recordedModule } from "./recorded-module.js";

type Create<Id extends "alpha.counter" | "beta.service"> = (
  context: ActivationContext,
) => ServiceOf<Id> | Promise<ServiceOf<Id>>;

const alpha = (create: Create<"alpha.counter">) =>
  recordedModule([], "alpha", {
    initialize: async (context) => context.registerLazyService("alpha.counter", create),
  });

const user = (id: string, setupModule: (context: ActivationContext) => Promise<void>) =>
  recordedModule([], id, { dependencies: ["alpha"], setupModule });

describe("a lazy service", () => {
  it("is not made when nobody asks for it", async () => {
    let made = 0;
    const app = applicationOf([alpha(() => ({ count: ++made }))]);
    await app.start();
    expect(app.report.modules[0]!.services).toEqual(["alpha.counter"]);
    await app.stop();
    expect(made).toBe(0);
  });

  it("is made once, however many ask, at the same time and later", async () => {
    let made = 0;
    const seen: Counter[] = [];
    const create = async () => {
      await nextTurn();
      return { count: ++made };
    };
    const ask = async (context: ActivationContext) => {
      seen.push(...(await Promise.all([1, 2].map(() => context.getLazyService("alpha.counter")))));
      seen.push(await context.getLazyService("alpha.counter"), context.getService("alpha.counter"));
    };
    const app = applicationOf([alpha(create), user("beta", ask), user("gamma", ask)]);
    await app.start();
    expect(new Set(seen)).toEqual(new Set([{ count: 1 }]));
    expect(new Set(seen).size).toBe(1);
    expect(app.getService("alpha.counter")).toBe(seen[0]);
    await app.stop();
    expect(made).toBe(1);
  });

  it("is made with the context of its own module", async () => {
    const ids: string[] = [];
    const create = (context: ActivationContext) => {
      ids.push(context.moduleId);
      return { count: context.getService("alpha.other").count };
    };
    const owner = recordedModule([], "alpha", {
      initialize: async (context) => {
        context.registerService("alpha.other", { count: 5 });
        context.registerLazyService("alpha.counter", create);
      },
    });
    const app = applicationOf([
      owner,
      user("beta", async (context) => void (await context.getLazyService("alpha.counter"))),
    ]);
    await app.start();
    expect([...ids, app.getService("alpha.counter").count]).toEqual(["alpha", 5]);
    await app.stop();
  });

  it("is refused by getService until it has been made", async () => {
    const app = applicationOf([alpha(() => ({ count: 1 }))]);
    await app.start();
    expect(() => app.getService("alpha.counter")).toThrow(expect.objectContaining({ code: "LAZY_SERVICE" }));
    await app.stop();
    const early = applicationOf([
      alpha(() => ({ count: 1 })),
      user("beta", async (context) => void context.getService("alpha.counter")),
    ]);
    expect((await rejectionOf(early.start())).code).toBe("LAZY_SERVICE");
  });

  it("asked for with getLazyService, may be an ordinary one", async () => {
    const owner = recordedModule([], "alpha", {
      initialize: async (context) => context.registerService("alpha.counter", { count: 9 }),
    });
    const counts: number[] = [];
    const ask = async (context: ActivationContext) =>
      void counts.push((await context.getLazyService("alpha.counter")).count);
    const app = applicationOf([owner, user("beta", ask)]);
    await app.start();
    expect(counts).toEqual([9]);
    await app.stop();
  });

  it("must belong to a dependency", async () => {
    const stranger = recordedModule([], "beta", {
      setupModule: async (context) => void (await context.getLazyService("alpha.counter")),
    });
    const app = applicationOf([alpha(() => ({ count: 1 })), stranger]);
    expect((await rejectionOf(app.start())).code).toBe("UNDECLARED_DEPENDENCY");
  });
});

class RecordedService extends Service {
  readonly #events: string[];

  constructor(events: string[]) {
    super();
    this.#events = events;
  }

  protected override async onInitialize({ moduleId }: ActivationContext) {
    this.#events.push(`initialize by ${moduleId}`);
    return Result.success(undefined);
  }

  protected override async onDispose() {
    this.#events.push("dispose");
  }
}

const betaWith = (events: string[], create: Create<"beta.service">, isUsed = true) =>
  recordedModule(events, "beta", {
    initialize: async (context) => context.registerLazyService("beta.service", create),
    setupModule: async (context) => void (isUsed && (await context.getLazyService("beta.service"))),
  });

describe("a lazy Service", () => {
  it("is initialized once, also when the function has done so, and disposed after stop", async () => {
    for (const isInitialized of [false, true]) {
      const events: string[] = [];
      const create = async (context: ActivationContext) => {
        const service = new RecordedService(events);
        if (isInitialized) await service.initialize(context);
        return service;
      };
      const app = applicationOf([betaWith(events, create)]);
      await app.start();
      await app.stop();
      expect(events).toEqual(["initialize by beta", "start beta", "stop beta", "dispose"]);
    }
  });

  it("that was never made is not disposed", async () => {
    const events: string[] = [];
    const app = applicationOf([betaWith(events, () => new RecordedService(events), false)]);
    await app.start();
    await app.stop();
    expect(events).toEqual(["start beta", "stop beta"]);
  });

  it("that is being made when its module is stopped is awaited and disposed", async () => {
    const events: string[] = [];
    let finish!: () => void;
    const create = async () => {
      await new Promise<void>((resolve) => (finish = resolve));
      return new RecordedService(events);
    };
    const beta = recordedModule(events, "beta", {
      initialize: async (context) => context.registerLazyService("beta.service", create),
      start: async (context) => void context.getLazyService("beta.service").catch(() => events.push("given up")),
      stop: async () => void setImmediate(finish),
    });
    const app = applicationOf([beta]);
    await app.start();
    await app.stop();
    expect(events.slice(1)).toEqual(["given up", "initialize by beta", "dispose"]);
  });

  it("is not made any more by a module that is being released", async () => {
    const events: string[] = [];
    const disposal = async (context: ActivationContext) => {
      await context.getLazyService("beta.service").catch(({ name }: Error) => events.push(name));
    };
    let kept!: ActivationContext;
    const app = applicationOf([
      recordedModule([], "beta", {
        initialize: async (context) => context.registerLazyService("beta.service", () => new RecordedService(events)),
        setupModule: async (context) => void (kept = context),
        [Symbol.asyncDispose]: () => disposal(kept),
      }),
    ]);
    await app.start();
    await app.stop();
    expect(events).toEqual(["AbortError"]);
  });
});

describe("a lazy service that cannot be made", () => {
  it.each<[string, Create<"beta.service">, string]>([
    ["throws", () => Promise.reject(new Error("no route")), "no route"],
    [
      "fails in initialize",
      () =>
        new (class extends Service {
          protected override async onInitialize() {
            return Result.error("UNREACHABLE", "no route");
          }
        })(),
      "UNREACHABLE: no route",
    ],
    ["gives nothing", (() => undefined) as never, "the function gave undefined"],
  ])("because it %s tells so to all who asked", async (_way, create, cause) => {
    const outcomes: unknown[] = [];
    const beta = recordedModule([], "beta", {
      initialize: async (context) => context.registerLazyService("beta.service", create),
      setupModule: async (context) => {
        const asking = [1, 2].map(() => rejectionOf(context.getLazyService("beta.service")));
        outcomes.push(...(await Promise.all(asking)));
      },
    });
    const app = applicationOf([beta]);
    await app.start();
    expect(outcomes[0]).toMatchObject({
      code: "LAZY_SERVICE_FAILED",
      message: `The lazy service "beta.service" could not be made: ${cause}`,
    });
    expect(outcomes[1]).toBe(outcomes[0]);
    await app.stop();
  });

  it("fails the hook that does not catch that", async () => {
    const app = applicationOf([betaWith([], () => Promise.reject(new Error("no route")))]);
    expect((await rejectionOf(app.start())).code).toBe("LAZY_SERVICE_FAILED");
  });

  it("is tried again when it is asked for again", async () => {
    let attempts = 0;
    const create = () => (++attempts === 1 ? Promise.reject(new Error("no route")) : new RecordedService([]));
    const outcomes: unknown[] = [];
    const beta = recordedModule([], "beta", {
      initialize: async (context) => context.registerLazyService("beta.service", create),
      setupModule: async (context) => {
        outcomes.push((await rejectionOf(context.getLazyService("beta.service"))).code);
        outcomes.push(await context.getLazyService("beta.service"), await context.getLazyService("beta.service"));
      },
    });
    const app = applicationOf([beta]);
    await app.start();
    expect(outcomes).toEqual(["LAZY_SERVICE_FAILED", expect.any(RecordedService), outcomes[1]]);
    expect(attempts).toBe(2);
    await app.stop();
  });
});

describe("waiting for a lazy service", () => {
  it("ends when the signal aborts, and with it no making", async () => {
    let finish!: (counter: Counter) => void;
    const aborted: unknown[] = [];
    const ask = async (context: ActivationContext) => {
      const controller = new AbortController();
      const waiting = context.getLazyService("alpha.counter", controller);
      controller.abort("no patience");
      aborted.push(await waiting.catch((reason: unknown) => reason));
      aborted.push(await context.getLazyService("alpha.counter", controller).catch((reason: unknown) => reason));
      finish({ count: 4 });
      aborted.push(await context.getLazyService("alpha.counter"));
    };
    const app = applicationOf([alpha(() => new Promise((resolve) => (finish = resolve))), user("beta", ask)]);
    await app.start();
    expect(aborted).toEqual(["no patience", "no patience", { count: 4 }]);
    await app.stop();
  });
});
