import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { Format } from "../changes/plan.js";

/** What lays out new files in a workspace, and which folder it is installed for. */
export interface FoundFormatter {
  readonly name: "Biome" | "Prettier";
  readonly folder: string;
}

const packages = [
  ["@biomejs/biome", "Biome"],
  ["prettier", "Prettier"],
] as const;

/** The formatter that the nearest package.json names which names one, from a folder upwards. Loads nothing. */
export async function findFormatter(from: string): Promise<FoundFormatter | undefined> {
  for (let folder = from; ; folder = dirname(folder)) {
    const named = await readDependencies(join(folder, "package.json"));
    const found = packages.find(([name]) => named.has(name));
    if (found !== undefined) return { name: found[1], folder };
    if (folder === dirname(folder)) return undefined;
  }
}

/**
 * Lays out new files with the formatter of the workspace, if it has one, and loads it for the first of them. Where that fails,
 * the file stays as it is, and `warn` is told once.
 */
export function formatterOf(root: string, warn: (message: string) => void): Format {
  let opened: Promise<Format> | undefined;
  let hasWarned = false;
  return async (path, text) => {
    try {
      return await (
        await (opened ??= openFormatter(root))
      )(path, text);
    } catch (error) {
      if (!hasWarned) warn(`${path} was not formatted: ${(error as Error).message.split("\n")[0]}`);
      hasWarned = true;
      return text;
    }
  };
}

async function openFormatter(root: string): Promise<Format> {
  const found = await findFormatter(root);
  if (found === undefined) return (_, text) => Promise.resolve(text);
  const require = createRequire(join(found.folder, "package.json"));
  if (found.name === "Biome") return (await import("./biome.js")).openBiome(require, root);
  return (await import("./prettier.js")).openPrettier(require, root);
}

async function readDependencies(file: string): Promise<Set<string>> {
  const text = await readFile(file, "utf8").catch(() => "{}");
  try {
    const { dependencies, devDependencies } = JSON.parse(text) as Record<string, object | undefined>;
    return new Set(Object.keys({ ...dependencies, ...devDependencies }));
  } catch {
    return new Set();
  }
}
