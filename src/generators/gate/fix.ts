import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Plan } from "../changes/plan.js";
import { type WorkspaceCopy, copyWorkspace } from "./workspace-copy.js";

/** What all fixes together would make of a workspace, and what is found when they are made. */
export interface Fixing<Outcome> {
  readonly plan: Plan;
  readonly outcome: Outcome;
}

/** A fix may make room for another one; rules that undo each other must come to an end. */
const MAX_PASSES = 10;

/**
 * Fixes a copy of the workspace until nothing changes any more, and tells the difference. `lint` checks the copy, and
 * with `fix` changes it: what it answers when nothing has changed is what remains.
 */
export async function planFixes<Outcome>(
  workspace: string,
  lint: (copy: WorkspaceCopy, fix: boolean) => Promise<Outcome>,
): Promise<Fixing<Outcome>> {
  await using copy = await copyWorkspace(workspace, new Set());
  const original = await readTexts(copy);
  let texts = original;
  for (let pass = 0; pass < MAX_PASSES; pass++) {
    const outcome = await lint(copy, true);
    const fixed = await readTexts(copy);
    if (findChanged(texts, fixed).length === 0) return finish(outcome);
    texts = fixed;
  }
  return finish(await lint(copy, false));

  function finish(outcome: Outcome): Fixing<Outcome> {
    const writes = findChanged(original, texts).map((path) => {
      return { path, target: join(workspace, path), before: original.get(path)!, after: texts.get(path)! };
    });
    return { outcome, plan: { root: workspace, writes } };
  }
}

type Texts = ReadonlyMap<string, string>;

async function readTexts({ workspace, files }: WorkspaceCopy): Promise<Texts> {
  const read = async (file: string) => [file, await readFile(join(workspace, file), "utf8")] as const;
  return new Map(await Promise.all(files.map(read)));
}

function findChanged(before: Texts, after: Texts): string[] {
  return [...after.keys()].filter((file) => before.get(file) !== after.get(file)).sort();
}
