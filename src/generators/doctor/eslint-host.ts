import { readdir } from "node:fs/promises";
import { dirname, join, relative, sep } from "node:path";
import { type Check, note, ok, wrong } from "./check.js";
import { findPackage } from "./installed-package.js";
import { findReason } from "./native-checker.js";
import { runProgram } from "./run-program.js";

const NAME = "eslint";

/** Does ESLint, which editors run, load the plugin for a file of the workspace? */
export async function checkEslint(workspace: string, files: readonly string[]): Promise<Check> {
  const eslint = await findPackage("eslint", workspace);
  if (!eslint) return note(NAME, "ESLint is not installed: editors show no findings, and the gate does not need it.");
  const config = await findConfig(workspace);
  if (config === undefined)
    return wrong(
      NAME,
      "There is no eslint.config.js.",
      "Make one with: export default [...phasewise.configs.recommended]",
    );
  const file = files.find((name) => /\.[cm]?tsx?$/.test(name)) ?? files[0];
  if (file === undefined) return note(NAME, `There is no file to try ESLint ${eslint.version} on.`);
  return tryEslint(join(eslint.folder, "bin", "eslint.js"), config, workspace, file);
}

/** As ESLint does: in the workspace, or in the nearest folder above that has one. */
async function findConfig(workspace: string): Promise<string | undefined> {
  for (let folder = workspace; ; folder = dirname(folder)) {
    const names = await readdir(folder).catch(() => []);
    const found = names.find((name) => /^eslint\.config\.[cm]?[jt]s$/.test(name));
    if (found !== undefined) return relative(workspace, join(folder, found)).split(sep).join("/");
    if (folder === dirname(folder)) return undefined;
  }
}

async function tryEslint(program: string, config: string, workspace: string, file: string): Promise<Check> {
  const { stdout, stderr } = await runProgram(process.execPath, [program, "--print-config", file], { cwd: workspace });
  const plugins = readPlugins(stdout);
  if (plugins?.some((plugin) => /^phasewise(?::|$)/.test(plugin)))
    return ok(NAME, `${config} is found, and ESLint loads the plugin for ${file}.`);
  if (plugins)
    return wrong(NAME, `${config} does not use the plugin for ${file}.`, "Add ...phasewise.configs.recommended to it.");
  const reason = findReason(stderr) || "it ended without a word";
  return wrong(NAME, `ESLint does not run with ${config}.`, `Repair what it says: ${reason}`);
}

/** The plugins of a printed configuration; `undefined` where none was printed, and none for a file that is ignored. */
function readPlugins(printed: string): string[] | undefined {
  if (printed.trim() === "undefined") return [];
  try {
    return ((JSON.parse(printed) as { plugins?: string[] } | null)?.plugins ?? []).map(String);
  } catch {
    return undefined;
  }
}
