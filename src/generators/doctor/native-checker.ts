import { join, relative, sep } from "node:path";
import { type Check, note, ok, wrong } from "./check.js";
import { findPackage } from "./installed-package.js";
import { runProgram } from "./run-program.js";

interface Answer {
  readonly failure?: string;
  readonly uncovered: readonly string[];
}

const SHOWN = 3;

/** Starts the checker that the rules use, and asks it which of the workspace's files a tsconfig includes. */
export async function checkTypes(workspace: string, files: readonly string[]): Promise<Check[]> {
  const typed = files.filter((file) => /\.[cm]?tsx?$/.test(file)).map((file) => join(workspace, file));
  const answer = await askProbe(workspace, typed);
  const failed = typeof answer === "string" ? answer : answer.failure;
  if (typeof answer === "string" || failed !== undefined) {
    const remedy =
      "Reinstall with optional dependencies, which bring the checker of your platform: npm install --include=optional";
    return [wrong("native-checker", `The native type checker does not answer: ${failed}`, remedy)];
  }
  return [
    ok("native-checker", "The native type checker is found and answers."),
    checkCoverage(
      typed.length,
      answer.uncovered.map((file) => relative(workspace, file).split(sep).join("/")),
    ),
  ];
}

function checkCoverage(amount: number, uncovered: readonly string[]): Check {
  if (amount === 0) return note("tsconfig", "There are no TypeScript files.");
  if (uncovered.length === 0) return ok("tsconfig", `All TypeScript files (${amount}) belong to a tsconfig.`);
  const more = uncovered.length > SHOWN ? ` and ${uncovered.length - SHOWN} more` : "";
  const names = `${uncovered.slice(0, SHOWN).join(", ")}${more}`;
  const remedy =
    "Add them to `include`, or to `ignores` of phasewise.config: their types are read with default settings.";
  return uncovered.length === amount
    ? wrong(
        "tsconfig",
        "No tsconfig.json includes the sources.",
        "Make one at the root of the workspace that includes them.",
      )
    : wrong("tsconfig", `No tsconfig includes ${uncovered.length} of ${amount} TypeScript files: ${names}.`, remedy);
}

/** What the plugin's probe says, or why it says nothing. */
async function askProbe(workspace: string, files: readonly string[]): Promise<Answer | string> {
  const plugin = await findPackage("@phasewise/eslint-plugin", workspace);
  if (!plugin) return "@phasewise/eslint-plugin, which brings it, is not installed.";
  const options = { cwd: workspace, input: JSON.stringify(files), env: { PHASEWISE_TYPES: "required" } };
  const { stdout, stderr } = await runProgram(process.execPath, [join(plugin.folder, "dist", "probe.js")], options);
  try {
    return JSON.parse(stdout) as Answer;
  } catch {
    return findReason(stderr) ?? "it ended without a word.";
  }
}

/** The first line of an error that says something. */
export function findReason(stderr: string): string | undefined {
  return /^\S*Error.*$/m.exec(stderr)?.[0] ?? stderr.trim().split("\n")[0]?.trim() ?? undefined;
}
