import { type ActivationContext, defineModule, type Module } from "@phasewise/runtime";
import { describe, expect, it } from "vitest";
import { rejectionOf } from "../rejection-of.js";
import { applicationOf } from "./application-of.js";
import { recordedModule } from "./recorded-module.js";

const alpha = (version = "2.3.0") =>
  recordedModule([], "alpha", {
    version,
    initialize: async (context) => context.registerService("alpha.counter", { count: 1 }),
  });

describe("an optional dependency", () => {
  const beta = (seen: unknown[], events: string[] = []) =>
    recordedModule(events, "beta", {
      optionalDependencies: ["alpha"],
      setupModule: async (context) => void seen.push(context.findService("alpha.counter")?.count),
    });

  it("that is there comes first, and gives its services", async () => {
    const seen: unknown[] = [];
    const app = applicationOf([beta(seen), alpha()]);
    await app.start();
    expect(seen).toEqual([1]);
    expect(app.report.modules.map(({ id }) => id)).toEqual(["alpha", "beta"]);
    expect(app.report.modules[1]).toMatchObject({ dependencies: [], optionalDependencies: ["alpha"] });
    await app.stop();
  });

  it("that is not there gives nothing, and is no problem", async () => {
    const seen: unknown[] = [];
    const app = applicationOf([beta(seen)]);
    await app.start();
    expect(seen).toEqual([undefined]);
    await app.stop();
  });

  it("is stopped after the module", async () => {
    const events: string[] = [];
    const app = applicationOf([beta([], events), recordedModule(events, "alpha")]);
    await app.start();
    await app.stop();
    expect(events.slice(-2)).toEqual(["stop beta", "stop alpha"]);
  });
});

describe("findService", () => {
  const seenBy = async (find: (context: ActivationContext) => unknown, ...others: Module[]) => {
    const seen: unknown[] = [];
    const beta = recordedModule([], "beta", {
      optionalDependencies: ["alpha"],
      setupModule: async (context) => void seen.push(find(context)),
    });
    const app = applicationOf([beta, ...others]);
    await app.start();
    await app.stop();
    return seen[0];
  };

  it("gives nothing for a service that no module registers", async () => {
    expect(await seenBy((context) => context.findService("alpha.other"), alpha())).toBeUndefined();
    expect(await seenBy((context) => context.findService("alpha.counter"), alpha())).toEqual({ count: 1 });
  });

  it("refuses the service of a module that is not declared", async () => {
    const gamma = recordedModule([], "gamma", {
      initialize: async (context) => context.registerService("beta.counter", { count: 2 }),
    });
    const find = (context: ActivationContext) => context.findService("beta.counter");
    expect((await rejectionOf(seenBy(find, gamma))).code).toBe("UNDECLARED_DEPENDENCY");
  });

  it("refuses a lazy service that has not been made", async () => {
    const lazy = recordedModule([], "alpha", {
      initialize: async (context) => context.registerLazyService("alpha.counter", () => ({ count: 3 })),
    });
    const find = (context: ActivationContext) => context.findService("alpha.counter");
    expect(await rejectionOf(seenBy(find, lazy))).toMatchObject({
      code: "LAZY_SERVICE",
      message:
        'Module "beta" asked for the lazy service "alpha.counter", which has not been made yet. ' +
        'Await context.getLazyService("alpha.counter").',
    });
  });
});

describe("a range of versions", () => {
  const dependingOn = (version: string, list: "dependencies" | "optionalDependencies") =>
    applicationOf([recordedModule([], "beta", { [list]: [{ id: "alpha", version }] }), alpha()]);

  describe.each(["dependencies", "optionalDependencies"] as const)("among %s", (list) => {
    it.each(["^2", "2.3.0", ">=1.4 <3", "~2.3 || ^5"])("lets %s be 2.3.0", async (version) => {
      const app = dependingOn(version, list);
      await app.start();
      await app.stop();
    });

    it.each(["^1", "2.3.1", ">=1.4 <2.3"])("does not let %s be 2.3.0", async (version) => {
      expect(await rejectionOf(dependingOn(version, list).start())).toMatchObject({
        code: "VERSION_MISMATCH",
        message:
          `Module "beta" depends on "alpha" ${version}, and that has the version 2.3.0. ` +
          "Change the range in its module.ts, or use another version of the dependency.",
      });
    });

    it("says when it is none", async () => {
      expect(await rejectionOf(dependingOn("newest", list).start())).toMatchObject({
        code: "INVALID_MODULE",
        message: expect.stringContaining(
          '"beta" is not a valid module: "newest" is not a range of versions such as "^2"',
        ),
      });
    });
  });
});

