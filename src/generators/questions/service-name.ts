import { findNameProblem } from "./name-rules.js";
import type { RequiredQuestion } from "./question.js";

/** The name of a service that is to be made, without the ending "-service". */
export function newServiceName() {
  return {
    form: "text",
    positional: true,
    message: "Name of the new service, such as invoice-mailer",
    check: checkServiceName,
  } as const satisfies RequiredQuestion;
}

function checkServiceName(name: string): string | undefined {
  const problem = findNameProblem(name) ?? findEndingProblem(name);
  if (problem === undefined) return undefined;
  return `${JSON.stringify(name)} is not a service name: ${problem}. Example: invoice-mailer.`;
}

function findEndingProblem(name: string): string | undefined {
  return /(^|-)service$/.test(name) ? `leave out the ending "service", it is added` : undefined;
}
