import { setImmediate as nextTurn } from "node:timers/promises";
import { type ActivationContext, type Module, type ModuleDefinition, Result } from "@phasewise/runtime";
import { fakeClock } from "@phasewise/runtime/testing";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import "../events/registry.js";
import { rejectionOf } from "../rejection-of.js";
import { applicationOf } from "./application-of.js";
import { recordedModule } from "./recorded-module.js";

const unhandled: unknown[] = [];
const note = (reason: unknown) => void unhandled.push(reason);
beforeEach(() => void process.on("unhandledRejection", note));
afterEach(async () => {
  await nextTurn();
  process.off("unhandledRejection", note);
  expect(unhandled.splice(0)).toEqual([]);
});

type SetUp = (context: ActivationContext) => Promise<unknown>;

function module(id: string, setUp: SetUp, overrides: Partial<ModuleDefinition> = {}): Module {
  return recordedModule([], id, { setupModule: async (context) => void (await setUp(context)), ...overrides });
}

const idle: SetUp = async () => undefined;

/** The message of the deadlock that the modules end in, without its last line. */
async function deadlockOf(...modules: Module[]): Promise<string[]> {
  const error = await rejectionOf(applicationOf(modules).start());
  expect(error.code).toBe("DEADLOCK");
  const lines = error.message.split("\n");
  expect(lines.shift()).toBe("None of these can go on:");
  expect(lines.pop()).toBe("Remove one of the waits, or wait in start or in a background task.");
  return lines;
}

async function boots(...modules: Module[]): Promise<void> {
  const app = applicationOf(modules);
  expect((await app.start()).status).toBe("running");
  await nextTurn();
  await app.stop();
}

describe("waitForModule", () => {
  it("resolves when the module is active, whether it is a dependency or not", async () => {
    const events: string[] = [];
    const alpha = module("alpha", async (context) => {
      await context.waitForModule("beta");
      events.push("alpha goes on");
      await context.waitForModule("beta");
    });
    const beta = module("beta", async () => void events.push("beta is set up"));
    await boots(alpha, beta);
    expect(events).toEqual(["beta is set up", "alpha goes on"]);
  });

  it("refuses a module that is not there, with what was probably meant", async () => {
    const app = applicationOf([module("alpha", (context) => context.waitForModule("bet")), module("beta", idle)]);
    expect(await rejectionOf(app.start())).toMatchObject({
      code: "UNKNOWN_MODULE",
      message: 'Module "alpha" waits for "bet", and no module has that id. Did you mean "beta"?',
    });
  });

  it("refuses a module that has been stopped", async () => {
    const codes: string[] = [];
    const alpha = module("alpha", async (context) => {
      codes.push(
        await context.waitForModule("beta").then(
          () => "ACTIVE",
          ({ code }: { code: string }) => code,
        ),
      );
    });
    const app = applicationOf([alpha, module("beta", idle)]);
    await app.start();
    await app.stopModule("beta");
    await app.restartModule("alpha");
    expect(codes).toEqual(["ACTIVE", "MODULE_UNAVAILABLE"]);
    await app.stop();
  });

  it("rejects at once when a signal aborts, or has aborted", async () => {
    const reasons: unknown[] = [];
    let release!: () => void;
    const untilReleased = new Promise<void>((resolve) => (release = resolve));
    const alpha = module("alpha", async (context) => {
      const controller = new AbortController();
      const waiting = context.waitForModule("beta", controller);
      controller.abort("no patience");
      reasons.push(await waiting.catch((reason: unknown) => reason));
      reasons.push(await context.waitForModule("beta", controller).catch((reason: unknown) => reason));
      release();
    });
    await boots(
      alpha,
      module("beta", () => untilReleased),
    );
    expect(reasons).toEqual(["no patience", "no patience"]);
  });

  it("is interrupted with the boot", async () => {
    const app = applicationOf([
      module("alpha", (context) => context.waitForModule("beta")),
      module("beta", () => new Promise((_, reject) => setImmediate(reject, new Error("no route")))),
    ]);
    expect(await rejectionOf(app.start())).toMatchObject({ code: "HOOK_FAILED", errors: [] });
    expect(app.report.modules.map(({ id, state }) => `${id} ${state.status}`)).toEqual([
      "alpha stopped",
      "beta failed",
    ]);
  });

  it("counts as a use of the module", async () => {
    const alpha = module("alpha", (context) => context.waitForModule("beta"), { dependencies: ["beta"] });
    const app = applicationOf([alpha, module("beta", idle)]);
    expect((await app.start()).dependencyFindings).toEqual([]);
    await app.stop();
  });
});

