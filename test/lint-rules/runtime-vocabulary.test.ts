import * as runtime from "@phasewise/runtime";
import runtimePackageJson from "@phasewise/runtime/package.json" with { type: "json" };
import { expect, test } from "vitest";
import { defineModule, runApplication, runtimePackage, serviceBase } from "../../src/lint-rules/runtime-vocabulary.js";

test("the runtime is the package of that name", () => {
  expect(runtimePackage).toBe(runtimePackageJson.name);
});

test.for([serviceBase, defineModule, runApplication])("the runtime exports %s", (name) => {
  expect(runtime).toHaveProperty(name, expect.any(Function));
});
