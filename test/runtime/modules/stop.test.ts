import { type ActivationContext, type Clock, Result, Service, systemClock } from "@phasewise/runtime";
import { fakeClock } from "@phasewise/runtime/testing";
import { describe, expect, it } from "vitest";
import { rejectionOf } from "../rejection-of.js";
import { applicationOf } from "./application-of.js";
import { recordedModule } from "./recorded-module.js";

class RecordedService extends Service {
  readonly #name: string;
  readonly #events: string[];

  constructor(events: string[], name: string) {
    super();
    this.#name = name;
    this.#events = events;
  }

  protected override async onDispose() {
    this.#events.push(`dispose ${this.#name}`);
  }
}

describe("stop", () => {
  it("stops every module after those that depend on it", async () => {
    const events: string[] = [];
    const app = applicationOf([
      recordedModule(events, "database"),
      recordedModule(events, "billing", { dependencies: ["database"] }),
      recordedModule(events, "web", { dependencies: ["billing", "database"] }),
    ]);
    await app.start();
    await app.stop();
    expect(events.slice(-3)).toEqual(["stop web", "stop billing", "stop database"]);
    expect(app.report.status).toBe("stopped");
    expect(app.report.modules.every(({ state }) => state.status === "stopped")).toBe(true);
  });

  it("happens once, however often it is asked for", async () => {
    const events: string[] = [];
    const app = applicationOf([recordedModule(events, "alpha")]);
    await app.start();
    await Promise.all([app.stop(), app.stop()]);
    await app.stop();
    await app.stopped;
    expect(events.filter((event) => event === "stop alpha")).toHaveLength(1);
  });

  it("disposes the services of a module in reverse order, after its stop hook and before its dependencies stop", async () => {
    const events: string[] = [];
    const app = applicationOf([
      recordedModule(events, "base"),
      recordedModule(events, "alpha", {
        dependencies: ["base"],
        initialize: async (context) => {
          context.registerService("alpha.counter", Object.assign(new RecordedService(events, "first"), { count: 0 }));
          context.registerService("beta.service", new RecordedService(events, "second"));
        },
        setupModule: async (context) => {
          const first = context.getService("alpha.counter") as unknown as Service;
          return Result.all([first.initialize(context), context.getService("beta.service").initialize(context)]);
        },
      }),
    ]);
    await app.start();
    await app.stop();
    expect(events.slice(-4)).toEqual(["stop alpha", "dispose second", "dispose first", "stop base"]);
  });

  it("aborts the signal of a module once its stop hook is done", async () => {
    const aborted: boolean[] = [];
    let kept!: ActivationContext;
    const app = applicationOf([
      recordedModule([], "alpha", {
        setupModule: async (context) => void (kept = context),
        stop: async ({ signal }) => void aborted.push(signal.aborted),
      }),
    ]);
    await app.start();
    await app.stop();
    expect([...aborted, kept.signal.aborted]).toEqual([false, true]);
  });

  it("gives every module its turn and reports all failures at the end", async () => {
    const clock = fakeClock();
    const events: string[] = [];
    const app = applicationOf(
      [
        recordedModule(events, "database"),
        recordedModule(events, "mail", { dependencies: ["database"], stop: () => Promise.reject(new Error("busy")) }),
        recordedModule(events, "web", { dependencies: ["mail"], stop: () => new Promise(() => {}) }),
      ],
      { clock, hookTimeoutMs: 1_000 },
    );
    await app.start();
    const failing = rejectionOf(app.stop());
    await clock.advance(1_000);

    const error = await failing;
    expect(error.code).toBe("STOP_FAILED");
    expect(error.errors.map(({ code, message }) => [code, message.slice(0, 18)])).toEqual([
      ["HOOK_TIMED_OUT", 'Module "web": stop'],
      ["HOOK_FAILED", 'Module "mail": sto'],
    ]);
    expect(error.errors[0]!.message).toContain("Waiting for it: database, mail.");
    expect(events.at(-1)).toBe("stop database");
    await app.stopped;
  });

  it("disposes a service although the stop hook failed, and reports both failures", async () => {
    const events: string[] = [];
    const app = applicationOf([
      recordedModule(events, "alpha", {
        initialize: async (context) => {
          const disposal = async () => {
            events.push("disposal");
            throw new Error("cannot close");
          };
          context.registerService("alpha.counter", Object.assign({ count: 0 }, { [Symbol.asyncDispose]: disposal }));
        },
        stop: async () => Result.error("BUSY", "cannot drain"),
      }),
    ]);
    await app.start();
    const { errors } = await rejectionOf(app.stop());
    expect(events.at(-1)).toBe("disposal");
    expect(errors.map(({ message }) => message.replace(/failed.*: /, ""))).toEqual([
      'Module "alpha": stop cannot drain',
      'Module "alpha": disposal cannot close',
    ]);
  });

  it("interrupts a boot, which then rejects", async () => {
    const events: string[] = [];
    const app = applicationOf([
      recordedModule(events, "alpha"),
      recordedModule(events, "beta", {
        dependencies: ["alpha"],
        setupModule: ({ signal }) =>
          new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason))),
      }),
      recordedModule(events, "gamma", { dependencies: ["beta"] }),
    ]);
    const starting = rejectionOf(app.start());
    for await (const { id } of app.modules()) if (id === "alpha") break;
    await app.stop();

    expect(await starting).toMatchObject({ code: "BOOT_STOPPED", errors: [] });
    expect(events.slice(-2)).toEqual(["start alpha", "stop alpha"]);
    expect(app.report.status).toBe("stopped");
  });

  it("lets no further hook of the boot begin, also when the running one ends well", async () => {
    const events: string[] = [];
    let finish!: () => void;
    const app = applicationOf([
      recordedModule(events, "alpha"),
      recordedModule(events, "beta", {
        dependencies: ["alpha"],
        setupModule: () => new Promise((resolve) => (finish = resolve)),
      }),
      recordedModule(events, "gamma", { dependencies: ["beta"] }),
    ]);
    const starting = rejectionOf(app.start());
    for await (const { id } of app.modules()) if (id === "alpha") break;
    const stopping = app.stop();
    finish();
    await stopping;

    expect((await starting).code).toBe("BOOT_STOPPED");
    expect(events.slice(-3)).toEqual(["start alpha", "stop beta", "stop alpha"]);
  });

  it("right after the start, lets no hook begin at all", async () => {
    const events: string[] = [];
    const app = applicationOf([recordedModule(events, "alpha")]);
    const starting = rejectionOf(app.start());
    await app.stop();
    expect((await starting).code).toBe("BOOT_STOPPED");
    expect(events).toEqual([]);
  });

  it("leaves no timer behind", async () => {
    const timers = new Set<object>();
    const clock: Clock = {
      ...systemClock,
      schedule() {
        const timer = {};
        timers.add(timer);
        return () => void timers.delete(timer);
      },
    };
    const app = applicationOf([recordedModule([], "alpha", { stop: () => Promise.reject(new Error("busy")) })], {
      clock,
    });
    await app.start();
    await rejectionOf(app.stop());
    expect(timers.size).toBe(0);
  });

  it("before the start, leaves an application that does not start", async () => {
    const events: string[] = [];
    const app = applicationOf([recordedModule(events, "alpha")]);
    await app.stop();
    expect((await rejectionOf(app.start())).code).toBe("BOOT_STOPPED");
    expect(events).toEqual([]);
  });

  it("is what await using does", async () => {
    const events: string[] = [];
    {
      await using app = applicationOf([recordedModule(events, "alpha")]);
      await app.start();
    }
    expect(events.at(-1)).toBe("stop alpha");
  });
});
