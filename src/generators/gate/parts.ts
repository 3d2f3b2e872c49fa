import { allSettled } from "./all-settled.js";
import { type Dirent } from "node:fs";
import { readdir } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { agreeOnUnused } from "./directives.js";
import { type Diagnostic, type LintOutcome, type LintRequest, runOxlint } from "./oxlint.js";

/**
 * Lints in as many processes as the machine has processors for, up to four: a rule waits for its checker, and a checker
 * for its rule, so that one pair keeps one processor busy. Each pair holds the whole workspace in memory. Fixes are made by
 * one process: no other may read a file while it is written.
 */
export async function runInParts(request: LintRequest): Promise<LintOutcome> {
  const parts = (await isLarge(request)) ? Math.min(availableParallelism(), MAX_PARTS) : 1;
  if (parts === 1 || request.fix) return runOxlint(request);
  const shares = Array.from({ length: parts }, (_, part) => `${part}/${parts}`);
  const outcomes = await allSettled(shares.map((share) => runOxlint({ ...request, share })));
  return {
    files: Math.max(...outcomes.map(({ files }) => files)),
    diagnostics: withoutRepeats(outcomes.flatMap(({ diagnostics }) => diagnostics)),
    unused: agreeOnUnused(outcomes.map(({ unused }) => unused)),
    notes: outcomes.flatMap(({ notes }) => notes),
  };
}

const MAX_PARTS = 4;

/** With so many files a second process pays for its start. */
const MANY_FILES = 200;

/** What is no rule's, such as a syntax error, every process reports. */
function withoutRepeats(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  return [...new Map(diagnostics.map((diagnostic) => [JSON.stringify(diagnostic), diagnostic])).values()];
}

/** Counts no further than it has to. Files that are ignored count too: it is a guess at the work, and no more. */
async function isLarge({ workspace, paths }: LintRequest): Promise<boolean> {
  const folders = paths.map((path) => join(workspace, path));
  let files = 0;
  for (const folder of folders) {
    for (const entry of await readEntries(folder)) {
      if (entry.isFile() && /\.[cm]?[jt]sx?$/.test(entry.name)) files += 1;
      else if (entry.isDirectory() && entry.name !== "node_modules" && entry.name !== ".git")
        folders.push(join(folder, entry.name));
    }
    if (files >= MANY_FILES) return true;
  }
  return paths.length >= MANY_FILES;
}

/** What is no folder has no entries. */
async function readEntries(folder: string): Promise<readonly Dirent[]> {
  return readdir(folder, { withFileTypes: true }).catch(() => []);
}
