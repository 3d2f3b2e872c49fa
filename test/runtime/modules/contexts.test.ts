import { type ActivationContext, type RegistrationContext, Result, Service } from "@phasewise/runtime";
import { describe, expect, it } from "vitest";
import { rejectionOf } from "../rejection-of.js";
import { applicationOf } from "./application-of.js";
import { recordedModule } from "./recorded-module.js";

const alpha = () =>
  recordedModule([], "alpha", {
    initialize: async (context) => context.registerService("alpha.counter", { count: 1 }),
  });

/** What both contexts can do in JavaScript, where no types keep them apart. */
type AnyContext = RegistrationContext & ActivationContext;

describe("getService", () => {
  it("gives the services of the module itself and of its dependencies", async () => {
    const counts: number[] = [];
    const app = applicationOf([
      alpha(),
      recordedModule([], "beta", {
        dependencies: ["alpha"],
        initialize: async (context) => context.registerService("beta.counter", { count: 2 }),
        setupModule: async (context) => {
          counts.push(context.getService("alpha.counter").count, context.getService("beta.counter").count);
        },
      }),
    ]);
    await app.start();
    expect(counts).toEqual([1, 2]);
    await app.stop();
  });

  it("refuses the service of a module that is no dependency, with the line to add", async () => {
    const app = applicationOf([
      alpha(),
      recordedModule([], "core"),
      recordedModule([], "beta", {
        dependencies: ["core"],
        setupModule: async (context) => void context.getService("alpha.counter"),
      }),
    ]);
    expect(await rejectionOf(app.start())).toMatchObject({
      code: "UNDECLARED_DEPENDENCY",
      message:
        'Module "beta" asked for the service "alpha.counter" of module "alpha" without depending on it. ' +
        'Add to its module.ts:\n  dependencies: ["core", "alpha"],',
    });
  });

  it("refuses it with the same error inside of a service", async () => {
    class CuriousService extends Service {
      protected override async onInitialize(context: ActivationContext) {
        return Result.success(context.getService("alpha.counter"));
      }
    }
    const app = applicationOf([
      alpha(),
      recordedModule([], "beta", {
        initialize: async (context) => context.registerService("beta.service", new CuriousService()),
        setupModule: (context) => context.getService("beta.service").initialize(context),
      }),
    ]);
    expect((await rejectionOf(app.start())).code).toBe("UNDECLARED_DEPENDENCY");
  });

  it("says when nobody registers the service, and what was probably meant", async () => {
    const app = applicationOf([
      alpha(),
      recordedModule([], "beta", {
        dependencies: ["alpha"],
        setupModule: async (context) => void context.getService("alpha.conter" as "alpha.counter"),
      }),
    ]);
    expect(await rejectionOf(app.start())).toMatchObject({
      code: "UNKNOWN_SERVICE",
      message: expect.stringMatching(/^Module "beta" asked for .*Did you mean "alpha.counter"\?$/),
    });
  });

  it("works on a context that was taken apart", async () => {
    const counts: number[] = [];
    const app = applicationOf([
      recordedModule([], "alpha", {
        initialize: async ({ registerService }) => registerService("alpha.counter", { count: 3 }),
        setupModule: async ({ getService }) => void counts.push(getService("alpha.counter").count),
      }),
    ]);
    await app.start();
    expect(counts).toEqual([3]);
    await app.stop();
  });

  it("serves the outside while the application runs, and only then", async () => {
    const app = applicationOf([alpha()]);
    const wrongPhase = expect.objectContaining({ code: "WRONG_PHASE" });
    expect(() => app.getService("alpha.counter")).toThrow(wrongPhase);
    await app.start();
    expect(app.getService("alpha.counter").count).toBe(1);
    expect(() => app.getService("alpha.other")).toThrow(expect.objectContaining({ code: "UNKNOWN_SERVICE" }));
    await app.stop();
    expect(() => app.getService("alpha.counter")).toThrow(wrongPhase);
  });
});

describe("registerService", () => {
  it("refuses an id that another module has registered, naming both", async () => {
    const beta = recordedModule([], "beta", {
      initialize: async (context) => context.registerService("alpha.counter", { count: 2 }),
    });
    const error = await rejectionOf(applicationOf([beta, alpha()]).start());
    expect(error).toMatchObject({
      code: "DUPLICATE_SERVICE",
      message: expect.stringContaining('"alpha.counter" is registered by module "alpha" and by module "beta"'),
    });
  });

  it("refuses an id that the same module has registered", async () => {
    const twice = recordedModule([], "alpha", {
      initialize: async (context) => {
        context.registerService("alpha.counter", { count: 1 });
        context.registerService("alpha.counter", { count: 2 });
      },
    });
    expect((await rejectionOf(applicationOf([twice]).start())).message).toContain('registered twice by module "alpha"');
  });
});

describe("a context used out of its phase", () => {
  it("refuses services in phase 1, naming module, phase and call", async () => {
    const app = applicationOf([
      recordedModule([], "alpha", {
        initialize: async (context) => void (context as AnyContext).getService("beta.counter"),
      }),
    ]);
    expect(await rejectionOf(app.start())).toMatchObject({
      code: "WRONG_PHASE",
      message:
        'Module "alpha" called getService("beta.counter") in phase 1 (registration). ' +
        "Call it in setupModule, on the context of that hook.",
    });
  });

  it("refuses registration in phase 2", async () => {
    const register = async (context: ActivationContext) =>
      (context as AnyContext).registerService("alpha.counter", { count: 1 });
    const app = applicationOf([recordedModule([], "alpha", { setupModule: register })]);
    expect(await rejectionOf(app.start())).toMatchObject({
      code: "WRONG_PHASE",
      message: expect.stringMatching(/^Module "alpha" called registerService\(\) in phase 2 \(activation\)/),
    });
  });

  it("refuses a registration context that was kept", async () => {
    let kept!: RegistrationContext;
    const app = applicationOf([recordedModule([], "alpha", { initialize: async (context) => void (kept = context) })]);
    await app.start();
    const wrongPhase = (call: string) =>
      expect.objectContaining({ code: "WRONG_PHASE", message: expect.stringContaining(`"alpha" called ${call}`) });
    expect(() => kept.registerService("alpha.counter", { count: 1 })).toThrow(
      wrongPhase('registerService("alpha.counter") while it was started'),
    );
    expect(() => kept.registerSetupHook(async () => {})).toThrow(wrongPhase("registerSetupHook()"));
    await app.stop();
  });

  it("refuses an activation context once the module has stopped", async () => {
    let kept!: ActivationContext;
    const app = applicationOf([
      alpha(),
      recordedModule([], "beta", {
        dependencies: ["alpha"],
        setupModule: async (context) => void (kept = context),
        stop: async (context) => void context.getService("alpha.counter"),
      }),
    ]);
    await app.start();
    await app.stop();
    expect(() => kept.getService("alpha.counter")).toThrow(
      expect.objectContaining({
        code: "WRONG_PHASE",
        message: expect.stringContaining('Module "beta" called getService("alpha.counter") while it was stopped'),
      }),
    );
  });
});
