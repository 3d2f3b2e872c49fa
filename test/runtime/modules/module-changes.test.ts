import { type ActivationContext, type Application, type ModuleDefinition, Result } from "@phasewise/runtime";
import { describe, expect, it } from "vitest";
import { rejectionOf } from "../rejection-of.js";
import { applicationOf } from "./application-of.js";
import { recordedModule } from "./recorded-module.js";

/** base ← alpha ← beta ← gamma, and other beside them; started, with an empty list of events. */
async function startedApplication(events: string[], alpha: Partial<ModuleDefinition> = {}): Promise<Application> {
  const app = applicationOf([
    recordedModule(events, "base"),
    recordedModule(events, "alpha", { dependencies: ["base"], ...alpha }),
    recordedModule(events, "beta", { dependencies: ["alpha"] }),
    recordedModule(events, "gamma", { dependencies: ["beta"] }),
    recordedModule(events, "other"),
  ]);
  await app.start();
  events.length = 0;
  return app;
}

/** The modules that are not started, with what they are instead. */
function listDown(app: Application): string[] {
  return app.report.modules
    .map(({ id, state }) => `${id} ${state.status}`)
    .filter((module) => !module.endsWith(" started"));
}

const boot = (id: string) => [`initialize ${id}`, `setupModule ${id}`, `start ${id}`];

describe("app.stopModule", () => {
  it("stops the module after those that depend on it, and nothing else", async () => {
    const events: string[] = [];
    const app = await startedApplication(events);
    await app.stopModule("alpha");
    expect(events).toEqual(["stop gamma", "stop beta", "stop alpha"]);
    expect(listDown(app)).toEqual(["alpha stopped", "beta stopped", "gamma stopped"]);
    expect(app.report.status).toBe("running");
    await app.stop();
    expect(events.slice(3).sort()).toEqual(["stop base", "stop other"]);
  });

  it("does nothing to a module that is stopped", async () => {
    const events: string[] = [];
    const app = await startedApplication(events);
    await app.stopModule("gamma");
    await app.stopModule("gamma");
    expect(events).toEqual(["stop gamma"]);
    await app.stop();
  });

  it("goes on after a failure, and reports it at the end", async () => {
    const events: string[] = [];
    const app = await startedApplication(events, { stop: async () => Result.error("BUSY", "cannot drain") });
    const error = await rejectionOf(app.stopModule("base"));
    expect(error.code).toBe("STOP_FAILED");
    expect(error.errors.map(({ message }) => message)).toEqual([
      expect.stringMatching('^Module "alpha": stop failed .*BUSY'),
    ]);
    expect(listDown(app)).toEqual(["base stopped", "alpha failed", "beta stopped", "gamma stopped"]);
    await app.stop();
  });
});

describe("app.startModule", () => {
  it("starts the module after those that it needs, and nothing else", async () => {
    const events: string[] = [];
    const app = await startedApplication(events);
    await app.stopModule("base");
    events.length = 0;
    await app.startModule("beta");
    expect(events.filter((event) => event.startsWith("initialize")).sort()).toEqual([
      "initialize alpha",
      "initialize base",
      "initialize beta",
    ]);
    expect(events.filter((event) => event.startsWith("setupModule"))).toEqual([
      "setupModule base",
      "setupModule alpha",
      "setupModule beta",
    ]);
    expect(listDown(app)).toEqual(["gamma stopped"]);
    await app.stop();
  });

  it("does nothing to a module that is started", async () => {
    const events: string[] = [];
    const app = await startedApplication(events);
    await app.startModule("alpha");
    expect(events).toEqual([]);
    await app.stop();
  });

  it("that fails leaves nothing running of what it had begun", async () => {
    const events: string[] = [];
    let isBroken = false;
    const start = async () => (isBroken ? Result.error("PORT_IN_USE", "8080") : undefined);
    const app = await startedApplication(events, { start });
    await app.stopModule("base");
    events.length = 0;
    isBroken = true;
    expect(await rejectionOf(app.startModule("beta"))).toMatchObject({
      code: "HOOK_FAILED",
      message: expect.stringMatching('^Module "alpha": start failed'),
    });
    expect(listDown(app)).toEqual(["base stopped", "alpha failed", "beta stopped", "gamma stopped"]);
    const activated = events.filter((event) => event.startsWith("setupModule")).map((event) => event.split(" ")[1]);
    expect(events.filter((event) => event.startsWith("stop"))).toEqual(activated.reverse().map((id) => `stop ${id}`));
    expect(app.report.status).toBe("running");

    isBroken = false;
    await app.startModule("gamma");
    expect(listDown(app)).toEqual([]);
    await app.stop();
  });

  it("lets a module be that was running before, when it fails", async () => {
    const events: string[] = [];
    let isBroken = false;
    const app = await startedApplication(events, {
      setupModule: async () => (isBroken ? Result.error("BROKEN", "by design") : undefined),
    });
    await app.stopModule("alpha");
    isBroken = true;
    events.length = 0;
    await rejectionOf(app.startModule("beta"));
    expect(events).not.toContain("stop base");
    expect(listDown(app)).toEqual(["alpha failed", "beta stopped", "gamma stopped"]);
    await app.stop();
  });
});

