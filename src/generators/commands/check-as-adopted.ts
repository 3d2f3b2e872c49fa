import { realpath } from "node:fs/promises";
import { relative, resolve, sep } from "node:path";
import { applyPlan } from "../changes/apply.js";
import type { Plan } from "../changes/plan.js";
import { previewPlan } from "../changes/preview.js";
import { recover } from "../changes/recover.js";
import { GeneratorError } from "../errors.js";
import { type Adopted, type Gate, type Place, adopt } from "../gate/adopt.js";
import { type Baseline, DEFAULT_BASELINE, readBaseline, writeBaseline } from "../gate/baseline-file.js";
import { type CheckGround, type CheckRequest, checkWorkspace, fixWorkspace } from "../gate/check-workspace.js";
import { choosePaint } from "../gate/colours.js";
import { paintDiff } from "../gate/diff.js";
import { GateFailure } from "../gate/errors.js";
import type { GateReport } from "../gate/finding.js";
import { count } from "../gate/formats/summary.js";
import type { AdoptionFlags } from "./adoption-flags.js";

/** Checks a workspace as the flags say: fixed, since a ref, without what the baseline knows. The diff goes to stdout. */
export async function checkAsAdopted(
  request: CheckRequest,
  ground: CheckGround,
  flags: AdoptionFlags,
): Promise<GateReport> {
  const { workspace, paths } = ground.targets;
  const file = await findBaselineFile(workspace, request.cwd, flags.baselineFile);
  const baseline = await findBaseline(workspace, file, flags);
  const adopted = await adopt(
    createGate(request, ground),
    { workspace, paths, outside: [] },
    {
      fix: flags.fix || flags.fixDryRun,
      changed: flags.changed,
      staged: flags.staged,
      baseline,
      acceptAll: flags.baseline && !flags.prune,
    },
  );
  await finishFixes(adopted.plan, flags);
  await finishBaseline(adopted, workspace, file, flags);
  return { ...adopted.report, workspace };
}

function createGate(request: CheckRequest, ground: CheckGround): Gate {
  const at = ({ workspace, paths, outside }: Place): [CheckRequest, CheckGround] => [
    { ...request, ignore: [...request.ignore, ...outside.map((link) => `/${link}`)] },
    { ...ground, targets: { workspace, paths } },
  ];
  return { check: (place) => checkWorkspace(...at(place)), fix: (place) => fixWorkspace(...at(place)) };
}

/** Relative to the workspace, with `/`. */
async function findBaselineFile(workspace: string, cwd: string, given: string | undefined): Promise<string> {
  if (given === undefined) return DEFAULT_BASELINE;
  return relative(workspace, resolve(await realpath(cwd), given))
    .split(sep)
    .join("/");
}

/** A file that is named and not there is a slip of the pen, unless it is about to be written. */
async function findBaseline(workspace: string, file: string, flags: AdoptionFlags): Promise<Baseline | undefined> {
  if (flags.noBaseline || (flags.baseline && !flags.prune)) return undefined;
  const baseline = await readBaseline(workspace, file);
  if (baseline === undefined && (flags.baselineFile !== undefined || flags.prune))
    throw new GeneratorError("WRONG_USAGE", `There is no baseline ${file}. Write it with: phasewise check --baseline`);
  return baseline;
}

async function finishFixes(plan: Plan | undefined, { fixDryRun }: AdoptionFlags): Promise<void> {
  if (plan === undefined) return;
  if (fixDryRun) {
    process.stdout.write(paintDiff(await previewPlan(plan), choosePaint(process.stdout, process.env)));
    process.stderr.write("Dry run: nothing was written.\n");
    return;
  }
  await asFailure("fixed", async () => {
    await recover(plan.root);
    await applyPlan(plan);
  });
  if (plan.writes.length > 0) process.stderr.write(`Fixed ${count(plan.writes.length, "file")}.\n`);
}

async function finishBaseline(
  { baseline, report }: Adopted,
  workspace: string,
  file: string,
  flags: AdoptionFlags,
): Promise<void> {
  const { known = 0, gone = 0 } = report.summary;
  if (flags.baseline) {
    await asFailure("written", () => writeBaseline(workspace, file, baseline));
    process.stderr.write(`Wrote ${count(known, "finding")} to ${file}.\n`);
  } else if (gone > 0) {
    const remedy = "phasewise check --baseline --prune";
    process.stderr.write(`${count(gone, "known finding")} gone since. To take that out of ${file}: ${remedy}\n`);
  }
}

/** That a file cannot be written is no finding. What says itself what to do about it is told; the rest is a failure. */
async function asFailure(what: string, write: () => Promise<void>): Promise<void> {
  try {
    await write();
  } catch (cause) {
    const message = `Nothing was ${what}: ${(cause as Error).message}`;
    if (cause instanceof GeneratorError) throw new GeneratorError("WRONG_USAGE", message, { cause });
    throw new GateFailure(message, { cause });
  }
}
