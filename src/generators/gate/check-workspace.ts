import { byPlace } from "./by-place.js";
import type { Finding, GateReport } from "./finding.js";
import { findGraphFindings } from "./module-graph/find-graph-findings.js";
import { runInParts } from "./parts.js";
import { type LintOutcome, type LintRequest } from "./oxlint.js";
import { findPluginConfig } from "./plugin.js";
import { readFindings } from "./read-findings.js";
import { findSourceFiles } from "./source-files.js";
import { findTargets, isWithin } from "./targets.js";

/** What to check; paths start from `cwd`, and none means the whole workspace around it. */
export interface CheckRequest {
  readonly cwd: string;
  readonly paths: readonly string[];
  /** Globs of files to leave out, as in `.gitignore`. */
  readonly ignore: readonly string[];
}

/** Checks a workspace, or a part of it, with the rules that it has installed. */
export async function checkWorkspace({ cwd, paths, ignore }: CheckRequest): Promise<GateReport> {
  const startedAt = performance.now();
  const targets = await findTargets(cwd, paths);
  const [{ diagnostics, files }, graphFindings] = await Promise.all([
    lint({ ...targets, config: findPluginConfig(targets.workspace), ignore }),
    findGraphFindings({ ...targets, ignore }),
  ]);
  const findings = [...(await readFindings(targets.workspace, diagnostics)), ...graphFindings].sort(byPlace);
  const durationMs = Math.round(performance.now() - startedAt);
  return { findings, summary: { files, ...countSeverities(findings), durationMs } };
}

/** A folder above may hide the whole workspace from oxlint's own search, and a gate that sees nothing must not pass. */
async function lint(request: LintRequest): Promise<LintOutcome> {
  const outcome = await runInParts(request);
  if (outcome.files > 0) return outcome;
  const hidden = (await findSourceFiles(request.workspace)).filter((file) => isWithin(file, request.paths));
  return hidden.length === 0 ? outcome : runInParts({ ...request, paths: hidden });
}

function countSeverities(findings: readonly Finding[]): { errors: number; warnings: number } {
  const errors = findings.filter(({ severity }) => severity === "error").length;
  return { errors, warnings: findings.length - errors };
}
