import { readFile, readdir, stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { didYouMean } from "./did-you-mean.js";
import { GeneratorError } from "./errors.js";

/** A workspace as the plan of a generator reads it; nothing is read before it is asked for. */
export interface Project {
  /** The folder that the paths of changes are relative to. */
  readonly root: string;
  /** True when there is anything at this path, relative to the root. */
  has(path: string): Promise<boolean>;
  /** The names in a folder, relative to the root or absolute; `undefined` when there is no such folder. */
  namesIn(folder: string): Promise<readonly string[] | undefined>;
  /** The text of a file, relative to the root; `undefined` when there is none. */
  text(path: string): Promise<string | undefined>;
  /** The ids of all modules, sorted. */
  moduleIds(): Promise<readonly string[]>;
  /** The path of a module's folder, also of one that is to be made: `modules/core/database` for `core.database`. */
  moduleFolder(id: string): string;
  /** True when the workspace has this module. */
  hasModule(id: string): Promise<boolean>;
  /** The path of an existing module's `module.ts`; throws `MODULE_NOT_FOUND`, naming the closest id. */
  moduleFile(id: string): Promise<string>;
}

const MODULES = "modules";
const SHOWN = 10;

/** How the files of a workspace are reached; paths are relative to its root, or absolute. */
export interface ProjectFiles {
  has(path: string): Promise<boolean>;
  namesIn(folder: string): Promise<readonly string[] | undefined>;
  text(path: string): Promise<string | undefined>;
  /** The paths of all that is below a folder, relative to it; nothing where there is no such folder. */
  pathsBelow(folder: string): Promise<readonly string[]>;
}

/** Opens the workspace whose package.json is in `root`. */
export function openProject(root: string): Project {
  return createProject(root, {
    has: async (path) => (await stat(join(root, path)).catch(() => undefined)) !== undefined,
    namesIn: (folder) => readdir(resolve(root, folder)).catch(() => undefined),
    text: (path) => readFile(join(root, path), "utf8").catch(() => undefined),
    pathsBelow: (folder) => readdir(join(root, folder), { recursive: true }).catch(() => []),
  });
}

/** The workspace that some files are, wherever they are kept. */
export function createProject(root: string, files: ProjectFiles): Project {
  const project: Project = {
    root,
    has: files.has,
    namesIn: files.namesIn,
    text: files.text,
    moduleIds: async () => findModuleIds(await files.pathsBelow(MODULES)).sort(),
    moduleFolder: (id) => `${MODULES}/${id.replaceAll(".", "/")}`,
    hasModule: (id) => project.has(`${project.moduleFolder(id)}/module.ts`),
    moduleFile: async (id) => {
      if (await project.hasModule(id)) return `${project.moduleFolder(id)}/module.ts`;
      throw await moduleNotFound(id, project);
    },
  };
  return project;
}

/** The folders below `modules/` that hold a `module.ts`, as dotted ids. */
function findModuleIds(paths: readonly string[]): string[] {
  return paths
    .map((path) => path.split(/[\\/]/))
    .filter((parts) => parts.length > 1 && parts.at(-1) === "module.ts" && !parts.includes("node_modules"))
    .map((parts) => parts.slice(0, -1).join("."));
}

async function moduleNotFound(id: string, project: Project): Promise<GeneratorError> {
  const ids = await project.moduleIds();
  const shown = ids.length > SHOWN ? [...ids.slice(0, SHOWN), "…"] : ids;
  const known = ids.length === 0 ? "The workspace has no modules yet." : `There are: ${shown.join(", ")}.`;
  return new GeneratorError(
    "MODULE_NOT_FOUND",
    `There is no module ${id} (looked for ${project.moduleFolder(id)}/module.ts).${didYouMean(id, ids)} ${known} ` +
      `To make it: create-module ${id}`,
  );
}
