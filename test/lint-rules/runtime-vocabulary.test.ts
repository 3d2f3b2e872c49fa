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
} from "../../src/lint-rules/runtime-vocabulary.js";

test("the runtime is the package of that name", () => {
  expect(runtimePackage).toBe(runtimePackageJson.name);
});

test.for([serviceBase, defineModule, runApplication])("the runtime exports %s", (name) => {
  expect(runtime).toHaveProperty(name, expect.any(Function));
});

test.for(serviceHooks)("a service has the hook %s", (name) => {
  expect(runtime.Service.prototype).toHaveProperty(name, expect.any(Function));
});

test("the runtime has its kit for tests under the name that the rules know", () => {
  expect(Object.keys(runtimePackageJson.exports)).toContain(testingPackage.replace(runtimePackage, "."));
});
