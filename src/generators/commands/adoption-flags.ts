import type { Argv } from "yargs";
import { GeneratorError } from "../errors.js";

/** Flags that say which findings count, and what becomes of them. */
export interface AdoptionFlags {
  readonly fix: boolean;
  readonly fixDryRun: boolean;
  /** A ref; empty for the default one. */
  readonly changed: string | undefined;
  readonly staged: boolean;
  readonly baseline: boolean;
  readonly noBaseline: boolean;
  readonly prune: boolean;
  readonly baselineFile: string | undefined;
}

/** Adds the flags with which a team takes up the gate step by step. */
export function declareAdoptionFlags<Flags>(yargs: Argv<Flags>) {
  return yargs
    .option("fix", { type: "boolean", default: false, describe: "Fix what can be fixed, and report the rest" })
    .option("fix-dry-run", { type: "boolean", default: false, describe: "Print what --fix would change as a diff" })
    .option("changed", {
      type: "string",
      describe: "Report only what a change since this ref is answerable for; without a ref, since the default branch",
    })
    .option("staged", { type: "boolean", default: false, describe: "Check what is staged, and report what it changes" })
    .option("baseline", {
      type: "boolean",
      default: false,
      describe: "Accept all findings of today: write them down as known",
    })
    .option("no-baseline", { type: "boolean", default: false, describe: "Report what the baseline knows, too" })
    .option("prune", { type: "boolean", default: false, describe: "With --baseline: only remove what is gone" })
    .option("baseline-file", {
      type: "string",
      requiresArg: true,
      describe: "The baseline, when it is not phasewise-baseline.json",
    });
}

/** Says what cannot be done at once before anything is. */
export function rejectContradictions(flags: AdoptionFlags & { readonly paths: readonly string[] }): void {
  const problem = findContradiction(flags);
  if (problem !== undefined) throw new GeneratorError("WRONG_USAGE", problem);
}

function findContradiction(flags: AdoptionFlags & { readonly paths: readonly string[] }): string | undefined {
  const { fix, fixDryRun, changed, staged, baseline, noBaseline, prune, paths } = flags;
  if (fix && fixDryRun) return "--fix and --fix-dry-run contradict each other. Give one of them.";
  if ((fix || fixDryRun) && staged)
    return "--staged checks what is staged, and --fix changes files. Fix first, stage the files, then check them.";
  if (baseline && noBaseline) return "--baseline and --no-baseline contradict each other. Give one of them.";
  if (prune && !baseline) return "--prune is a part of --baseline: phasewise check --baseline --prune";
  if (baseline && fixDryRun) return "--fix-dry-run writes nothing, and --baseline does. Give one of them.";
  if (baseline && (changed !== undefined || staged || paths.length > 0))
    return "--baseline is about the whole workspace. Give it without paths, --changed and --staged.";
  return undefined;
}
