import { isAbsolute, relative, sep } from "node:path";
import type { Generator } from "../define-generator.js";
import { GeneratorError } from "../errors.js";
import type { Project } from "../project.js";
import type { GenerationRecord } from "./record.js";

/**
 * The workspace as a generator saw it before a recorded generation: the files that it created are not there, and
 * those that it edited have the text from before. */
export function openPastProject(project: Project, record: GenerationRecord, generator: Generator): Project {
  const created = new Set(record.files.filter(({ before }) => before === null).map(({ path }) => path));
  const isHidden = (path: string) => created.has(path) || (generator.newWorkspace !== undefined && !isOutside(path));
  const past: Project = {
    ...project,
    has: async (path) => !isHidden(path) && (await project.has(path)),
    namesIn: async (folder) => {
      const names = await project.namesIn(folder);
      const place = (isAbsolute(folder) ? relative(project.root, folder) : folder).split(sep).join("/");
      const prefix = /^\.?$/.test(place) ? "" : `${place}/`;
      return names?.filter((name) => !isHidden(prefix + name));
    },
    text: async (path) => {
      if (isHidden(path)) return undefined;
      const edited = record.files.find((file) => file.path === path);
      return edited?.before ?? project.text(path);
    },
    moduleIds: async () => (await project.moduleIds()).filter((id) => !isHidden(moduleFile(project, id))),
    hasModule: (id) => past.has(moduleFile(project, id)),
    moduleFile: async (id) => {
      if (!isHidden(moduleFile(project, id))) return project.moduleFile(id);
      throw new GeneratorError("MODULE_NOT_FOUND", `There was no module ${id}.`);
    },
  };
  return past;
}

function moduleFile(project: Project, id: string): string {
  return `${project.moduleFolder(id)}/module.ts`;
}

function isOutside(path: string): boolean {
  return path === ".." || path.startsWith("../");
}
