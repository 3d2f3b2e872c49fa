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

/** What is done to a copy: `fix` changes it, `check` tells what is found there. */
export interface Fixer<Outcome> {
  fix(copy: WorkspaceCopy): Promise<void>;
  check(copy: WorkspaceCopy): Promise<Outcome>;
}

/** Fixes a copy of the workspace until nothing changes any more, checks it, and tells the difference. */
export async function planFixes<Outcome>(workspace: string, { fix, check }: Fixer<Outcome>): Promise<Fixing<Outcome>> {
  await using copy = await copyWorkspace(workspace, new Set());
  const original = await readTexts(copy);
  let texts = original;
  for (let pass = 0; pass < MAX_PASSES; pass++) {
    await fix(copy);
    const fixed = await readTexts(copy);
    if (findChanged(texts, fixed).length === 0) break;
    texts = fixed;
  }
  const writes = findChanged(original, texts).map((path) => {
    return { path, target: join(workspace, path), before: original.get(path)!, after: texts.get(path)! };
  });
  return { outcome: await check(copy), plan: { root: workspace, writes } };
}

type Texts = ReadonlyMap<string, string>;

async function readTexts({ workspace, files }: WorkspaceCopy): Promise<Texts> {
  const read = async (file: string) => [file, await readFile(join(workspace, file), "utf8")] as const;
  return new Map(await Promise.all(files.map(read)));
}

function findChanged(before: Texts, after: Texts): string[] {
  return [...after.keys()].filter((file) => before.get(file) !== after.get(file)).sort();
}
