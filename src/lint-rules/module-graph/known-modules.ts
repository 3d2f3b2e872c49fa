import { basename, dirname } from "node:path/posix";
import { defaultLayers } from "../call-graph/layer.js";
import type { CheckedFile } from "../type-checker/checked-file.js";
import type { Node } from "../type-checker/ast.js";
import { isConfigured } from "../type-checker/configured-project.js";
import { getFileNames } from "../type-checker/file-names.js";
import type { Project } from "../type-checker/types.js";
import {
  type ModuleDefinition,
  findDefineModuleCalls,
  findModuleDefinitions,
  findPropertyText,
} from "../type-queries/module-definition.js";
import { findExport } from "../type-queries/module-export.js";
import { findDefinitionProperty } from "../syntax/definition-property.js";
import { CodeCollector } from "./code-facts.js";
import type { ModuleFacts } from "./facts.js";
import type { Places } from "./place.js";

interface KnownModule {
  readonly definition: ModuleDefinition;
  readonly code: CodeCollector;
  readonly facts: ModuleFacts;
}

/** The modules that were found, and whose code a node is. */
export class KnownModules {
  readonly unreadable: Node[] = [];
  readonly shared = new CodeCollector();
  readonly #all: KnownModule[] = [];
  readonly #byFile = new Map<string, KnownModule[]>();
  readonly #byFolder = new Map<string, KnownModule | "several">();
  readonly #places: Places;

  constructor(places: Places) {
    this.#places = places;
  }

  get facts(): ModuleFacts[] {
    return this.#all.map(({ facts }) => facts);
  }

  add({ sourceFile, project }: CheckedFile): void {
    const definitions = findModuleDefinitions(sourceFile, project);
    for (const definition of definitions) this.#add(definition, project);
    const readable = new Set(definitions.map(({ call }) => call));
    this.unreadable.push(...findDefineModuleCalls(sourceFile, project).filter((call) => !readable.has(call)));
  }

  /** By the module's definition, else by the one module of its file, else by that of its folder or of one above. */
  findOwner(node: Node): CodeCollector {
    const sourceFile = node.getSourceFile();
    const own = this.#byFile.get(sourceFile.fileName) ?? [];
    const enclosing = own.find(({ definition: { call, object } }) => isWithin(node, call) || isWithin(node, object));
    const module = enclosing ?? (own.length > 0 ? getOnly(own) : this.#findByFolder(dirname(sourceFile.fileName)));
    return module?.code ?? this.shared;
  }

  #findByFolder(folder: string): KnownModule | undefined {
    const known = this.#byFolder.get(folder);
    if (known) return known === "several" ? undefined : known;
    const parent = dirname(folder);
    return parent === folder ? undefined : this.#findByFolder(parent);
  }

  #add(definition: ModuleDefinition, project: Project): void {
    const { call, id, object, isComplete } = definition;
    const { fileName } = call.getSourceFile();
    const exported = findExport(call);
    const isModuleFile = exported === "default" && /^module\.[cm]?[jt]s$/.test(basename(fileName));
    const code = new CodeCollector();
    const version = findPropertyText(object, "version", project);
    const facts: ModuleFacts = Object.assign(code, {
      id,
      place: this.#places.find(findNamingNode(definition)),
      ...(version !== undefined && { version }),
      visibility: isModuleFile ? "discovered" : exported ? "exported" : "local",
      dependencies: definition.dependencies.map(({ node, ...named }) => ({ ...named, place: this.#places.find(node) })),
      isComplete,
      layers: exported === "default" ? findLayers(dirname(fileName), project) : [],
      project: isConfigured(project) ? this.#places.relate(project.configFileName) : "",
    } as const);
    const module = { definition, code, facts };
    this.#all.push(module);
    this.#byFile.set(fileName, [...(this.#byFile.get(fileName) ?? []), module]);
    if (exported !== "default") return;
    this.#byFolder.set(dirname(fileName), this.#byFolder.has(dirname(fileName)) ? "several" : module);
  }
}

/** The id where the file of the call writes it, else what calls `defineModule`. */
function findNamingNode({ call, object }: ModuleDefinition): Node {
  const property = findDefinitionProperty(object, "id");
  const isHere = object.getSourceFile() === call.getSourceFile();
  return isHere && property && property !== "unknown" ? property : call.expression;
}

const foldersOfProjects = new WeakMap<Project, ReadonlySet<string>>();

function findLayers(folder: string, project: Project): string[] {
  let folders = foldersOfProjects.get(project);
  if (!folders) foldersOfProjects.set(project, (folders = collectFolders(getFileNames(project))));
  return defaultLayers.map((layer) => layer.folder).filter((name) => folders.has(`${folder}/${name}`));
}

function collectFolders(fileNames: Iterable<string>): Set<string> {
  const folders = new Set<string>();
  for (const name of fileNames)
    for (let folder = dirname(name); !folders.has(folder) && folder !== dirname(folder); folder = dirname(folder))
      folders.add(folder);
  return folders;
}

function isWithin(node: Node, outer: Node): boolean {
  return node.getSourceFile() === outer.getSourceFile() && node.pos >= outer.pos && node.end <= outer.end;
}

function getOnly<Value>(values: readonly Value[]): Value | undefined {
  return values.length === 1 ? values[0] : undefined;
}
