import { describe, expect, test } from "vitest";
import { findCircles, findLoaded, readImports, type Import } from "./imports.js";
import { packages } from "./repository.js";

const runtime = await readImports("src/runtime");
const lintRules = await readImports("src/lint-rules");
const generators = await readImports("src/generators");
const all = [...runtime, ...lintRules, ...generators];

/** The arrows that break a law, in a form that names both ends. */
function arrows(imports: readonly Import[]): string[] {
  return imports.map(({ from, to }) => `${from} → ${to}`);
}

/** The part of a path below `src/<package>`, or nothing for another package. */
function folderOf(path: string): string | undefined {
  return /^src\/[^/]+\/([^/]+)\//.exec(path)?.[1];
}

test("the imports of all three packages are seen", () => {
  expect([runtime, lintRules, generators].map((imports) => imports.length > 20)).toEqual([true, true, true]);
});

test("no package imports another one", () => {
  const strangers = all.filter(({ from, to }) => {
    const [, own = ""] = from.split("/");
    const others = Object.entries(packages).filter(([folder]) => folder !== own);
    const isOther = others.some(([folder, name]) => `${to}/`.startsWith(`${name}/`) || to.startsWith(`src/${folder}/`));
    return isOther || (/^(?:src\/|\.\.)/.test(to) && !to.startsWith(`src/${own}/`));
  });
  expect(arrows(strangers)).toEqual([]);
});

test("no imports run in a circle, but for types that refer to each other", () => {
  const loaded = all.filter(({ isType }) => !isType);
  expect(findCircles(loaded).map((circle) => circle.join(" → "))).toEqual([]);
});

test("a circle of imports would be found, with its path", () => {
  const arrow = (from: string, to: string): Import => ({ from, to, isType: false, isLazy: false });
  expect(findCircles([arrow("a", "b"), arrow("b", "c"), arrow("c", "b"), arrow("a", "c")])).toEqual([["b", "c", "b"]]);
});

describe("runtime", () => {
  const ranks: Record<string, number> = { results: 0, tasks: 1, events: 2, settings: 2, services: 3, modules: 4 };

  test("the core's imports point one way: results ← tasks ← {events, settings} ← services ← modules", () => {
    const wrong = runtime.filter(({ from, to }) => {
      const [rank, targetRank] = [ranks[folderOf(from) ?? ""], ranks[folderOf(to) ?? ""]];
      return rank !== undefined && folderOf(from) !== folderOf(to) && to.startsWith("src/") && !(targetRank! < rank);
    });
    expect(arrows(wrong)).toEqual([]);
  });

  test("every other folder imports only from the core, and those for tests from platform", () => {
    const forTests = ["testing", "conformance"];
    const wrong = runtime.filter(({ from, to }) => {
      const [folder, target] = [folderOf(from) ?? "", folderOf(to) ?? ""];
      const isAllowed = target === folder || target in ranks || (forTests.includes(folder) && target === "platform");
      return folder !== "" && !(folder in ranks) && to.startsWith("src/") && !isAllowed;
    });
    expect(arrows(wrong)).toEqual([]);
  });

  test("nothing is loaded but Node's own modules, and undici by the HTTP client", () => {
    const foreign = runtime.filter(({ to, isType }) => !isType && !/^(?:src\/|node:)/.test(to));
    expect(arrows(foreign.filter(({ from, to }) => folderOf(from) !== "http" || to !== "undici"))).toEqual([]);
  });

  test("the core loads no subpath", () => {
    const loaded = [...findLoaded("src/runtime/index.ts", runtime)];
    expect(loaded).toContain("src/runtime/tasks/task-group.ts");
    expect(loaded.filter((file) => /^src\/runtime\/[^/]+\/index\.ts$/.test(file))).toEqual([]);
    expect(loaded.filter((file) => file.startsWith("src/") && !((folderOf(file) ?? "results") in ranks))).toEqual([]);
  });
});

describe("lint rules", () => {
  test("a rule imports questions, never another rule", () => {
    const allowed =
      /^src\/lint-rules\/(?:(?:type-queries|call-graph|syntax|type-checker)\/|define-rule\.ts|runtime-vocabulary\.ts)/;
    const rules = lintRules.filter(({ from }) => from.startsWith("src/lint-rules/rules/"));
    expect(arrows(rules.filter(({ to }) => to.startsWith("src/") && !allowed.test(to)))).toEqual([]);
  });

  test("the folder type-checker alone imports the native checker", () => {
    const checker = lintRules.filter(({ to }) => to.startsWith("@typescript/native"));
    expect(checker.length).toBeGreaterThan(0);
    expect(arrows(checker.filter(({ from }) => folderOf(from) !== "type-checker"))).toEqual([]);
  });

  test("of typescript-eslint and ESLint only types are imported, so the gate needs no classic compiler", () => {
    const host = lintRules.filter(({ to }) => /^(?:@typescript-eslint\/|eslint$|typescript$)/.test(to));
    expect(arrows(host.filter(({ isType }) => !isType))).toEqual([]);
  });
});

describe("generators", () => {
  test("a generator of the catalog imports no prompts, no flags and no file system", () => {
    const catalog = generators.filter(({ from }) => folderOf(from) === "catalog");
    expect(
      arrows(catalog.filter(({ to }) => /^(?:(?:node-)?plop|yargs|node:fs)|\/adapters\/|\/commands\//.test(to))),
    ).toEqual([]);
  });

  test.each(["phasewise", "create-module"])("%s starts without what is slow to load", (program) => {
    const loaded = [...findLoaded(`src/generators/${program}.ts`, generators)];
    expect(loaded).toContain("yargs");
    expect(loaded.filter((name) => /^(?:ts-morph|(?:node-)?plop|handlebars|oxlint|diff)/.test(name))).toEqual([]);
  });

  test("the gate imports errors, spelling hints, the configuration, changes and the records of generations, and nothing else", () => {
    const gate = generators.filter(({ from }) => folderOf(from) === "gate");
    const allowed =
      /^src\/generators\/(?:(?:gate|configuration|changes)\/|records\/(?:read-records|record|same-text)\.ts|(?:errors|did-you-mean)\.ts)/;
    expect(arrows(gate.filter(({ to }) => to.startsWith("src/") && !allowed.test(to)))).toEqual([]);
  });

  test("the configuration imports errors, and nothing else of the generators and the gate", () => {
    const configuration = generators.filter(({ from }) => folderOf(from) === "configuration");
    const allowed = /^src\/generators\/(?:configuration\/|(?:errors|did-you-mean)\.ts)/;
    expect(arrows(configuration.filter(({ to }) => to.startsWith("src/") && !allowed.test(to)))).toEqual([]);
  });
});
