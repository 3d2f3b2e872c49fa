import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { type ModuleDefinition, Result } from "@phasewise/runtime";
import { fakeClock } from "@phasewise/runtime/testing";
import { describe, expect, it } from "vitest";
import { rejectionOf } from "../rejection-of.js";
import { temporaryFolder } from "../temporary-folder.js";
import { applicationOf } from "./application-of.js";
import { RecordedInstallations } from "./recorded-installations.js";
import { recordedModule } from "./recorded-module.js";

/** A module that writes `install id from version` into the list. */
function installedModule(events: string[], id: string, overrides: Partial<ModuleDefinition> = {}) {
  return recordedModule(events, id, {
    install: async (_context, { previousVersion }) => void events.push(`install ${id} from ${previousVersion}`),
    uninstall: async () => void events.push(`uninstall ${id}`),
    ...overrides,
  });
}

async function startAndStop(installations: RecordedInstallations | string, module: ReturnType<typeof installedModule>) {
  const app = applicationOf([module], { installations });
  await app.start();
  await app.stop();
}

const isInstall = (event: string) => event.startsWith("install");

describe("install", () => {
  it("runs at the end of the activation, before the module is active", async () => {
    const events: string[] = [];
    const alpha = installedModule(events, "alpha", {
      initialize: async (context) => context.registerSetupHook(async () => void events.push("setup hook alpha")),
    });
    const beta = recordedModule(events, "beta", { dependencies: ["alpha"], initialize: async () => {} });
    const app = applicationOf([beta, alpha], { installations: new RecordedInstallations() });
    await app.start();
    expect(events.slice(0, 3)).toEqual(["setupModule alpha", "setup hook alpha", "install alpha from undefined"]);
    expect(events.indexOf("setupModule beta")).toBeGreaterThan(2);
    expect(app.report.modules[0]!.phases.map(({ phase }) => phase)).toEqual([
      "registration",
      "activation",
      "installation",
      "start",
    ]);
    await app.stop();
  });

  it("runs once for each version, and is told the one before", async () => {
    const events: string[] = [];
    const installations = new RecordedInstallations();
    await startAndStop(installations, installedModule(events, "alpha"));
    await startAndStop(installations, installedModule(events, "alpha"));
    expect(events.filter(isInstall)).toEqual(["install alpha from undefined"]);
    expect(installations.list).toEqual(["alpha 1.0.0"]);

    await startAndStop(installations, installedModule(events, "alpha", { version: "1.1.0" }));
    expect(events.filter(isInstall).slice(1)).toEqual(["install alpha from 1.0.0"]);
    expect(installations.list).toEqual(["alpha 1.1.0"]);
  });

  it("is remembered in the folder that is given", async () => {
    await using folder = await temporaryFolder({});
    const events: string[] = [];
    const installations = join(folder.path, "installations");
    await startAndStop(installations, installedModule(events, "core.alpha"));
    await startAndStop(installations, installedModule(events, "core.alpha"));
    expect(events.filter(isInstall)).toEqual(["install core.alpha from undefined"]);
    expect(await readdir(installations)).toEqual(["core.alpha.json"]);
  });

  it.each<[string, () => Promise<void | Result<unknown>>]>([
    ["a Failure", async () => Result.error("NO_SPACE", "disk full")],
    ["a rejection", () => Promise.reject(new Error("disk full"))],
  ])("that fails by %s fails the boot, and is run again", async (_way, install) => {
    const events: string[] = [];
    const installations = new RecordedInstallations();
    const app = applicationOf([installedModule(events, "alpha", { install })], { installations });
    expect(await rejectionOf(app.start())).toMatchObject({
      code: "HOOK_FAILED",
      message: expect.stringMatching(/^Module "alpha": install failed .*disk full$/),
    });
    expect(app.report.modules[0]!.state).toMatchObject({ status: "failed", phase: "installation" });
    expect(installations.list).toEqual([]);
    expect(events).not.toContain("stop alpha");

    await startAndStop(installations, installedModule(events, "alpha"));
    expect(installations.list).toEqual(["alpha 1.0.0"]);
  });

  it.each(["find", "save"] as const)("fails when the store cannot %s", async (call) => {
    const installations = new RecordedInstallations();
    Object.assign(installations, { [call]: () => Promise.reject(new Error("no database")) });
    const app = applicationOf([installedModule([], "alpha")], { installations });
    expect(await rejectionOf(app.start())).toMatchObject({
      code: "HOOK_FAILED",
      message: expect.stringMatching(/^Module "alpha": install failed .*no database$/),
    });
  });

  it("does not begin after its timeout, when the store answers late", async () => {
    const clock = fakeClock();
    const events: string[] = [];
    const installations = new RecordedInstallations();
    let answer!: () => void;
    installations.find = () => new Promise((resolve) => (answer = () => resolve(undefined)));
    const app = applicationOf([installedModule(events, "alpha")], { installations, clock, hookTimeoutMs: 100 });
    const failing = rejectionOf(app.start());
    await clock.advance(100);
    expect((await failing).code).toBe("HOOK_TIMED_OUT");
    answer();
    await clock.advance(0);
    expect(events.filter(isInstall)).toEqual([]);
    expect(installations.list).toEqual([]);
  });

  it("is not remembered when it ends after its timeout", async () => {
    const clock = fakeClock();
    const installations = new RecordedInstallations();
    let finish!: () => void;
    const install = () => new Promise<void>((resolve) => (finish = resolve));
    const alpha = installedModule([], "alpha", { install, hookTimeoutMs: { install: 100 } });
    const app = applicationOf([alpha], { installations, clock });
    const failing = rejectionOf(app.start());
    await clock.advance(100);
    expect((await failing).code).toBe("HOOK_TIMED_OUT");
    finish();
    await clock.advance(0);
    expect(installations.list).toEqual([]);
  });

  it("does not begin, nor does a setup hook, when the boot was stopped meanwhile", async () => {
    for (const stage of ["setupModule", "setup hook", "find"]) {
      const events: string[] = [];
      const installations = new RecordedInstallations();
      const stopAt = async (reached: string) => {
        events.push(reached);
        if (reached === stage) void app.stop();
        return undefined;
      };
      installations.find = () => stopAt("find");
      const alpha = installedModule(events, "alpha", {
        initialize: async (context) => context.registerSetupHook(async () => stopAt("setup hook")),
        setupModule: () => stopAt("setupModule"),
      });
      const app = applicationOf([alpha], { installations });
      expect(await rejectionOf(app.start())).toMatchObject({ code: "BOOT_STOPPED", errors: [] });
      expect(events.at(-1)).toBe(stage);
      await app.stop();
      expect(app.report.modules[0]!.state.status).toBe("stopped");
    }
  });
});

