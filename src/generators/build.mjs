// Builds `phasewise` into its `dist`: the two programs, what a configuration file and a test import, and the pack for plop, bundled so that they start fast,
// its types, and the templates beside them.
import { spawn } from "node:child_process";
import { chmod, cp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";

const folder = fileURLToPath(new URL(".", import.meta.url));
const dist = join(folder, "dist");
const programs = ["phasewise", "create-module"];

// What is needed at every start is bundled: that saves a fifth of the time. The rest is loaded when it is used.
const loadedWhenUsed = [
  "@cfworker/json-schema",
  "@inquirer/search",
  "diff",
  "jiti",
  "magic-string",
  "node-plop",
  "oxc-parser",
  "oxlint",
  "ts-morph",
];

await rm(dist, { recursive: true, force: true });
const bundle = await rolldown({
  cwd: folder,
  input: {
    ...Object.fromEntries(["index", "plop-pack", ...programs].map((name) => [name, `./${name}.ts`])),
    testing: "./testing/index.ts",
  },
  platform: "node",
  // `await using`, which no supported Node before 24 reads.
  transform: { target: "node20" },
  external: loadedWhenUsed,
  resolve: { alias: { "string-width": join(folder, "text-width.ts") } },
});
const { output } = await bundle.write({ dir: dist, format: "esm", sourcemap: true, chunkFileNames: "[name].js" });
await bundle.close();
await Promise.all(output.filter(({ fileName }) => fileName.endsWith(".map")).map(({ fileName }) => trimMap(fileName)));

const bundled = output.flatMap((file) => (file.type === "chunk" ? file.moduleIds : []));
await writeFile(join(dist, "licenses.txt"), await licensesOf(bundled));
await writeTypes();
await cp(join(folder, "../../templates"), join(dist, "templates"), { recursive: true });
await Promise.all(["graph-page", "timeline-page"].map(buildPage));
await cp(join(folder, "graph/page/page.css"), join(dist, "page/page.css"));
await Promise.all(programs.map((name) => chmod(join(dist, `${name}.js`), 0o755)));

/** The declarations of what a configuration file and a test import. */
async function writeTypes() {
  const tsc = join(dirname(createRequire(import.meta.url).resolve("@typescript/native/package.json")), "bin", "tsc");
  const child = spawn(process.execPath, [tsc, "-p", join(folder, "tsconfig.types.json")], { stdio: "inherit" });
  const code = await new Promise((resolve, reject) => child.once("error", reject).once("exit", resolve));
  if (code !== 0) throw new Error(`The types of phasewise were not written: tsc ended with code ${code}`);
}

/**
 * The script of a page, as it is written into the page.
 * @param {string} name
 */
async function buildPage(name) {
  const script = await rolldown({ cwd: folder, input: `./graph/page/${name}.ts`, platform: "browser" });
  await script.write({ file: join(dist, `page/${name}.js`), format: "iife", minify: true });
  await script.close();
}

/**
 * Leaves the texts of other packages out of a source map: they are most of it, and nobody debugs them here.
 * @param {string} fileName
 */
async function trimMap(fileName) {
  const file = join(dist, fileName);
  const map = JSON.parse(await readFile(file, "utf8"));
  /** @type {(source: string, index: number) => string | null} */
  const keep = (source, index) => (source.includes("node_modules/") ? null : map.sourcesContent[index]);
  await writeFile(file, JSON.stringify({ ...map, sourcesContent: map.sources.map(keep) }));
}

/**
 * The licences of the packages that some modules belong to.
 * @param {string[]} modules
 */
async function licensesOf(modules) {
  const roots = modules.map((id) => /^.*\/node_modules\/(@[^/]+\/)?[^/]+(?=\/)/.exec(id)?.[0]);
  const packages = [...new Set(roots.filter((root) => root !== undefined))].sort();
  const texts = packages.map(async (root) => {
    const { name, version } = JSON.parse(await readFile(join(root, "package.json"), "utf8"));
    return `${name} ${version}\n\n${await licenseIn(root)}`;
  });
  return (await Promise.all(texts)).join("\n\n");
}

/** @param {string} root */
async function licenseIn(root) {
  const file = (await readdir(root)).find((name) => /^licen[cs]e/i.test(name));
  if (file === undefined) throw new Error(`${root} has no license that could be shipped with the bundle`);
  return (await readFile(join(root, file), "utf8")).trim();
}
