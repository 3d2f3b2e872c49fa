import { readFile } from "node:fs/promises";
import { join, sep } from "node:path";
import type { Finding } from "../finding.js";
import { isWithin } from "../targets.js";
import { findProblems } from "./find-problems.js";
import { buildModuleGraph } from "./module-graph.js";
import type { Problem } from "./problem.js";
import { type FactsRequest, readModuleFacts } from "./read-facts.js";

/** What to check: the facts are those of the whole workspace, the findings those of the paths. */
export interface GraphRequest extends FactsRequest {
  /** Relative to the workspace; `.` is all of it. */
  readonly paths: readonly string[];
}

/** What is wrong with the graph of modules. A workspace without modules has no such findings, and starts no program. */
export async function findGraphFindings({ paths, ...request }: GraphRequest): Promise<Finding[]> {
  const facts = await readModuleFacts(request);
  if (!facts) return [];
  const problems = findProblems(buildModuleGraph(facts)).filter(({ place }) =>
    isWithin(place.file.replaceAll("/", sep), paths),
  );
  const files = [...new Set(problems.map(({ place }) => place.file))];
  const read = async (file: string) => [file, await readLines(join(request.workspace, file))] as const;
  const lines = new Map(await Promise.all(files.map(read)));
  return problems.map((problem) => toFinding(problem, lines.get(problem.place.file) ?? []));
}

async function readLines(file: string): Promise<string[]> {
  return (await readFile(file, "utf8")).replace(/^\uFEFF/, "").split(/\r\n|[\n\r\u2028\u2029]/);
}

function toFinding({ rule, severity, place, message, path = [] }: Problem, lines: readonly string[]): Finding {
  const { file, line, column, endLine, endColumn } = place;
  const text = lines[line - 1] ?? "";
  const width = (line === endLine ? endColumn : text.length + 1) - column;
  const location = { file, line, column, endLine, endColumn };
  return { rule, severity, ...location, message, path, steps: [], excerpt: { text, width } };
}
