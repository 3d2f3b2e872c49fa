import { setImmediate as nextTurn } from "node:timers/promises";
import { type ActivationContext, type Module } from "@phasewise/runtime";
import { expectSuccess } from "@phasewise/runtime/testing";
import { describe, expect, it } from "vitest";
import "../events/registry.js";
import { rejectionOf } from "../rejection-of.js";
import { applicationOf } from "./application-of.js";
import { recordedLog } from "./recorded-log.js";
import { recordedModule } from "./recorded-module.js";

/** A module that keeps its context for the test. */
function publisher(contexts: ActivationContext[], dependencies: string[] = []): Module {
  return recordedModule([], "stock", { dependencies, setupModule: async (context) => void contexts.push(context) });
}

const low = async ({ publish }: ActivationContext, item: number) => expectSuccess(await publish("stock.low", { item }));

describe("a handler of phase 1", () => {
  it("receives events from the moment when its module is active, and none before", async () => {
    const items: number[] = [];
    const contexts: ActivationContext[] = [];
    const alpha = recordedModule([], "alpha", {
      dependencies: ["stock"],
      initialize: async (context) => void context.subscribe("stock.*", async ({ data }) => items.push(data.item)),
      setupModule: () => low(contexts[0]!, 1),
    });
    const bare = recordedModule([], "bare", {
      initialize: async (context) => void context.once("stock.low", async ({ data }) => items.push(data.item * 10)),
    });
    const app = applicationOf([publisher(contexts), alpha, bare]);
    app.onTransition(({ moduleId, to }) => {
      if (moduleId === "alpha" && to.status === "active") contexts[0]!.publishAndForget("stock.low", { item: 2 });
    });
    await app.start();
    await low(contexts[0]!, 3);
    expect(items.filter((item) => item < 10)).toEqual([2, 3]);
    expect(items.filter((item) => item >= 10)).toHaveLength(1);
    await app.stop();
  });

  it("receives nothing when its module failed", async () => {
    const items: number[] = [];
    const contexts: ActivationContext[] = [];
    const alpha = recordedModule([], "alpha", {
      initialize: async (context) => void context.subscribe("stock.low", async ({ data }) => items.push(data.item)),
      setupModule: () => Promise.reject(new Error("by design")),
    });
    const app = applicationOf([publisher(contexts), alpha], { onModuleFailure: "isolate" });
    await app.start();
    await low(contexts[0]!, 1);
    expect(items).toEqual([]);
    await app.stop();
  });
});

describe("the handlers of a module", () => {
  it("are removed when it stops, and there again once when it is started again", async () => {
    const items: string[] = [];
    const contexts: ActivationContext[] = [];
    const alpha = recordedModule([], "alpha", {
      initialize: async (context) =>
        void context.subscribe("stock.low", async ({ data }) => items.push(`phase 1: ${data.item}`)),
      setupModule: async (context) =>
        void context.subscribe("stock.low", async ({ data }) => items.push(`phase 2: ${data.item}`)),
    });
    const app = applicationOf([publisher(contexts), alpha]);
    await app.start();
    await low(contexts[0]!, 1);
    await app.stopModule("alpha");
    await low(contexts[0]!, 2);
    await app.startModule("alpha");
    await low(contexts[0]!, 3);
    expect(items.sort()).toEqual(["phase 1: 1", "phase 1: 3", "phase 2: 1", "phase 2: 3"]);
    await app.stop();
  });

  it("that are running are awaited between the stop hook and the disposal", async () => {
    const steps: string[] = [];
    const contexts: ActivationContext[] = [];
    const alpha = recordedModule(steps, "alpha", {
      initialize: async (context) =>
        void context.subscribe("stock.low", async (_event, { signal }) => {
          await new Promise((resolve) => signal.addEventListener("abort", resolve));
          await nextTurn();
          steps.push("handled");
        }),
      [Symbol.asyncDispose]: async () => void steps.push("dispose alpha"),
    });
    const app = applicationOf([publisher(contexts), alpha]);
    await app.start();
    contexts[0]!.publishAndForget("stock.low", { item: 1 });
    await app.stopModule("alpha");
    expect(steps.slice(-3)).toEqual(["stop alpha", "handled", "dispose alpha"]);
    await app.stop();
  });

  it("that fail are logged by their module when nobody awaits them", async () => {
    const { logger, lines } = recordedLog();
    const contexts: ActivationContext[] = [];
    const alpha = recordedModule([], "alpha", {
      initialize: async (context) => void context.subscribe("*", () => Promise.reject(new Error("by design"))),
    });
    const app = applicationOf([publisher(contexts), alpha], { logger });
    await app.start();
    contexts[0]!.publishAndForget("stock.low", { item: 1 });
    await nextTurn();
    expect(lines.filter(({ level }) => level === "error")).toEqual([expect.objectContaining({ module: "alpha" })]);
    await app.stop();
  });

  it("cannot be added while the module is being disposed", async () => {
    const errors: unknown[] = [];
    const contexts: ActivationContext[] = [];
    const alpha = recordedModule([], "alpha", {
      setupModule: async (context) => void contexts.push(context),
      [Symbol.asyncDispose]: async () => {
        try {
          contexts[0]!.subscribe("stock.low", async () => {});
        } catch (error) {
          errors.push(error);
        }
      },
    });
    const app = applicationOf([alpha]);
    await app.start();
    await app.stop();
    expect(errors).toEqual([expect.objectContaining({ code: "EVENTS_CLOSED" })]);
  });
});

describe("events out of their phase", () => {
  it.each(["publish", "publishAndForget", "waitFor", "events"] as const)("are refused in phase 1: %s", async (call) => {
    const alpha = recordedModule([], "alpha", {
      initialize: async (context) =>
        void (await (context as unknown as Record<string, (type: string) => Promise<void>>)[call]!("stock.low")),
    });
    expect(await rejectionOf(applicationOf([alpha]).start())).toMatchObject({
      code: "WRONG_PHASE",
      message: expect.stringContaining(`"alpha" called ${call}("stock.low") in phase 1 (registration)`),
    });
  });

  it("are refused once the module has stopped", async () => {
    const contexts: ActivationContext[] = [];
    const app = applicationOf([publisher(contexts)]);
    await app.start();
    await app.stop();
    await expect(contexts[0]!.publish("stock.low", { item: 1 })).rejects.toMatchObject({ code: "WRONG_PHASE" });
    expect(() => contexts[0]!.subscribe("stock.low", async () => {})).toThrow(
      expect.objectContaining({ code: "WRONG_PHASE" }),
    );
  });
});

describe("a wait for an event", () => {
  it("ends when its module stops", async () => {
    const reasons: unknown[] = [];
    const alpha = recordedModule([], "alpha", {
      setupModule: async (context) =>
        context.background("wait", () => context.waitFor("stock.low").catch((reason: unknown) => reasons.push(reason))),
    });
    const app = applicationOf([alpha]);
    await app.start();
    await nextTurn();
    await app.stop();
    expect(reasons).toEqual([expect.objectContaining({ code: "EVENTS_CLOSED" })]);
  });
});
