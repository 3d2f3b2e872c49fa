import { findNameProblem } from "./name-rules.js";
import type { OptionalQuestion, RequiredQuestion } from "./question.js";

/** A kebab-case name that is safe as a file, a class and a variable, given as a bare argument. */
export function newName(message: string) {
  return { form: "text", positional: true, message, check: checkName } as const satisfies RequiredQuestion;
}

/** Any text that is not empty. */
export function text(message: string) {
  return { form: "text", message, check: checkText } as const satisfies RequiredQuestion;
}

/** Any text, which may be left out. */
export function optionalText(message: string) {
  return { form: "text", optional: true, message, check: checkText } as const satisfies OptionalQuestion;
}

function checkName(name: string): string | undefined {
  const problem = findNameProblem(name);
  return problem === undefined
    ? undefined
    : `${JSON.stringify(name)} cannot be the name: ${problem}. Example: invoices.`;
}

function checkText(given: string): string | undefined {
  return given.trim() === "" ? "It may not be empty: give a text." : undefined;
}