describe("a deadlock", () => {
  it("of a module that waits for itself is told", async () => {
    expect(await deadlockOf(module("alpha", (context) => context.waitForModule("alpha")))).toEqual([
      '- module "alpha" waits for module "alpha"',
    ]);
  });

  it("of modules that wait for each other is told with the circle", async () => {
    const lines = await deadlockOf(
      module("alpha", (context) => context.waitForModule("beta")),
      module("beta", (context) => context.waitForModule("gamma")),
      module("gamma", (context) => context.waitForModule("alpha")),
    );
    expect(lines).toEqual([
      '- module "gamma" waits for module "alpha"',
      '- module "alpha" waits for module "beta"',
      '- module "beta" waits for module "gamma"',
    ]);
  });

  it("with a declared dependency is told with the circle", async () => {
    const lines = await deadlockOf(
      module("alpha", (context) => context.waitForModule("gamma")),
      module("beta", idle, { dependencies: ["alpha"] }),
      module("gamma", idle, { dependencies: ["beta"] }),
    );
    expect(lines).toEqual([
      '- module "alpha" waits for module "gamma"',
      '- module "gamma" waits for module "beta"',
      '- module "beta" waits for module "alpha"',
    ]);
  });

  it("of an event that can only come later is told with the circle", async () => {
    const orders = module("orders", idle, { dependencies: ["alpha"] });
    expect(
      await deadlockOf(
        module("alpha", (context) => context.waitFor("orders.placed")),
        orders,
      ),
    ).toEqual(['- module "alpha" waits for the event "orders.placed"', '- module "orders" waits for module "alpha"']);
    expect(
      await deadlockOf(
        module("alpha", (context) => context.waitFor("orders.*")),
        orders,
      ),
    ).toEqual(['- module "alpha" waits for the event "orders.*"', '- module "orders" waits for module "alpha"']);
  });

  const lazy = (create: (context: ActivationContext) => Promise<unknown>, other = create) =>
    recordedModule([], "alpha", {
      initialize: async (context) => {
        context.registerLazyService("alpha.counter", (own) => create(own).then(() => ({ count: 1 })));
        context.registerLazyService("alpha.other", (own) => other(own).then(() => ({ count: 1 })));
      },
      setupModule: async (context) => void (await context.getLazyService("alpha.counter")),
    });

  it("of a lazy service that needs itself is told", async () => {
    expect(await deadlockOf(lazy((context) => context.getLazyService("alpha.counter")))).toEqual([
      '- service "alpha.counter" waits for the service "alpha.counter"',
    ]);
  });

  it("of lazy services that need each other is told with the circle", async () => {
    const lines = await deadlockOf(
      lazy(
        (context) => context.getLazyService("alpha.other"),
        (context) => context.getLazyService("alpha.counter"),
      ),
    );
    expect(lines).toEqual([
      '- service "alpha.other" waits for the service "alpha.counter"',
      '- service "alpha.counter" waits for the service "alpha.other"',
    ]);
  });

  it("of a lazy service that waits for the module that waits for it is told with the circle", async () => {
    const lines = await deadlockOf(
      lazy((context) => context.waitForModule("beta")),
      module("beta", idle, { dependencies: ["alpha"] }),
    );
    expect(lines).toEqual([
      '- service "alpha.counter" waits for module "beta"',
      '- module "beta" waits for module "alpha"',
      '- module "alpha" waits for the service "alpha.counter"',
    ]);
  });

  it("is told to every module of the circle that can still be saved", async () => {
    const codes: string[] = [];
    const alpha = module("alpha", (context) => context.waitForModule("beta"));
    const beta = module("beta", async (context) =>
      codes.push((await rejectionOf(context.waitForModule("alpha"))).code),
    );
    await boots(alpha, beta);
    expect(codes).toEqual(["DEADLOCK"]);
  });
});

