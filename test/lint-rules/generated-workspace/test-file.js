/** The tests of a module's service. @param {import("./module-graph.js").GeneratedModule} module */
export function writeTestFile({ type, variable, noun }) {
  return `import { expectFailure } from "@phasewise/runtime/testing";
import { describe, expect, it } from "vitest";
import { ${type}Service } from "./${noun}-service.js";
import { type ${type}, describe${type}, find${type}Problems } from "./${noun}.js";

const ${variable}: ${type} = { id: "1", title: "first", amount: 2.5, createdAt: "2026-01-01", labels: ["new"] };

describe("${type}", () => {
  it("is described in one line", () => {
    expect(describe${type}(${variable})).toBe("first (2.50), new");
  });

  it("needs a title", () => {
    expect(find${type}Problems({ ...${variable}, title: " " })).toEqual([{ field: "title", message: "is empty" }]);
  });

  it("answers NOT_INITIALIZED before its module is active", async () => {
    expectFailure(await new ${type}Service().find${type}("1"), "NOT_INITIALIZED");
  });
});
`;
}
