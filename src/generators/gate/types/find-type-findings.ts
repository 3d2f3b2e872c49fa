import { readFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { join, sep } from "node:path";
import type { Finding } from "../finding.js";
import { isWithin, type Targets } from "../targets.js";
import { findNativeCompiler } from "./native-compiler.js";
import { findProjects, type Project } from "./projects.js";
import { checkProject, type TypeDiagnostic } from "./run-compiler.js";

/** What to check the types of. */
export interface TypesRequest extends Targets {
  /** A file of the plugin, which brings a compiler along. */
  readonly plugin: string;
  /** Patterns of `.gitignore` for projects to leave out. */
  readonly ignore: readonly string[];
  readonly ended: AbortSignal | undefined;
}

/** Makes what the check of types needs, and gives the check. What is missing is told before anything runs. */
export async function prepareTypes({ workspace, paths, plugin, ignore, ended }: TypesRequest) {
  const [tsc, projects] = await Promise.all([
    findNativeCompiler(workspace, plugin),
    findProjects(workspace, paths, ignore),
  ]);
  return async (): Promise<Finding[]> => {
    const found = await inTurns(projects, async ({ tsconfig, hasReferences }) => {
      const diagnostics = await checkProject({ workspace, tsc, tsconfig, hasReferences, ended });
      return diagnostics.map((diagnostic) => toPlaced(diagnostic, tsconfig));
    });
    const wanted = found.flat().filter(({ place }) => place.isProject || isWithin(toNative(place.file), paths));
    return toFindings(workspace, wanted);
  };
}

type Placed = Omit<TypeDiagnostic, "place"> & {
  readonly place: NonNullable<TypeDiagnostic["place"]> & { readonly isProject: boolean };
};

/** What is about no file of the workspace is told at the project. */
function toPlaced({ place, message, ...rest }: TypeDiagnostic, tsconfig: string): Placed {
  const project = { file: tsconfig.replaceAll("\\", "/"), line: 1, column: 1, isProject: true };
  if (place === undefined) return { ...rest, message, place: project };
  const { file, line, column } = place;
  const isOutside = /^(?:\.\.\/|\/|[A-Za-z]:)/.test(file);
  if (!isOutside) return { ...rest, message, place: { ...place, isProject: false } };
  return { ...rest, message: `${file}:${line}:${column}: ${message}`, place: project };
}

async function toFindings(workspace: string, found: readonly Placed[]): Promise<Finding[]> {
  const files = [...new Set(found.map(({ place }) => place.file))];
  const read = async (file: string) => [file, await readLines(join(workspace, file))] as const;
  const lines = new Map(await Promise.all(files.map(read)));
  const findings = found.map(({ code, severity, message, place: { file, line, column } }): Finding => {
    const excerpt = findExcerpt(lines.get(file)?.[line - 1] ?? "", column);
    const end = { endLine: line, endColumn: column + excerpt.width };
    return { rule: `types/${code}`, severity, file, line, column, ...end, message, path: [], steps: [], excerpt };
  });
  return [...new Map(findings.map((finding) => [JSON.stringify(finding), finding])).values()];
}

/** The compiler says where something begins; that it is a word is the best guess at where it ends. */
function findExcerpt(text: string, column: number): Finding["excerpt"] {
  return { text, width: /^[\p{ID_Continue}$]+/u.exec(text.slice(column - 1))?.[0].length ?? 1 };
}

async function readLines(file: string): Promise<string[]> {
  return (await readFile(file, "utf8")).replace(/^\uFEFF/, "").split(/\r\n|[\n\r\u2028\u2029]/);
}

/** A compiler keeps several processors busy by itself. */
async function inTurns(
  projects: readonly Project[],
  check: (project: Project) => Promise<Placed[]>,
): Promise<Placed[][]> {
  const waiting = [...projects];
  const checked: Placed[][] = [];
  const work = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) checked.push(await check(next));
  };
  await Promise.all(Array.from({ length: Math.ceil(availableParallelism() / 2) }, work));
  return checked;
}

function toNative(file: string): string {
  return file.replaceAll("/", sep);
}
