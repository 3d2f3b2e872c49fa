import { readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { expect, test } from "vitest";
import { catalog } from "../../src/generators/catalog.js";
import { platformAdapters, settingsLibrary } from "../../src/generators/platform-adapters.js";
import { listFiles, root } from "./repository.js";

const names = (await listFiles("src/generators/catalog")).map((file) => basename(file, ".ts"));

test("every generator is registered under the name of its file, and nothing else is", () => {
  expect(catalog.map(({ name }) => name).sort()).toEqual(names.sort());
});

test.each(names)("the generator %s has a golden tree and a page", async (name) => {
  expect((await listFiles(`test/generators/golden/${name}`)).length).toBeGreaterThan(0);
  expect(await listFiles("docs")).toContain(`docs/create-${name}.md`);
});

test("the packages of the platform's adapters are those that the repository tests them with", async () => {
  const { devDependencies } = JSON.parse(await readFile(join(root, "package.json"), "utf8")) as Manifest;
  const adapters = Object.values(platformAdapters).flatMap((byName) => Object.values(byName));
  const wanted = adapters.map(({ dependencies, devDependencies: own }) => ({ ...dependencies, ...own }));
  const all = Object.assign({}, ...wanted, { [settingsLibrary.name]: settingsLibrary.range }) as Record<string, string>;
  const tested = Object.fromEntries(Object.keys(all).map((name) => [name, devDependencies[name]]));
  expect(tested).toEqual(all);
});

interface Manifest {
  readonly devDependencies: Readonly<Record<string, string>>;
}
