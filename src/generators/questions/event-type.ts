import { listEvents } from "../module-parts.js";
import { findModuleIdProblem } from "./name-rules.js";
import type { RequiredQuestion } from "./question.js";

/** An event that a module of the workspace declares. */
export function existingEvent() {
  return {
    form: "text",
    message: "Event of the workspace, such as billing.invoice-paid",
    check: checkEventType,
    choices: async (project) => (await listEvents(project)).map(({ id }) => id),
  } as const satisfies RequiredQuestion;
}

function checkEventType(type: string): string | undefined {
  const isTyped = type.includes(".");
  const problem = findModuleIdProblem(type) ?? (isTyped ? undefined : "the id of its module is missing in front");
  if (problem === undefined) return undefined;
  return `${JSON.stringify(type)} is not the type of an event: ${problem}. Example: billing.invoice-paid.`;
}
