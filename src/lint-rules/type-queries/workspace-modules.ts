import { dirname } from "node:path/posix";
import type { Node, SourceFile } from "../type-checker/ast.js";
import type { Project } from "../type-checker/types.js";
import { type ModuleDefinition, findModuleDefinitions } from "./module-definition.js";
import { findExport } from "./module-export.js";
import { getOwnFiles } from "./own-files.js";
import { type ServiceRegistration, getServiceRegistrations } from "./service-registration.js";

const workspaces = new WeakMap<Project, WorkspaceModules>();

/** The modules of a project's files. They are found once in a snapshot of the checker. */
export function getWorkspaceModules(project: Project): WorkspaceModules {
  let workspace = workspaces.get(project);
  if (!workspace) workspaces.set(project, (workspace = new WorkspaceModules(project)));
  return workspace;
}

/** The module that a service or an event belongs to. */
export interface Owner {
  readonly id: string;
  /** The module registers the service in code that can be seen; otherwise the beginning of the id tells. */
  readonly isCertain: boolean;
}

/** A module as it is found among the files. */
export interface WorkspaceModule extends ModuleDefinition {
  readonly file: string;
  /** `exported` modules are known to the whole workspace, others to their file alone: tests make such modules. */
  readonly visibility: "exported" | "local";
}

/**
 * Who depends on whom among the modules of the workspace. Several applications may have modules of the same id: of these
 * an id means the one in the same file, or else the one in the nearest folder.
 */
export class WorkspaceModules {
  readonly #byId = new Map<string, WorkspaceModule[]>();
  readonly #byFile = new Map<string, WorkspaceModule[]>();
  readonly #byFolder = new Map<string, WorkspaceModule[]>();
  readonly #registrars = new Map<string, WorkspaceModule[]>();

  constructor(project: Project) {
    const files = getOwnFiles(project);
    for (const file of files)
      for (const definition of findModuleDefinitions(file, project)) this.#add(definition, file);
    for (const file of files)
      for (const registration of getServiceRegistrations(file)) this.#addRegistration(registration);
  }

  /** The modules that a file defines. */
  getModulesIn(file: SourceFile): readonly WorkspaceModule[] {
    return this.#byFile.get(file.fileName) ?? [];
  }

  /** The module whose code the node is: by its definition, else by the one module of its file or of its folder. */
  findModuleOf(node: Node): WorkspaceModule | undefined {
    const { fileName } = node.getSourceFile();
    const own = this.#byFile.get(fileName) ?? [];
    const enclosing = own.find(({ call, object }) => isWithin(node, call) || isWithin(node, object));
    if (enclosing) return enclosing;
    return own.length > 0 ? getOnly(own) : this.#findModuleOfFolder(dirname(fileName));
  }

  /** The module that registers the service, or the one with the longest id that the service's id begins with. */
  findServiceOwner(serviceId: string, asker: WorkspaceModule): Owner | undefined {
    const registrars = (this.#registrars.get(serviceId) ?? []).filter((module) => isVisible(module, asker.file));
    const known = registrars.find(({ id }) => id === asker.id || isDeclared(asker, id)) ?? registrars[0];
    return known ? { id: known.id, isCertain: true } : this.findOwner(serviceId, asker);
  }

  /** The module with the longest id that the id, or the pattern of events, begins with. */
  findOwner(idOrPattern: string, asker: WorkspaceModule): Owner | undefined {
    let id = idOrPattern.replace(/\.?\*$/, "");
    while (id !== "" && !this.#findVisible(id, asker).length) id = id.slice(0, Math.max(0, id.lastIndexOf(".")));
    return id === "" ? undefined : { id, isCertain: false };
  }

  /** The ids on the shortest way over dependencies from one module to another, both included. */
  findPath(from: WorkspaceModule, to: WorkspaceModule): string[] | undefined {
    const cameFrom = new Map<WorkspaceModule, WorkspaceModule | undefined>([[from, undefined]]);
    for (const module of cameFrom.keys()) {
      if (module === to) return getIds(module, cameFrom);
      for (const { id } of module.dependencies) {
        const dependency = this.findModule(id, module);
        if (dependency && !cameFrom.has(dependency)) cameFrom.set(dependency, module);
      }
    }
    return undefined;
  }

  /** The module that another one means by an id; `undefined` when there are several, none of them nearer. */
  findModule(id: string, asker: WorkspaceModule): WorkspaceModule | undefined {
    const candidates = this.#findVisible(id, asker);
    const local = candidates.filter(({ file }) => file === asker.file);
    if (local.length > 0) return getOnly(local);
    const nearness = candidates.map(({ file }) => countSharedFolders(file, asker.file));
    const nearest = Math.max(...nearness);
    return getOnly(candidates.filter((_, index) => nearness[index] === nearest));
  }

  #findVisible(id: string, { file }: WorkspaceModule): WorkspaceModule[] {
    return (this.#byId.get(id) ?? []).filter((module) => isVisible(module, file));
  }

  #findModuleOfFolder(folder: string): WorkspaceModule | undefined {
    const modules = this.#byFolder.get(folder);
    if (modules) return getOnly(modules);
    const parent = dirname(folder);
    return parent === folder ? undefined : this.#findModuleOfFolder(parent);
  }

  #add(definition: ModuleDefinition, { fileName: file }: SourceFile): void {
    const exported = findExport(definition.call);
    const module: WorkspaceModule = { ...definition, file, visibility: exported ? "exported" : "local" };
    append(this.#byId, module.id, module);
    append(this.#byFile, file, module);
    if (exported === "default") append(this.#byFolder, dirname(file), module);
  }

  #addRegistration({ serviceId, node }: ServiceRegistration): void {
    const module = this.findModuleOf(node);
    if (module) append(this.#registrars, serviceId, module);
  }
}

/** Does the module name the other one among its dependencies? */
export function isDeclared({ dependencies }: ModuleDefinition, id: string): boolean {
  return dependencies.some((dependency) => dependency.id === id);
}

function isVisible({ file, visibility }: WorkspaceModule, from: string): boolean {
  return visibility === "exported" || file === from;
}

function isWithin(node: Node, outer: Node): boolean {
  return node.getSourceFile() === outer.getSourceFile() && node.pos >= outer.pos && node.end <= outer.end;
}

function countSharedFolders(one: string, other: string): number {
  const [folders, others] = [one.split("/"), other.split("/")];
  const different = folders.findIndex((folder, index) => folder !== others[index]);
  return different < 0 ? folders.length : different;
}

function getIds(last: WorkspaceModule, cameFrom: ReadonlyMap<WorkspaceModule, WorkspaceModule | undefined>): string[] {
  const ids: string[] = [];
  for (let module: WorkspaceModule | undefined = last; module; module = cameFrom.get(module)) ids.unshift(module.id);
  return ids;
}

function getOnly<Value>(values: readonly Value[]): Value | undefined {
  return values.length === 1 ? values[0] : undefined;
}

function append<Key, Value>(map: Map<Key, Value[]>, key: Key, value: Value): void {
  const values = map.get(key);
  if (values) values.push(value);
  else map.set(key, [value]);
}
