import {
  defineModule,
  type ModuleDefinition,
  type ModuleHook,
  type RegistrationContext,
  Result,
  Service,
} from "@phasewise/runtime";
import { fakeClock } from "@phasewise/runtime/testing";
import { describe, expect, it } from "vitest";
import { rejectionOf } from "../rejection-of.js";
import { applicationOf } from "./application-of.js";
import { RecordedInstallations } from "./recorded-installations.js";
import { recordedLog } from "./recorded-log.js";
import { recordedModule } from "./recorded-module.js";

const forever = () => new Promise<never>(() => {});

describe("a hook that is a plain function", () => {
  const all = ["initialize", "setupModule", "setup hook", "install", "start", "stop", "uninstall", "disposal"];

  /** Takes a module through all its hooks, some of them twice, and gives what was logged and reported. */
  async function liveTwice(definition: Omit<ModuleDefinition, "id" | "version">) {
    const { logger, lines } = recordedLog();
    const alpha = defineModule({ id: "alpha", version: "1.0.0", ...definition });
    const app = applicationOf([alpha], { logger, installations: new RecordedInstallations() });
    await app.start();
    await app.uninstallModule("alpha");
    await app.startModule("alpha");
    await app.stop();
    const warnings = lines.filter(({ level }) => level === "warn");
    return { warnings, synchronousHooks: app.report.synchronousHooks };
  }

  it("works, with one warning each, and is listed in the report", async () => {
    const calls: string[] = [];
    const plain = (name: string) => () => void calls.push(name);
    const { warnings, synchronousHooks } = await liveTwice({
      initialize(context: RegistrationContext) {
        calls.push("initialize");
        context.registerSetupHook(plain("setup hook") as never);
      },
      ...Object.fromEntries(
        ["setupModule", "install", "start", "stop", "uninstall"].map((name) => [name, plain(name)]),
      ),
      [Symbol.asyncDispose]: plain("disposal"),
    } as never);
    expect(calls).toEqual([...all, ...all.filter((name) => name !== "uninstall")]);
    expect(warnings).toEqual(
      all.map((hook) => ({
        level: "warn",
        message: "synchronous hook",
        module: "alpha",
        hook,
        remedy: "make it an async function",
      })),
    );
    expect(synchronousHooks).toEqual(all.map((hook) => ({ module: "alpha", hook })));
  });

  it("is none when it gives a promise, of whatever kind", async () => {
    const hook = () => ({ then: (resolve: (value: undefined) => void) => resolve(undefined) });
    const { warnings, synchronousHooks } = await liveTwice({
      setupModule: hook as never,
      start: async () => {},
      stop: () => Promise.resolve(),
      install: hook as never,
      uninstall: async () => {},
    });
    expect([warnings, synchronousHooks]).toEqual([[], []]);
  });

  it("may give a Failure, which fails it", async () => {
    for (const hook of ["setupModule", "install"]) {
      const broken = { [hook]: () => Result.error("BROKEN", "by design") } as never;
      const app = applicationOf([recordedModule([], "alpha", broken)], { installations: new RecordedInstallations() });
      expect((await rejectionOf(app.start())).message).toMatch(
        new RegExp(`"alpha": ${hook} failed after \\d+ ms: BROKEN`),
      );
    }
  });
});

describe("a module that is AsyncDisposable", () => {
  const disposable = (events: string[], overrides: Partial<ModuleDefinition> = {}) =>
    recordedModule(events, "alpha", {
      initialize: async (context) =>
        context.registerService("alpha.counter", {
          count: 0,
          [Symbol.asyncDispose]: async () => void events.push("dispose alpha.counter"),
        } as { count: number }),
      [Symbol.asyncDispose]: async () => void events.push("dispose alpha"),
      ...overrides,
    });

  it("is disposed after its stop and after its services", async () => {
    const events: string[] = [];
    const app = applicationOf([disposable(events), recordedModule(events, "beta", { dependencies: ["alpha"] })]);
    await app.start();
    await app.stop();
    expect(events.slice(-4)).toEqual(["stop beta", "stop alpha", "dispose alpha.counter", "dispose alpha"]);
  });

  it.each(["initialize", "setupModule", "start"] as const)("is disposed when its %s failed", async (hook) => {
    const events: string[] = [];
    const app = applicationOf([disposable(events, { [hook]: () => Promise.reject(new Error("by design")) })]);
    await rejectionOf(app.start());
    expect(events.at(-1)).toBe("dispose alpha");
  });

  it("is not disposed when it was never begun with", async () => {
    const events: string[] = [];
    const app = applicationOf([disposable(events, { dependencies: ["nobody"] })]);
    await rejectionOf(app.start());
    await app.stop();
    expect(events).toEqual([]);
  });

  it("reports a disposal that fails or hangs", async () => {
    const clock = fakeClock();
    const app = applicationOf(
      [
        recordedModule([], "alpha", { [Symbol.asyncDispose]: () => Promise.reject(new Error("cannot close")) }),
        recordedModule([], "beta", { [Symbol.asyncDispose]: forever }),
      ],
      { clock, hookTimeoutMs: 100 },
    );
    await app.start();
    const failing = rejectionOf(app.stop());
    await clock.advance(100);
    expect((await failing).errors.map(({ message }) => message)).toEqual([
      'Module "alpha": disposal failed after 0 ms: cannot close',
      expect.stringMatching('^Module "beta": disposal was not done after 100 ms'),
    ]);
  });
});

