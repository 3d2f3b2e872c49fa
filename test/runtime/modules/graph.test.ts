import { createApplication, defineModule } from "@phasewise/runtime";
import { describe, expect, it } from "vitest";
import { rejectionOf } from "../rejection-of.js";
import { applicationOf } from "./application-of.js";
import { recordedModule } from "./recorded-module.js";

describe("a broken module graph", () => {
  it("names the path of a circle, and runs no hook", async () => {
    const events: string[] = [];
    const app = applicationOf([
      recordedModule(events, "entry", { dependencies: ["a"] }),
      recordedModule(events, "a", { dependencies: ["b"] }),
      recordedModule(events, "b", { dependencies: ["free", "c"] }),
      recordedModule(events, "c", { dependencies: ["a"] }),
      recordedModule(events, "free"),
    ]);
    expect(await rejectionOf(app.start())).toMatchObject({
      code: "CIRCULAR_DEPENDENCY",
      message: "Modules depend on each other in a circle: a → b → c → a. Remove one of these dependencies.",
    });
    expect(events).toEqual([]);
    expect(app.report.status).toBe("failed");
  });

  it("names who wants a missing dependency, and what was probably meant", async () => {
    const app = applicationOf([
      recordedModule([], "billing", { dependencies: ["core.databse"] }),
      recordedModule([], "core.database"),
    ]);
    expect(await rejectionOf(app.start())).toMatchObject({
      code: "MISSING_DEPENDENCY",
      message: 'Module "billing" depends on "core.databse", and no module has that id. Did you mean "core.database"?',
    });
  });

  it("offers no other name when none is close", async () => {
    const app = applicationOf([recordedModule([], "billing", { dependencies: ["cache"] })]);
    expect((await rejectionOf(app.start())).message).toBe(
      'Module "billing" depends on "cache", and no module has that id. Add that module, or remove the dependency.',
    );
  });

  it("reports a module id that two modules have", async () => {
    const app = applicationOf([recordedModule([], "billing"), recordedModule([], "billing")]);
    expect(await rejectionOf(app.start())).toMatchObject({
      code: "DUPLICATE_MODULE",
      message: expect.stringContaining('Several modules have the id "billing"'),
    });
  });

  it("reports all that is wrong at once, under the code of the first", async () => {
    const app = applicationOf([
      recordedModule([], "a", { dependencies: ["x"] }),
      recordedModule([], "b", { dependencies: ["y"] }),
    ]);
    const error = await rejectionOf(app.start());
    expect(error.code).toBe("MISSING_DEPENDENCY");
    expect(error.errors).toHaveLength(2);
    expect(error.message).toMatch(/^2 errors:\n- Module "a" .*\n- Module "b" /);
  });
});

describe("the options of createApplication", () => {
  const modules = [defineModule({ id: "alpha", version: "1.0.0" })];

  it.each([{}, { modules, modulesDirectory: "modules" }])("must say where the modules are, once: %j", (options) => {
    expect(() => createApplication(options as { modules: [] })).toThrow(
      expect.objectContaining({ code: "INVALID_OPTION", message: expect.stringContaining("modules") }),
    );
  });

  it.each([0, -1, 1.5, Number.NaN])("refuse a maxConcurrency of %s", (maxConcurrency) => {
    expect(() => createApplication({ modules, maxConcurrency })).toThrow("maxConcurrency must be a whole number");
  });

  it.each([0, -1, Infinity, 2 ** 31, Number.NaN])("refuse a hookTimeoutMs of %s", (hookTimeoutMs) => {
    expect(() => createApplication({ modules, hookTimeoutMs })).toThrow("hookTimeoutMs must be a number");
  });

  it("refuse a modulesDirectory that is no folder of this machine", () => {
    const modulesDirectory = new URL("https://example.com/modules");
    expect(() => createApplication({ modulesDirectory })).toThrow("modulesDirectory must be a path or a file: URL");
  });

  it("refuse what is not a module, naming its place in the list", () => {
    const stranger = { id: "beta", version: "1.0.0" } as never;
    expect(() => createApplication({ modules: [...modules, stranger] })).toThrow(
      expect.objectContaining({
        code: "NOT_A_MODULE",
        message: "modules[1] is not a module: export default defineModule({ … }).",
      }),
    );
  });
});
