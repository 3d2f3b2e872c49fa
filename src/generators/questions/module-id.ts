import { findModuleIdProblem } from "./name-rules.js";
import type { ListQuestion, OptionalQuestion, RequiredQuestion } from "./question.js";

/** The id of a module that is to be made. */
export function newModuleId() {
  return {
    form: "text",
    positional: true,
    message: "Id of the new module, such as orders or core.database",
    check: checkModuleId,
  } as const satisfies RequiredQuestion;
}

/** The id of a module that is to be made, where there is one by default. */
export function optionalModuleId(message: string) {
  return { form: "text", optional: true, message, check: checkModuleId } as const satisfies OptionalQuestion;
}

/** A module of the workspace. */
export function existingModule() {
  return {
    form: "text",
    message: "Module of the workspace, such as orders",
    check: checkModuleId,
    choices: (project) => project.moduleIds(),
  } as const satisfies RequiredQuestion;
}

/** Any number of modules of the workspace. */
export function existingModules(message: string) {
  return {
    form: "list",
    message,
    check: checkModuleId,
    choices: (project) => project.moduleIds(),
  } as const satisfies ListQuestion;
}

function checkModuleId(id: string): string | undefined {
  const problem = findModuleIdProblem(id);
  if (problem === undefined) return undefined;
  return `${JSON.stringify(id)} is not a module id: ${problem}. Examples: orders, core.database.`;
}
