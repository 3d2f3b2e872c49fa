import { access } from "node:fs/promises";
import { join, sep } from "node:path";
import type { Plan } from "../changes/plan.js";
import type { Baseline } from "./baseline-file.js";
import { compareWithBaseline, createBaseline } from "./baseline.js";
import { findCaused } from "./caused.js";
import { type ChangesSince, copyBase, copyIndex, findChanges } from "./changes-since.js";
import type { Finding, GateReport } from "./finding.js";
import { planFixes } from "./fix.js";
import { isWithin } from "./targets.js";
import { mayBeFixed, type WorkspaceCopy } from "./workspace-copy.js";

/** Which findings count, and what becomes of them. */
export interface Adoption {
  /** Fix what can be fixed, on a copy: the plan says what that changes. */
  readonly fix: boolean;
  /** Count only what has changed since a ref, or, when it is empty, since the default branch was left. */
  readonly changed: string | undefined;
  /** Check what is staged in place of what is on the disk. */
  readonly staged: boolean;
  /** Known findings, which do not count. */
  readonly baseline: Baseline | undefined;
  /** Take all findings for known. */
  readonly acceptAll: boolean;
}

/** A folder to check, and what of it. */
export interface Place {
  readonly workspace: string;
  /** Relative to the workspace. */
  readonly paths: readonly string[];
  /** Links out of a copy. */
  readonly outside: readonly string[];
}

/** How a place is checked and fixed. */
export interface Gate {
  check(place: Place): Promise<GateReport>;
  fix(place: Place): Promise<void>;
}

/** The report, what fixes would change, and the baseline that it leaves. */
export interface Adopted {
  readonly report: GateReport;
  readonly plan: Plan | undefined;
  /** All findings, or those of the old baseline that are still there. */
  readonly baseline: Baseline;
}

/** Checks a workspace the way that its team wants: fixed first, what was changed alone, without what is known. */
export async function adopt(gate: Gate, { workspace, paths }: Place, adoption: Adoption): Promise<Adopted> {
  const { changed: ref, staged } = adoption;
  const changes = ref === undefined && !staged ? undefined : await findChanges(workspace, { ref, staged });
  if (adoption.fix) return fixFirst();
  await using copy = staged ? await copyIndex(workspace) : undefined;
  return { ...(await judge(copy ?? { workspace, outside: [] })), plan: undefined };

  async function fixFirst(): Promise<Adopted> {
    const fixed = changes ? await findExisting(workspace, changes.changed, paths) : paths;
    const { outcome, plan } = await planFixes(workspace, {
      fix: async (copy) => (fixed.length > 0 ? gate.fix({ ...copy, paths: fixed }) : undefined),
      check: judge,
    });
    return { ...outcome, plan };
  }

  async function judge(place: Pick<WorkspaceCopy, "workspace" | "outside">): Promise<Omit<Adopted, "plan">> {
    const report = await gate.check({ ...place, paths });
    const { baseline, acceptAll } = adoption;
    if (acceptAll) return acceptFindings(place.workspace, report);
    const isThere = (file: string) => exists(join(place.workspace, file));
    const comparison = await compareWithBaseline(place.workspace, report.findings, baseline ?? new Map(), isThere);
    const { fresh, known, gone, pruned } = comparison;
    const findings = changes ? await findCaused(fresh, changes.changed, (files) => checkBase(changes, files)) : fresh;
    const amounts = baseline ? { known, ...(isWhole(paths) && !changes && { gone }) } : {};
    return { report: withFindings(report, findings, amounts), baseline: pruned };
  }

  async function checkBase(since: ChangesSince, files: readonly string[]): Promise<readonly Finding[]> {
    await using copy = await copyBase(workspace, since);
    return (await gate.check({ ...copy, paths: files.map((file) => file.replaceAll("/", sep)) })).findings;
  }
}

/** Is it the whole workspace that is checked? */
export function isWhole(paths: readonly string[]): boolean {
  return paths.includes(".");
}

/** What cannot be parsed cannot be known. */
async function acceptFindings(folder: string, report: GateReport): Promise<Omit<Adopted, "plan">> {
  const broken = report.findings.filter(({ rule }) => rule === "syntax-error");
  const accepted = report.findings.filter(({ rule }) => rule !== "syntax-error");
  const baseline = await createBaseline(folder, accepted);
  return { report: withFindings(report, broken, { known: accepted.length, gone: 0 }), baseline };
}

function withFindings(report: GateReport, findings: readonly Finding[], amounts: object): GateReport {
  const errors = findings.filter(({ severity }) => severity === "error").length;
  const summary = { ...report.summary, errors, warnings: findings.length - errors, ...amounts };
  return { ...report, findings, summary };
}

async function findExisting(
  workspace: string,
  files: ReadonlySet<string>,
  paths: readonly string[],
): Promise<readonly string[]> {
  const own = [...files].map((file) => file.replaceAll("/", sep)).filter((file) => isWithin(file, paths));
  const found = await Promise.all(own.map((file) => exists(join(workspace, file))));
  return own.filter((file, index) => found[index] && mayBeFixed(file));
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
