import { basename } from "node:path";
import { expect, test } from "vitest";
import { catalog } from "../../src/generators/catalog.js";
import { listFiles } from "./repository.js";

const names = (await listFiles("src/generators/catalog")).map((file) => basename(file, ".ts"));

test("every generator is registered under the name of its file, and nothing else is", () => {
  expect(catalog.map(({ name }) => name).sort()).toEqual(names.sort());
});

test.each(names)("the generator %s has a golden tree and a page", async (name) => {
  expect((await listFiles(`test/generators/golden/${name}`)).length).toBeGreaterThan(0);
  expect(await listFiles("docs")).toContain(`docs/create-${name}.md`);
});
