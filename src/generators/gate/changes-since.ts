import { rm } from "node:fs/promises";
import { join } from "node:path";
import { GeneratorError } from "../errors.js";
import { askGit, runGit, splitNames } from "./git.js";
import { type WorkspaceCopy, copyWorkspace } from "./workspace-copy.js";

/** What has changed in a workspace, paths relative to it, with `/`; a renamed file is one that went and one that came. */
export interface ChangesSince {
  /** The commit or tree that the workspace is compared with. */
  readonly base: string;
  /** Files that were changed, added, removed, or are new to git. */
  readonly changed: ReadonlySet<string>;
  /** Files that differ from the base on the disk: with `staged`, more than those that are to be committed. */
  readonly differing: ReadonlySet<string>;
}

/**
 * Compares a workspace with where it branched off from a ref, or from the default branch. With `staged` the index counts
 * in place of the files, and HEAD in place of the default branch.
 */
export async function findChanges(
  workspace: string,
  { ref, staged }: { readonly ref: string | undefined; readonly staged: boolean },
): Promise<ChangesSince> {
  await runGit(workspace, ["rev-parse", "--show-toplevel"]);
  const base = await findBase(workspace, ref, staged);
  const differing = new Set([...(await diff(workspace, [base])), ...(await findUntracked(workspace))]);
  const changed = staged ? new Set(await diff(workspace, ["--cached", base])) : differing;
  return { base, changed, differing };
}

/** The workspace as it was at a commit or tree. */
export async function copyBase(workspace: string, { base, differing }: ChangesSince): Promise<WorkspaceCopy> {
  return copyDiffering(workspace, differing, async (copy) => {
    const index = `${copy.placeOf(workspace)}/.phasewise-index`;
    await runGit(workspace, ["read-tree", base], { env: { GIT_INDEX_FILE: index } });
    await checkOut(workspace, differing, copy, { GIT_INDEX_FILE: index });
    await rm(index, { force: true });
  });
}

/** The workspace as it is staged, without what is not; `undefined` when that is what is on the disk. */
export async function copyIndex(workspace: string): Promise<WorkspaceCopy | undefined> {
  const differing = new Set([...(await diff(workspace, [])), ...(await findUntracked(workspace))]);
  if (differing.size === 0) return undefined;
  return copyDiffering(workspace, differing, (copy) => checkOut(workspace, differing, copy, {}));
}

async function copyDiffering(
  workspace: string,
  differing: ReadonlySet<string>,
  fill: (copy: WorkspaceCopy) => Promise<void>,
): Promise<WorkspaceCopy> {
  const copy = await copyWorkspace(workspace, differing);
  try {
    await fill(copy);
  } catch (error) {
    await copy[Symbol.asyncDispose]();
    throw error;
  }
  return copy;
}

/** Writes those of the files that an index has into a copy. */
async function checkOut(
  workspace: string,
  files: ReadonlySet<string>,
  copy: WorkspaceCopy,
  env: NodeJS.ProcessEnv,
): Promise<void> {
  const top = (await runGit(workspace, ["rev-parse", "--show-toplevel"])).replace(/\n$/, "");
  const known = splitNames(await runGit(workspace, ["ls-files", "-z"], { env })).filter((file) => files.has(file));
  const args = ["checkout-index", "-z", "--stdin", `--prefix=${join(copy.placeOf(top), "/")}`];
  await runGit(workspace, args, { env, input: known.map((file) => `${file}\0`).join("") });
}

async function diff(workspace: string, args: readonly string[]): Promise<string[]> {
  const fixed = ["diff", "--name-only", "-z", "--no-renames", "--no-ext-diff", "--relative", "--ignore-submodules"];
  return splitNames(await runGit(workspace, [...fixed, ...args, "--"]));
}

async function findUntracked(workspace: string): Promise<string[]> {
  return splitNames(await runGit(workspace, ["ls-files", "--others", "--exclude-standard", "-z"]));
}

async function findBase(workspace: string, ref: string | undefined, staged: boolean): Promise<string> {
  const head = await findCommit(workspace, "HEAD");
  if (ref !== undefined && ref !== "") return mergeBase(workspace, await getCommit(workspace, ref), head);
  const branch = staged ? undefined : await findDefaultBranch(workspace);
  if (branch !== undefined && head !== undefined) return mergeBase(workspace, branch, head);
  return head ?? (await runGit(workspace, ["hash-object", "-t", "tree", "-w", "--stdin"])).trim();
}

/** A ref that has no commit in common, as in a shallow clone, is compared with as it is. */
async function mergeBase(workspace: string, commit: string, head: string | undefined): Promise<string> {
  return (head !== undefined && (await askGit(workspace, ["merge-base", commit, head]))) || commit;
}

async function findDefaultBranch(workspace: string): Promise<string | undefined> {
  for (const name of ["refs/remotes/origin/HEAD", "origin/main", "origin/master", "main", "master"]) {
    const commit = await findCommit(workspace, name);
    if (commit !== undefined) return commit;
  }
  return undefined;
}

async function getCommit(workspace: string, ref: string): Promise<string> {
  const commit = await findCommit(workspace, ref);
  if (commit !== undefined) return commit;
  throw new GeneratorError(
    "WRONG_USAGE",
    `git knows no commit ${JSON.stringify(ref)}, which --changed names. Fetch it first (CI often clones without history: ` +
      "fetch-depth: 0), or put the paths to check before the flag.",
  );
}

function findCommit(workspace: string, ref: string): Promise<string | undefined> {
  return askGit(workspace, ["rev-parse", "--verify", "--quiet", "--end-of-options", `${ref}^{commit}`]);
}
