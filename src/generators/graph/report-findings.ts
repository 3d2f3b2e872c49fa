import { readFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { GeneratorError } from "../errors.js";
import type { GraphModule, ModuleGraph } from "../gate/module-graph/module-graph.js";
import type { GraphProblem } from "./view.js";

/**
 * What a report of `phasewise check --format json` found in code, each with the module in whose folder it is. What it
 * found in the graph is left out: that is found anew.
 *
 * @throws GeneratorError where the file is no such report.
 */
export async function readReportFindings(cwd: string, file: string, graph: ModuleGraph): Promise<GraphProblem[]> {
  const findings = parseFindings(await readReport(resolve(cwd, file), file), file);
  return findings
    .filter(({ rule }) => !rule.startsWith("graph/"))
    .map(({ rule, severity, message, ...place }) => {
      return { rule, severity, message, place, module: findOwner(place.file, graph.modules)?.id };
    });
}

interface ReportedFinding {
  readonly rule: string;
  readonly severity: "error" | "warning";
  readonly message: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

async function readReport(path: string, file: string): Promise<string> {
  return readFile(path, "utf8").catch((cause: unknown) => {
    throw noReport(file, cause);
  });
}

function parseFindings(text: string, file: string): readonly ReportedFinding[] {
  try {
    const { findings } = JSON.parse(text.replace(/^\uFEFF/, "")) as { findings: unknown };
    if (Array.isArray(findings) && findings.every(isFinding)) return findings;
  } catch (cause) {
    throw noReport(file, cause);
  }
  throw noReport(file);
}

function isFinding(value: unknown): value is ReportedFinding {
  const { rule, severity, message, file, ...place } = (value ?? {}) as Record<string, unknown>;
  const isPlaced = ["line", "column", "endLine", "endColumn"].every((name) => Number.isInteger(place[name]));
  const isNamed = [rule, message, file].every((part) => typeof part === "string");
  return isPlaced && isNamed && (severity === "error" || severity === "warning");
}

function noReport(file: string, cause?: unknown): GeneratorError {
  const remedy = "Write one with: phasewise check --format json --output-file <file>";
  return new GeneratorError("WRONG_USAGE", `${file} is no report of findings that can be read. ${remedy}`, { cause });
}

/** The module in whose folder the file is, or in the nearest one above. */
function findOwner(file: string, modules: readonly GraphModule[]): GraphModule | undefined {
  const folderOf = ({ facts }: GraphModule) => dirname(facts.place.file);
  const around = modules.filter((module) => file.startsWith(`${folderOf(module)}/`));
  return around.toSorted((one, other) => folderOf(other).length - folderOf(one).length)[0];
}
