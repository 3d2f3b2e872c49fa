import { createProject, type Project } from "../project.js";

/** Texts by path, relative to the workspace, with `/`. */
export type Files = Readonly<Record<string, string>>;

/** The root of a workspace in memory: no folder of any disk. */
export const MEMORY_ROOT = "/phasewise-memory";

/** A workspace whose files are in memory. */
export function memoryProject(files: Files): Project {
  const paths = Object.keys(files);
  const below = (folder: string) => {
    const start = folder === "." ? "" : `${relativeTo(folder)}/`;
    return paths.filter((path) => path.startsWith(start)).map((path) => path.slice(start.length));
  };
  return createProject(MEMORY_ROOT, {
    has: (path) => Promise.resolve(path in files || below(path).length > 0),
    namesIn: (folder) => {
      const names = new Set(below(folder).map((path) => path.split("/")[0]!));
      return Promise.resolve(names.size > 0 ? [...names] : undefined);
    },
    text: (path) => Promise.resolve(files[relativeTo(path)]),
    pathsBelow: (folder) => Promise.resolve(below(folder)),
  });
}

function relativeTo(folder: string): string {
  return folder.startsWith(`${MEMORY_ROOT}/`) ? folder.slice(MEMORY_ROOT.length + 1) : folder;
}