describe("a setup hook", () => {
  const withSetupHooks = (...hooks: (() => Promise<void | Result<unknown>>)[]) =>
    recordedModule([], "alpha", {
      initialize: async (context) => {
        for (const hook of hooks) context.registerSetupHook(hook);
      },
    });

  it("sees that the dependencies are active, and makes dependents wait", async () => {
    const events: string[] = [];
    const app = applicationOf([
      recordedModule(events, "base"),
      recordedModule(events, "alpha", {
        dependencies: ["base"],
        initialize: async (context) => context.registerSetupHook(async () => void events.push("setup hook alpha")),
      }),
      recordedModule(events, "beta", { dependencies: ["alpha"] }),
    ]);
    await app.start();
    const order = ["setupModule base", "setupModule alpha", "setup hook alpha", "setupModule beta"];
    expect(events.filter((event) => order.includes(event))).toEqual(order);
    await app.stop();
  });

  it("that fails, fails the activation, and keeps the next one from running", async () => {
    let isNextRun = false;
    const app = applicationOf([
      withSetupHooks(
        async () => Result.error("BROKEN", "by design"),
        async () => void (isNextRun = true),
      ),
    ]);
    expect((await rejectionOf(app.start())).message).toMatch(/^Module "alpha": setup hook failed .*BROKEN: by design$/);
    expect(app.report.modules[0]!.state).toMatchObject({ status: "failed", phase: "activation" });
    expect(isNextRun).toBe(false);
  });

  it("has a timeout of its own", async () => {
    const clock = fakeClock();
    const wait = (ms: number) => new Promise<void>((resolve) => void clock.schedule(resolve, ms));
    const app = applicationOf(
      [
        withSetupHooks(
          () => wait(80),
          () => wait(80),
          forever,
        ),
      ],
      { clock, hookTimeoutMs: 100 },
    );
    const failing = rejectionOf(app.start());
    await clock.advance(260);
    expect((await failing).message).toMatch(/^Module "alpha": setup hook was not done after 100 ms/);
  });
});

describe("hookTimeoutMs of a module", () => {
  it("is for the hooks that it names, in place of the application's", async () => {
    const clock = fakeClock();
    const app = applicationOf(
      [
        recordedModule([], "quick", { setupModule: forever, hookTimeoutMs: { setupModule: 50, start: 9_000 } }),
        recordedModule([], "ordinary", { setupModule: forever, hookTimeoutMs: { start: 9_000 } }),
        recordedModule([], "patient", { setupModule: forever, hookTimeoutMs: { setupModule: 300 } }),
      ],
      { clock, hookTimeoutMs: 100, onModuleFailure: "isolate" },
    );
    const starting = app.start();
    await clock.advance(300);
    const messages = (await starting).modules.map(({ state }) => state.status === "failed" && state.error.message);
    expect(messages.map((message) => message && message.replace(/ ms.*/, ""))).toEqual([
      'Module "quick": setupModule was not done after 50',
      'Module "ordinary": setupModule was not done after 100',
      'Module "patient": setupModule was not done after 300',
    ]);
    await app.stop();
  });

  it.each([0, -1, Number.NaN, Infinity, 2 ** 31])("is refused when it is %s", (start) => {
    const define = (timeoutMs: number) =>
      defineModule({ id: "alpha", version: "1.0.0", hookTimeoutMs: { start: timeoutMs } });
    expect(() => define(start)).toThrow(
      expect.objectContaining({
        code: "INVALID_MODULE",
        message: expect.stringContaining("its hookTimeoutMs.start must be a number of milliseconds above 0"),
      }),
    );
    expect(() => define(50)).not.toThrow();
  });
});

