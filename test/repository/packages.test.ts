import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { dirname, join, relative, resolve } from "node:path";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { rolldown } from "rolldown";
import { expect, test } from "vitest";
import { listFiles, packages, readManifest, root } from "./repository.js";

interface Packed {
  readonly name: string;
  /** In bytes, as all sizes here. */
  readonly size: number;
  readonly files: readonly { readonly path: string }[];
}

/** What `npm publish` would upload, by package. Scripts are left out: another test may be running what they build. */
const packed = await (async () => {
  const args = ["pack", "--dry-run", "--json", "--workspaces", "--ignore-scripts"];
  const { stdout } = await promisify(execFile)("npm", args, { cwd: root, maxBuffer: 64 << 20 });
  const list = Object.values(JSON.parse(stdout) as Record<string, Packed>);
  return new Map(list.map((entry) => [entry.name, entry]));
})();

const pathsOf = (name: string) => packed.get(name)!.files.map(({ path }) => path);

test("the three packages are packed, and nothing else", () => {
  expect([...packed.keys()].sort()).toEqual(Object.values(packages).sort());
});

test.each(Object.values(packages))("%s has its licence, and no tests or configuration of this repository", (name) => {
  const paths = pathsOf(name);
  expect(paths).toContain("LICENSE");
  expect(
    paths.filter((path) => /(?:^|\/)(?:test|bench|fixtures|golden)\/|^tsconfig|\.tsbuildinfo$/.test(path)),
  ).toEqual([]);
});

test.each(Object.entries(packages))("everything that src/%s/package.json points at is packed", async (folder, name) => {
  const { exports = {}, bin = {} } = await readManifest(`src/${folder}`);
  const conditions = Object.values(exports).flatMap((value) =>
    typeof value === "string" ? [value] : Object.values(value),
  );
  const targets = [...conditions.filter((path) => !path.includes("*")), ...Object.values(bin)];
  const paths = pathsOf(name);
  expect(targets.map((path) => path.replace(/^\.\//, "")).filter((path) => !paths.includes(path))).toEqual([]);
});

test.each(["runtime", "lint-rules"] as const)(
  "src/%s is packed with every source that its source maps name",
  async (folder) => {
    const paths = pathsOf(packages[folder]);
    const maps = paths.filter((path) => /^dist\/.+\.js\.map$/.test(path));
    expect(maps.length).toBeGreaterThan(0);
    for (const map of maps) {
      const file = join(root, "src", folder, map);
      const { sources } = JSON.parse(await readFile(file, "utf8")) as { readonly sources: readonly string[] };
      const named = sources.map((source) => relative(join(root, "src", folder), resolve(dirname(file), source)));
      expect(named.filter((source) => !paths.includes(source))).toEqual([]);
    }
  },
);

test("the rules carry the configurations for oxlint, and each rule its page", () => {
  const paths = pathsOf("@phasewise/eslint-plugin");
  const configs = ["async", "recommended", "strict"].map((name) => `dist/oxlint/${name}.json`);
  expect(paths).toEqual(expect.arrayContaining(configs));
  const rules = paths.filter((path) => /^rules\/.+\.ts$/.test(path));
  expect(rules.length).toBeGreaterThan(0);
  expect(rules.map((rule) => `dist/${rule.replace(/\.ts$/, ".md")}`).filter((page) => !paths.includes(page))).toEqual(
    [],
  );
});

test("phasewise carries all its templates", async () => {
  const templates = (await listFiles("templates")).map((path) => `dist/${path}`);
  expect(templates).toContain("dist/templates/app/tsconfig.build.json");
  expect(pathsOf("phasewise")).toEqual(expect.arrayContaining(templates));
});

test.each([
  ["@phasewise/runtime", 650_000],
  ["@phasewise/eslint-plugin", 500_000],
  ["phasewise", 900_000],
])("%s stays within its budget for the packed size", (name, budget) => {
  expect(packed.get(name)!.size).toBeLessThan(budget);
});

test("the runtime depends on undici, for its HTTP client, and on nothing else", async () => {
  expect(Object.keys((await readManifest("src/runtime")).dependencies ?? {})).toEqual(["undici"]);
});

test("importing the runtime loads less than 15 kB, minified and compressed, and a start at most that much more", async () => {
  const bundle = await rolldown({
    cwd: root,
    input: "src/runtime/dist/index.js",
    platform: "node",
    external: ["yaml", "@opentelemetry/api"],
    logLevel: "silent",
  });
  const { output } = await bundle.generate({ format: "esm", minify: true, chunkFileNames: "[name].js" });
  const chunks = new Map(output.filter((part) => part.type === "chunk").map((chunk) => [chunk.fileName, chunk]));
  const listLoaded = (names: readonly string[]) => {
    const loaded = new Set(names.filter((name) => chunks.has(name)));
    for (const name of loaded) for (const next of chunks.get(name)!.imports) if (chunks.has(next)) loaded.add(next);
    return loaded;
  };
  const measure = async (names: Iterable<string>) => {
    const sizes = [...names].map(async (name) => (await promisify(gzip)(chunks.get(name)!.code)).length);
    return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
  };

  const atImport = await measure(listLoaded(["index.js"]));
  const atStart = (await measure(listLoaded(["index.js", "module-host.js"]))) - atImport;
  expect(atImport).toBeGreaterThan(1_000);
  expect(atImport).toBeLessThan(15_000);
  expect(atStart).toBeGreaterThan(1_000);
  expect(atStart).toBeLessThan(15_000);
  await bundle.close();
});
