import { findNameProblem } from "./name-rules.js";
import type { RequiredQuestion } from "./question.js";

/** The name of a lint rule that is to be made, without the prefix `phasewise/`. */
export function newRuleName() {
  return {
    form: "text",
    positional: true,
    message: "Name of the new rule, such as no-busy-wait",
    check: checkRuleName,
  } as const satisfies RequiredQuestion;
}

function checkRuleName(name: string): string | undefined {
  const problem = findNameProblem(name) ?? findBeginningProblem(name);
  if (problem === undefined) return undefined;
  return `${JSON.stringify(name)} is not the name of a rule: ${problem}. Examples: no-busy-wait, require-timeout, prefer-streams.`;
}

function findBeginningProblem(name: string): string | undefined {
  return /^(no|require|prefer)-/.test(name) ? undefined : `it must begin with "no-", "require-" or "prefer-"`;
}
