import { type Options } from "yargs";
import { alwaysResolve, resolutions, type Arbiter, type Resolution } from "../changes/conflict.js";
import type { Plan } from "../changes/plan.js";
import type { Patience } from "../changes/turn.js";
import { GeneratorError } from "../errors.js";
import { askAboutConflicts } from "./conflict-dialogue.js";
import { openTerminal } from "./terminal.js";

/** The flags of every command that changes a workspace. */
export interface ChangeFlags {
  readonly cwd: string;
  readonly "dry-run": boolean;
  readonly "check-types": boolean;
  readonly json: boolean;
}

export const changeFlags = {
  cwd: { type: "string", requiresArg: true, default: ".", describe: "Folder to work in" },
  "dry-run": { type: "boolean", default: false, describe: "Print the changes as a diff, and write nothing" },
  "check-types": {
    type: "boolean",
    default: false,
    describe: "Check the types of the result, and write it only if they are right",
  },
  json: { type: "boolean", default: false, describe: "Print what was changed as JSON" },
} as const satisfies Record<string, Options>;

/** The flag that says what becomes of files that are there already. */
export interface ConflictFlag {
  readonly "on-conflict"?: "ask" | Resolution | undefined;
}

export const conflictFlag = {
  "on-conflict": {
    choices: ["ask", ...resolutions],
    requiresArg: true,
    describe: "What becomes of a file that exists already; ask on a terminal, else abort",
  },
} as const satisfies Record<string, Options>;

/** Who decides about files that are there already; nobody where they call the run off. */
export function chooseArbiter(
  { "on-conflict": wanted, json }: ConflictFlag & { readonly json: boolean },
  isSilent: boolean,
): Arbiter | undefined {
  const mayAsk = process.stdin.isTTY && process.stderr.isTTY && !isSilent && !json && !process.env["CI"];
  if (wanted === "ask" && !mayAsk) {
    const others = resolutions.join(", ");
    throw new GeneratorError("WRONG_USAGE", `--on-conflict ask needs a terminal to ask on. Choose one of: ${others}.`);
  }
  if (wanted === "ask" || (wanted === undefined && mayAsk)) return askAboutConflicts(openTerminal());
  return wanted === undefined || wanted === "abort" ? undefined : alwaysResolve(wanted);
}

/** Looks at the types before anything is written, where that is wanted. */
export function chooseInspection(flags: ChangeFlags): ((plan: Plan) => Promise<void>) | undefined {
  if (!flags["check-types"]) return undefined;
  return async (plan) => (await import("../staged-types.js")).checkStagedTypes(plan);
}

/** A command waits for another one for a while, and says so. */
export const patience: Patience = {
  limitMs: 10_000,
  onWait: (reason) => void process.stderr.write(`Waiting: ${reason}\n`),
};