describe("app.uninstallModule", () => {
  it("stops the dependents, stops and uninstalls the module, forgets it, and only then disposes its services", async () => {
    const events: string[] = [];
    const installations = new RecordedInstallations();
    const disposal = async () => void events.push("dispose alpha.counter");
    const alpha = installedModule(events, "alpha", {
      dependencies: ["base"],
      initialize: async (context) =>
        context.registerService("alpha.counter", { count: 7, [Symbol.asyncDispose]: disposal } as { count: number }),
      uninstall: async (context) => {
        const status = app.report.modules.find(({ id }) => id === "base")!.state.status;
        events.push(`uninstall alpha with ${context.getService("alpha.counter").count}, base is ${status}`);
      },
    });
    const beta = recordedModule(events, "beta", { dependencies: ["alpha"] });
    const app = applicationOf([recordedModule(events, "base"), alpha, beta], { installations });
    await app.start();
    events.length = 0;
    await app.uninstallModule("alpha");
    expect(events).toEqual([
      "stop beta",
      "stop alpha",
      "uninstall alpha with 7, base is started",
      "dispose alpha.counter",
    ]);
    expect(installations.list).toEqual([]);
    expect(app.report.modules.map(({ id, state }) => `${id} ${state.status}`)).toEqual([
      "base started",
      "alpha stopped",
      "beta stopped",
    ]);
    await app.stop();
    expect(events.slice(4)).toEqual(["stop base"]);
  });

  it("lets the module be installed anew when it is started again", async () => {
    const events: string[] = [];
    const installations = new RecordedInstallations();
    const app = applicationOf([installedModule(events, "alpha")], { installations });
    await app.start();
    await app.uninstallModule("alpha");
    await app.startModule("alpha");
    expect(events.filter(isInstall)).toEqual(["install alpha from undefined", "install alpha from undefined"]);
    expect(installations.list).toEqual(["alpha 1.0.0"]);
    await app.stop();
  });

  it("needs no hook", async () => {
    const installations = new RecordedInstallations();
    const alpha = recordedModule([], "alpha", { install: async () => {} });
    const app = applicationOf([alpha], { installations });
    await app.start();
    await app.uninstallModule("alpha");
    expect(installations.list).toEqual([]);
    await app.stop();
  });

  it.each(["stop", "uninstall"] as const)(
    "that fails in %s forgets nothing, and gives everything back all the same",
    async (hook) => {
      const events: string[] = [];
      const installations = new RecordedInstallations();
      const alpha = installedModule(events, "alpha", {
        initialize: async (context) =>
          context.registerService("alpha.counter", {
            count: 0,
            [Symbol.asyncDispose]: async () => void events.push("dispose alpha.counter"),
          } as { count: number }),
        [hook]: async () => {
          events.push(`${hook} alpha`);
          throw new Error("busy");
        },
      });
      const app = applicationOf([alpha], { installations });
      await app.start();
      events.length = 0;
      const error = await rejectionOf(app.uninstallModule("alpha"));
      expect(error.code).toBe("STOP_FAILED");
      expect(error.errors.map(({ message }) => message)).toEqual([
        expect.stringMatching(`^Module "alpha": ${hook} failed .*busy$`),
      ]);
      const hooks = hook === "stop" ? ["stop alpha"] : ["stop alpha", "uninstall alpha"];
      expect(events).toEqual([...hooks, "dispose alpha.counter"]);
      expect(installations.list).toEqual(["alpha 1.0.0"]);
      expect(app.report.modules[0]!.state).toMatchObject({
        status: "failed",
        phase: hook === "stop" ? "stop" : "uninstallation",
      });
      await app.stop();
      expect(events).toHaveLength(hooks.length + 1);
    },
  );

  it("refuses a module that is not active", async () => {
    const app = applicationOf([recordedModule([], "alpha")]);
    await app.start();
    await app.stopModule("alpha");
    expect(await rejectionOf(app.uninstallModule("alpha"))).toMatchObject({
      code: "MODULE_UNAVAILABLE",
      message: 'app.uninstallModule was asked for "alpha", which is stopped. Start it first.',
    });
    await app.stop();
  });
});