describe("app.validateDependencies", () => {
  it("tells everything that is wrong at once, and starts nothing", async () => {
    const events: string[] = [];
    const module = (id: string, overrides: Parameters<typeof recordedModule>[2] = {}) =>
      recordedModule(events, id, { initialize: async () => {}, ...overrides });
    const duplicated = (id: string) =>
      module(id, { initialize: async (context) => context.registerService("alpha.counter", { count: 0 }) });
    const app = applicationOf(
      [
        module("a", { dependencies: ["b"] }),
        module("b", { dependencies: ["c"] }),
        module("c", { dependencies: ["a"] }),
        module("d", { dependencies: ["e"] }),
        module("e", { optionalDependencies: ["d"] }),
        module("twice"),
        module("twice"),
        module("lonely", { dependencies: ["twicer", "nobody"] }),
        module("picky", { dependencies: [{ id: "twice", version: "^3" }] }),
        module("vague", { optionalDependencies: [{ id: "twice", version: "x.y" }] }),
        duplicated("one"),
        duplicated("other"),
        module("limited", { limits: ["databse", "disk"] }),
        module("broken", { initialize: () => Promise.reject(new Error("by design")) }),
      ],
      { limits: { database: 2 } },
    );
    const problems = await app.validateDependencies();
    const firstSentences = problems.map(({ code, message }) => `${code} ${message.replace(/\d+ ms/, "0 ms")}`);
    expect(firstSentences.sort()).toEqual([
      expect.stringMatching("CIRCULAR_DEPENDENCY .*: a → b → c → a\\."),
      expect.stringMatching("CIRCULAR_DEPENDENCY .*: d → e → d\\."),
      expect.stringContaining('DUPLICATE_MODULE Several modules have the id "twice"'),
      expect.stringContaining('"alpha.counter" is registered by module "one" and by module "other"'),
      expect.stringMatching('^HOOK_FAILED Module "broken": initialize failed after 0 ms: by design'),
      expect.stringContaining('INVALID_MODULE defineModule: "vague" is not a valid module: "x.y"'),
      expect.stringContaining('MISSING_DEPENDENCY Module "lonely" depends on "nobody"'),
      expect.stringMatching('MISSING_DEPENDENCY Module "lonely" depends on "twicer".* mean "twice"'),
      expect.stringMatching('UNKNOWN_LIMIT Module "limited" .*"databse".* mean "database"\\?'),
      expect.stringMatching('UNKNOWN_LIMIT Module "limited" .*limits: { "disk": … }\\.'),
      expect.stringContaining('VERSION_MISMATCH Module "picky" depends on "twice" ^3'),
    ]);
    expect(events).toEqual([]);
    expect(app.report).toMatchObject({ status: "created", modules: [] });
    const error = await rejectionOf(app.start());
    expect(error.errors.map(({ code }) => code)).toEqual(expect.arrayContaining(["CIRCULAR_DEPENDENCY"]));
    expect(app.report.modules).toHaveLength(14);
  });

  it("tells every service that is registered twice, also by modules of a circle", async () => {
    const register = (id: string, dependencies: string[] = []) =>
      recordedModule([], id, {
        dependencies,
        initialize: async (context) => {
          context.registerService("alpha.counter", { count: 0 });
          context.registerService("alpha.other", { count: 0 });
        },
      });
    const app = applicationOf([register("a", ["b"]), register("b", ["a"])]);
    const messages = (await app.validateDependencies()).map(({ message }) => message.replace(/\. .*/, ""));
    expect(messages).toEqual([
      "Modules depend on each other in a circle: a → b → a",
      'The service "alpha.counter" is registered by module "a" and by module "b"',
      'The service "alpha.other" is registered by module "a" and by module "b"',
    ]);
  });

  it("finds modules that cannot be read", async () => {
    const { createApplication } = await import("@phasewise/runtime");
    const app = createApplication({ modulesDirectory: "no/such/folder" });
    expect((await app.validateDependencies()).map(({ code }) => code)).toEqual(["MODULES_DIRECTORY_UNREADABLE"]);
  });

  it("finds nothing where nothing is wrong, gives up what it registered, and lets the application start", async () => {
    const events: string[] = [];
    const signals: AbortSignal[] = [];
    const beta = recordedModule(events, "beta", {
      dependencies: ["alpha"],
      initialize: async (context) => {
        signals.push(context.signal);
        context.registerService("beta.counter", { count: 2 });
      },
    });
    const disposed = defineModule({
      id: "disposed",
      version: "1.0.0",
      [Symbol.asyncDispose]: async () => void events.push("dispose"),
    });
    const app = applicationOf([beta, alpha(), disposed]);
    expect(await app.validateDependencies()).toEqual([]);
    expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
    expect(events).toEqual([]);
    await app.start();
    expect(app.getService("beta.counter").count).toBe(2);
    expect(await app.validateDependencies()).toEqual([]);
    expect(app.getService("beta.counter").count).toBe(2);
    await app.stop();
  });
});
