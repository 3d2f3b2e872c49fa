import { access, readFile } from "node:fs/promises";
import { join } from "node:path";
import { type Check, note, ok, wrong } from "./check.js";
import { runProgram } from "./run-program.js";

/** What an editor is told of ESLint; nothing is wrong without it. */
export async function checkEditor(workspace: string): Promise<Check> {
  const settings = await readFile(join(workspace, ".vscode", "settings.json"), "utf8").catch(() => undefined);
  if (settings?.includes("eslint")) return ok("editor", ".vscode/settings.json has settings for ESLint.");
  return note(
    "editor",
    ".vscode/settings.json says nothing of ESLint: its extension reports, and fixes nothing on save.",
  );
}

/** What a build writes is neither committed nor checked. */
export async function checkIgnored(workspace: string): Promise<Check> {
  const name = "git-ignore";
  const { code } = await runProgram("git", ["check-ignore", "--quiet", "--no-index", "dist/x.js"], { cwd: workspace });
  if (code === 0) return ok(name, "git ignores dist, and so does the gate.");
  if (code !== 1)
    return note(name, "This is no git repository, so nothing tells what a build writes from the sources.");
  const fact = "git does not ignore dist.";
  if (!(await exists(join(workspace, "dist")))) return note(name, `${fact} There is none so far.`);
  return wrong(name, fact, "Add a line `dist/` to .gitignore: what a build writes would be committed and checked.");
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
