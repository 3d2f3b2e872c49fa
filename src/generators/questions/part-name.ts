import { findNameProblem } from "./name-rules.js";
import type { OptionalQuestion, RequiredQuestion } from "./question.js";

/** The name of something new in a module, such as a method or an event, in words joined by "-". */
export function newPartName(noun: string, example: string) {
  return {
    form: "text",
    positional: true,
    message: `Name of the new ${noun}, such as ${example}`,
    check: (name) => checkName(name, noun, example),
  } as const satisfies RequiredQuestion;
}

/** The same, for something that may be left out. */
export function optionalPartName(noun: string, message: string, example: string) {
  return {
    form: "text",
    optional: true,
    message,
    check: (name) => checkName(name, noun, example),
  } as const satisfies OptionalQuestion;
}

function checkName(name: string, noun: string, example: string): string | undefined {
  const problem = findNameProblem(name) ?? findEndingProblem(name, noun);
  if (problem === undefined) return undefined;
  return `${JSON.stringify(name)} is not the name of ${/^[aeo]/.test(noun) ? "an" : "a"} ${noun}: ${problem}. Example: ${example}.`;
}

function findEndingProblem(name: string, noun: string): string | undefined {
  return name.endsWith(`-${noun}`) ? `leave out the ending "${noun}", it is added` : undefined;
}
