import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { GeneratorError } from "../errors.js";
import { byPlace } from "./by-place.js";
import { GateFailure } from "./errors.js";
import type { Finding } from "./finding.js";
import { createStepFinder } from "./finding-steps.js";
import type { NotedWay } from "./notes.js";
import type { Diagnostic } from "./oxlint.js";
import { SourceText } from "./source-text.js";

/** A diagnostic about a place in a file. */
type FileDiagnostic = Diagnostic & { readonly filename: string };

/** Turns oxlint's diagnostics into findings, sorted by file, line, column and rule. */
export async function readFindings(
  workspace: string,
  diagnostics: readonly Diagnostic[],
  ways: readonly NotedWay[] = [],
): Promise<Finding[]> {
  const located = diagnostics.map(requireFile);
  const files = [...new Set(located.map(({ filename }) => filename))];
  const read = async (file: string) => [file, new SourceText(await readFile(join(workspace, file)))] as const;
  const sources = new Map(await Promise.all(files.map(read)));
  const findSteps = createStepFinder(workspace, ways);
  return located
    .map((diagnostic) => toFinding(diagnostic, sources.get(diagnostic.filename)!))
    .map((finding) => withSteps(finding, findSteps(finding)))
    .sort(byPlace);
}

function requireFile(diagnostic: Diagnostic): FileDiagnostic {
  const { code, filename, message } = diagnostic;
  if (code === undefined && message.startsWith("Error running JS plugin")) throw crashedRule(message);
  if (filename !== undefined) return { ...diagnostic, filename };
  throw new GeneratorError("WRONG_USAGE", `${message}. Repair the file, or leave it out with --ignore <glob>.`);
}

function crashedRule(message: string): GateFailure {
  const failure = /\bCheckerFailure: (.*)/.exec(message)?.[1];
  if (failure !== undefined) return new GateFailure(failure);
  const file = /^File path: (.*)/m.exec(message)?.[1];
  if (file !== undefined && message.includes("RangeError: Maximum call stack size exceeded"))
    return new GateFailure(`${file} is nested too deep to be checked. Leave it out with --ignore <glob>.`);
  return new GateFailure(
    "A rule crashed, so nothing is known about the files it did not reach. " +
      "Report a bug with the file and the text below, or repair the rule if it is one of your own; until it is fixed, leave " +
      `the file out with --ignore <glob>.\n${message}`,
  );
}

function toFinding({ code, severity, filename, message, labels }: FileDiagnostic, source: SourceText): Finding {
  const { offset, length } = labels[0]?.span ?? { offset: 0, length: 0 };
  return {
    rule: code === undefined ? "syntax-error" : getRuleName(code),
    severity: severity === "error" ? "error" : "warning",
    file: filename.replaceAll("\\", "/"),
    ...source.locate(offset),
    ...locateEnd(offset + length, source),
    message,
    path: findPath(message),
    steps: [],
    excerpt: source.excerpt(offset, length),
  };
}

function locateEnd(offset: number, source: SourceText): Pick<Finding, "endLine" | "endColumn"> {
  const { line, column } = source.locate(offset);
  return { endLine: line, endColumn: column };
}

function withSteps(finding: Finding, steps: Finding["steps"]): Finding {
  return steps.length === 0 ? finding : { ...finding, path: steps.map(({ name }) => name), steps };
}

/** `no-sync-io` of `phasewise(no-sync-io)`, `local/no-busy-wait` of `local(no-busy-wait)`. */
function getRuleName(code: string): string {
  const [, plugin, rule] = /^(.*)\((.+)\)$/.exec(code) ?? [];
  return plugin === "phasewise" ? rule! : rule === undefined ? code : `${plugin}/${rule}`;
}

/** The rules print a path of calls as one piece of code with arrows. */
function findPath(message: string): string[] {
  return /`([^`]+ → [^`]+)`/.exec(message)?.[1]?.split(" → ") ?? [];
}
