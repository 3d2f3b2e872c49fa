import { type Configuration, type ConfigurationRequest, resolveConfiguration } from "../configuration/resolve.js";
import { allSettled } from "./all-settled.js";
import { byPlace } from "./by-place.js";
import type { Finding, GateReport } from "./finding.js";
import { findDrift } from "./generated-drift.js";
import { findGraphFindings } from "./module-graph/find-graph-findings.js";
import type { Notes } from "./notes.js";
import { runInParts } from "./parts.js";
import { readCommentFindings, withoutRules } from "./comment-findings.js";
import { type LintOutcome, type LintRequest, runOxlint } from "./oxlint.js";
import { createOxlintConfig, withOxlintConfig } from "./oxlint-config.js";
import { coverBelow, toPatterns } from "./patterns.js";
import { findPlugin, type Plugin } from "./plugin.js";
import type { Progress } from "./progress.js";
import { readFindings } from "./read-findings.js";
import { applySeverities } from "./severities.js";
import { findSourceFiles } from "./source-files.js";
import { type Stopwatch, type Timings, startStopwatch, sumLintTimings } from "./stopwatch.js";
import { prepareTypes } from "./types/find-type-findings.js";
import { findTargets, isWithin, type Targets } from "./targets.js";

/** What to check; paths start from `cwd`, and none means the whole workspace around it. */
export interface CheckRequest {
  readonly cwd: string;
  readonly paths: readonly string[];
  /** Globs of files to leave out, as in `.gitignore`. */
  readonly ignore: readonly string[];
  /** The configuration file, when it is not the one at the workspace's root. */
  readonly config?: string | undefined;
  /** Severities as `name=severity`, which beat the configuration. */
  readonly rules?: readonly string[];
  /** Whether to measure where the time goes. */
  readonly timings?: boolean;
  /** Where to show how far the run is. */
  readonly progress?: Progress;
  /** Whether to check types too. */
  readonly types?: boolean;
  /** Tells that the program is to end. */
  readonly ended?: AbortSignal;
}

/** A workspace that is ready to be checked: what is wrong with the request or the configuration has been told. */
export interface CheckGround {
  readonly targets: Targets;
  readonly plugin: Plugin;
  readonly configuration: Configuration;
}

/** Finds the workspace, its plugin and its configuration. */
export async function prepareCheck({ cwd, paths, config, rules = [] }: CheckRequest): Promise<CheckGround> {
  const targets = await findTargets(cwd, paths);
  const { workspace } = targets;
  const plugin = await findPlugin(workspace);
  const request: ConfigurationRequest = { workspace, cwd, file: config, rules };
  return { targets, plugin, configuration: await resolveConfiguration(request, plugin) };
}

/** Checks a workspace, or a part of it, with the rules that it has installed. */
export async function checkWorkspace(
  { ignore, timings = false, progress, types = false, ended }: CheckRequest,
  { targets, plugin, configuration }: CheckGround,
): Promise<GateReport> {
  const startedAt = performance.now();
  const left = coverBelow([...toPatterns(configuration.ignores), ...ignore]);
  const content = createOxlintConfig(configuration, plugin, targets.workspace);
  const stopwatch = startStopwatch();
  const place = { ...targets, ignore: left, ended };
  const checkTypes = types ? await prepareTypes({ ...place, plugin: plugin.jsPlugins[0]!.specifier }) : noFindings;
  const request = { ...place, timings, ...(progress && { progress }) };
  const [outcome, graphFindings, comments, typeFindings, driftFindings] = await allSettled([
    stopwatch.measure("lint", () => withOxlintConfig(content, (config) => lint({ ...request, config }, runInParts))),
    stopwatch.measure("graph", () => findGraphFindings(place)),
    stopwatch.measure("comments", () => withoutRules((config) => lint({ ...place, config }, runOxlint))),
    types ? stopwatch.measure("types", checkTypes) : noFindings(),
    findDrift(place),
  ]);
  const { files, notes } = outcome;
  const diagnostics = [
    ...outcome.diagnostics,
    ...(await readCommentFindings(targets.workspace, outcome, comments.unused, configuration)),
  ];
  const ways = notes.flatMap((part) => part.ways);
  const lintFindings = await stopwatch.measure("report", () => readFindings(targets.workspace, diagnostics, ways));
  const found = [...lintFindings, ...graphFindings, ...typeFindings, ...driftFindings];
  const findings = applySeverities(found, configuration).sort(byPlace);
  const durationMs = Math.round(performance.now() - startedAt);
  return {
    findings,
    summary: { files, ...countSeverities(findings), durationMs },
    workspace: targets.workspace,
    rules: notes[0]?.rules ?? [],
    ...(timings && { timings: toTimings(stopwatch, notes) }),
  };
}

/** Makes the fixes of all rules in the files themselves, once. */
export async function fixWorkspace({ ignore, ended }: CheckRequest, ground: CheckGround): Promise<void> {
  const { targets, plugin, configuration } = ground;
  const left = coverBelow([...toPatterns(configuration.ignores), ...ignore]);
  const content = createOxlintConfig(configuration, plugin, targets.workspace);
  await withOxlintConfig(content, (config) => lint({ ...targets, config, ignore: left, fix: true, ended }, runInParts));
}

async function noFindings(): Promise<Finding[]> {
  return [];
}

function toTimings({ stages }: Stopwatch, notes: readonly Notes[]): Timings {
  return { stages, lint: sumLintTimings(notes.map(({ milliseconds }) => milliseconds)) };
}

/** A folder above may hide the whole workspace from oxlint's own search, and a gate that sees nothing must not pass. */
async function lint(request: LintRequest, run: (request: LintRequest) => Promise<LintOutcome>): Promise<LintOutcome> {
  const outcome = await run(request);
  if (outcome.files > 0) return outcome;
  const hidden = (await findSourceFiles(request.workspace)).filter((file) => isWithin(file, request.paths));
  return hidden.length === 0 ? outcome : run({ ...request, paths: hidden });
}

function countSeverities(findings: readonly Finding[]): { errors: number; warnings: number } {
  const errors = findings.filter(({ severity }) => severity === "error").length;
  return { errors, warnings: findings.length - errors };
}