describe("no deadlock", () => {
  it("is a chain of waits, whatever its order", async () => {
    await boots(
      module("alpha", (context) => context.waitForModule("beta")),
      module("beta", (context) => context.waitForModule("gamma")),
      module("delta", (context) => context.waitForModule("gamma"), { dependencies: ["beta"] }),
      module("gamma", idle),
    );
  });

  it("is a wait in start", async () => {
    await boots(
      module("alpha", idle, { start: (context) => context.waitForModule("beta") }),
      module("beta", idle, { dependencies: ["alpha"], start: (context) => context.waitForModule("alpha") }),
    );
  });

  it("is a wait in a background task", async () => {
    const seen: string[] = [];
    const waitInBackground = (other: string) => async (context: ActivationContext) =>
      context.background("wait", async () => {
        await context.waitForModule(other);
        seen.push(other);
      });
    await boots(
      module("alpha", waitInBackground("beta")),
      module("beta", waitInBackground("alpha"), { dependencies: ["alpha"] }),
    );
    expect(seen.sort()).toEqual(["alpha", "beta"]);
  });

  it("is a wait for an event that a background task waits for, or that another module publishes in time", async () => {
    const seen: unknown[] = [];
    const alpha = module("alpha", async (context) => {
      context.background("wait", async () => {
        const outcome = await context.waitFor("orders.placed");
        if (outcome.success) seen.push(outcome.data.data);
      });
    });
    const early = module("early", async (context) => {
      const outcome = await context.waitFor("stock.*");
      if (outcome.success) seen.push(outcome.data.data);
    });
    const stock = module("stock", (context) => context.publish("stock.low", { item: 3 }));
    const orders = module("orders", (context) => context.publish("orders.placed", { orderId: "o-1" }), {
      dependencies: ["alpha"],
    });
    await boots(alpha, early, orders, stock);
    expect(seen).toEqual(expect.arrayContaining([{ orderId: "o-1" }, { item: 3 }]));
  });

  it("is what remains after a wait was given up", async () => {
    const controller = new AbortController();
    const alpha = module("alpha", async (context) => {
      const waiting = context.waitForModule("beta", controller);
      await nextTurn();
      controller.abort();
      await expect(waiting).rejects.toThrow();
    });
    const beta = module("beta", async (context) => {
      await nextTurn();
      await nextTurn();
      await context.waitForModule("alpha");
    });
    await boots(alpha, beta);
  });

  it("are two that need the same lazy service, while it is made", async () => {
    const alpha = recordedModule([], "alpha", {
      initialize: async (context) => {
        context.registerLazyService("alpha.counter", async (own) => {
          await own.waitForModule("gamma");
          return { count: 1 };
        });
      },
    });
    const need = (id: string) =>
      module(id, (context) => context.getLazyService("alpha.counter"), { dependencies: ["alpha"] });
    await boots(need("beta"), need("delta"), alpha, module("gamma", idle));
  });
});

describe("a wait that ends with the timeout of the hook", () => {
  it("names what was awaited", async () => {
    const clock = fakeClock();
    const alpha = module("alpha", (context) => context.waitForModule("beta"));
    const beta = module("beta", () => new Promise(() => {}), { hookTimeoutMs: { setupModule: 500 } });
    const app = applicationOf([alpha, beta], { clock, hookTimeoutMs: 100 });
    const failing = rejectionOf(app.start());
    await clock.advance(500);
    const error = await failing;
    expect(error.errors[0]).toMatchObject({
      code: "HOOK_TIMED_OUT",
      message: expect.stringContaining(
        'Module "alpha": setupModule was not done after 100 ms. It awaits module "beta".',
      ),
    });
  });

  it("is an ordinary failure where the hook makes it one", async () => {
    const alpha = module("alpha", idle, {
      setupModule: (context) => Result.attempt("WAIT_FAILED", () => context.waitForModule("alpha")),
    });
    expect((await deadlockOf(alpha)).length).toBe(1);
  });
});
