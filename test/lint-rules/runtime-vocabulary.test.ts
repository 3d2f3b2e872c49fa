import * as runtime from "@phasewise/runtime";
import runtimePackageJson from "@phasewise/runtime/package.json" with { type: "json" };
import { expect, test } from "vitest";
import {
  defineModule,
  runApplication,
  runtimePackage,
  serviceBase,
  serviceHooks,
  testingPackage,
  initializationHook,
  initializedCheck,
  initializedDecorator,
  notInitialized,
  resultType,
  serviceInitialization,
} from "../../src/lint-rules/runtime-vocabulary.js";

test("the runtime is the package of that name", () => {
  expect(runtimePackage).toBe(runtimePackageJson.name);
});

test.for([serviceBase, defineModule, runApplication, initializedDecorator])("the runtime exports %s", (name) => {
  expect(runtime).toHaveProperty(name, expect.any(Function));
});

test.for([...serviceHooks, serviceInitialization, initializationHook, initializedCheck])("a service has %s", (name) => {
  expect(runtime.Service.prototype).toHaveProperty(name, expect.any(Function));
});

test("the runtime has its kit for tests under the name that the rules know", () => {
  expect(Object.keys(runtimePackageJson.exports)).toContain(testingPackage.replace(runtimePackage, "."));
});

test("the functions of Results have the name of their type", () => {
  expect(runtime).toHaveProperty([resultType, "success"], expect.any(Function));
});

test("a service that is not initialized answers with the code that the rules know", async () => {
  class Counter extends runtime.Service {
    async count() {
      return this.requireInitialized();
    }
  }
  expect(await new Counter().count()).toMatchObject({ success: false, error: { code: notInitialized } });
});
