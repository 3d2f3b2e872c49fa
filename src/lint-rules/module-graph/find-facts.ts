import { readFileSync } from "node:fs";
import { join } from "node:path/posix";
import { runtimePackage } from "../runtime-vocabulary.js";
import type { CheckedFile } from "../type-checker/checked-file.js";
import { getFileNames } from "../type-checker/file-names.js";
import type { CheckerSession } from "../type-checker/session.js";
import type { Project } from "../type-checker/types.js";
import { collectCode } from "./code-facts.js";
import type { ModuleGraphFacts } from "./facts.js";
import { KnownModules } from "./known-modules.js";
import { Places } from "./place.js";

/**
 * The modules of a workspace: what they are, need, offer, publish and handle. Only the given files are read, paths relative
 * to the workspace with `/`. A service or an event counts for the module in whose folder it is written.
 */
export function findModuleGraphFacts(
  workspace: string,
  files: readonly string[],
  session: CheckerSession,
): ModuleGraphFacts {
  const places = new Places(workspace);
  const opened = session.openFromDisk(files.map((file) => join(workspace, file)));
  const known = new KnownModules(places);
  for (const file of opened) known.add(file);
  for (const { sourceFile, project } of opened)
    collectCode(sourceFile, { project, places, findOwner: (node) => known.findOwner(node) });
  return {
    modules: known.facts,
    unreadable: known.unreadable.map((node) => ({ place: places.find(node) })),
    shared: known.shared,
    packages: findPackages(opened),
  };
}

/** The installed packages, among those that the projects read, that depend on the runtime. */
function findPackages(files: readonly CheckedFile[]): string[] {
  const projects = new Set(files.map(({ project }) => project));
  const roots = new Set([...projects].flatMap(findPackageRoots));
  return [...roots].flatMap((root) => readDependent(root) ?? []).sort();
}

function findPackageRoots(project: Project): string[] {
  const roots = [...getFileNames(project)].map((name) => /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(name)?.[0]);
  return roots.filter((root) => root !== undefined);
}

function readDependent(root: string): string | undefined {
  try {
    // eslint-disable-next-line phasewise/no-sync-io -- the checker's session is synchronous
    const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as Manifest;
    const needed = { ...manifest.dependencies, ...manifest.peerDependencies };
    return runtimePackage in needed ? manifest.name : undefined;
  } catch {
    return undefined;
  }
}

interface Manifest {
  readonly name: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}
