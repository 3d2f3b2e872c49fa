import { readFile, realpath } from "node:fs/promises";
import { dirname, join } from "node:path";
import { GeneratorError } from "./errors.js";

const RUNTIME = "@phasewise/runtime";

/** The nearest folder, from the given one upwards, whose package.json depends on `@phasewise/runtime`. */
export async function findWorkspace(from: string): Promise<string> {
  const start = await realFolder(from);
  for (let folder = start; ; folder = dirname(folder)) {
    if (await dependsOnRuntime(join(folder, "package.json"))) return folder;
    if (folder === dirname(folder)) break;
  }
  throw new GeneratorError(
    "NO_WORKSPACE",
    `No Phasewise workspace here: neither ${start} nor a folder above it has a package.json that depends on ${RUNTIME}. ` +
      "Go into an application, name one with --cwd <folder>, or make one with: phasewise create app <folder>",
  );
}

/** The folder that a command is run for, with every symbolic link resolved. */
export async function realFolder(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch {
    throw new GeneratorError("WRONG_USAGE", `The folder ${path} does not exist. Give an existing one to --cwd.`);
  }
}

async function dependsOnRuntime(manifestFile: string): Promise<boolean> {
  const text = await readFile(manifestFile, "utf8").catch(() => undefined);
  if (text === undefined) return false;
  const { dependencies, devDependencies, peerDependencies } = parseManifest(manifestFile, text);
  return [dependencies, devDependencies, peerDependencies].some((names) => names?.[RUNTIME] !== undefined);
}

type Manifest = Partial<Record<"dependencies" | "devDependencies" | "peerDependencies", Record<string, string>>>;

function parseManifest(file: string, text: string): Manifest {
  try {
    return (JSON.parse(text.replace(/^\uFEFF/, "")) ?? {}) as Manifest;
  } catch (cause) {
    throw new GeneratorError("NO_WORKSPACE", `${file} is not valid JSON. Repair it, then run the command again.`, {
      cause,
    });
  }
}
