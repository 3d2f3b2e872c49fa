import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { text } from "node:stream/consumers";
import { isUnusedDirective } from "./directives.js";
import { GeneratorError } from "../errors.js";
import { GateFailure } from "./errors.js";
import { type Notes, createNotesFile } from "./notes.js";
import type { Progress } from "./progress.js";

/** What oxlint is asked to do. */
export interface LintRequest {
  /** Absolute folder that oxlint runs in. */
  readonly workspace: string;
  /** Absolute path of oxlint's configuration. */
  readonly config: string;
  /** Files and folders, relative to the workspace. */
  readonly paths: readonly string[];
  /** Globs of files to leave out. */
  readonly ignore: readonly string[];
  /** Which part of the files the rules judge, when several processes share the work: `0/2`, `1/2`. */
  readonly share?: string;
  /** Whether to make fixes rather than to judge the comments that silence nothing. */
  readonly fix?: boolean;
  /** Whether the rules measure their times. */
  readonly timings?: boolean;
  readonly progress?: Progress;
  /** Ends oxlint too. */
  readonly ended?: AbortSignal | undefined;
}

/** One entry of oxlint's JSON; offsets and lengths are bytes. */
export interface Diagnostic {
  readonly message: string;
  /** `plugin(rule)`; missing for what is no rule's, such as a syntax error. */
  readonly code?: string;
  readonly severity: string;
  /** Relative to the workspace; missing for a file that could not be read. */
  readonly filename?: string;
  readonly labels: readonly { readonly span: { readonly offset: number; readonly length: number } }[];
}

/** What oxlint answered. */
export interface LintOutcome {
  readonly diagnostics: readonly Diagnostic[];
  /** What it says of comments that silence nothing. */
  readonly unused: readonly Diagnostic[];
  readonly files: number;
  /** What the plugin has told beside, process by process. */
  readonly notes: readonly Notes[];
}

/** Runs oxlint in a process of its own, without a shell; what it or the plugin notes on stderr goes to ours. */
export async function runOxlint(request: LintRequest): Promise<LintOutcome> {
  const { workspace, config, paths, ignore, share, fix, timings, progress, ended } = request;
  await using notes = await createNotesFile();
  progress?.follow(notes);
  const args = ["-c", config, "--disable-nested-config", "--no-error-on-unmatched-pattern", "--format", "json"];
  // With fixes oxlint would remove its own comments where they look unused: to a process that shares the files, most do.
  args.push(...(fix ? ["--fix", "--threads=1"] : ["--report-unused-disable-directives"]));
  for (const pattern of ["**/node_modules/**", ...ignore]) args.push("--ignore-pattern", pattern);
  const child = spawn(process.execPath, [findOxlint(), ...args, "--", ...paths], {
    cwd: workspace,
    env: {
      ...process.env,
      PHASEWISE_TYPES: "required",
      PHASEWISE_NOTES: notes.path,
      PHASEWISE_TIMES: timings ? "1" : "0",
      ...(share && { PHASEWISE_SHARE: share }),
    },
    stdio: ["ignore", "pipe", "inherit"],
    signal: ended,
  });
  const closed = new Promise<NodeJS.Signals | null>((resolve, reject) => {
    child.once("error", reject).once("close", (_, signal) => resolve(signal));
  });
  const [output, signal] = await Promise.all([text(child.stdout), closed]);
  if (signal === null) return { ...parseOutcome(output), notes: [await notes.read()] };
  throw new GateFailure(
    `oxlint was ended by ${signal} and gave no report. It needs more memory, or a file is nested thousands of levels ` +
      "deep: leave that out with --ignore <glob>.",
  );
}

function findOxlint(): string {
  return join(dirname(createRequire(import.meta.url).resolve("oxlint/package.json")), "bin", "oxlint");
}

function parseOutcome(output: string): Omit<LintOutcome, "notes"> {
  const reserved = /Plugin name '(.*)' is reserved/.exec(output)?.[1];
  if (reserved !== undefined) {
    const remedy = "Give the plugin another `meta.name`, such as local.";
    throw new GeneratorError(
      "WRONG_USAGE",
      `A plugin of the configuration has the name ${reserved}, which oxlint keeps for its own. ${remedy}`,
    );
  }
  try {
    const { diagnostics, number_of_files: files } = JSON.parse(output) as {
      diagnostics: Diagnostic[];
      number_of_files: number;
    };
    return {
      diagnostics: diagnostics.filter((one) => !isUnusedDirective(one)),
      unused: diagnostics.filter(isUnusedDirective),
      files,
    };
  } catch (cause) {
    throw new GateFailure(
      `oxlint gave no report. Reinstall phasewise and @phasewise/eslint-plugin; if that does not help, ` +
        `report a bug with what it printed instead:\n${output.trim() || "(nothing)"}`,
      { cause },
    );
  }
}
