import { expectTypeOf, test } from "vitest";
import type { ModuleGraphFacts as Read } from "../../src/generators/gate/module-graph/facts.js";
import type { ModuleGraphFacts as Printed } from "../../src/lint-rules/module-graph/facts.js";

test("the gate reads the facts about modules as the plugin's program prints them", () => {
  expectTypeOf<Read>().toEqualTypeOf<Printed>();
});
