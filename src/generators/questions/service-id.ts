import { listServices } from "../module-parts.js";
import { findModuleIdProblem } from "./name-rules.js";
import type { RequiredQuestion } from "./question.js";

/** A service of the workspace. */
export function existingService() {
  return {
    form: "text",
    message: "Service of the workspace, such as orders or orders.invoice-mailer",
    check: checkServiceId,
    choices: async (project) => (await listServices(project)).map(({ id }) => id),
  } as const satisfies RequiredQuestion;
}

function checkServiceId(id: string): string | undefined {
  const problem = findModuleIdProblem(id);
  if (problem === undefined) return undefined;
  return `${JSON.stringify(id)} is not a service id: ${problem}. Examples: orders, orders.invoice-mailer.`;
}
