import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The folder of the repository. */
export const root = fileURLToPath(new URL("../../", import.meta.url));

/** The folders below `src`, and the packages in them. */
export const packages = {
  runtime: "@phasewise/runtime",
  "lint-rules": "@phasewise/eslint-plugin",
  generators: "phasewise",
} as const;

const GENERATED = new Set(["node_modules", "dist", "demo", "demo-packages", "coverage", ".git"]);

/** All files at or below a path of the repository that are not generated, relative to it and sorted. */
export async function listFiles(path = ""): Promise<string[]> {
  const entries = await readdir(join(root, path), { withFileTypes: true });
  const found = entries.map(async (entry) => {
    const file = path === "" ? entry.name : `${path}/${entry.name}`;
    if (GENERATED.has(entry.name)) return [];
    return entry.isDirectory() ? listFiles(file) : [file];
  });
  return (await Promise.all(found)).flat().sort();
}

/** The text of a file of the repository. */
export function readText(file: string): Promise<string> {
  return readFile(join(root, file), "utf8");
}

/** A package.json, as far as the tests ask for it. */
export interface Manifest {
  readonly bin?: Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly exports?: Readonly<Record<string, string | Readonly<Record<string, string>>>>;
  readonly scripts?: Readonly<Record<string, string>>;
}

/** The package.json in a folder of the repository. */
export async function readManifest(folder = "."): Promise<Manifest> {
  return JSON.parse(await readText(`${folder}/package.json`)) as Manifest;
}
