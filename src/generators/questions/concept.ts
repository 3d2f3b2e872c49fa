import { findNameProblem } from "./name-rules.js";
import type { RequiredQuestion } from "./question.js";

/** The folder with a folder of rules for each concept. */
export const conceptsFolder = "src/lint-rules/rules";

/** A concept that there are rules of. */
export function existingConcept() {
  return {
    form: "text",
    message: "Concept of the rule, such as tasks",
    check: checkConcept,
    choices: async (project) => [...((await project.namesIn(conceptsFolder)) ?? [])].sort(),
  } as const satisfies RequiredQuestion;
}

function checkConcept(concept: string): string | undefined {
  const problem = findNameProblem(concept);
  if (problem === undefined) return undefined;
  return `${JSON.stringify(concept)} is not a concept: ${problem}. Example: tasks.`;
}