describe("a slow hook", () => {
  const slowModule = (
    clock: ReturnType<typeof fakeClock>,
    id: string,
    durationMs: number,
    dependencies: string[] = [],
  ) =>
    recordedModule([], id, {
      dependencies,
      setupModule: () => new Promise<void>((resolve) => void clock.schedule(resolve, durationMs)),
    });

  it("is told once, before its timeout, with who waits for it", async () => {
    const clock = fakeClock();
    const { logger, lines } = recordedLog();
    const app = applicationOf(
      [slowModule(clock, "slow", 95), slowModule(clock, "quick", 39), slowModule(clock, "web", 1, ["slow"])],
      { clock, logger, hookTimeoutMs: 100, slowHookMs: 40 },
    );
    const starting = app.start();
    await clock.advance(100);
    await starting;
    expect(lines.filter(({ level }) => level === "warn")).toEqual([
      {
        level: "warn",
        message: "slow hook",
        module: "slow",
        hook: "setupModule",
        elapsedMs: 40,
        timeoutMs: 100,
        waiting: ["web"],
        awaited: [],
      },
    ]);
    await app.stop();
    expect(clock.pending).toBe(0);
  });

  it("is one that takes a third of the timeout, unless slowHookMs says otherwise", async () => {
    for (const [options, elapsed] of [
      [{}, [30]],
      [{ slowHookMs: 90 }, []],
      [{ slowHookMs: 500 }, []],
    ] as const) {
      const clock = fakeClock();
      const { logger, lines } = recordedLog();
      const app = applicationOf([slowModule(clock, "alpha", 89)], { clock, logger, hookTimeoutMs: 90, ...options });
      const starting = app.start();
      await clock.advance(89);
      await starting;
      expect(lines.filter(({ level }) => level === "warn").map(({ elapsedMs }) => elapsedMs)).toEqual(elapsed);
      await app.stop();
    }
  });
});

describe("the message of a hang", () => {
  const hangOf = async (hook: ModuleHook, overrides: Partial<ModuleDefinition>) => {
    const clock = fakeClock();
    const app = applicationOf(
      [
        recordedModule([], "base"),
        recordedModule([], "alpha", { dependencies: ["base"], ...overrides }),
        recordedModule([], "web", { dependencies: ["alpha"] }),
      ],
      { clock, hookTimeoutMs: 1_000, installations: new RecordedInstallations() },
    );
    const work = hook === "stop" ? app.start().then(() => app.stop()) : app.start();
    const failing = rejectionOf(work);
    await clock.advance(2_000);
    const error = await failing;
    return (error.errors[0] ?? error).message.replace(
      " Let it end when context.signal aborts, or raise hookTimeoutMs.",
      "",
    );
  };

  it.each([
    ["setupModule", "web"],
    ["install", "web"],
    ["start", "web"],
    ["stop", "base"],
  ] as const)("names module, hook, time, and who waits: %s", async (hook, waiting) => {
    expect(await hangOf(hook, { [hook]: forever })).toBe(
      `Module "alpha": ${hook} was not done after 1000 ms. Waiting for it: ${waiting}.`,
    );
  });

  it("names the service whose initialization it awaits", async () => {
    class HangingService extends Service {
      protected override onInitialize = forever;
    }
    const message = await hangOf("setupModule", {
      initialize: async (context) => context.registerService("beta.service", new HangingService()),
      setupModule: (context) => context.getService("beta.service").initialize(context),
    });
    expect(message).toContain(
      '1000 ms. It awaits the initialization of the service "beta.service". Waiting for it: web.',
    );
  });

  it("names the lazy service that it awaits", async () => {
    const message = await hangOf("setupModule", {
      initialize: async (context) => context.registerLazyService("alpha.counter", forever),
      setupModule: async (context) => void (await context.getLazyService("alpha.counter")),
    });
    expect(message).toContain('It awaits the service "alpha.counter".');
  });

  it("names nobody where nobody waits", async () => {
    const clock = fakeClock();
    const app = applicationOf([recordedModule([], "alpha", { setupModule: forever })], { clock, hookTimeoutMs: 50 });
    const failing = rejectionOf(app.start());
    await clock.advance(50);
    expect((await failing).message).toContain("was not done after 50 ms. No module waits for it.");
  });
});
