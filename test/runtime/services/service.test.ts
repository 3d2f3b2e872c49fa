import { type ActivationContext, defineModule, Result, Service } from "@phasewise/runtime";
import { expectFailure, expectSuccess, testApplication } from "@phasewise/runtime/testing";
import { describe, expect, it } from "vitest";

interface CounterSettings {
  readonly step: number;
}

class CounterService extends Service<CounterSettings> {
  readonly events: string[] = [];
  readonly outcomes: Result<undefined>[] = [];
  #step!: number;

  protected override async onInitialize(_context: ActivationContext, { step }: CounterSettings) {
    this.events.push("initialize");
    await Promise.resolve();
    this.#step = step;
    return this.outcomes.shift() ?? Result.success(undefined);
  }

  protected override async onDispose() {
    this.events.push("dispose");
  }

  async getStep(): Promise<Result<number, "NOT_INITIALIZED">> {
    const ready = this.requireInitialized();
    if (!ready.success) return ready;

    return Result.success(this.#step);
  }
}

/** Runs the work with the context of a module in phase 2. */
async function inActivation(work: (context: ActivationContext) => Promise<void>): Promise<void> {
  await using _ = await testApplication({
    modules: [defineModule({ id: "alpha", version: "1.0.0", setupModule: work })],
  });
}

describe("Service", () => {
  it("answers NOT_INITIALIZED before it is initialized, and says how to change that", async () => {
    const error = expectFailure(await new CounterService().getStep(), "NOT_INITIALIZED");
    expect(error.message).toBe(
      "CounterService has not been initialized: await its initialize(context) in the setupModule of its module.",
    );
  });

  it("serves once it is initialized", () =>
    inActivation(async (context) => {
      const service = new CounterService();
      expectSuccess(await service.initialize(context, { step: 2 }));
      expect(expectSuccess(await service.getStep())).toBe(2);
    }));

  it("initializes once, however often it is asked, at the same time or later", () =>
    inActivation(async (context) => {
      const service = new CounterService();
      await Promise.all([service.initialize(context, { step: 1 }), service.initialize(context, { step: 2 })]);
      await service.initialize(context, { step: 3 });
      expect(service.events).toEqual(["initialize"]);
      expect(expectSuccess(await service.getStep())).toBe(1);
    }));

  it("stays uninitialized after a Failure, and may be tried again", () =>
    inActivation(async (context) => {
      const service = new CounterService();
      service.outcomes.push(Result.error("UNREACHABLE", "no route"));
      expectFailure(await service.initialize(context, { step: 1 }), "UNREACHABLE");
      expectFailure(await service.getStep(), "NOT_INITIALIZED");

      expectSuccess(await service.initialize(context, { step: 1 }));
      expectSuccess(await service.getStep());
    }));

  it("turns an onInitialize that throws into a Failure with the cause", () =>
    inActivation(async (context) => {
      const cause = new Error("refused");
      class BrokenService extends Service {
        protected override async onInitialize(): Promise<Result<undefined>> {
          throw cause;
        }
      }
      const error = expectFailure(await new BrokenService().initialize(context), "INITIALIZATION_FAILED");
      expect(error).toMatchObject({ message: "refused", cause });
    }));

  it("is disposed once, and answers NOT_INITIALIZED from then on", () =>
    inActivation(async (context) => {
      const service = new CounterService();
      await service.initialize(context, { step: 1 });
      await Promise.all([service[Symbol.asyncDispose](), service[Symbol.asyncDispose]()]);
      await service[Symbol.asyncDispose]();

      expect(service.events).toEqual(["initialize", "dispose"]);
      expect(expectFailure(await service.getStep(), "NOT_INITIALIZED").message).toBe(
        "CounterService has been disposed: its module was stopped.",
      );
      expectFailure(await service.initialize(context, { step: 1 }), "NOT_INITIALIZED");
    }));

  it("releases nothing when nothing was acquired", () =>
    inActivation(async (context) => {
      const untouched = new CounterService();
      await untouched[Symbol.asyncDispose]();
      expect(untouched.events).toEqual([]);

      const failed = new CounterService();
      failed.outcomes.push(Result.error("UNREACHABLE", "no route"));
      await failed.initialize(context, { step: 1 });
      await failed[Symbol.asyncDispose]();
      expect(failed.events).toEqual(["initialize"]);
    }));

  it("disposed while it initializes, waits and then releases", () =>
    inActivation(async (context) => {
      const service = new CounterService();
      await Promise.all([service.initialize(context, { step: 1 }), service[Symbol.asyncDispose]()]);
      expect(service.events).toEqual(["initialize", "dispose"]);
      expectFailure(await service.getStep(), "NOT_INITIALIZED");
    }));
});
