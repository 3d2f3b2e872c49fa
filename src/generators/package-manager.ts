import { readFile, readdir } from "node:fs/promises";
import { dirname, join } from "node:path";

export type PackageManager = "npm" | "pnpm" | "yarn" | "bun";

const lockFiles: Readonly<Record<string, PackageManager>> = {
  "package-lock.json": "npm",
  "npm-shrinkwrap.json": "npm",
  "pnpm-lock.yaml": "pnpm",
  "pnpm-workspace.yaml": "pnpm",
  "yarn.lock": "yarn",
  "bun.lock": "bun",
  "bun.lockb": "bun",
};

/** The words of npm's commands in those of the others, longest first. */
const words: Readonly<Record<Exclude<PackageManager, "npm">, readonly (readonly [npm: RegExp, own: string])[]>> = {
  pnpm: [
    [/\bnpm install --save-dev\b/g, "pnpm add --save-dev"],
    [/\bnpm (install|test|run)\b/g, "pnpm $1"],
    [/\bnpx\b/g, "pnpm exec"],
  ],
  yarn: [
    [/\bnpm install --save-dev\b/g, "yarn add --dev"],
    [/\bnpm (install|test|run)\b/g, "yarn $1"],
    [/\bnpx\b/g, "yarn"],
  ],
  bun: [
    [/\bnpm install --save-dev\b/g, "bun add --dev"],
    [/\bnpm test\b/g, "bun run test"],
    [/\bnpm (install|run)\b/g, "bun $1"],
    [/\bnpx\b/g, "bunx"],
  ],
};

/**
 * The package manager of a workspace: by `packageManager` in the nearest package.json that has it or by the lock file beside it,
 * from a folder upwards; else the one that runs this program, and else npm.
 */
export async function findPackageManager(from: string): Promise<PackageManager> {
  for (let folder = from; ; folder = dirname(folder)) {
    const names = await readdir(folder).catch((): string[] => []);
    const declared = names.includes("package.json") ? await readDeclared(join(folder, "package.json")) : undefined;
    const lockFile = Object.keys(lockFiles).find((name) => names.includes(name));
    const found = declared ?? lockFiles[lockFile ?? ""];
    if (found !== undefined) return found;
    if (folder === dirname(folder)) return asManager(process.env["npm_config_user_agent"]) ?? "npm";
  }
}

/** A step that is written for npm, for another package manager. */
export function speak(manager: PackageManager, step: string): string {
  if (manager === "npm") return step;
  return words[manager].reduce((text, [npm, own]) => text.replaceAll(npm, own), step);
}

async function readDeclared(file: string): Promise<PackageManager | undefined> {
  try {
    const { packageManager } = JSON.parse(await readFile(file, "utf8")) as { packageManager?: unknown };
    return asManager(packageManager);
  } catch {
    return undefined;
  }
}

/** `pnpm@10.1.0`, or `pnpm/10.1.0 npm/? …`. */
function asManager(text: unknown): PackageManager | undefined {
  const name = typeof text === "string" ? /^(npm|pnpm|yarn|bun)(?=[@/])/.exec(text)?.[1] : undefined;
  return name as PackageManager | undefined;
}
