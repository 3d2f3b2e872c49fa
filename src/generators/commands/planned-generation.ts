import { relative, resolve, sep } from "node:path";
import { writePlanFile } from "../changes/plan-file.js";
import type { Plan } from "../changes/plan.js";
import type { Generator } from "../define-generator.js";
import { GeneratorError } from "../errors.js";
import { openOutputFile } from "../gate/output-file.js";
import type { GivenAnswers } from "../questions/question.js";
import { version } from "../release.js";

/** Writes a plan to a file instead of applying it. */
export type PlanWriter = (plan: Plan) => Promise<void>;

/** @throws GeneratorError `WRONG_USAGE` before anything is planned, where the file could not be written or applied. */
export async function openPlanWriter(
  file: string,
  generator: Generator,
  answers: GivenAnswers,
  cwd: string,
): Promise<PlanWriter> {
  const { name, workspaceFile = null } = generator;
  const folder = folderOf(generator, answers, cwd);
  const output = await openOutputFile(".", file, "--plan");
  const nextSteps = generator.nextSteps(answers);
  return (plan) => {
    const origin = { generator: name, version, folder, workspaceFile, nextSteps };
    return output.write(writePlanFile(origin, plan));
  };
}

function folderOf({ newWorkspace }: Generator, answers: GivenAnswers, cwd: string): string | null {
  if (newWorkspace === undefined) return null;
  const folder = relative(cwd, resolve(cwd, newWorkspace(answers)));
  if (folder !== "" && !folder.startsWith("..") && resolve(cwd, folder) === resolve(cwd, newWorkspace(answers)))
    return folder.split(sep).join("/");
  throw new GeneratorError(
    "WRONG_USAGE",
    `A plan is applied below the folder that it was made in, and ${newWorkspace(answers)} is not below ${cwd}. ` +
      "Name the folder above it with --cwd.",
  );
}
