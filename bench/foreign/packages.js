import { cp, mkdir, symlink, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/**
 * A package as it is published.
 *
 * @typedef {object} Package
 * @property {string} name
 * @property {string} folder what of it is linted
 * @property {string} suffix
 */

/** These publish their sources. Of the compiler there are declarations alone, which are merely to be parsed. @type {readonly Package[]} */
export const packages = [
  { name: "effect", folder: "src", suffix: ".ts" },
  { name: "openai", folder: "src", suffix: ".ts" },
  { name: "puppeteer-core", folder: "src", suffix: ".ts" },
  { name: "rxjs", folder: "src", suffix: ".ts" },
  { name: "typescript", folder: "lib", suffix: ".d.ts" },
];

const tsconfig = {
  compilerOptions: {
    target: "esnext",
    lib: ["esnext", "dom", "dom.iterable"],
    types: ["node"],
    module: "esnext",
    moduleResolution: "bundler",
    allowImportingTsExtensions: true,
    skipLibCheck: true,
    strict: true,
    noEmit: true,
  },
};

/**
 * Copies the sources out of `node_modules`, where nobody lints, with a TypeScript project around them.
 *
 * @param {Package} subject
 * @param {string} target
 */
export async function copySources({ name, folder, suffix }, target) {
  await mkdir(target, { recursive: true });
  const source = join(findPackage(name), folder);
  const filter = (/** @type {string} */ path) => !/\.\w+$/.test(path) || path.endsWith(suffix);
  await cp(source, join(target, folder), { recursive: true, filter });
  await symlink(fileURLToPath(new URL("../node_modules", import.meta.url)), join(target, "node_modules"), "junction");
  await writeFile(join(target, "package.json"), JSON.stringify({ name, type: "module" }));
  await writeFile(join(target, "tsconfig.json"), JSON.stringify({ ...tsconfig, include: [folder] }));
}

/** Not every package lets others import its package.json. @param {string} name */
function findPackage(name) {
  const entry = createRequire(import.meta.url).resolve(name);
  return entry.slice(0, entry.lastIndexOf(join("node_modules", name))) + join("node_modules", name);
}