describe("app.restartModule", () => {
  it("stops the module with its dependents, and starts those again that were active", async () => {
    const events: string[] = [];
    const app = await startedApplication(events);
    await app.stopModule("gamma");
    events.length = 0;
    await app.restartModule("alpha");
    expect(events.slice(0, 2)).toEqual(["stop beta", "stop alpha"]);
    expect(events.slice(2).sort()).toEqual([...boot("alpha"), ...boot("beta")].sort());
    expect(listDown(app)).toEqual(["gamma stopped"]);
    await app.stop();
  });

  it("starts a module that was stopped, and what it needs", async () => {
    const events: string[] = [];
    const app = await startedApplication(events);
    await app.stopModule("base");
    events.length = 0;
    await app.restartModule("alpha");
    expect(events.filter((event) => /^(?:setupModule|stop)/.test(event))).toEqual([
      "setupModule base",
      "setupModule alpha",
    ]);
    expect(listDown(app)).toEqual(["beta stopped", "gamma stopped"]);
    await app.stop();
  });

  it("makes the services of the module anew, and ends the old contexts", async () => {
    const contexts: ActivationContext[] = [];
    const made: object[] = [];
    const seen: object[] = [];
    const alpha = recordedModule([], "alpha", {
      initialize: async (context) => {
        const counter = { count: made.length };
        made.push(counter);
        context.registerService("alpha.counter", counter);
      },
      setupModule: async (context) => void contexts.push(context),
    });
    const beta = recordedModule([], "beta", {
      dependencies: ["alpha"],
      setupModule: async (context) => void seen.push(context.getService("alpha.counter")),
    });
    const app = applicationOf([alpha, beta]);
    await app.start();
    await app.restartModule("alpha");
    expect(seen).toEqual([made[0], made[1]]);
    expect(app.getService("alpha.counter")).toBe(made[1]);
    expect(contexts.map(({ signal }) => signal.aborted)).toEqual([true, false]);
    expect(() => contexts[0]!.getService("alpha.counter")).toThrow(expect.objectContaining({ code: "WRONG_PHASE" }));
    expect(contexts[1]!.getService("alpha.counter").count).toBe(1);
    await app.stop();
  });

  it("times its phases anew", async () => {
    const app = await startedApplication([]);
    await app.restartModule("alpha");
    expect(app.report.modules.find(({ id }) => id === "alpha")!.phases.map(({ phase }) => phase)).toEqual([
      "registration",
      "activation",
      "start",
    ]);
    await app.stop();
  });
});

describe("calls that change modules", () => {
  it("run one after the other, also after one that failed", async () => {
    const events: string[] = [];
    const app = await startedApplication(events);
    const unknown = rejectionOf(app.stopModule("nobody"));
    await Promise.all([app.restartModule("gamma"), app.stopModule("gamma"), app.startModule("gamma")]);
    expect(events).toEqual(["stop gamma", ...boot("gamma"), "stop gamma", ...boot("gamma")]);
    expect((await unknown).code).toBe("UNKNOWN_MODULE");
    await app.stop();
  });

  it.each(["startModule", "stopModule", "restartModule", "uninstallModule"] as const)(
    "refuse an unknown id, with what was probably meant: %s",
    async (call) => {
      const app = await startedApplication([]);
      expect(await rejectionOf(app[call]("gama"))).toMatchObject({
        code: "UNKNOWN_MODULE",
        message: 'The application was asked for "gama", and no module has that id. Did you mean "gamma"?',
      });
      await app.stop();
    },
  );

  it("are refused while the application is not running", async () => {
    const events: string[] = [];
    const app = applicationOf([recordedModule(events, "alpha")]);
    const refusal = async () => (await rejectionOf(app.stopModule("alpha"))).message;
    expect(await refusal()).toContain('app.stopModule("alpha") was called while the application was created');
    await app.start();
    const stopping = app.stop();
    expect(await refusal()).toContain("was called while the application was stopping");
    await stopping;
    expect(await refusal()).toContain("was called while the application was stopped");
    expect(events.filter((event) => event === "stop alpha")).toHaveLength(1);
  });

  it("that are queued when the application is stopped do not begin", async () => {
    const events: string[] = [];
    const app = await startedApplication(events);
    const underWay = app.stopModule("gamma");
    const refused = rejectionOf(app.startModule("gamma"));
    const stopping = new Promise<void>((resolve) => {
      const stopListening = app.onTransition(() => {
        stopListening();
        resolve(app.stop());
      });
    });
    await Promise.all([underWay, stopping]);
    expect((await refused).code).toBe("WRONG_PHASE");
    expect(events.filter((event) => event.endsWith("gamma"))).toEqual(["stop gamma"]);
  });

  it("are interrupted by app.stop, which stops what they had begun", async () => {
    const events: string[] = [];
    let isWaiting = false;
    let reached!: () => void;
    const untilReached = new Promise<void>((resolve) => (reached = resolve));
    const app = await startedApplication(events, {
      setupModule: async ({ signal }) => {
        if (!isWaiting) return;
        reached();
        await new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
      },
    });
    await app.stopModule("base");
    isWaiting = true;
    const starting = rejectionOf(app.startModule("alpha"));
    await untilReached;
    await app.stop();
    expect((await starting).code).toBe("BOOT_STOPPED");
    expect(app.report.modules.map(({ state }) => state.status)).toEqual(Array(5).fill("stopped"));
  });
});
